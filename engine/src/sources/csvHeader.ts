/** The first record of a CSV file, for the names and the number of its columns. */
import { open } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';

export interface CsvMarks {
  readonly separator: string;
  readonly quote: string;
  readonly escape: string;
  readonly comment: string;
}

const prefixByteLength = 1024 * 1024;

/** The cells of the first record that is neither empty nor a comment; none where the file has no such record. */
export async function firstRecord(
  path: string,
  marks: CsvMarks,
): Promise<{ readonly cells: string[]; readonly hasCarriageReturns: boolean } | undefined> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(prefixByteLength);
    const { bytesRead } = await file.read(buffer, 0, prefixByteLength, 0);
    const read = buffer.subarray(0, bytesRead);
    const bytes = path.endsWith('.gz') ? beginningOf(read) : read;
    const text = bytes.toString('utf8').replace(/^\ufeff/, '');
    const cells = recordOf(text, marks);
    return cells && { cells, hasCarriageReturns: text.includes('\r\n') };
  } finally {
    await file.close();
  }
}

/** As much as the beginning of a compressed file holds. */
function beginningOf(compressed: Buffer): Buffer {
  return gunzipSync(compressed, { finishFlush: constants.Z_SYNC_FLUSH });
}

export function recordOf(text: string, marks: CsvMarks): string[] | undefined {
  let start = 0;
  while (start < text.length) {
    const { cells, end } = readRecord(text, start, marks);
    const line = text.slice(start, end);
    const isComment = marks.comment !== '' && line.startsWith(marks.comment);
    if (line.trim() !== '' && !isComment) return cells;
    start = end + 1;
  }
  return undefined;
}

function readRecord(
  text: string,
  start: number,
  { separator, quote, escape }: CsvMarks,
): { cells: string[]; end: number } {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  let at = start;
  for (; at < text.length; at++) {
    const character = text[at] ?? '';
    if (isQuoted) {
      if (character === escape && text[at + 1] === quote && quote !== '') {
        cell += quote;
        at += 1;
      } else if (character === quote) isQuoted = false;
      else cell += character;
    } else if (character === '\n' || character === '\r') break;
    else if (text.startsWith(separator, at)) {
      cells.push(cell);
      cell = '';
      at += separator.length - 1;
    } else if (character === quote && quote !== '' && cell === '') isQuoted = true;
    else cell += character;
  }
  return { cells: [...cells, cell], end: at };
}

/**
 * Column names as Spark makes them of a header: an empty one becomes `_c` and its position, and those that
 * occur more than once, compared without case, get their positions behind them.
 */
export function columnNames(header: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of header)
    counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  return header.map((name, index) => {
    if (name === '') return `_c${index}`;
    return (counts.get(name.toLowerCase()) ?? 0) > 1 ? `${name}${index}` : name;
  });
}
