/** Equalities that two relations are likely to be joined by. */
import { quoteName } from '#shared/protocol/sparkDdl.ts';
import type { ScopeColumn } from './scope.ts';
import { typeName } from './scope.ts';

const MOST = 5;

/** Columns of one name and type, and `order.customer_id = customer.id`. */
export function joinConditions(
  left: readonly ScopeColumn[],
  right: readonly ScopeColumn[],
): readonly string[] {
  const found: { readonly text: string; readonly rank: number }[] = [];
  for (const a of left) {
    for (const b of right) {
      const rank = rankOf(a, b);
      if (rank === undefined || !fits(a, b)) continue;
      found.push({ text: `${reference(a)} = ${reference(b)}`, rank });
    }
  }
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ text }) => text);
}

function rankOf(a: ScopeColumn, b: ScopeColumn): number | undefined {
  if (a.qualifier.length === 0 || b.qualifier.length === 0) return undefined;
  if (refersTo(a, b) || refersTo(b, a)) return 0;
  const [first, second] = [a.name.toLowerCase(), b.name.toLowerCase()];
  if (first !== second) return undefined;
  if (/(_|^)(id|key|code|no|nr)$|(Id|Key|Code)$/.test(a.name)) return first === 'id' ? 3 : 1;
  return 2;
}

/** `customer_id` and the `id` of customers. */
function refersTo(from: ScopeColumn, to: ScopeColumn): boolean {
  if (to.name.toLowerCase() !== 'id') return false;
  const stem = /^(.+?)_?id$/i.exec(from.name)?.[1]?.toLowerCase();
  const table = to.qualifier.at(-1)?.toLowerCase() ?? '';
  return stem !== undefined && (table === stem || table === `${stem}s` || stem.startsWith(table));
}

function fits(a: ScopeColumn, b: ScopeColumn): boolean {
  if (!a.type || !b.type) return true;
  const isNumber = ({ type }: ScopeColumn) => /int|decimal|float|double/.test(typeName(type));
  return typeName(a.type) === typeName(b.type) || (isNumber(a) && isNumber(b));
}

function reference({ qualifier, name }: ScopeColumn): string {
  return `${quoteName(qualifier.at(-1) ?? '')}.${quoteName(name)}`;
}
