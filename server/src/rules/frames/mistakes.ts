/** Mistakes that PySpark answers with a puzzling error, found by the syntax around what is certainly a Column. */
import type { SyntaxNode } from '@lezer/common';
import type { PythonModule } from '../../python/module.ts';
import type { Finding, Fix } from '../finding.ts';
import type { Kinds } from './kinds.ts';
import { isFrameAttribute } from './kinds.ts';

type Found = readonly Finding[];

export function mistakesIn(module: PythonModule, kinds: Kinds): Found {
  const found: Finding[] = [];
  module.source.tree.iterate({
    enter({ node }) {
      switch (node.name) {
        case 'BinaryExpression':
          found.push(...binaryMistakes(module, kinds, node));
          break;
        case 'UnaryExpression':
          found.push(...notOfColumn(module, kinds, node));
          break;
        case 'CallExpression':
          found.push(...callMistakes(module, kinds, node));
          break;
        case 'AssignStatement':
          found.push(...shownAssigned(module, kinds, node));
          break;
        case 'IfStatement':
        case 'WhileStatement':
          found.push(...truthOfColumn(module, kinds, node));
          break;
        case 'MemberExpression':
          found.push(...strangerAttribute(module, kinds, node));
          break;
      }
    },
  });
  return [...found, ...exceptMethods(module)];
}

function finding(
  rule: string,
  severity: Finding['severity'],
  { from, to }: { readonly from: number; readonly to: number },
  message: string,
  fixes: readonly Fix[] = [],
): Finding {
  return { rule, severity, start: from, end: to, message, ...(fixes.length > 0 ? { fixes } : {}) };
}

const comparisons = /^(?:==|!=|<|<=|>|>=)$/;

function operatorOf(
  module: PythonModule,
  node: SyntaxNode,
): { readonly text: string; readonly node: SyntaxNode } | undefined {
  const operator = node.firstChild?.nextSibling;
  return operator ? { text: module.textOf(operator), node: operator } : undefined;
}

function isComparison(module: PythonModule, node: SyntaxNode | null): node is SyntaxNode {
  if (node?.name !== 'BinaryExpression') return false;
  return comparisons.test(operatorOf(module, node)?.text ?? '');
}

function binaryMistakes(module: PythonModule, kinds: Kinds, node: SyntaxNode): Found {
  const [left, right] = [node.firstChild, node.lastChild];
  const operator = operatorOf(module, node);
  if (!left || !right || !operator) return [];
  const isColumn = (side: SyntaxNode) => kinds.of(side) === 'column';
  if (operator.text === 'and' || operator.text === 'or') {
    if (!isColumn(left)) return [];
    const symbol = operator.text === 'and' ? '&' : '|';
    const wrapped = (side: SyntaxNode) =>
      side.name === 'BinaryExpression' ? `(${module.textOf(side)})` : module.textOf(side);
    const isWhole = isColumn(right);
    const fix: Fix = {
      title: `Write '${symbol}' with parentheses`,
      edits: [
        { start: node.from, end: node.to, text: `${wrapped(left)} ${symbol} ${wrapped(right)}` },
      ],
    };
    return [
      finding(
        'spark-condition',
        'error',
        operator.node,
        `'${operator.text}' asks a Column whether it is true, which only the rows can tell; PySpark raises CANNOT_CONVERT_COLUMN_INTO_BOOL. '${symbol}' joins conditions, each in parentheses.`,
        isWhole ? [fix] : [],
      ),
    ];
  }
  if (operator.text === 'in' && isColumn(left))
    return [
      finding(
        'spark-condition',
        'error',
        operator.node,
        "'in' asks a Column whether it is true, which only the rows can tell. isin() makes a condition.",
        [
          {
            title: 'Write isin()',
            edits: [
              { start: left.to, end: right.from, text: '.isin(' },
              { start: right.to, end: right.to, text: ')' },
            ],
          },
        ],
      ),
    ];
  if (isComparison(module, node)) return comparisonMistakes(module, kinds, node, left, right);
  return [];
}

