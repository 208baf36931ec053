/** Habits that cost much on real data: hints, with the reason and what to do. */
import type { SyntaxNode } from '@lezer/common';
import type { ScriptReading } from '../../frames/reading.ts';
import type { PythonModule } from '../../python/module.ts';
import { assignedValue } from '../../python/constants.ts';
import type { Finding, RuleContext } from '../finding.ts';
import type { Kinds } from './kinds.ts';

/** Those that read all rows; `take` and its like stop early, and often differ from turn to turn. */
const actions = new Set(['collect', 'count', 'first', 'toPandas']);

export function habitsIn(
  module: PythonModule,
  kinds: Kinds,
  reading: ScriptReading,
  { fileSize }: Pick<RuleContext, 'fileSize'> = {},
): readonly Finding[] {
  const found: Finding[] = [];
  const hint = (
    rule: string,
    { from, to }: { readonly from: number; readonly to: number },
    message: string,
  ) => found.push({ rule, severity: 'hint', start: from, end: to, message });
  const reads = new Map<string, SyntaxNode>();
  module.source.tree.iterate({
    enter({ node }) {
      if (node.name === 'BinaryExpression') countedToCompare(module, kinds, node, hint);
      if (node.name !== 'CallExpression') return;
      const callee = node.firstChild;
      const property =
        callee?.name === 'MemberExpression' ? callee.getChild('PropertyName') : undefined;
      const object = callee?.firstChild;
      if (!property || !object) return;
      const name = module.textOf(property);
      const kind = kinds.of(object);
      if (kind === 'frame') {
        frameHabits(module, node, property, object, name, hint);
        if (name === 'collect' || name === 'toPandas')
          wholeSource(module, property, object, name, fileSize, hint);
      }
      if (kind === 'reader' && name === 'csv') readAgain(module, node, reads, hint);
    },
  });
  return [
    ...found,
    ...cachesIn(module, kinds),
    ...functionsOfOnesOwn(module, kinds),
    ...smallJoins(reading),
  ];
}

type Hint = (
  rule: string,
  place: { readonly from: number; readonly to: number },
  message: string,
) => void;

function frameHabits(
  module: PythonModule,
  node: SyntaxNode,
  property: SyntaxNode,
  object: SyntaxNode,
  name: string,
  hint: Hint,
): void {
  const loop = loopAround(node);
  if (name === 'withColumn' && loop && isReassigned(module, node))
    hint(
      'spark-loop',
      property,
      'withColumn in a loop makes a plan that grows with each turn and is analyzed anew each time. withColumns() or one select() of all columns does it in one step.',
    );
  else if (actions.has(name) && loop)
    hint(
      'spark-loop',
      property,
      `${name}() runs a job of its own in each turn of this loop. One query with groupBy or a join gives all answers at once.`,
    );
  if (name === 'write' || !/^(?:repartition|coalesce)$/.test(name)) return;
  const [argument, more] = argumentNodes(node);
  const isOne = argument?.name === 'Number' && module.textOf(argument) === '1' && !more;
  const next =
    node.parent?.name === 'MemberExpression' ? node.parent.getChild('PropertyName') : undefined;
  if (isOne && name === 'repartition' && next && module.textOf(next) === 'write')
    hint(
      'spark-repartition',
      property,
      'repartition(1) sends all rows over the network to one task, which writes alone. Leave it out, or coalesce() to a few files; whoever reads a folder reads all of its files.',
    );
}

function argumentNodes(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.getChild('ArgList')?.firstChild; child; child = child.nextSibling)
    if (!/^[(),]$/.test(child.name)) found.push(child);
  return found;
}

function loopAround(node: SyntaxNode): SyntaxNode | undefined {
  let inner = node;
  for (let at = node.parent; at; inner = at, at = at.parent) {
    if (at.name === 'FunctionDefinition' || at.name === 'LambdaExpression') return undefined;
    // What the loop goes through is asked once.
    if ((at.name === 'ForStatement' || at.name === 'WhileStatement') && inner.name === 'Body')
      return at;
  }
  return undefined;
}

/** `df = df.withColumn(…)`. */
function isReassigned(module: PythonModule, node: SyntaxNode): boolean {
  let at: SyntaxNode | null = node;
  while (at && at.name !== 'AssignStatement') {
    if (at.name === 'Body') return false;
    at = at.parent;
  }
  const target = at?.firstChild;
  if (target?.name !== 'VariableName') return false;
  let root: SyntaxNode | null = node;
  while (root && (root.name === 'CallExpression' || root.name === 'MemberExpression'))
    root = root.firstChild;
  return root?.name === 'VariableName' && module.textOf(root) === module.textOf(target);
}

/** What any program has room for. */
const SMALL_BYTES = 8 * 1024 * 1024;

