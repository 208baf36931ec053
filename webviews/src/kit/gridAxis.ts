/**
 * Sizes and positions along one axis of a grid: all rows or columns have the same size but for a few.
 * Pure numbers, so that a billion rows cost nothing; positions are pixels and stay exact up to 2^53.
 */
export interface GridAxis {
  readonly count: number;
  /** Pixels of all rows or columns together. */
  readonly length: number;
  sizeOf(index: number): number;
  /** Where `index` begins. `offsetOf(count)` is the length. */
  offsetOf(index: number): number;
  /** The row or column at a position, kept inside the axis. */
  indexAt(position: number): number;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export function uniformAxis(count: number, size: number): GridAxis {
  return sizedAxis(count, size, new Map());
}

/** An axis whose `sizes` differ from `size` where the user dragged a border or a column is wider by nature. */
export function sizedAxis(
  count: number,
  size: number,
  sizes: ReadonlyMap<number, number>,
): GridAxis {
  const indexes = [...sizes.keys()].filter((index) => index < count).sort((a, b) => a - b);
  // extra[i]: pixels that the first i of them add to what the uniform size gives.
  const extra = [0];
  for (const index of indexes) extra.push((extra.at(-1) ?? 0) + (sizes.get(index) ?? size) - size);
  const below = (index: number) => {
    let low = 0;
    let high = indexes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((indexes[middle] ?? 0) < index) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const offsetOf = (index: number) => index * size + (extra[below(index)] ?? 0);
  return {
    count,
    length: offsetOf(count),
    sizeOf: (index) => sizes.get(index) ?? size,
    offsetOf,
    indexAt(position) {
      let low = 0;
      let high = Math.max(0, count - 1);
      while (low < high) {
        const middle = low + Math.ceil((high - low) / 2);
        if (offsetOf(middle) <= position) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}

/** The rows or columns that a window of `extent` pixels at `position` shows, in part or whole. */
export function visibleSpan(axis: GridAxis, position: number, extent: number): Span {
  if (axis.count === 0 || extent <= 0) return { start: 0, end: 0 };
  const start = axis.indexAt(position);
  const last = axis.indexAt(position + extent - 1);
  return { start, end: last + 1 };
}

/** The scroll position that shows `[start, end)` whole, moved as little as possible; its start wins. */
export function scrollToShow(position: number, extent: number, start: number, end: number): number {
  if (start < position) return start;
  if (end > position + extent) return Math.min(start, end - extent);
  return position;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