function comparisonMistakes(
  module: PythonModule,
  kinds: Kinds,
  node: SyntaxNode,
  left: SyntaxNode,
  right: SyntaxNode,
): Found {
  const operator = operatorOf(module, node);
  if (!operator) return [];
  const isColumn = (side: SyntaxNode) => kinds.of(side) === 'column';
  // `a > 1 & b < 2` is `a > (1 & b) < 2`: a chain, which asks its first part for a truth value.
  const isChain = isComparison(module, left);
  const sides = [left, right, ...(isChain && left.lastChild ? [left.lastChild] : [])];
  const bare = sides.find((side) => isBitwise(module, side));
  if (bare && mentionsColumn(kinds, node) && !isPartOfChain(module, node)) {
    const symbol = operatorOf(module, bare)?.text ?? '&';
    return [
      finding(
        'spark-condition',
        'error',
        node,
        `'${symbol}' binds closer than '${operator.text}', so that this does not compare what it seems to. Put each comparison beside '${symbol}' in parentheses.`,
      ),
    ];
  }
  if (isChain && mentionsColumn(kinds, left) && !isPartOfChain(module, node))
    return [
      finding(
        'spark-condition',
        'error',
        node,
        'A chain of comparisons asks a Column whether it is true, which only the rows can tell. between(), or two comparisons joined by &, make a condition.',
      ),
    ];
  const none = [left, right].find((side) => side.name === 'None');
  const other = none === left ? right : left;
  if (!none || !isColumn(other) || !/^[=!]=$/.test(operator.text)) return [];
  const method = operator.text === '==' ? 'isNull' : 'isNotNull';
  const text = module.textOf(other);
  const target =
    other.name === 'BinaryExpression' || other.name === 'UnaryExpression' ? `(${text})` : text;
  return [
    finding(
      'spark-none',
      'warning',
      node,
      `A comparison with None is null in each row, and so never true. ${method}() asks for null.`,
      [
        {
          title: `Write ${method}()`,
          edits: [{ start: node.from, end: node.to, text: `${target}.${method}()` }],
        },
      ],
    ),
  ];
}

function isBitwise(module: PythonModule, node: SyntaxNode): boolean {
  return node.name === 'BinaryExpression' && /^[&|]$/.test(operatorOf(module, node)?.text ?? '');
}

function isPartOfChain(module: PythonModule, node: SyntaxNode): boolean {
  return isComparison(module, node.parent);
}

function mentionsColumn(kinds: Kinds, node: SyntaxNode): boolean {
  if (node.name === 'BinaryExpression') {
    const [left, right] = [node.firstChild, node.lastChild];
    return [left, right].some((side) => side !== null && mentionsColumn(kinds, side));
  }
  return kinds.of(node) === 'column';
}

function notOfColumn(module: PythonModule, kinds: Kinds, node: SyntaxNode): Found {
  const [operator, operand] = [node.firstChild, node.lastChild];
  if (!operator || !operand || module.textOf(operator) !== 'not') return [];
  if (kinds.of(operand) !== 'column') return [];
  const text = module.textOf(operand);
  const target = operand.name === 'BinaryExpression' ? `(${text})` : text;
  return [
    finding(
      'spark-condition',
      'error',
      operator,
      "'not' asks a Column whether it is true, which only the rows can tell. '~' negates a condition.",
      [{ title: "Write '~'", edits: [{ start: node.from, end: node.to, text: `~${target}` }] }],
    ),
  ];
}

function truthOfColumn(_: PythonModule, kinds: Kinds, node: SyntaxNode): Found {
  const condition = node.firstChild?.nextSibling;
  if (!condition || kinds.of(condition) !== 'column') return [];
  return [
    finding(
      'spark-condition',
      'error',
      condition,
      'This asks a Column whether it is true, which only the rows can tell. when() decides row by row; filter() keeps the rows for which it is true.',
    ),
  ];
}

function callMistakes(module: PythonModule, kinds: Kinds, node: SyntaxNode): Found {
  const shadowed = shadowedBuiltin(module, kinds, node);
  if (shadowed) return [shadowed];
  const callee = node.firstChild;
  const property =
    callee?.name === 'MemberExpression' ? callee.getChild('PropertyName') : undefined;
  const object = callee?.firstChild;
  if (!callee || !property || !object) return [];
  const name = module.textOf(property);
  const kind = kinds.of(object);
  const [first] = argumentsOf(node);
  if (name === 'agg' && first?.name === 'Ellipsis' && (kind === 'frame' || kind === 'grouped'))
    return [
      finding(
        'spark-method',
        'error',
        first,
        'agg() takes Columns such as sum("x"); with ... PySpark raises an error about a Column that is none.',
      ),
    ];
  if (isShowCall(module, kinds, object))
    return [
      finding(
        'spark-show',
        'error',
        property,
        `show() prints and gives None, which has no '${name}'. Call show() on its own, after everything else.`,
      ),
    ];
  return [];
}

function argumentsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const list = node.getChild('ArgList');
  const found: SyntaxNode[] = [];
  for (let child = list?.firstChild; child; child = child.nextSibling)
    if (!/^[(),]$/.test(child.name)) found.push(child);
  return found;
}

const shadows = new Set([
  'sum',
  'min',
  'max',
  'abs',
  'round',
  'pow',
  'filter',
  'hash',
  'any',
  'all',
]);

