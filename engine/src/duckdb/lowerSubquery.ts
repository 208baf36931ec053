/** Subqueries to DuckDB's own. Columns have unique names, so those of the outside are simply in scope. */
import type { OuterBinding, Subquery } from '#sql/plan/resolved.ts';
import { outputOf } from '#sql/plan/output.ts';
import type { Lowering } from './context.ts';
import { duckType } from './types.ts';

export function lowerSubquery(subquery: Subquery, lowering: Lowering): string {
  bindOuter(subquery.outer, lowering);
  const { subqueryType, plan } = subquery;
  const query =
    subquery.outer.length === 0
      ? lowering.query(plan)
      : lowering.correlated(() => lowering.query(plan));
  switch (subqueryType) {
    case 'exists':
      return `EXISTS (${query})`;
    case 'scalar':
      lowering.noteOverflow('subquery', subquery.range);
      return `CAST((${query}) AS ${duckType(subquery.type)})`;
    case 'in':
      return lowerIn(subquery, query, lowering);
  }
}

/** Says what the plan's outer references are, in the SQL of the relation around it. */
export function bindOuter(outer: readonly OuterBinding[], lowering: Lowering): void {
  for (const { exprId, value } of outer) lowering.bindOuter(exprId, lowering.lower(value));
}

function lowerIn(subquery: Subquery, query: string, lowering: Lowering): string {
  const values = subquery.values.map((value) => lowering.lower(value));
  if (values.length === 1) return `(${values.join('')} IN (${query}))`;
  // DuckDB compares rows as structs, in which nulls are equal; Spark compares column by column.
  const columns = outputOf(subquery.plan).map(({ exprId }) => `c${exprId}`);
  const equal = values.map((value, index) => `${value} = ${columns[index] ?? ''}`).join(' AND ');
  return (
    `(SELECT CASE WHEN bool_or(p) THEN TRUE WHEN count(*) > count(p) THEN NULL ELSE FALSE END ` +
    `FROM (SELECT (${equal}) AS p FROM (${query})))`
  );
}
