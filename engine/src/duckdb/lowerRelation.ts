/**
 * The optimized plan to one DuckDB query. Columns travel under names made of their ids, so nothing that the
 * user named is ever resolved by DuckDB.
 */
import type { SparkError } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { outputOf } from '#sql/plan/output.ts';
import { containsAggregate, expressionKey } from '#sql/plan/traverse.ts';
import type { Range } from '#sql/plan/range.ts';
import type {
  Aggregate,
  Attribute,
  LocalRelation,
  Relation,
  Scan,
  SetOperation,
  SortOrder,
  Union,
  UnionLoop,
} from '#sql/plan/resolved.ts';
import { containsMap } from '#sql/plan/types.ts';
import type { Table } from '#sql/catalog.ts';
import { orderedMaps } from './functions/maps.ts';
import type { NonNullColumns } from './impliedTests.ts';
import { withoutImpliedTests } from './impliedTests.ts';
import type { ExpressionLowering } from './lowerExpression.ts';
import {
  columnName,
  expressionLowering,
  lowerCondition,
  lowerExpression,
} from './lowerExpression.ts';
import { lowerGenerate, lowerJoin, lowerLateralJoin } from './lowerJoin.ts';
import { bindOuter } from './lowerSubquery.ts';
import { orderingKey } from './orderingKey.ts';
import type { Bounds } from './bounds.ts';
import { boundsOf } from './bounds.ts';
import { quoteIdentifier } from './quote.ts';
import { Refusal } from './refusal.ts';
import type { Select } from './select.ts';
import {
  alias,
  extended,
  isBare,
  narrowed,
  plain,
  render,
  restartAliases,
  wrap,
} from './select.ts';
import type { Signature } from './scalarFunctions/scalarFunction.ts';
import { AggregateSharing } from './sharedAggregates.ts';
import { duckType } from './types.ts';

/** Gives the SQL of a table: a query whose columns are the table's fields by name, in their DuckDB types. */
export type ScanSql = (table: Table, columns: readonly string[]) => string;

export interface Lowered {
  readonly sql: string;
  /** The output's columns, in order, as the SQL names them. */
  readonly output: readonly Attribute[];
  readonly overflowSites: ReadonlyMap<string, readonly Range[]>;
  /** Functions of ours that the SQL calls. */
  readonly functions: readonly Signature[];
}

interface Tables {
  readonly scanSql: ScanSql;
  /** What is known of a table's columns, by their names. */
  readonly boundsOf?: (table: Table) => ReadonlyMap<string, Bounds> | undefined;
  readonly nonNullIn?: NonNullColumns;
}

interface LoweredTables extends Tables {
  readonly sharing: AggregateSharing;
}

export interface LoweringOptions extends Tables {
  readonly timeZone: string;
  /** For what is measured node by node: it takes longer than a query whose joins DuckDB may order. */
  readonly isAsPlanned?: boolean;
}

export function lowerPlan(plan: Relation, options: LoweringOptions): Result<Lowered, SparkError> {
  try {
    const sharing = new AggregateSharing();
    const lowered = loweredOnce(plan, options, sharing);
    const repeated = options.isAsPlanned === true ? undefined : sharing.repeated();
    return ok(repeated ? loweredOnce(plan, options, new AggregateSharing(repeated)) : lowered);
  } catch (error) {
    if (error instanceof Refusal) return fail(error.error);
    if (error instanceof RangeError) return fail(tooDeep());
    throw error;
  }
}

function loweredOnce(
  plan: Relation,
  { isAsPlanned = false, ...options }: LoweringOptions,
  sharing: AggregateSharing,
): Lowered {
  const tables = { ...options, sharing };
  const lower = (relation: Relation, within: ExpressionLowering) =>
    lowerRelation(
      isAsPlanned ? relation : withoutImpliedTests(relation, options.nonNullIn),
      within,
      tables,
    );
  const lowering = expressionLowering(
    options.timeZone,
    (relation, inner) => render(lower(relation, inner)),
    isAsPlanned,
  );
  restartAliases();
  const lowered = lower(plan, lowering);
  // The result has a column for each of the output's, of which one may stand there twice.
  const names = lowered.output.map((attribute) => columnName(attribute.exprId));
  const isRepeated = !lowered.columns && new Set(names).size < names.length;
  const select = isRepeated ? { ...lowered, columns: names } : lowered;
  const sql = render(select);
  return {
    sql: sharing.definitions + sql,
    output: select.output,
    overflowSites: lowering.overflowSites,
    functions: [...lowering.functions.values()],
  };
}