/** `sum([1, 2])` where `sum` is PySpark's. */
function shadowedBuiltin(
  module: PythonModule,
  kinds: Kinds,
  node: SyntaxNode,
): Finding | undefined {
  const callee = node.firstChild;
  if (callee?.name !== 'VariableName') return undefined;
  const name = module.textOf(callee);
  if (!shadows.has(name) || kinds.functionNamed(callee) !== name) return undefined;
  const [first, ...more] = argumentsOf(node);
  const isGenerator = (node.getChild('ArgList')?.getChildren('for').length ?? 0) > 0;
  if (
    !first ||
    (!isGenerator && more.length > 0 && name !== 'round' && name !== 'min' && name !== 'max')
  )
    return undefined;
  const isPlain =
    isGenerator ||
    /^(?:ArrayExpression|TupleExpression|Number|ArrayComprehensionExpression)$/.test(first.name);
  if (!isPlain) return undefined;
  return finding(
    'spark-shadowed',
    'error',
    callee,
    `'${name}' is pyspark.sql.functions.${name} here, which takes a Column, and no longer Python's own. Import the functions as a module: 'from pyspark.sql import functions as F', and call F.${name}.`,
  );
}

function isShowCall(module: PythonModule, kinds: Kinds, node: SyntaxNode): boolean {
  const callee = node.name === 'CallExpression' ? node.firstChild : undefined;
  const property =
    callee?.name === 'MemberExpression' ? callee.getChild('PropertyName') : undefined;
  const object = callee?.firstChild;
  return (
    property !== undefined &&
    property !== null &&
    object !== undefined &&
    object !== null &&
    module.textOf(property) === 'show' &&
    kinds.of(object) === 'frame'
  );
}

function shownAssigned(module: PythonModule, kinds: Kinds, node: SyntaxNode): Found {
  const value = node.lastChild;
  if (!value || !isShowCall(module, kinds, value)) return [];
  const target = node.firstChild;
  const property = value.firstChild?.getChild('PropertyName');
  if (target?.name !== 'VariableName' || !property) return [];
  return [
    finding(
      'spark-show',
      'warning',
      property,
      `show() prints and gives None: '${module.textOf(target)}' is no DataFrame. Assign first, and call show() on the next line.`,
    ),
  ];
}

const pandasOnly = new Set('loc iloc iat at shape index values T ix'.split(' '));
const sparkOnly = new Set(
  'show withColumn withColumnRenamed select printSchema createOrReplaceTempView groupBy orderBy toPandas selectExpr write rdd unionByName dropDuplicates limit'.split(
    ' ',
  ),
);

/** Attributes of pandas on a DataFrame of Spark, and the other way round. */
function strangerAttribute(module: PythonModule, kinds: Kinds, node: SyntaxNode): Found {
  const [object, property] = [node.firstChild, node.getChild('PropertyName')];
  if (!object || !property) return [];
  const name = module.textOf(property);
  if (!pandasOnly.has(name) && !sparkOnly.has(name)) return [];
  const kind = kinds.of(object);
  if (kind === 'frame' && pandasOnly.has(name) && !isFrameAttribute(name) && isUsedAsPandas(node))
    return [
      finding(
        'spark-pandas',
        'error',
        property,
        `'${name}' belongs to pandas; this is a DataFrame of Spark, where it would be a column of that name. toPandas() brings the rows into pandas.`,
      ),
    ];
  if (kind === 'pandas' && sparkOnly.has(name) && node.parent?.name === 'CallExpression')
    return [
      finding(
        'spark-pandas',
        'error',
        property,
        `'${name}' belongs to Spark; this is a DataFrame of pandas, which has none. spark.createDataFrame() makes a DataFrame of Spark of it.`,
      ),
    ];
  return [];
}

/** A column may be called `shape` or `index`; what pandas does with them no Column allows. */
function isUsedAsPandas(node: SyntaxNode): boolean {
  const { parent } = node;
  const property = node.getChild('PropertyName');
  if (parent?.name !== 'MemberExpression' || parent.firstChild?.from !== node.from || !property)
    return false;
  // `.loc[…]`, `.shape[0]`: a Column takes a number only where it is an array.
  return parent.getChild('PropertyName') === null;
}

/** `except` is a word of Python's, so that no method can have the name. */
function exceptMethods(module: PythonModule): Found {
  const found: Finding[] = [];
  for (const match of module.source.text.matchAll(/\.(except)\s*\(/g)) {
    const start = match.index + 1;
    const node = module.source.tree.resolveInner(start, 1);
    if (/String|Comment/.test(node.name)) continue;
    found.push({
      rule: 'spark-method',
      severity: 'error',
      start,
      end: start + 'except'.length,
      message:
        "'except' is a word of Python's, so that Spark's except() is called subtract() here, or exceptAll() where rows that come twice count twice.",
      fixes: [
        {
          title: 'Write subtract',
          edits: [{ start, end: start + 'except'.length, text: 'subtract' }],
        },
      ],
    });
  }
  return found;
}
