/**
 * The byte offsets of every thousandth record of a CSV file, found in the background while the file is looked at:
 * any row is then read from the offset before it, however long the file is.
 */
import { open, type FileHandle } from 'node:fs/promises';
import type { RecordMarks } from './csvRecords.ts';
import { RecordScanner } from './csvRecords.ts';

const chunkByteLength = 1024 * 1024;
/** A block ends with whichever comes first. */
const blockRowCount = 1024;
const blockByteLength = 4 * 1024 * 1024;

export interface RecordBlock {
  readonly row: number;
  readonly rowCount: number;
  readonly byteStart: number;
  readonly byteEnd: number;
}

export class CsvIndex {
  readonly path: string;
  readonly byteLength: number;
  readonly #marks: RecordMarks;
  readonly #hasHeader: boolean;
  readonly #onProgress: () => void;
  readonly #rows: number[] = [];
  readonly #offsets: number[] = [];
  #waiters: (() => void)[] = [];
  rowCount = 0;
  scannedByteLength = 0;
  complete = false;
  /** It will find no more, be it complete or not. */
  ended = false;
  /** Of the header's record and what stands before it. */
  headerByteLength = 0;

  constructor(
    path: string,
    byteLength: number,
    marks: RecordMarks,
    hasHeader: boolean,
    onProgress: () => void,
  ) {
    this.path = path;
    this.byteLength = byteLength;
    this.#marks = marks;
    this.#hasHeader = hasHeader;
    this.#onProgress = onProgress;
  }

  /** Looks through the file; throws what the disk throws. */
  async build(signal: AbortSignal): Promise<void> {
    const scanner = new RecordScanner(this.#marks);
    let file: FileHandle | undefined;
    try {
      file = await open(this.path, 'r');
      const buffer = Buffer.allocUnsafe(chunkByteLength);
      let isHeader = this.#hasHeader;
      let recordStart = 0;
      while (!signal.aborted) {
        const base = this.scannedByteLength;
        const { bytesRead } = await file.read(buffer, 0, chunkByteLength, base);
        if (bytesRead === 0) break;
        scanner.scan(buffer.subarray(0, bytesRead), (end, isRecord) => {
          if (isHeader && isRecord) {
            isHeader = false;
            this.headerByteLength = base + end;
          } else if (isRecord) this.#add(recordStart);
          recordStart = base + end;
        });
        this.scannedByteLength = base + bytesRead;
        this.#tell();
      }
      if (signal.aborted) return;
      if (scanner.hasRest) {
        if (isHeader) this.headerByteLength = this.scannedByteLength;
        else this.#add(recordStart);
      }
      this.complete = true;
    } finally {
      this.ended = true;
      this.#tell();
      await file?.close();
    }
  }

  /** Waits until the row is found, or there is no such row. */
  async untilRow(row: number, signal: AbortSignal): Promise<void> {
    while (!this.ended && !this.#isClosed(row)) if (!(await this.#next(signal))) return;
  }

  /** The block that holds the row, once it is closed. */
  blockOf(row: number): RecordBlock | undefined {
    if (row >= this.rowCount) return undefined;
    const index = lastAtMost(this.#rows, row);
    const first = this.#rows[index];
    const byteStart = this.#offsets[index];
    if (first === undefined || byteStart === undefined) return undefined;
    const next = this.#rows[index + 1];
    if (next === undefined && !this.complete) return undefined;
    return {
      row: first,
      rowCount: (next ?? this.rowCount) - first,
      byteStart,
      byteEnd: this.#offsets[index + 1] ?? this.byteLength,
    };
  }

  #add(byteOffset: number): void {
    const first = this.#rows.at(-1);
    const start = this.#offsets.at(-1);
    const isFull =
      first === undefined ||
      start === undefined ||
      this.rowCount - first >= blockRowCount ||
      byteOffset - start >= blockByteLength;
    if (isFull) {
      this.#rows.push(this.rowCount);
      this.#offsets.push(byteOffset);
    }
    this.rowCount += 1;
  }

  #isClosed(row: number): boolean {
    return row < (this.#rows.at(-1) ?? 0);
  }

  #tell(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter();
    this.#onProgress();
  }

  /** False where the wait was given up. */
  #next(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const stop = () => resolve(false);
      signal.addEventListener('abort', stop, { once: true });
      this.#waiters.push(() => {
        signal.removeEventListener('abort', stop);
        resolve(true);
      });
    });
  }
}

function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
