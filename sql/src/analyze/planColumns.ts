/** Columns that are named through their DataFrame: `df["x"]`. */
import type { Range } from '../plan/range.ts';
import type { Attribute, Expression } from '../plan/resolved.ts';
import { quoteName, raise } from '../problem.ts';
import type { Scope } from './context.ts';
import { findColumn, unresolvedColumn } from './names.ts';

/** A column of an identified relation, as it is here; `undefined` where it is not known. */
export function findPlanColumn(
  scope: Scope,
  planId: number,
  nameParts: readonly string[],
  range: Range,
): Expression | undefined {
  const { context } = scope;
  const known = context.planColumns(planId);
  if (known === undefined) return undefined;
  const ids = new Set(known.map(({ exprId }) => exprId));
  const among = (attributes: readonly Attribute[]) =>
    attributes.filter(({ exprId }) => ids.has(exprId));
  const visible = among(scope.visible);
  const found = findColumn({ ...scope, visible, hidden: among(scope.hidden) }, nameParts, range);
  if (found) return found;
  const [name = ''] = nameParts;
  const was = known.find((column) => context.sameName(column.name, name));
  if (!was) return unresolvedColumn({ ...scope, visible: known, hidden: [] }, nameParts, range);
  return raise(
    'UNSUPPORTED_EXPRESSION',
    {
      feature: `a column ${quoteName(nameParts)} of a DataFrame that it is no longer part of, here,`,
    },
    range,
  );
}
