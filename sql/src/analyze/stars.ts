/** What `*`, `t.*` and `struct.*` stand for. */
import type { Expression } from '../plan/resolved.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { quoteName, raise } from '../problem.ts';
import type { Scope } from './context.ts';
import { structField } from './extraction.ts';
import { findColumn } from './names.ts';
import { withoutColumns } from './starExcept.ts';

export function expandStar(scope: Scope, star: unresolved.UnresolvedStar): readonly Expression[] {
  const columns = starColumns(scope, star);
  return star.except === undefined
    ? columns
    : withoutColumns(scope, columns, star.except, star.range);
}

function starColumns(
  scope: Scope,
  { target, planId, range }: unresolved.UnresolvedStar,
): readonly Expression[] {
  const planned = planId === undefined ? undefined : scope.context.planColumns(planId);
  if (planned !== undefined) {
    const ids = new Set(planned.map(({ exprId }) => exprId));
    return scope.visible.filter(({ exprId }) => ids.has(exprId));
  }
  if (target.length === 0) return scope.visible;
  const { context } = scope;
  const matches = [...scope.visible, ...scope.hidden].filter((attribute) => {
    const offset = attribute.qualifier.length - target.length;
    return (
      offset >= 0 &&
      target.every((part, index) =>
        context.sameName(attribute.qualifier[offset + index] ?? '', part),
      )
    );
  });
  // Columns that USING merged come first in `visible`; ids go by the place that the table gave them.
  if (matches.length > 0) {
    const isMerged = scope.hidden.some((attribute) => matches.includes(attribute));
    return isMerged ? matches.sort((a, b) => a.exprId - b.exprId) : matches;
  }
  const column = findColumn(scope, target, range);
  if (column?.type.kind === 'struct') {
    return column.type.fields.map((field) => structField(context, column, field.name, range));
  }
  const { outer } = scope.names;
  if (outer !== undefined && starts(outer.star, target)) {
    const star: unresolved.UnresolvedStar = { kind: 'unresolvedStar', target, range };
    return starColumns(outer.star, star).map((item) => outer.outside(item));
  }
  return raise(
    'CANNOT_RESOLVE_STAR_EXPAND',
    {
      targetString: quoteName(target),
      columns: scope.visible.map((attribute) => quoteName([attribute.name])).join(', '),
    },
    range,
  );
}

/** Whether a scope has a relation of a star's name. */
export function starts({ context, visible }: Scope, target: readonly string[]): boolean {
  return visible.some(({ qualifier }) => {
    const offset = qualifier.length - target.length;
    return (
      offset >= 0 &&
      target.every((part, index) => context.sameName(qualifier[offset + index] ?? '', part))
    );
  });
}

/** A condition of WHERE, HAVING or ON. */
