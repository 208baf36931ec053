/** Whether two elements of a layout share a byte: then a write to one is seen in the other. */
import type { StridedLayout } from './strides.ts';

/** Past this many tries the answer is `unknown` rather than late. */
const MAX_TRIES = 200_000;

export function overlapsItself(layout: Omit<StridedLayout, 'offset'>): boolean | 'unknown' {
  if (layout.shape.includes(0) || layout.itemsize === 0) return false;
  const axes = layout.shape
    .map((length, axis) => ({ length, stride: Math.abs(layout.strides[axis] ?? 0) }))
    .filter(({ length }) => length > 1)
    .sort((a, b) => a.stride - b.stride);
  // Bytes that the axes with smaller strides span together. Where every stride clears them, nothing can meet.
  let span = layout.itemsize;
  let clears = true;
  for (const { length, stride } of axes) {
    if (stride === 0) return true;
    if (stride < span) clears = false;
    span += (length - 1) * stride;
  }
  return clears ? false : searchOverlap(axes, layout.itemsize);
}

/** Two elements share a byte where some difference of their indices, not all zero, lies within one item. */
function searchOverlap(
  axes: readonly { readonly length: number; readonly stride: number }[],
  itemsize: number,
): boolean | 'unknown' {
  const reach = [0];
  for (const { length, stride } of axes) reach.push((reach.at(-1) ?? 0) + (length - 1) * stride);
  const effort = { tries: 0, gaveUp: false };

  /** Chooses differences for the axes below `k`, largest stride first; `distance` is what they have to undo. */
  const search = (k: number, distance: number, isMoved: boolean): boolean => {
    if (k < 0) return isMoved && Math.abs(distance) < itemsize;
    if (++effort.tries > MAX_TRIES) {
      effort.gaveUp = true;
      return false;
    }
    const { length = 1, stride = 1 } = axes[k] ?? {};
    const rest = (reach[k] ?? 0) + itemsize - 1;
    const lowest = Math.max(1 - length, Math.ceil((-distance - rest) / stride));
    const highest = Math.min(length - 1, Math.floor((-distance + rest) / stride));
    // Differences come in pairs of opposite signs: the first axis that moves may as well move forwards.
    const first = isMoved ? lowest : Math.max(lowest, 0);
    for (let step = first; step <= highest && !effort.gaveUp; step++)
      if (search(k - 1, distance + step * stride, isMoved || step !== 0)) return true;
    return false;
  };
  if (search(axes.length - 1, 0, false)) return true;
  return effort.gaveUp ? 'unknown' : false;
}
