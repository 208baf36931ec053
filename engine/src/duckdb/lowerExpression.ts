/** Resolved expressions to DuckDB SQL. The SQL of an expression has exactly the DuckDB type of its Spark type. */
import type { Range } from '#sql/plan/range.ts';
import type {
  CaseWhen,
  Expression,
  FunctionCall,
  InList,
  Relation,
  Subquery,
} from '#sql/plan/resolved.ts';
import type { Bounds } from './bounds.ts';
import { lowerCast } from './casts.ts';
import type { Lowering } from './context.ts';
import { lowerAggregate } from './functions/aggregates.ts';
import { functionRow } from './functions/table.ts';
import { literalSql } from './literals.ts';
import { lowerSubquery } from './lowerSubquery.ts';
import { lowerWindow } from './lowerWindow.ts';
import { refuse } from './refusal.ts';
import type { Signature } from './scalarFunctions/scalarFunction.ts';
import { structFieldNames } from './types.ts';

/** Longer than what a person writes; some functions repeat their arguments, so nesting multiplies. */
const maxSqlLength = 4_000_000;

export interface ExpressionLowering extends Lowering {
  /** Every node of the plan is to be a step of the query. Else DuckDB may order joins anew and leave steps out. */
  readonly isAsPlanned: boolean;
  readonly overflowSites: ReadonlyMap<string, readonly Range[]>;
  readonly functions: ReadonlyMap<string, Signature>;
}

/** `query` lowers the relations of subqueries. */
export function expressionLowering(
  timeZone: string,
  query: (relation: Relation, lowering: ExpressionLowering) => string = noQuery,
  isAsPlanned = false,
): ExpressionLowering {
  const outer = new Map<number, string>();
  const depth = { correlated: 0 };
  const overflowSites = new Map<string, Range[]>();
  const functions = new Map<string, Signature>();
  const variables = new Map<number, string>();
  const bounds = new Map<number, Bounds>();
  let lastName = 0;
  const lowering: ExpressionLowering = {
    timeZone,
    isAsPlanned,
    columnBounds: (exprId) => bounds.get(exprId),
    noteBounds(exprId, known) {
      bounds.set(exprId, known);
    },
    overflowSites,
    functions,
    lower(expression) {
      const sql = lowerExpression(expression, lowering);
      if (sql.length > maxSqlLength)
        throw refuse('UNSUPPORTED_EXPRESSION', 'An expression of this size', expression.range);
      return sql;
    },
    noteOverflow(key, range) {
      overflowSites.set(key, [...(overflowSites.get(key) ?? []), range]);
    },
    noteFunction(signature) {
      functions.set(signature.name, signature);
    },
    freshName() {
      lastName += 1;
      return `v${lastName}`;
    },
    bindVariable(exprId, sql) {
      variables.set(exprId, sql);
    },
    variable(exprId) {
      const sql = variables.get(exprId);
      if (sql === undefined) throw new Error('a lambda is lowered by the function that calls it');
      return sql;
    },
    query: (relation) => query(relation, lowering),
    bindOuter(exprId, sql) {
      outer.set(exprId, sql);
    },
    outer(exprId) {
      return outer.get(exprId) ?? columnName(exprId);
    },
    correlated(work) {
      depth.correlated += 1;
      try {
        return work();
      } finally {
        depth.correlated -= 1;
      }
    },
    get isCorrelated() {
      return depth.correlated > 0;
    },
  };
  return lowering;
}

function noQuery(): never {
  throw new Error('expressions are lowered here without the relations of subqueries');
}

/** The name of a column between operators: unique within a compilation, whatever the user called it. */
export function columnName(exprId: number): string {
  return `c${exprId}`;
}

/** One level; its children go through `lowering`, which may know better for some of them. */
export function lowerExpression(expression: Expression, lowering: Lowering): string {
  switch (expression.kind) {
    case 'attribute':
      return columnName(expression.exprId);
    case 'literal':
      return literalSql(expression.value, expression.type, expression.range);
    case 'alias':
      return lowering.lower(expression.child);
    case 'cast':
      return lowerCast(expression, lowering);
    case 'call':
      return lowerCall(expression, lowering);
    case 'lambda':
      // Its function lowers it, and says what the variables are.
      return '';
    case 'lambdaVariable':
      return lowering.variable(expression.exprId);
    case 'aggregateCall':
      return lowerAggregate(expression, lowering);
    case 'caseWhen':
      return lowerCaseWhen(expression, lowering);
    case 'in':
      return lowerInList(expression, lowering);
    case 'getStructField': {
      const type = expression.child.type;
      if (type.kind !== 'struct') throw new Error('a field of what is no struct');
      const name = structFieldNames(type.fields)[expression.fieldIndex] ?? '';
      return `struct_extract(${lowering.lower(expression.child)}, '${name.replaceAll("'", "''")}')`;
    }
    case 'subquery':
      return decided(lowerSubquery(expression, lowering), expression);
    case 'outerReference':
      return lowering.outer(expression.exprId);
    case 'windowExpression':
      return lowerWindow(expression, lowering);
  }
}

/** Where a row is kept or not, what is unknown need not be told from what is false. */
export function lowerCondition(condition: Expression, lowering: Lowering): string {
  if (condition.kind === 'subquery') return lowerSubquery(condition, lowering);
  if (condition.kind !== 'call') return lowering.lower(condition);
  const [first, second] = condition.arguments;
  if (condition.name === 'not' && first?.kind === 'subquery') {
    return `(NOT ${lowerSubquery(first, lowering)})`;
  }
  if (condition.name === 'and' && first && second) {
    return `(${lowerCondition(first, lowering)} AND ${lowerCondition(second, lowering)})`;
  }
  return lowering.lower(condition);
}

/** Spark makes a join of IN with a query, and so says false where nulls leave it open: of NOT IN as well. */
export function decided(sql: string, subquery: Subquery): string {
  return subquery.subqueryType === 'in' && subquery.nullable ? `COALESCE(${sql}, FALSE)` : sql;
}

function lowerCall(call: FunctionCall, lowering: Lowering): string {
  const [first] = call.arguments;
  if (call.name === 'not' && first?.kind === 'subquery') {
    return decided(`(NOT ${lowerSubquery(first, lowering)})`, first);
  }
  const row = functionRow(call.name);
  if (!row) throw refuse('UNSUPPORTED_FUNCTION', `The function ${call.name}`, call.range);
  return row(
    call.arguments.map((argument) => lowering.lower(argument)),
    call,
    lowering,
  );
}

function lowerCaseWhen(expression: CaseWhen, lowering: Lowering): string {
  const branches = expression.branches.map(
    ({ condition, value }) => `WHEN ${lowering.lower(condition)} THEN ${lowering.lower(value)}`,
  );
  const otherwise = expression.elseValue ? ` ELSE ${lowering.lower(expression.elseValue)}` : '';
  return `CASE ${branches.join(' ')}${otherwise} END`;
}

function lowerInList(expression: InList, lowering: Lowering): string {
  if (expression.list.length === 0) return 'FALSE';
  const list = expression.list.map((item) => lowering.lower(item));
  return `(${lowering.lower(expression.child)} IN (${list.join(', ')}))`;
}
