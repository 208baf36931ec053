/** "Copy as SQL": a DataFrame as a query of Spark SQL. What SQL has no words for is named, not guessed. */
import { simpleString, typeSql } from '#sql/plan/types.ts';
import type {
  Expression,
  Literal,
  Relation,
  SortOrder,
  WindowBoundary,
  WindowSpec,
} from '#sql/plan/unresolved.ts';
import type { Schemas } from './schemas.ts';

/** Thrown where the plan has what is not written here. */
export class NotWritten extends Error {}

interface Writing {
  readonly schemas: Schemas;
  /** Relations with a number whose columns are reached by an alias, by that number. */
  readonly aliases: ReadonlyMap<number, string>;
  readonly files: Set<string>;
}

/** The views over files that it needs, and the query. */
export function sqlOf(schemas: Schemas, relation: Relation): string {
  const files = new Set<string>();
  const query = select({ schemas, aliases: new Map(), files }, relation);
  const views = [...files].flatMap((name) => {
    const file = schemas.file(name);
    if (!file) return [];
    const options = Object.entries({ path: file.path, ...file.options })
      .filter(([key, value]) => !(defaults[key] === value))
      .map(([key, value]) => `${key} ${quoted(value)}`);
    return [
      `CREATE OR REPLACE TEMPORARY VIEW ${viewName(schemas, name)}\nUSING ${file.format}\nOPTIONS (${options.join(', ')});\n\n`,
    ];
  });
  return `${views.join('')}${query}`;
}

/** One expression by itself. */
export function expressionSql(schemas: Schemas, node: Expression): string {
  return expression({ schemas, aliases: new Map(), files: new Set() }, node);
}

/** What readers do without being told. */
const defaults: Readonly<Record<string, string>> = {
  header: 'false',
  inferschema: 'false',
  escape: '\\',
  multiline: 'false',
};

function viewName(schemas: Schemas, name: string): string {
  const path = schemas.file(name)?.path ?? name;
  const word = /([^/\\]+?)(?:\.\w+)?[/\\]?$/.exec(path)?.[1]?.replace(/\W+/g, '_') ?? 'file';
  return /^\d/.test(word) ? `file_${word}` : word;
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}

function select(writing: Writing, relation: Relation): string {
  switch (relation.kind) {
    case 'identified':
      return select(writing, relation.input);
    case 'read':
      return `SELECT *\nFROM ${from(writing, relation)}`;
    case 'oneRow':
      return 'SELECT 1';
    case 'project':
      if (relation.input.kind === 'oneRow') return `SELECT ${list(writing, relation.expressions)}`;
      return `SELECT ${list(writing, relation.expressions)}\nFROM ${from(writing, relation.input)}`;
    case 'filter':
      return `SELECT *\nFROM ${from(writing, relation.input)}\nWHERE ${expression(writing, relation.condition)}`;
    case 'having':
      return `SELECT *\nFROM ${from(writing, relation.input)}\nWHERE ${expression(writing, relation.condition)}`;
    case 'sort':
      return `${ordered(writing, relation.input)}\n${relation.isGlobal ? 'ORDER' : 'SORT'} BY ${relation.order.map((each) => sortText(writing, each)).join(', ')}`;
    case 'limit':
      return `${withoutTail(writing, relation.input)}\nLIMIT ${expression(writing, relation.limit)}`;
    case 'offset':
      return `${withoutTail(writing, relation.input)}\nOFFSET ${expression(writing, relation.offset)}`;
    case 'deduplicate':
      return `SELECT DISTINCT *\nFROM ${from(writing, relation.input)}`;
    case 'aggregate': {
      const keys = relation.groupingExpressions;
      const grouped = keys.length === 0 ? '' : `\nGROUP BY ${list(writing, keys)}`;
      return `SELECT ${list(writing, relation.aggregateExpressions)}\nFROM ${from(writing, relation.input)}${grouped}`;
    }
    case 'withColumns':
      return `SELECT ${withColumns(writing, relation)}\nFROM ${from(writing, relation.input)}`;
    case 'withColumnsRenamed': {
      const items = columnsOf(writing, relation.input).map((name) => {
        const renamed = relation.renames.find(({ colName }) => same(colName, name));
        return renamed ? `${word(name)} AS ${word(renamed.newColName)}` : word(name);
      });
      return `SELECT ${items.join(', ')}\nFROM ${from(writing, relation.input)}`;
    }
    case 'drop': {
      if (relation.columns.length > 0) throw new NotWritten('drop of a Column');
      const left = columnsOf(writing, relation.input).filter(
        (name) => !relation.columnNames.some((each) => same(each, name)),
      );
      return `SELECT ${left.map(word).join(', ')}\nFROM ${from(writing, relation.input)}`;
    }
    case 'setOp': {
      if (relation.byName) throw new NotWritten('unionByName');
      const sides = [relation.leftInput, relation.rightInput].map((side) => branch(writing, side));
      const operator = `${relation.setOpType.toUpperCase()}${relation.isAll ? ' ALL' : ''}`;
      return sides.join(`\n${operator}\n`);
    }
    case 'join':
      return joined(writing, relation);
    case 'subqueryAlias':
      return `SELECT *\nFROM ${from(writing, relation)}`;
    case 'localData':
      return `SELECT *\nFROM ${from(writing, relation)}`;
    case 'tableFunction':
      return `SELECT *\nFROM ${from(writing, relation)}`;
    case 'hint': {
      const parameters = relation.parameters.map((each) => expression(writing, each)).join(', ');
      const hint = `${relation.name.toUpperCase()}${parameters === '' ? '' : `(${parameters})`}`;
      return `SELECT /*+ ${hint} */ *\nFROM ${from(writing, relation.input)}`;
    }
    case 'dropNa': {
      if (relation.minNonNulls !== undefined) throw new NotWritten('dropna with a threshold');
      const names =
        relation.columnNames.length > 0 ? relation.columnNames : columnsOf(writing, relation.input);
      return `SELECT *\nFROM ${from(writing, relation.input)}\nWHERE ${names.map((name) => `${word(name)} IS NOT NULL`).join(' AND ')}`;
    }
    default:
      throw new NotWritten(`'${relation.kind}'`);
  }
}