function wholeSource(
  module: PythonModule,
  property: SyntaxNode,
  object: SyntaxNode,
  name: string,
  fileSize: RuleContext['fileSize'],
  hint: Hint,
): void {
  const isNamed = object.name === 'VariableName';
  const source = isNamed ? assignedValue(module, object) : object;
  if (!source || !isWholeSource(module, source)) return;
  const paths = [...module.textOf(source).matchAll(/(["'])([^"'\\]+)\1/g)];
  const sizes = paths.flatMap(([, , path = '']) => fileSize?.(path) ?? []);
  // What got a name was chosen with care; only where it is certainly large the care was not enough.
  if (sizes.some((size) => size < SMALL_BYTES) || (isNamed && sizes.length === 0)) return;
  hint(
    'spark-collect',
    property,
    `${name}() brings all rows of the source into this program's memory. Filter, aggregate or limit() first; show() and take() give a few rows.`,
  );
}

/** `spark.read…csv(…)` and `spark.table(…)` as they are, with nothing that makes them smaller. */
function isWholeSource(module: PythonModule, object: SyntaxNode): boolean {
  return (
    /^\w+\s*\.\s*(?:read\b[^]*\)|table\s*\([^()]*\))$/.test(module.textOf(object)) &&
    !/\.\s*(?:limit|filter|where|agg|groupBy|select|sample|sql)\s*\(/.test(module.textOf(object))
  );
}

/** `df.count() == 0`. */
function countedToCompare(module: PythonModule, kinds: Kinds, node: SyntaxNode, hint: Hint): void {
  const [left, right] = [node.firstChild, node.lastChild];
  const operator = left?.nextSibling;
  if (!left || !right || !operator) return;
  const text = module.textOf(operator);
  const isZero = right.name === 'Number' && module.textOf(right) === '0';
  if (!isZero || !/^(?:==|!=|>|<=)$/.test(text)) return;
  const callee = left.name === 'CallExpression' ? left.firstChild : undefined;
  const property = callee?.getChild('PropertyName');
  const object = callee?.firstChild;
  if (!property || !object || module.textOf(property) !== 'count' || kinds.of(object) !== 'frame')
    return;
  if (argumentNodes(left).length > 0) return;
  // limit() has bounded what is counted.
  if (/\.\s*limit\s*\(/.test(module.textOf(object))) return;
  hint(
    'spark-count',
    node,
    `count() reads every row to tell whether there is one. isEmpty() stops at the first: '${text === '==' || text === '<=' ? '' : 'not '}${module.textOf(object)}.isEmpty()'.`,
  );
}

function readAgain(
  module: PythonModule,
  node: SyntaxNode,
  reads: Map<string, SyntaxNode>,
  hint: Hint,
): void {
  const [path] = argumentNodes(node);
  if (path?.name !== 'String' || loopAround(node)) return;
  const key = module.textOf(node).replace(/\s+/g, ' ');
  const scope = functionAround(node)?.from ?? -1;
  const known = `${scope} ${key}`;
  if (reads.has(known))
    hint(
      'spark-reread',
      node,
      `${module.textOf(path)} is read and parsed again here, as it was before. Keep the DataFrame in a name; cache() it, or write it as Parquet once, where several actions need it.`,
    );
  else reads.set(known, node);
}

function functionAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (at.name === 'FunctionDefinition') return at;
  return undefined;
}

/** `df.cache()` of a name that is then used once, or not at all. */
function cachesIn(module: PythonModule, kinds: Kinds): readonly Finding[] {
  const found: Finding[] = [];
  module.source.tree.iterate({
    enter({ node }) {
      if (node.name !== 'CallExpression') return;
      const callee = node.firstChild;
      const property =
        callee?.name === 'MemberExpression' ? callee.getChild('PropertyName') : undefined;
      const object = callee?.firstChild;
      if (!property || !object || !/^(?:cache|persist)$/.test(module.textOf(property))) return;
      if (kinds.of(object) !== 'frame') return;
      const name = cachedName(module, node, object);
      if (name === undefined) return;
      const scope = module.scopes.scopeAt(node);
      // Of a module others may use the name; in a function all uses stand here.
      const uses = module.scopes.usesOf(name).filter((use) => use.from > node.to);
      const [first] = uses;
      const isHere = uses.every((use) => use.scope === scope);
      if (!isHere || (scope.kind === 'function' && isReturned(module, node, name))) return;
      const what = module.textOf(property);
      if (!first)
        found.push({
          rule: 'spark-cache',
          severity: 'hint',
          start: property.from,
          end: property.to,
          message: `${what}() keeps rows that nothing reads again. Leave it out.`,
        });
      else if (
        scope.kind === 'function' &&
        staysBehind(
          module,
          node,
          uses.map((use) => module.source.tree.resolveInner(use.from, 1)),
        )
      )
        found.push({
          rule: 'spark-cache',
          severity: 'hint',
          start: property.from,
          end: property.to,
          message: `${what}() keeps these rows when the function is over, and no name is left to free them by. Call unpersist() after the last use.`,
        });
    },
  });
  return found;
}

/** A function that gives nothing back, and only calls methods of the name, none of which frees the rows. */
function staysBehind(module: PythonModule, node: SyntaxNode, uses: readonly SyntaxNode[]): boolean {
  const body = functionAround(node);
  if (
    !body ||
    /\b(?:return[ \t]+[^\s#]|yield\b|clearCache\b|stop[ \t]*\()/.test(module.textOf(body))
  )
    return false;
  return uses.every((use) => {
    const member = use.parent;
    const property = member?.name === 'MemberExpression' ? member.getChild('PropertyName') : null;
    return (
      property !== null &&
      member?.firstChild?.from === use.from &&
      module.textOf(property) !== 'unpersist'
    );
  });
}

function cachedName(
  module: PythonModule,
  node: SyntaxNode,
  object: SyntaxNode,
): string | undefined {
  const statement = node.parent;
  if (statement?.name === 'AssignStatement' && statement.firstChild?.name === 'VariableName')
    return module.textOf(statement.firstChild);
  if (statement?.name === 'ExpressionStatement' && object.name === 'VariableName')
    return module.textOf(object);
  return undefined;
}

function isReturned(module: PythonModule, node: SyntaxNode, name: string): boolean {
  const body = functionAround(node);
  return (
    body !== undefined &&
    new RegExp(`\\b(?:return|yield)\\b[^\\n]*\\b${name}\\b`).test(module.textOf(body))
  );
}

const ownFunctions: Readonly<Record<string, string>> = {
  upper: 'upper',
  lower: 'lower',
  strip: 'trim',
  lstrip: 'ltrim',
  rstrip: 'rtrim',
  title: 'initcap',
  capitalize: 'initcap',
  split: 'split',
  replace: 'replace',
  startswith: 'startswith',
  endswith: 'endswith',
};

/** `udf(lambda s: s.upper())` where Spark has the function. */
function functionsOfOnesOwn(module: PythonModule, kinds: Kinds): readonly Finding[] {
  const found: Finding[] = [];
  for (const { node, callee } of module.calls) {
    if (kinds.functionNamed(callee) !== 'udf') continue;
    const [first] = argumentNodes(node);
    if (first?.name !== 'LambdaExpression') continue;
    const body = first.lastChild ? module.textOf(first.lastChild) : '';
    const [parameter, ...others] = first.getChild('ParamList')?.getChildren('VariableName') ?? [];
    if (others.length > 0) continue;
    const name = parameter ? module.textOf(parameter) : '';
    const method = new RegExp(
      `^${name}\\.(\\w+)\\([^()]*\\)(?: if ${name}(?: is not None)? else None)?$`,
    ).exec(body)?.[1];
    const isLength = new RegExp(`^len\\(${name}\\)$`).test(body);
    const spark = isLength ? 'length' : method === undefined ? undefined : ownFunctions[method];
    if (name === '' || spark === undefined) continue;
    found.push({
      rule: 'spark-udf',
      severity: 'hint',
      start: callee.from,
      end: callee.to,
      message: `A udf sends each row to Python and back, and hides from Spark what it does. pyspark.sql.functions.${spark} does the same in Spark${isLength ? ', and size does for an array' : ''}.`,
    });
  }
  return found;
}

const FEW_ROWS = 10_000;

/** A join with a table that the script itself holds, without broadcast. */
function smallJoins({ calls }: ScriptReading): readonly Finding[] {
  return calls.flatMap(({ callee, args }): readonly Finding[] => {
    if (callee.kind !== 'method' || callee.name !== 'join' || callee.receiver.kind !== 'frame')
      return [];
    const [other] = args.positional;
    if (other?.kind !== 'frame' || other.relation.kind !== 'localData') return [];
    if (other.relation.rows.length > FEW_ROWS || !readsFile(callee.receiver.relation)) return [];
    const node = args.node.getChild('ArgList')?.firstChild?.nextSibling;
    if (!node) return [];
    return [
      {
        rule: 'spark-broadcast',
        severity: 'hint',
        start: node.from,
        end: node.to,
        message:
          'This side has few rows and the other is a file. broadcast() sends the small one to every task, so that the large one is not shuffled.',
        fixes: [
          {
            title: 'Write broadcast()',
            edits: [
              { start: node.from, end: node.from, text: 'broadcast(' },
              { start: node.to, end: node.to, text: ')' },
            ],
          },
        ],
      },
    ];
  });
}

/** Plans share their parts, so that each is looked through once. */
const known = new WeakMap<object, boolean>();

function readsFile(relation: unknown): boolean {
  if (typeof relation !== 'object' || relation === null) return false;
  const before = known.get(relation);
  if (before !== undefined) return before;
  const kind = 'kind' in relation ? relation.kind : undefined;
  const found =
    kind === 'read' || (kind !== 'localData' && Object.values(relation).some(readsFile));
  known.set(relation, found);
  return found;
}
