import type { ArrayDescription, FileRegion } from '#shared/protocol/bufferView.ts';
import type { ByteTint } from '../kit/hexRow.ts';
import { leavesOf } from '#shared/layout/leaves.ts';

/** The tint of a region by what it is called. */
export function tintOfRegion(label: string): string {
  if (/data|elements|values/i.test(label)) return 'tint-data';
  if (/padding|trailing/i.test(label)) return 'tint-padding';
  if (/magic|length|signature/i.test(label)) return 'tint-magic';
  return /header|directory/i.test(label) ? 'tint-header' : 'tint-other';
}

/** What each byte belongs to: a region of the file, and inside a struct array its field. */
export function byteTints(
  regions: readonly FileRegion[],
  array: ArrayDescription | undefined,
): (byteOffset: number) => ByteTint | undefined {
  const tints = regions.map(({ label }) => ({ name: tintOfRegion(label), label }));
  const fieldAt = array ? fieldTints(array) : () => undefined;
  return (byteOffset) =>
    fieldAt(byteOffset) ??
    tints[regions.findIndex(({ start, end }) => start <= byteOffset && byteOffset < end)];
}

function fieldTints(array: ArrayDescription): (byteOffset: number) => ByteTint | undefined {
  const { dtype, offset, byteLength } = array;
  if (dtype.kind !== 'struct' || array.order === 'strided' || dtype.itemsize === 0)
    return () => undefined;
  const leaves = leavesOf(dtype);
  const tints = leaves.map((leaf, position) => ({
    name: position % 2 === 0 ? 'tint-even' : 'tint-odd',
    label: leaf.name,
  }));
  const padding = { name: 'tint-padding', label: 'padding' };
  return (byteOffset) => {
    if (byteOffset < offset || byteOffset >= offset + byteLength) return undefined;
    const inside = (byteOffset - offset) % dtype.itemsize;
    const at = leaves.findIndex(
      (leaf) => leaf.offset <= inside && inside < leaf.offset + leaf.dtype.itemsize,
    );
    return at < 0 ? padding : tints[at];
  };
}

/** Marks laid over what a byte belongs to: a match of the last search, a bookmark, another byte than before. */
export function markedTints(
  tintAt: (byteOffset: number) => ByteTint | undefined,
  matches: readonly { readonly start: number; readonly end: number }[],
  bookmarks: readonly number[],
  isChanged?: (byteOffset: number) => boolean,
): (byteOffset: number) => ByteTint | undefined {
  if (matches.length === 0 && bookmarks.length === 0 && !isChanged) return tintAt;
  const marks = new Set(bookmarks);
  return (byteOffset) => {
    const tint = tintAt(byteOffset);
    const names = [
      tint?.name,
      isInMatch(matches, byteOffset) ? 'match' : undefined,
      marks.has(byteOffset) ? 'bookmark' : undefined,
      isChanged?.(byteOffset) ? 'changed' : undefined,
    ].filter((name) => name !== undefined);
    return names.length === 0 ? undefined : { name: names.join(' '), label: tint?.label ?? '' };
  };
}

function isInMatch(
  matches: readonly { readonly start: number; readonly end: number }[],
  byteOffset: number,
): boolean {
  let [low, high] = [0, matches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((matches[middle]?.start ?? 0) <= byteOffset) low = middle + 1;
    else high = middle;
  }
  // Matches of one search are about as long as each other, so only near ones can reach here.
  for (let at = low - 1; at >= Math.max(0, low - 16); at--)
    if (byteOffset < (matches[at]?.end ?? 0)) return true;
  return false;
}