function tooDeep(): SparkError {
  return {
    kind: 'spark',
    class: 'UNSUPPORTED_EXPRESSION',
    sqlState: '54001',
    message: '[UNSUPPORTED_EXPRESSION] The statement is nested too deeply. SQLSTATE: 54001',
    parameters: {},
  };
}

function lowerRelation(
  relation: Relation,
  lowering: ExpressionLowering,
  tables: LoweredTables,
): Select {
  const lower = (input: Relation) => lowerRelation(input, lowering, tables);
  switch (relation.kind) {
    case 'scan':
      noteBounds(relation, lowering, tables);
      return lowerScan(relation, tables.scanSql);
    case 'localRelation':
      return lowerLocalRelation(relation, lowering);
    case 'oneRow':
      return plain('(SELECT 1) AS one', []);
    case 'subqueryAlias':
      return lower(relation.input);
    case 'project': {
      const input = lower(relation.input);
      const isSelection = relation.expressions.every(({ kind }) => kind === 'attribute');
      if (isSelection && isBare(input) && !lowering.isAsPlanned)
        return narrowed(input, outputOf(relation));
      for (const expression of relation.expressions) {
        const known = boundsOf(expression, lowering.columnBounds);
        if (known) lowering.noteBounds(expression.exprId, known);
      }
      const base = input.columns || input.isDistinct || input.groupBy ? wrap(input) : input;
      return {
        ...base,
        output: outputOf(relation),
        columns: relation.expressions.map((expression) => lowering.lower(expression)),
      };
    }
    case 'filter': {
      const input = lower(relation.input);
      const base = isBare(input) ? input : wrap(input);
      return { ...base, where: [...base.where, lowerCondition(relation.condition, lowering)] };
    }
    case 'join':
      return lowerJoin(relation, lower(relation.left), lower(relation.right), lowering);
    case 'aggregate':
      return tables.sharing.add(
        lowerAggregation(relation, lower(relation.input), lowering),
        lowering.isCorrelated,
      );
    case 'sort': {
      const input = lower(relation.input);
      const base = isBare(input) && input.limit === undefined ? input : wrap(input);
      return { ...base, orderBy: relation.order.map((order) => sortKey(order, lowering)) };
    }
    case 'globalLimit': {
      const input = lower(relation.input);
      const base = input.limit === undefined ? input : wrap(input);
      return { ...base, limit: relation.limit };
    }
    case 'localLimit':
      // A GlobalLimit above decides; DuckDB pushes limits down itself.
      return lower(relation.input);
    case 'offset': {
      const input = lower(relation.input);
      const base = input.limit === undefined && input.offset === undefined ? input : wrap(input);
      return { ...base, offset: relation.offset };
    }
    case 'distinct': {
      const input = lower(relation.input);
      return { ...wrap(input), isDistinct: true };
    }
    case 'union':
      return lowerUnion(relation, relation.inputs.map(lower));
    case 'setOperation':
      return lowerSetOperation(relation, lower(relation.left), lower(relation.right));
    case 'hint':
    case 'repartition':
      return lower(relation.input);
    case 'window': {
      const input = lower(relation.input);
      // Its columns are the input's and one more each, so that another clause has to go around it.
      const base = isBare(input) && input.where.length === 0 ? input : wrap(input);
      const windows = relation.expressions.map(
        (expression) => `${lowering.lower(expression)} AS ${columnName(expression.exprId)}`,
      );
      return extended(base.from, base.output, windows, outputOf(relation));
    }
    case 'generate':
      return lowerGenerate(relation, lower(relation.input), lowering);
    case 'lateralJoin': {
      const left = lower(relation.left);
      bindOuter(relation.outer, lowering);
      const right = lowering.correlated(() => lower(relation.right));
      return lowerLateralJoin(relation, left, right, lowering);
    }
    case 'sample': {
      const input = wrap(lower(relation.input));
      const seed = relation.seed === undefined ? '' : ` REPEATABLE (${relation.seed})`;
      const share = `bernoulli(${relation.upperBound * 100} PERCENT)`;
      return wrap({ ...input, from: `${input.from} TABLESAMPLE ${share}${seed}` });
    }
    case 'range': {
      const { start, end, step } = relation;
      const column = columnName(relation.output[0]?.exprId ?? 0);
      const query = `SELECT CAST(range AS BIGINT) AS ${column} FROM range(CAST(${start} AS BIGINT), CAST(${end} AS BIGINT), CAST(${step} AS BIGINT))`;
      return plain(`(${query}) AS ${alias()}`, relation.output);
    }
    case 'unionLoop':
      return lowerLoop(relation, lower(relation.anchor), lower(relation.recursion));
    case 'loopReference': {
      const columns = relation.output.map(
        ({ exprId }, index) => `k${index} AS ${columnName(exprId)}`,
      );
      const query = `SELECT ${columns.join(', ')} FROM loop${relation.loopId}`;
      return plain(`(${query}) AS ${alias()}`, relation.output);
    }
  }
}

