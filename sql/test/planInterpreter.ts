/**
 * Runs resolved plans over rows in memory, the slow and plain way. It shares no code with the optimizer, so
 * that the two can be held against each other. Knows integers, doubles, booleans and strings.
 */
import { outputOf } from '#sql/plan/output.ts';
import type {
  Aggregate,
  AggregateCall,
  Attribute,
  Expression,
  FunctionCall,
  Join,
  Relation,
  SetOperation,
  Subquery,
} from '#sql/plan/resolved.ts';

export type Cell = null | boolean | bigint | number | string;
export type Row = readonly Cell[];
/** Rows of each table by its id, with a cell for each of the table's fields. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** What Spark would raise. */
export class Raised extends Error {}

/** What subqueries run on, and the values that they read outside. */
let surroundings: { readonly tables: Tables; readonly outer: Scope } = {
  tables: {},
  outer: new Map(),
};

export function run(relation: Relation, tables: Tables): readonly Row[] {
  surroundings = { ...surroundings, tables };
  switch (relation.kind) {
    case 'scan': {
      const positions = relation.output.map(({ name }) =>
        relation.table.fields.findIndex((field) => field.name === name),
      );
      return tables[relation.table.id]!.map((row) => positions.map((position) => row[position]!));
    }
    case 'localRelation':
      return relation.rows.map((row) => row.map((cell) => evaluate(cell, new Map())));
    case 'oneRow':
      return [[]];
    case 'subqueryAlias':
      return run(relation.input, tables);
    case 'project':
      return scoped(relation.input, tables).map((scope) =>
        relation.expressions.map((expression) => evaluate(expression, scope)),
      );
    case 'filter': {
      const rows = run(relation.input, tables);
      const columns = outputOf(relation.input);
      // Spark's Filter computes its conjuncts one by one and drops the row at the first that is not true.
      const conjuncts = conjunctsOf(relation.condition);
      return rows.filter((row) =>
        conjuncts.every((conjunct) => evaluate(conjunct, scopeOf(columns, row)) === true),
      );
    }
    case 'join':
      return join(relation, tables);
    case 'aggregate':
      return aggregate(relation, scoped(relation.input, tables));
    case 'sort': {
      const columns = outputOf(relation.input);
      const keyed = run(relation.input, tables).map((row) => ({
        row,
        keys: relation.order.map(({ child }) => evaluate(child, scopeOf(columns, row))),
      }));
      return keyed
        .sort((left, right) => {
          for (const [index, { direction, nullOrdering }] of relation.order.entries()) {
            const [one = null, other = null] = [left.keys[index], right.keys[index]];
            if (one === null && other === null) continue;
            if (one === null || other === null) {
              return (one === null) === (nullOrdering === 'nullsFirst') ? -1 : 1;
            }
            const order = compare(one, other);
            if (order !== 0) return direction === 'ascending' ? order : -order;
          }
          return 0;
        })
        .map(({ row }) => row);
    }
    case 'globalLimit':
    case 'localLimit':
      return run(relation.input, tables).slice(0, relation.limit);
    case 'offset':
      return run(relation.input, tables).slice(relation.offset);
    case 'distinct':
      return unique(run(relation.input, tables));
    case 'union':
      return relation.inputs.flatMap((input) => run(input, tables));
    case 'setOperation':
      return setOperation(relation, run(relation.left, tables), run(relation.right, tables));
    case 'hint':
    case 'repartition':
      return run(relation.input, tables);
    default:
      throw new Error(`no ${relation.kind} here`);
  }
}

function setOperation(
  { operation, isAll }: SetOperation,
  left: readonly Row[],
  right: readonly Row[],
): readonly Row[] {
  const others = new Map<string, number>();
  for (const row of right) others.set(rowKey(row), (others.get(rowKey(row)) ?? 0) + 1);
  const kept = left.filter((row) => {
    const count = others.get(rowKey(row)) ?? 0;
    if (isAll) others.set(rowKey(row), count - 1);
    return count > 0 === (operation === 'intersect');
  });
  return isAll ? kept : unique(kept);
}

function conjunctsOf(condition: Expression): readonly Expression[] {
  return condition.kind === 'call' && condition.name === 'and'
    ? condition.arguments.flatMap(conjunctsOf)
    : [condition];
}

export function rowKey(row: Row): string {
  return row.map((cell) => `${typeof cell}:${String(cell)}`).join('|');
}

type Scope = ReadonlyMap<number, Cell>;

