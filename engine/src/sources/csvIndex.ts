/**
 * The byte offsets of every thousandth record of a CSV file, found in the background while the file is looked at:
 * any row is then read from the offset before it, however long the file is.
 */
import { open, type FileHandle } from 'node:fs/promises';
import type { RecordMarks } from './csvRecords.ts';
import { RecordScanner } from './csvRecords.ts';
import { lastAtMost, RowIndex } from './rowIndex.ts';

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

export class CsvIndex extends RowIndex {
  readonly #marks: RecordMarks;
  readonly #hasHeader: boolean;
  readonly #rows: number[] = [];
  readonly #offsets: number[] = [];
  /** Of the header's record and what stands before it. */
  headerByteLength = 0;

  constructor(
    path: string,
    byteLength: number,
    marks: RecordMarks,
    hasHeader: boolean,
    onProgress: () => void,
  ) {
    super(path, byteLength, onProgress);
    this.#marks = marks;
    this.#hasHeader = hasHeader;
  }

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
        this.tell();
      }
      if (signal.aborted) return;
      if (scanner.hasRest) {
        if (isHeader) this.headerByteLength = this.scannedByteLength;
        else this.#add(recordStart);
      }
      this.complete = true;
    } finally {
      this.ended = true;
      this.tell();
      await file?.close();
    }
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

  protected isFound(row: number): boolean {
    return row < (this.#rows.at(-1) ?? 0);
  }
}
