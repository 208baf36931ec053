/**
 * Where the record batches of an Arrow file or stream begin, and how many rows each has: found by the headers of its
 * messages, without reading what is in them. A batch is then read by itself.
 */
import { open, type FileHandle } from 'node:fs/promises';
import type { RecordBatch, Schema } from 'apache-arrow';
import { Message, RecordBatchReader, RecordBatchStreamWriter } from 'apache-arrow';
import { lastAtMost, RowIndex } from './rowIndex.ts';

export interface BatchPlace {
  readonly row: number;
  readonly rowCount: number;
  readonly byteStart: number;
  readonly byteEnd: number;
  /** Of the messages before it that say what its codes mean. */
  readonly dictionaryCount: number;
}

interface Bytes {
  readonly byteStart: number;
  readonly byteEnd: number;
}

const fileMark = 'ARROW1';
/** Behind the mark, for alignment. */
const fileHeaderByteLength = 8;
/** Before the header's length, in all but the oldest files. */
const continuation = 0xffff_ffff;
/** Far above the header of ten thousand columns. */
const mostHeaderByteLength = 256 * 1024 * 1024;

export class ArrowIndex extends RowIndex {
  readonly #batches: BatchPlace[] = [];
  readonly #rows: number[] = [];
  readonly #dictionaries: Bytes[] = [];
  readonly #schema: Schema;
  #newest: { readonly place: BatchPlace; readonly batch: Promise<RecordBatch> } | undefined;

  /** `schema`: as a file's footer says it, for not every writer says it before the first batch. */
  constructor(path: string, byteLength: number, schema: Schema, onProgress: () => void) {
    super(path, byteLength, onProgress);
    this.#schema = schema;
  }

  async build(signal: AbortSignal): Promise<void> {
    let file: FileHandle | undefined;
    try {
      file = await open(this.path, 'r');
      let at = await beginOf(file);
      while (!signal.aborted) {
        const message = await messageAt(file, at, this.byteLength);
        if (!message) break;
        const { header, byteEnd } = message;
        const bytes = { byteStart: at, byteEnd };
        if (header.isDictionaryBatch()) this.#dictionaries.push(bytes);
        else if (header.isRecordBatch()) {
          const { length } = header.header() as unknown as { readonly length: number };
          this.#add({ ...bytes, rowCount: length });
        }
        at = byteEnd;
        this.scannedByteLength = at;
        this.tell();
      }
      if (!signal.aborted) this.complete = true;
    } finally {
      this.ended = true;
      this.tell();
      await file?.close();
    }
  }

  placeOf(row: number): BatchPlace | undefined {
    if (row >= this.rowCount) return undefined;
    return this.#batches[lastAtMost(this.#rows, row)];
  }

  /** The batch at a place. The newest is kept: rows are read one page after the other. */
  read(place: BatchPlace): Promise<RecordBatch> {
    if (this.#newest?.place === place) return this.#newest.batch;
    const batch = this.#load(place);
    this.#newest = { place, batch };
    batch.catch(() => (this.#newest = undefined));
    return batch;
  }

  protected isFound(row: number): boolean {
    return row < this.rowCount;
  }

  #add({ rowCount, ...bytes }: Bytes & { readonly rowCount: number }): void {
    // One that holds nothing is found by no row.
    if (rowCount === 0) return;
    const dictionaryCount = this.#dictionaries.length;
    this.#rows.push(this.rowCount);
    this.#batches.push({ ...bytes, row: this.rowCount, rowCount, dictionaryCount });
    this.rowCount += rowCount;
  }

  /** As a stream of its own: the schema, what its codes mean, and the batch. */
  async #load(place: BatchPlace): Promise<RecordBatch> {
    const schema = schemaMessage(this.#schema);
    const parts = [...this.#dictionaries.slice(0, place.dictionaryCount), place];
    const length = parts.reduce((sum, { byteStart, byteEnd }) => sum + byteEnd - byteStart, 0);
    const bytes = new Uint8Array(schema.byteLength + length);
    bytes.set(schema);
    const file = await open(this.path, 'r');
    try {
      let at = schema.byteLength;
      for (const { byteStart, byteEnd } of parts) {
        await readFully(file, bytes.subarray(at, at + byteEnd - byteStart), byteStart);
        at += byteEnd - byteStart;
      }
    } finally {
      await file.close();
    }
    for (const batch of RecordBatchReader.from(bytes)) return batch;
    throw new Error('a message that holds no batch');
  }
}

/** The first message of a stream, without the mark at its end. */
function schemaMessage(schema: Schema): Uint8Array {
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  writer.finish();
  return writer.toUint8Array(true).subarray(0, -8);
}

async function beginOf(file: FileHandle): Promise<number> {
  const head = new Uint8Array(fileMark.length);
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  const isFile = bytesRead === head.length && Buffer.from(head).toString('latin1') === fileMark;
  return isFile ? fileHeaderByteLength : 0;
}

/** Undefined at the end of the stream, or of a file before its footer. */
async function messageAt(
  file: FileHandle,
  at: number,
  byteLength: number,
): Promise<{ readonly header: Message; readonly byteEnd: number } | undefined> {
  const lengths = new DataView(new ArrayBuffer(8));
  const { bytesRead } = await file.read(lengths, 0, 8, at);
  if (bytesRead < 4) return undefined;
  const first = lengths.getUint32(0, true);
  const isNew = first === continuation;
  const headerByteLength = isNew ? lengths.getUint32(4, true) : first;
  const headerStart = at + (isNew ? 8 : 4);
  if (headerByteLength === 0) return undefined;
  if (headerByteLength > mostHeaderByteLength || headerStart + headerByteLength > byteLength)
    throw new Error('A message is longer than the file.');
  const bytes = new Uint8Array(headerByteLength);
  await readFully(file, bytes, headerStart);
  const header = Message.decode(bytes);
  const byteEnd = headerStart + headerByteLength + header.bodyLength;
  if (byteEnd > byteLength) throw new Error('A message is longer than the file.');
  return { header, byteEnd };
}

async function readFully(file: FileHandle, into: Uint8Array, from: number): Promise<void> {
  let at = 0;
  while (at < into.byteLength) {
    const { bytesRead } = await file.read(into, at, into.byteLength - at, from + at);
    if (bytesRead === 0) throw new Error('The file ends in the middle of a message.');
    at += bytesRead;
  }
}