function scopeOf(columns: readonly Attribute[], row: Row): Scope {
  return new Map(columns.map(({ exprId }, index) => [exprId, row[index]!]));
}

function scoped(input: Relation, tables: Tables): readonly Scope[] {
  const columns = outputOf(input);
  return run(input, tables).map((row) => scopeOf(columns, row));
}

function unique(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.map((row) => [rowKey(row), row])).values()];
}

function join(relation: Join, tables: Tables): readonly Row[] {
  const left = run(relation.left, tables);
  const right = run(relation.right, tables);
  const leftColumns = outputOf(relation.left);
  const rightColumns = outputOf(relation.right);
  const columns = [...leftColumns, ...rightColumns];
  const { joinType, condition } = relation;
  const matches = (one: Row, other: Row) =>
    condition === undefined || evaluate(condition, scopeOf(columns, [...one, ...other])) === true;
  const rows: Row[] = [];
  const matchedRight = new Set<Row>();
  for (const one of left) {
    const partners = right.filter((other) => matches(one, other));
    for (const partner of partners) matchedRight.add(partner);
    if (joinType === 'leftSemi' || joinType === 'leftAnti') {
      if (partners.length > 0 === (joinType === 'leftSemi')) rows.push(one);
      continue;
    }
    rows.push(...partners.map((other) => [...one, ...other]));
    if (partners.length === 0 && (joinType === 'leftOuter' || joinType === 'fullOuter')) {
      rows.push([...one, ...rightColumns.map(() => null)]);
    }
  }
  if (joinType === 'rightOuter' || joinType === 'fullOuter') {
    const alone = right.filter((other) => !matchedRight.has(other));
    rows.push(...alone.map((other) => [...leftColumns.map(() => null), ...other]));
  }
  return rows;
}

function aggregate(relation: Aggregate, scopes: readonly Scope[]): readonly Row[] {
  const groups = new Map<string, Scope[]>();
  if (relation.grouping.length === 0) groups.set('', []);
  for (const scope of scopes) {
    const key = rowKey(relation.grouping.map((expression) => evaluate(expression, scope)));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [scope]);
    else group.push(scope);
  }
  return [...groups.values()].map((group) =>
    relation.aggregates.map((expression) => evaluate(expression, group[0] ?? new Map(), group)),
  );
}

function evaluate(expression: Expression, scope: Scope, group?: readonly Scope[]): Cell {
  const value = (operand: Expression) => evaluate(operand, scope, group);
  switch (expression.kind) {
    case 'attribute': {
      const cell = scope.get(expression.exprId);
      if (cell === undefined)
        throw new Error(`${expression.name}#${expression.exprId} is not there`);
      return cell;
    }
    case 'literal':
      return expression.value as Cell;
    case 'alias':
      return value(expression.child);
    case 'cast':
      return cast(value(expression.child), expression.type.kind);
    case 'call':
      return call(expression, value);
    case 'aggregateCall':
      return fold(expression, group ?? []);
    case 'caseWhen': {
      const branch = expression.branches.find(({ condition }) => value(condition) === true);
      const chosen = branch?.value ?? expression.elseValue;
      return chosen === undefined ? null : value(chosen);
    }
    case 'in': {
      const wanted = value(expression.child);
      if (wanted === null) return null;
      const list = expression.list.map(value);
      if (list.includes(wanted)) return true;
      return list.includes(null) ? null : false;
    }
    case 'outerReference':
      return surroundings.outer.get(expression.exprId) ?? null;
    case 'subquery':
      return subquery(expression, value);
    default:
      throw new Error(`no ${expression.kind} here`);
  }
}

function subquery(expression: Subquery, value: (operand: Expression) => Cell): Cell {
  const around = surroundings;
  const wanted = expression.values.map(value);
  const outer = new Map(expression.outer.map(({ exprId, value: cell }) => [exprId, value(cell)]));
  surroundings = { ...around, outer };
  const rows = run(expression.plan, around.tables);
  surroundings = around;
  if (expression.subqueryType === 'exists') return rows.length > 0;
  if (expression.subqueryType === 'scalar') {
    if (rows.length > 1) throw new Raised('more than one row');
    return rows[0]?.[0] ?? null;
  }
  const answers = rows.map((row) => {
    const cells = row.map((cell, index) => {
      const other = wanted[index] ?? null;
      return cell === null || other === null ? null : cell === other;
    });
    return cells.includes(false) ? false : cells.includes(null) ? null : true;
  });
  return answers.includes(true) ? true : answers.includes(null) ? null : false;
}