function sortKey(order: SortOrder, lowering: ExpressionLowering): string {
  const direction = order.direction === 'ascending' ? 'ASC' : 'DESC';
  const nulls = order.nullOrdering === 'nullsFirst' ? 'NULLS FIRST' : 'NULLS LAST';
  // A bare number would be read as a position.
  const key = orderingKey(lowering.lower(order.child), order.child.type, lowering);
  return `(${key}) ${direction} ${nulls}`;
}

function lowerScan(scan: Scan, scanSql: ScanSql): Select {
  const names = scan.output.map((attribute) => attribute.name);
  const source = scanSql(scan.table, names);
  const columns = scan.output.map(
    (attribute) => `${quoteIdentifier(attribute.name)} AS ${columnName(attribute.exprId)}`,
  );
  if (columns.length === 0) return plain(`(${source}) AS ${alias()}`, []);
  return plain(`(SELECT ${columns.join(', ')} FROM (${source})) AS ${alias()}`, scan.output);
}

function noteBounds(scan: Scan, lowering: ExpressionLowering, tables: Tables): void {
  const known = tables.boundsOf?.(scan.table);
  for (const { name, exprId } of scan.output) {
    const bounds = known?.get(name);
    if (bounds) lowering.noteBounds(exprId, bounds);
  }
}

function lowerLocalRelation(relation: LocalRelation, lowering: ExpressionLowering): Select {
  const names = relation.output.map((attribute) => columnName(attribute.exprId));
  if (relation.rows.length === 0 || names.length === 0) {
    const nulls = relation.output.map(
      (attribute, index) => `CAST(NULL AS ${duckType(attribute.type)}) AS ${names[index] ?? ''}`,
    );
    const rows = nulls.length > 0 ? `SELECT ${nulls.join(', ')}` : 'SELECT 1';
    const count = relation.rows.length;
    return plain(`(${rows} FROM range(${count})) AS ${alias()}`, relation.output);
  }
  const rows = relation.rows.map(
    (row) => `(${row.map((cell) => lowering.lower(cell)).join(', ')})`,
  );
  return plain(`(VALUES ${rows.join(', ')}) AS ${alias()}(${names.join(', ')})`, relation.output);
}

