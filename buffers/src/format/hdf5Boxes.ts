/** A run of elements in C order as boxes of the array, the only thing that HDF5 reads. */
export interface Box {
  readonly start: readonly number[];
  readonly count: readonly number[];
}

/** Elements `[first, last)`; the boxes follow one another in that order, at most two for an axis and one. */
export function boxesOf(shape: readonly number[], first: number, last: number): readonly Box[] {
  if (first >= last) return [];
  const [length, ...inner] = shape;
  if (length === undefined) return [{ start: [], count: [] }];
  const step = inner.reduce((product, count) => product * count, 1);
  const [firstRow, lastRow] = [Math.floor(first / step), Math.ceil(last / step)];
  const within = (row: number) =>
    boxesOf(inner, Math.max(first - row * step, 0), Math.min(last - row * step, step)).map(
      ({ start, count }): Box => ({ start: [row, ...start], count: [1, ...count] }),
    );
  if (lastRow - firstRow === 1 && last - first < step) return within(firstRow);
  const wholeFirst = Math.ceil(first / step);
  const wholeLast = Math.floor(last / step);
  return [
    ...(firstRow < wholeFirst ? within(firstRow) : []),
    ...(wholeFirst < wholeLast
      ? [
          {
            start: [wholeFirst, ...inner.map(() => 0)],
            count: [wholeLast - wholeFirst, ...inner],
          },
        ]
      : []),
    ...(wholeLast < lastRow ? within(wholeLast) : []),
  ];
}
