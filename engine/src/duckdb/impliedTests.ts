/**
 * Leaves out tests for null that another condition implies: `x IS NOT NULL` beside `x > 1`, or below a join on `x`.
 * The optimizer adds them because Spark does; DuckDB guesses that each of them drops most of the rows, and so builds
 * its joins on the wrong side. No row is lost or won by it. Plans of subqueries are taken on their own. Columns of
 * which files say that nothing is missing need no test where they are read.
 */
import { canRaise } from '#sql/optimize/raising.ts';
import { nonNullWhere } from '#sql/optimize/nullability.ts';
import type { Table } from '#sql/catalog.ts';
import type { Expression, Filter, Join, Project, Relation, Scan } from '#sql/plan/resolved.ts';
import { mapInputs, transformPlanUp } from '#sql/plan/traverse.ts';
import { conjunction, conjuncts } from '#sql/typing/build.ts';

type Columns = ReadonlySet<number>;

const none: Columns = new Set();

/** Names of a table's columns that have no nulls. */
export type NonNullColumns = (table: Table) => ReadonlySet<string> | undefined;

export function withoutImpliedTests(plan: Relation, nonNull?: NonNullColumns): Relation {
  return without(nonNull ? withoutTestsOfFiles(plan, nonNull) : plan, none);
}

function withoutTestsOfFiles(plan: Relation, nonNull: NonNullColumns): Relation {
  return transformPlanUp(plan, (relation) => {
    if (relation.kind !== 'filter') return relation;
    const scan = scanBelow(relation.input);
    const names = scan && nonNull(scan.table);
    if (!names || names.size === 0) return relation;
    const full = new Set(
      scan.output.flatMap(({ exprId, name }) => (names.has(name) ? [exprId] : [])),
    );
    const parts = conjuncts(relation.condition);
    const kept = parts.filter((part) => !full.has(testedColumn(part) ?? -1));
    if (kept.length === parts.length) return relation;
    const condition = conjunction(kept);
    return condition === undefined ? relation.input : { ...relation, condition };
  });
}

function scanBelow(relation: Relation): Scan | undefined {
  if (relation.kind === 'scan') return relation;
  return relation.kind === 'filter' || relation.kind === 'project'
    ? scanBelow(relation.input)
    : undefined;
}

/** `tested`: columns of the relation's output whose nulls are dropped above, before anything that may raise. */
function without(relation: Relation, tested: Columns): Relation {
  switch (relation.kind) {
    case 'filter':
      return withoutInFilter(relation, tested);
    case 'join':
      return withoutInJoin(relation, tested);
    case 'project': {
      const below = relation.expressions.some(canRaise) ? none : readAs(relation, tested);
      return mapInputs(relation, (input) => without(input, below));
    }
    case 'subqueryAlias':
    case 'hint':
    case 'repartition':
      return mapInputs(relation, (input) => without(input, tested));
    default:
      // A limit counts the rows, a window and an aggregate look at all of them.
      return mapInputs(relation, (input) => without(input, none));
  }
}

function withoutInFilter(filter: Filter, tested: Columns): Relation {
  const parts = conjuncts(filter.condition);
  // What may raise is computed for the rows that the tests leave it, and for no others.
  if (parts.some(canRaise)) return mapInputs(filter, (input) => without(input, none));
  const others = parts.filter((part) => testedColumn(part) === undefined);
  const implied = union(tested, ...others.map(nonNullWhere));
  const kept = parts.filter((part) => {
    const column = testedColumn(part);
    return column === undefined || !implied.has(column);
  });
  const input = without(filter.input, union(tested, nonNullWhere(filter.condition)));
  if (kept.length === parts.length) return { ...filter, input };
  const condition = conjunction(kept);
  return condition === undefined ? input : { ...filter, input, condition };
}

function withoutInJoin(join: Join, tested: Columns): Relation {
  const { joinType, condition } = join;
  const matched = condition === undefined || canRaise(condition) ? none : nonNullWhere(condition);
  // Rows that only one side has get nulls for the other, which a test above is about.
  const keepsLeft = joinType === 'leftOuter' || joinType === 'fullOuter' || joinType === 'leftAnti';
  const keepsRight = joinType === 'rightOuter' || joinType === 'fullOuter';
  const above = condition !== undefined && canRaise(condition) ? none : tested;
  const tests = (keepsThis: boolean, keepsOther: boolean) =>
    union(keepsOther && !keepsThis ? none : above, keepsThis ? none : matched);
  return {
    ...join,
    left: without(join.left, tests(keepsLeft, keepsRight)),
    right: without(join.right, tests(keepsRight, keepsLeft)),
  };
}

/** The column of a test for null, where the condition is nothing else. */
function testedColumn(condition: Expression): number | undefined {
  if (condition.kind !== 'call' || condition.name !== 'isnotnull') return undefined;
  const [column] = condition.arguments;
  return column?.kind === 'attribute' ? column.exprId : undefined;
}

/** The columns below of which those are other names. */
function readAs({ expressions }: Project, columns: Columns): Columns {
  const below = new Set<number>();
  for (const expression of expressions) {
    const source = expression.kind === 'alias' ? expression.child : expression;
    if (columns.has(expression.exprId) && source.kind === 'attribute') below.add(source.exprId);
  }
  return below;
}

function union(...sets: readonly Columns[]): Columns {
  return new Set(sets.flatMap((columns) => [...columns]));
}