/** What stands behind FROM: a name, or a query in parentheses. */
function from(writing: Writing, relation: Relation): string {
  switch (relation.kind) {
    case 'identified': {
      const alias = writing.aliases.get(relation.planId);
      const inner = from(writing, relation.input);
      return alias === undefined ? inner : `${inner} AS ${alias}`;
    }
    case 'read': {
      if (relation.readType.kind !== 'namedTable') throw new NotWritten('a source without a name');
      const [name = ''] = relation.readType.nameParts;
      if (writing.schemas.file(name)) {
        writing.files.add(name);
        return viewName(writing.schemas, name);
      }
      return relation.readType.nameParts.map(word).join('.');
    }
    case 'subqueryAlias': {
      const columns =
        relation.columnNames.length > 0 ? `(${relation.columnNames.map(word).join(', ')})` : '';
      return `${from(writing, relation.input)} AS ${word(relation.alias)}${columns}`;
    }
    case 'localData': {
      const rows = relation.rows.map(
        (row) => `(${row.map((cell) => expression(writing, cell)).join(', ')})`,
      );
      const names = relation.fields.map(({ name }) => word(name)).join(', ');
      return `VALUES\n  ${rows.join(',\n  ')}\n  AS rows(${names})`;
    }
    case 'tableFunction':
      return `${relation.functionName}(${relation.arguments.map((each) => expression(writing, each)).join(', ')})`;
    default:
      return `(\n${indented(select(writing, relation))}\n)`;
  }
}

/** ORDER BY goes behind a query that has no clause of its own after it. */
function ordered(writing: Writing, input: Relation): string {
  const inner = input.kind === 'identified' ? input.input : input;
  return /^(?:project|filter|aggregate|withColumns|join|read)$/.test(inner.kind)
    ? select(writing, inner)
    : `SELECT *\nFROM ${from(writing, input)}`;
}

function withoutTail(writing: Writing, input: Relation): string {
  const inner = input.kind === 'identified' ? input.input : input;
  return inner.kind === 'sort' ? select(writing, inner) : ordered(writing, input);
}

/** One side of a set operation. */
function branch(writing: Writing, side: Relation): string {
  const inner = side.kind === 'identified' ? side.input : side;
  return /^(?:sort|limit|offset|setOp)$/.test(inner.kind)
    ? `(\n${indented(select(writing, inner))}\n)`
    : select(writing, inner);
}

const joins: Readonly<Record<string, string>> = {
  inner: 'JOIN',
  cross: 'CROSS JOIN',
  leftOuter: 'LEFT JOIN',
  rightOuter: 'RIGHT JOIN',
  fullOuter: 'FULL JOIN',
  leftSemi: 'LEFT SEMI JOIN',
  leftAnti: 'LEFT ANTI JOIN',
};