function lowerAggregation(
  aggregate: Aggregate,
  input: Select,
  lowering: ExpressionLowering,
): Select {
  // A grouping expression is computed below under a name, so that every use of it is that very column.
  const computed = new Map<string, { readonly sql: string; readonly name: string }>();
  const groupBy = aggregate.grouping.map((expression) => {
    const isMapped = containsMap(expression.type);
    if (expression.kind === 'attribute' && !isMapped) return lowering.lower(expression);
    const key = expressionKey(expression);
    const known = computed.get(key);
    if (known) return known.name;
    const name = `g${computed.size}`;
    // Maps of the same pairs are the same group, in whatever order the pairs are.
    const sql = lowering.lower(expression);
    computed.set(key, { sql: isMapped ? orderedMaps(sql, expression, lowering) : sql, name });
    return name;
  });
  // DuckDB does not know of keys that are in none of the sets.
  const { groupingSets } = aggregate;
  const isUsed = (place: number) => groupingSets?.some((set) => set.includes(place)) ?? true;
  const unused = new Set(
    aggregate.grouping.flatMap((key, place) => (isUsed(place) ? [] : [expressionKey(key)])),
  );
  const above: ExpressionLowering = {
    ...lowering,
    isGrouped: true,
    lower(expression) {
      if (expression.kind === 'aggregateCall' && groupingNames.has(expression.name)) {
        const keys = expression.arguments.length === 0 ? aggregate.grouping : expression.arguments;
        const bits = keys.map((key) =>
          unused.has(expressionKey(key)) ? '1' : `grouping(${above.lower(key)})`,
        );
        const sum = bits.map((bit, index) => `(${bit} << ${bits.length - 1 - index})`).join(' | ');
        return `CAST(${sum === '' ? '0' : sum} AS ${duckType(expression.type)})`;
      }
      if (unused.has(expressionKey(expression))) {
        return `CAST(NULL AS ${duckType(expression.type)})`;
      }
      const grouped = computed.size > 0 ? computed.get(expressionKey(expression)) : undefined;
      return grouped ? grouped.name : lowerExpression(expression, above);
    },
  };
  const columns = aggregate.aggregates.map((expression) => above.lower(expression));
  let base = isBare(input) ? input : wrap(input);
  if (computed.size > 0) {
    const grouping = [...computed.values()].map(({ sql, name }) => `${sql} AS ${name}`);
    const kept = [...new Set(base.output.map((attribute) => columnName(attribute.exprId)))];
    const where = base.where.length > 0 ? ` WHERE ${base.where.join(' AND ')}` : '';
    base = plain(
      `(SELECT ${[...grouping, ...kept].join(', ')} FROM ${base.from}${where}) AS ${alias()}`,
      base.output,
    );
  }
  // Without keys and without a function, as HAVING alone makes it, it is one group all the same.
  const isOneGroup = groupBy.length === 0 && !aggregate.aggregates.some(containsAggregate);
  return {
    ...base,
    output: outputOf(aggregate),
    // A count has DuckDB read the rows below, where a filter may raise.
    columns: isOneGroup
      ? columns.map((column) => `CASE WHEN count(*) < 0 THEN NULL ELSE ${column} END`)
      : columns,
    groupBy: isOneGroup ? ['()'] : groupedBy(aggregate, groupBy),
  };
}

const groupingNames = new Set(['grouping', 'grouping_id']);

function groupedBy(aggregate: Aggregate, keys: readonly string[]): readonly string[] {
  if (aggregate.groupingSets === undefined) return keys;
  const sets = aggregate.groupingSets.map(
    (set) => `(${set.map((place) => keys[place] ?? '').join(', ')})`,
  );
  return [`GROUPING SETS (${sets.join(', ')})`];
}

function lowerUnion(union: Union, inputs: readonly Select[]): Select {
  const names = union.output.map((attribute) => columnName(attribute.exprId));
  const selects = inputs.map((input) => {
    const columns = input.output.map(
      (attribute, index) => `${columnName(attribute.exprId)} AS ${names[index] ?? ''}`,
    );
    return `SELECT ${columns.length > 0 ? columns.join(', ') : '1 AS c'} FROM (${render(input)})`;
  });
  return plain(`(${selects.join(' UNION ALL ')}) AS ${alias()}`, union.output);
}

function lowerSetOperation(operation: SetOperation, left: Select, right: Select): Select {
  const names = operation.output.map((attribute) => columnName(attribute.exprId));
  const word = operation.operation === 'intersect' ? 'INTERSECT' : 'EXCEPT';
  const selects = [left, right].map((input) => {
    const columns = input.output.map(
      (attribute, index) => `${columnName(attribute.exprId)} AS ${names[index] ?? ''}`,
    );
    return `SELECT ${columns.join(', ')} FROM (${render(input)})`;
  });
  const query = selects.join(operation.isAll ? ` ${word} ALL ` : ` ${word} `);
  return plain(`(${query}) AS ${alias()}`, operation.output);
}

function lowerLoop(loop: UnionLoop, anchor: Select, recursion: Select): Select {
  const name = `loop${loop.loopId}`;
  const keys = loop.output.map((_, index) => `k${index}`);
  const select = (input: Select) => {
    const columns = input.output.map(({ exprId }, index) => `${columnName(exprId)} AS k${index}`);
    return `SELECT ${columns.join(', ')} FROM (${render(input)})`;
  };
  const columns = loop.output.map(({ exprId }, index) => `k${index} AS ${columnName(exprId)}`);
  const query =
    `WITH RECURSIVE ${name}(${keys.join(', ')}) AS (${select(anchor)} UNION ALL ${select(recursion)}) ` +
    `SELECT ${columns.join(', ')} FROM ${name}`;
  return plain(`(${query}) AS ${alias()}`, loop.output);
}
