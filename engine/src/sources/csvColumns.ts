/** Some columns of a file of thousands: cut out of its bytes where no cell is quoted, so that no others are read. */
import type { RecordMarks } from './csvRecords.ts';

const newline = 10;
const carriageReturn = 13;
/** Stands before the cells of each record: one without any is no empty line. */
const mark = Buffer.from('-');
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The records with a mark and the cells `[start, end)` of each, those that are there. Undefined where a quote, an
 * escape, a lone carriage return or a byte order mark stands in the bytes: then only a reader of CSV can tell what the
 * cells are.
 */
export function cutColumns(
  bytes: Buffer,
  { separator, quote, escape }: RecordMarks,
  start: number,
  end: number,
): Buffer | undefined {
  if ([quote, escape].some((byte) => byte >= 0 && bytes.includes(byte))) return undefined;
  if (bytes.subarray(0, 3).equals(byteOrderMark)) return undefined;
  const pieces: Buffer[] = [];
  const between = Buffer.from([separator]);
  const lineBreak = Buffer.from([newline]);
  for (let at = 0; at < bytes.length;) {
    const found = bytes.indexOf(newline, at);
    const next = found < 0 ? bytes.length : found + 1;
    let last = found < 0 ? bytes.length : found;
    if (found > at && bytes[last - 1] === carriageReturn) last -= 1;
    if (at < last) {
      const line = bytes.subarray(at, last);
      if (line.includes(carriageReturn)) return undefined;
      const cells = cellsOf(line, separator, start, end);
      pieces.push(mark, ...(cells ? [between, cells] : []), lineBreak);
    }
    at = next;
  }
  return Buffer.concat(pieces);
}

function cellsOf(line: Buffer, separator: number, start: number, end: number): Buffer | undefined {
  let cell = 0;
  let from = start === 0 ? 0 : -1;
  for (let at = 0; at < line.length; at++) {
    if (line[at] !== separator) continue;
    cell += 1;
    if (cell === start) from = at + 1;
    else if (cell === end) return line.subarray(from, at);
  }
  return from < 0 ? undefined : line.subarray(from);
}
