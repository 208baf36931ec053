/** An edit of bytes as it travels: from a panel, into a backup, and again into a worker that took the place of another. */

/**
 * The bytes `[start, end)` give way to `length` bytes: those of `bytes`, again and again. Overwriting, inserting
 * (`start === end`), deleting (`length` 0), pasting and filling are all this.
 */
export interface BufferEdit {
  readonly start: number;
  readonly end: number;
  readonly bytes: ArrayBuffer;
  readonly length: number;
}

/** Half a million single bytes; a fill of any length counts as one. */
export const MOST_EDITS_AT_ONCE = 500_000;
/** What one step of editing may bring along in bytes. */
export const MOST_EDIT_BYTES = 64 * 1024 * 1024;

export function replaceBytes(start: number, end: number, bytes: Uint8Array): BufferEdit {
  return { start, end, bytes: new Uint8Array(bytes).buffer, length: bytes.length };
}

export function deleteBytes(start: number, end: number): BufferEdit {
  return { start, end, bytes: new ArrayBuffer(0), length: 0 };
}

/** Why an edit makes no sense for a buffer of this length, if so. */
export function problemOfEdits(
  edits: readonly BufferEdit[],
  byteLength: number,
): string | undefined {
  let length = byteLength;
  let brought = 0;
  if (edits.length > MOST_EDITS_AT_ONCE)
    return `${edits.length} changes are more than one step of editing may have (${MOST_EDITS_AT_ONCE}).`;
  for (const edit of edits) {
    if (![edit.start, edit.end, edit.length].every((n) => Number.isSafeInteger(n) && n >= 0))
      return 'An edit needs whole numbers of bytes.';
    if (edit.start > edit.end || edit.end > length)
      return `The bytes ${edit.start} to ${edit.end} are not all there: there are ${length}.`;
    if (edit.length > 0 && edit.bytes.byteLength === 0) return 'A fill needs a byte to fill with.';
    brought += Math.min(edit.bytes.byteLength, edit.length);
    length += edit.length - (edit.end - edit.start);
    if (!Number.isSafeInteger(length)) return 'The buffer would be longer than can be counted.';
  }
  if (brought > MOST_EDIT_BYTES)
    return `${brought} bytes are more than one step of editing may bring along (${MOST_EDIT_BYTES}).`;
  return undefined;
}