function joined(writing: Writing, join: Extract<Relation, { kind: 'join' }>): string {
  const aliases = new Map(writing.aliases);
  for (const [side, alias] of [
    [join.left, 'l'],
    [join.right, 'r'],
  ] as const)
    for (const planId of numbersIn(side)) aliases.set(planId, alias);
  const inside: Writing = { ...writing, aliases: new Map() };
  const [left, right] = [join.left, join.right].map((side, at) => {
    const inner = side.kind === 'identified' ? side.input : side;
    // Rows have a name of their own already.
    const source =
      inner.kind === 'localData' ? `(\n${indented(select(inside, inner))}\n)` : from(inside, inner);
    return / AS \w+$/.test(source) ? source : `${source} AS ${at === 0 ? 'l' : 'r'}`;
  });
  const on = join.joinCondition
    ? ` ON ${expression({ ...writing, aliases }, join.joinCondition)}`
    : join.usingColumns.length > 0
      ? ` USING (${join.usingColumns.map(word).join(', ')})`
      : '';
  return `SELECT *\nFROM ${left ?? ''}\n${joins[join.joinType] ?? 'JOIN'} ${right ?? ''}${on}`;
}

/** The numbers of the relations whose columns a side has. */
function numbersIn(relation: Relation): readonly number[] {
  const own = relation.kind === 'identified' ? [relation.planId] : [];
  return 'input' in relation ? [...own, ...numbersIn(relation.input)] : own;
}

function withColumns(
  writing: Writing,
  { input, aliases }: Extract<Relation, { kind: 'withColumns' }>,
): string {
  const made = aliases.flatMap((alias) =>
    alias.kind === 'alias'
      ? [
          {
            name: alias.name,
            text: `${expression(writing, alias.expression)} AS ${word(alias.name)}`,
          },
        ]
      : [],
  );
  const names = columnsOf(writing, input);
  const replaced = made.filter(({ name }) => names.some((each) => same(each, name)));
  if (replaced.length === 0) return ['*', ...made.map(({ text }) => text)].join(', ');
  const kept = names.map((name) => made.find((each) => same(each.name, name))?.text ?? word(name));
  return [...kept, ...made.filter((each) => !replaced.includes(each)).map(({ text }) => text)].join(
    ', ',
  );
}

