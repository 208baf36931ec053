/**
 * Strided address arithmetic: from an index to bytes and back. The same rules for a file's array, a view of it
 * and what the panel draws. Knows nothing of values and never touches data.
 */

/** Element `index` starts at `offset + Σ index[k]·strides[k]`; all in bytes but `shape`. */
export interface StridedLayout {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly itemsize: number;
}

export type Contiguity = 'C' | 'F' | 'both' | 'strided';

/** How many elements; exact up to 2^53, which the callers that met a file's length are below. */
export function elementCount(shape: readonly number[]): number {
  return shape.includes(0) ? 0 : shape.reduce((product, length) => product * length, 1);
}

/** Strides of an array without holes. As in NumPy an axis of length 0 counts as 1, so strides stay useful. */
export function contiguousStrides(
  shape: readonly number[],
  itemsize: number,
  order: 'C' | 'F',
): number[] {
  const strides = new Array<number>(shape.length).fill(itemsize);
  const axes = shape.map((_, axis) => (order === 'C' ? shape.length - 1 - axis : axis));
  let stride = itemsize;
  for (const axis of axes) {
    strides[axis] = stride;
    stride *= Math.max(shape[axis] ?? 1, 1);
  }
  return strides;
}

/** NumPy's flags: axes of length 1 have no say, and an array without elements is both. */
export function contiguityOf(layout: Omit<StridedLayout, 'offset'>): Contiguity {
  if (layout.shape.includes(0)) return 'both';
  const isContiguous = (order: 'C' | 'F') => {
    const wanted = contiguousStrides(layout.shape, layout.itemsize, order);
    return layout.shape.every(
      (length, axis) => length === 1 || layout.strides[axis] === wanted[axis],
    );
  };
  if (isContiguous('C')) return isContiguous('F') ? 'both' : 'C';
  return isContiguous('F') ? 'F' : 'strided';
}

/** The first byte of an element. A bug of the caller where the index does not fit the axes. */
export function byteOffsetOf(layout: StridedLayout, index: readonly number[]): number {
  if (index.length !== layout.shape.length)
    throw new Error(`an index of ${index.length} axes into an array of ${layout.shape.length}`);
  return index.reduce(
    (byteOffset, position, axis) => byteOffset + position * (layout.strides[axis] ?? 0),
    layout.offset,
  );
}

/** The half-open byte range that a layout touches, empty where it has no elements. */
export function byteExtent(layout: StridedLayout): { start: number; end: number } {
  let start = layout.offset;
  let end = layout.offset;
  if (layout.shape.includes(0)) return { start, end };
  layout.shape.forEach((length, axis) => {
    const reach = (length - 1) * (layout.strides[axis] ?? 0);
    // A negative stride walks backwards from `offset`, so it can only lower the start.
    if (reach < 0) start += reach;
    else end += reach;
  });
  return { start, end: end + layout.itemsize };
}

/** The index of the `position`-th element in C order. */
export function indexOfPosition(shape: readonly number[], position: number): number[] {
  const index = new Array<number>(shape.length).fill(0);
  let rest = position;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis] ?? 1;
    index[axis] = rest % length;
    rest = Math.floor(rest / length);
  }
  return index;
}

export interface ElementAtByte {
  readonly index: readonly number[];
  /** Which byte of the element it is. */
  readonly byteInElement: number;
}

/** Past this many tries a byte of an array that overlaps itself counts as not found. */
const MAX_TRIES = 100_000;

/** The element that a byte belongs to: undefined in a gap between elements and outside; one of them where elements overlap. */
export function elementAtByte(
  layout: StridedLayout,
  byteOffset: number,
): ElementAtByte | undefined {
  const { start, end } = byteExtent(layout);
  if (byteOffset < start || byteOffset >= end) return undefined;
  const axes = layout.shape
    .map((length, axis) => ({ axis, length, stride: layout.strides[axis] ?? 0 }))
    .filter(({ length, stride }) => length > 1 && stride !== 0)
    .sort((a, b) => Math.abs(b.stride) - Math.abs(a.stride));
  // Bytes that the axes behind each one can still reach, the element's own included.
  const reach = new Array<number>(axes.length + 1).fill(layout.itemsize);
  for (let k = axes.length - 1; k >= 0; k--) {
    const { length = 1, stride = 0 } = axes[k] ?? {};
    reach[k] = (reach[k + 1] ?? 0) + (length - 1) * Math.abs(stride);
  }
  const index = new Array<number>(layout.shape.length).fill(0);
  let tries = 0;

  /** Fixes axis `k`, counting from the end of it that lies lowest in the file. */
  const search = (k: number, rest: number): number | undefined => {
    const current = axes[k];
    if (!current) return rest;
    const stride = Math.abs(current.stride);
    const lowest = Math.max(0, Math.ceil((rest - (reach[k + 1] ?? 0) + 1) / stride));
    const highest = Math.min(current.length - 1, Math.floor(rest / stride));
    for (let step = lowest; step <= highest; step++) {
      if (++tries > MAX_TRIES) return undefined;
      index[current.axis] = current.stride < 0 ? current.length - 1 - step : step;
      const found = search(k + 1, rest - step * stride);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const byteInElement = search(0, byteOffset - start);
  return byteInElement === undefined ? undefined : { index, byteInElement };
}