function cast(value: Cell, to: string): Cell {
  if (value === null) return null;
  switch (to) {
    case 'int':
    case 'long':
      if (typeof value === 'bigint') return fitting(value, to);
      break;
    case 'double':
      if (typeof value === 'bigint' || typeof value === 'number') return Number(value);
      break;
    case 'string':
      if (typeof value !== 'number') return String(value);
      break;
    case typeof value:
      return value;
    default:
      break;
  }
  throw new Error(`no cast of ${typeof value} to ${to} here`);
}

function fitting(value: bigint, type: string): bigint {
  const limit = type === 'int' ? 1n << 31n : 1n << 63n;
  if (value < -limit || limit <= value) throw new Raised('ARITHMETIC_OVERFLOW');
  return value;
}

function call(
  { name, type, arguments: operands }: FunctionCall,
  value: (operand: Expression) => Cell,
): Cell {
  const [first, second, third] = operands;
  switch (name) {
    case 'and': {
      const left = value(first!);
      if (left === false) return false;
      const right = value(second!);
      if (right === false) return false;
      return left === null || right === null ? null : true;
    }
    case 'or': {
      const left = value(first!);
      if (left === true) return true;
      const right = value(second!);
      if (right === true) return true;
      return left === null || right === null ? null : false;
    }
    case 'if':
      return value(first!) === true ? value(second!) : value(third!);
    case 'coalesce':
      for (const operand of operands) {
        const found = value(operand);
        if (found !== null) return found;
      }
      return null;
    case 'isnull':
      return value(first!) === null;
    case 'isnotnull':
      return value(first!) !== null;
    case '<=>': {
      const [left, right] = [value(first!), value(second!)];
      return left === null || right === null ? left === right : compare(left, right) === 0;
    }
    default:
      break;
  }
  const cells: Cell[] = [];
  // Like Spark's: the right operand is not computed where the left one is null.
  for (const operand of operands) {
    const cell = value(operand);
    if (cell === null) return null;
    cells.push(cell);
  }
  return nullIntolerant(name, cells as Exclude<Cell, null>[], type.kind);
}

function nullIntolerant(name: string, cells: readonly Exclude<Cell, null>[], type: string): Cell {
  const [left, right] = cells as [Exclude<Cell, null>, Exclude<Cell, null>];
  switch (name) {
    case 'not':
      return left === false;
    case '=':
      return compare(left, right) === 0;
    case '<':
      return compare(left, right) < 0;
    case '<=':
      return compare(left, right) <= 0;
    case '>':
      return compare(left, right) > 0;
    case '>=':
      return compare(left, right) >= 0;
    case 'concat':
      return cells.join('');
    case 'negative':
      return fitting(-(left as bigint), type);
    case '+':
      return fitting((left as bigint) + (right as bigint), type);
    case '-':
      return fitting((left as bigint) - (right as bigint), type);
    case '*':
      return fitting((left as bigint) * (right as bigint), type);
    case '%':
    case 'div':
      if (right === 0n) throw new Raised('DIVIDE_BY_ZERO');
      return name === '%'
        ? (left as bigint) % (right as bigint)
        : (left as bigint) / (right as bigint);
    default:
      throw new Error(`no ${name} here`);
  }
}

function compare(left: Exclude<Cell, null>, right: Exclude<Cell, null>): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function fold(aggregateCall: AggregateCall, group: readonly Scope[]): Cell {
  const { name, arguments: operands, filter, isDistinct } = aggregateCall;
  const kept = group.filter((scope) => filter === undefined || evaluate(filter, scope) === true);
  const all = kept
    .map((scope) => operands.map((operand) => evaluate(operand, scope)))
    .filter((cells) => !cells.includes(null));
  const cells = (isDistinct ? unique(all) : all).map(([cell]) => cell!);
  switch (name) {
    case 'count':
      return BigInt(cells.length);
    case 'min':
    case 'max': {
      const sign = name === 'min' ? 1 : -1;
      const sorted = cells.sort((a, b) => sign * compare(a, b));
      return sorted[0] ?? null;
    }
    case 'sum':
      return cells.length === 0
        ? null
        : fitting(
            (cells as bigint[]).reduce((sum, cell) => sum + cell, 0n),
            'long',
          );
    default:
      throw new Error(`no ${name} here`);
  }
}