function columnsOf({ schemas }: Writing, relation: Relation): readonly string[] {
  const found = schemas.of(relation);
  if (found.kind !== 'columns') throw new NotWritten('what depends on columns that are not known');
  return found.columns.map(({ name }) => name);
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function list(writing: Writing, expressions: readonly Expression[]): string {
  return expressions.map((each) => expression(writing, each)).join(', ');
}

const reserved =
  /^(?:select|from|where|group|order|by|join|on|and|or|not|as|case|when|then|else|end|in|is|null|true|false|table|union|all|distinct|limit|having)$/i;

function word(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !reserved.test(name)
    ? name
    : `\`${name.replaceAll('`', '``')}\``;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
}

const infix = new Set([
  '+',
  '-',
  '*',
  '/',
  '%',
  '=',
  '<=>',
  '<',
  '<=',
  '>',
  '>=',
  'and',
  'or',
  '&',
  '|',
  '^',
  'like',
  'rlike',
  'ilike',
]);

function expression(writing: Writing, node: Expression): string {
  const inner = (each: Expression) => expression(writing, each);
  switch (node.kind) {
    case 'literal':
      return literal(node);
    case 'unresolvedAttribute': {
      const alias = node.planId === undefined ? undefined : writing.aliases.get(node.planId);
      return [...(alias === undefined ? [] : [alias]), ...node.nameParts.map(word)].join('.');
    }
    case 'unresolvedStar':
      return node.target.length === 0 ? '*' : `${node.target.map(word).join('.')}.*`;
    case 'alias':
      return `${inner(node.expression)} AS ${word(node.name)}`;
    case 'multiAlias':
      return `${inner(node.expression)} AS (${node.names.map(word).join(', ')})`;
    case 'cast': {
      const cast = node.evalMode === 'try' ? 'try_cast' : 'CAST';
      return `${cast}(${inner(node.expression)} AS ${typeSql(node.toType)})`;
    }
    case 'caseWhen': {
      const branches = node.branches.map(
        ({ condition, value }) => `WHEN ${inner(condition)} THEN ${inner(value)}`,
      );
      const rest = node.elseValue ? ` ELSE ${inner(node.elseValue)}` : '';
      return `CASE ${branches.join(' ')}${rest} END`;
    }
    case 'in':
      return `${operand(writing, node.child)} IN (${list(writing, node.list)})`;
    case 'extractValue':
      return `${operand(writing, node.child)}[${inner(node.extraction)}]`;
    case 'sortOrder':
      return sortText(writing, node);
    case 'window':
      if (typeof node.window === 'string')
        return `${inner(node.windowFunction)} OVER ${word(node.window)}`;
      return `${inner(node.windowFunction)} OVER (${windowText(writing, node.window)})`;
    case 'lambdaFunction':
      return `${node.arguments.length === 1 ? (node.arguments[0] ?? '') : `(${node.arguments.join(', ')})`} -> ${inner(node.function)}`;
    case 'groupingAnalytics': {
      const sets = node.sets.map((set) =>
        set.length === 1 && set[0] ? inner(set[0]) : `(${list(writing, set)})`,
      );
      return `${node.groupType === 'groupingSets' ? 'GROUPING SETS' : node.groupType.toUpperCase()} (${sets.join(', ')})`;
    }
    case 'unresolvedFunction':
      return callText(writing, node);
    default:
      throw new NotWritten(`'${node.kind}'`);
  }
}

function callText(
  writing: Writing,
  call: Extract<Expression, { kind: 'unresolvedFunction' }>,
): string {
  const name = call.functionName.toLowerCase();
  const [first, second, third] = call.arguments;
  const side = (node: Expression) => operand(writing, node);
  if (first && second && third === undefined && infix.has(name))
    return `${side(first)} ${name.toUpperCase()} ${side(second)}`;
  if (first && second === undefined && call.operator) {
    if (name === 'not') return `NOT ${side(first)}`;
    if (name === 'isnull') return `${side(first)} IS NULL`;
    if (name === 'isnotnull') return `${side(first)} IS NOT NULL`;
  }
  if (name === 'update_fields') throw new NotWritten('withField');
  const args = list(writing, call.arguments);
  const nulls = call.ignoreNulls === true ? ' IGNORE NULLS' : '';
  return `${call.functionName}(${call.isDistinct ? 'DISTINCT ' : ''}${args})${nulls}`;
}

/** In parentheses where it would read as something else. */
function operand(writing: Writing, node: Expression): string {
  const text = expression(writing, node);
  const isBare =
    node.kind === 'unresolvedFunction' &&
    (infix.has(node.functionName.toLowerCase()) || (node.operator && node.arguments.length === 1));
  return isBare || node.kind === 'in' || node.kind === 'caseWhen' ? `(${text})` : text;
}

function sortText(writing: Writing, { child, direction, nullOrdering }: SortOrder): string {
  const isDescending = direction === 'descending';
  const usual = isDescending ? 'nullsLast' : 'nullsFirst';
  const nulls =
    nullOrdering === usual ? '' : ` NULLS ${nullOrdering === 'nullsFirst' ? 'FIRST' : 'LAST'}`;
  return `${expression(writing, child)}${isDescending ? ' DESC' : ''}${nulls}`;
}

function windowText(writing: Writing, { partition, order, frame }: WindowSpec): string {
  const parts = [
    ...(partition.length > 0 ? [`PARTITION BY ${list(writing, partition)}`] : []),
    ...(order.length > 0
      ? [`ORDER BY ${order.map((each) => sortText(writing, each)).join(', ')}`]
      : []),
  ];
  if (frame) {
    const bound = (boundary: WindowBoundary): string => {
      switch (boundary.kind) {
        case 'unboundedPreceding':
          return 'UNBOUNDED PRECEDING';
        case 'unboundedFollowing':
          return 'UNBOUNDED FOLLOWING';
        case 'currentRow':
          return 'CURRENT ROW';
        default:
          return `${expression(writing, boundary.value)} ${boundary.kind.toUpperCase()}`;
      }
    };
    parts.push(
      `${frame.frameType === 'row' ? 'ROWS' : 'RANGE'} BETWEEN ${bound(frame.lower)} AND ${bound(frame.upper)}`,
    );
  }
  return parts.join(' ');
}

function literal({ value, type, late }: Literal): string {
  if (late) throw new NotWritten('a value that only a run gives');
  if (value === null) return type.kind === 'void' ? 'NULL' : `CAST(NULL AS ${typeSql(type)})`;
  switch (type.kind) {
    case 'string':
      return quoted(String(value));
    case 'boolean':
      return value === true ? 'TRUE' : 'FALSE';
    case 'int':
      return String(value);
    case 'long':
      return `${String(value)}L`;
    case 'double':
      return Number.isFinite(value) ? `${String(value)}D` : `double('${String(value)}')`;
    case 'decimal': {
      const digits = String(value)
        .replace('-', '')
        .padStart(type.scale + 1, '0');
      const point = digits.length - type.scale;
      const text = type.scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
      return `${String(value).startsWith('-') ? '-' : ''}${text}BD`;
    }
    case 'date':
      return `DATE '${new Date(Number(value) * 86_400_000).toISOString().slice(0, 10)}'`;
    default:
      throw new NotWritten(`a value of the type ${simpleString(type)}`);
  }
}
