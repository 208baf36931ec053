/** A half-open UTF-16 range of the statement's text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** For nodes that no text stands behind: rules make them, and plans that come over the wire. */
export const nowhere: Range = { start: 0, end: 0 };

export function cover(first: Range, last: Range): Range {
  return { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) };
}
