/** The messages of an Arrow file or stream: their metadata, and where their bodies lie. */
import type { BufferProblem, FileRegion } from '#shared/protocol/bufferView.ts';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import type { Table } from './flatBuffer.ts';
import { FlatBufferError, int64, rootTable, vector } from './flatBuffer.ts';

export interface ArrowMessage {
  readonly table: Table;
  readonly bodyStart: number;
}

export interface Messages {
  readonly messages: readonly ArrowMessage[];
  readonly regions: readonly FileRegion[];
  readonly problems: readonly BufferProblem[];
}

const MAGIC = 'ARROW1';
const CONTINUATION = 0xffffffff;
const MAX_MESSAGES = 20_000;
/** Of all messages and the footer together; a schema of a hundred thousand columns has about ten. */
const MAX_METADATA_BYTES = 16 * 2 ** 20;

export function isArrowFile(head: Uint8Array): boolean {
  return Array.from(MAGIC).every((character, at) => head[at] === character.charCodeAt(0));
}

/** By the footer, so that batches are found without walking the file. */
export async function fileMessages(
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<Result<Messages, SourceFailure>> {
  const size = source.byteLength;
  const regions: FileRegion[] = [{ label: 'magic', start: 0, end: Math.min(8, size) }];
  const messages: ArrowMessage[] = [];
  const broken = (kind: string, message: string, start: number, end: number) =>
    ok({
      messages,
      regions,
      problems: [{ kind, severity: 'error' as const, message, start, end }],
    });
  const tail = await source.read(Math.max(0, size - 10), 10, signal);
  if (!tail.ok) return tail;
  if (size < 20 || !isArrowFile(tail.value.subarray(4)))
    return broken(
      'truncated-data',
      'the file does not end as an Arrow file does; it was not written to its end',
      Math.max(0, size - 10),
      size,
    );
  const length = new DataView(tail.value.buffer, tail.value.byteOffset, 4).getUint32(0, true);
  const start = size - 10 - length;
  if (length > MAX_METADATA_BYTES || start < 8)
    return broken('bad-header', `the footer claims ${length} bytes`, size - 10, size - 6);
  regions.push(
    { label: 'footer', start, end: size - 10 },
    { label: 'footer length, magic', start: size - 10, end: size },
  );
  const bytes = await source.read(start, length, signal);
  if (!bytes.ok) return bytes;
  const left = { bytes: MAX_METADATA_BYTES - length };
  const problems: BufferProblem[] = [];
  try {
    const footer = rootTable(bytes.value);
    const blocks = [2, 3].flatMap((field) => vector(footer, field, 24));
    const first = await messageAt(source, 8, left, signal);
    if (!first.ok) return first;
    if (first.value) messages.push(first.value.message);
    for (const at of blocks) {
      if (messages.length > MAX_MESSAGES || left.bytes <= 0) {
        problems.push(tooManyBatches(messages.length - 1, blocks.length));
        break;
      }
      const offset = Number(footer.view.getBigInt64(at, true));
      const read = await messageAt(source, offset, left, signal);
      if (!read.ok) return read;
      if (!read.value)
        return broken(
          'offset-outside-file',
          `a batch is said to begin at byte ${offset}, where there is none`,
          start,
          size - 10,
        );
      messages.push(read.value.message);
      if (regions.length < MAX_REGIONS)
        regions.push({ label: 'message', start: offset, end: read.value.message.bodyStart });
    }
  } catch (error) {
    if (!(error instanceof FlatBufferError)) throw error;
    return broken('bad-header', error.message, start, size - 10);
  }
  return ok({ messages, regions, problems });
}

const MAX_REGIONS = 150;

function tooManyBatches(read: number, of?: number): BufferProblem {
  const all = of === undefined ? '' : ` of ${of.toLocaleString('en')}`;
  return {
    kind: 'too-many-batches',
    severity: 'info',
    message: `only the first ${read.toLocaleString('en')}${all} batches are listed`,
  };
}

/** One after another, to the mark of the end or the end of the file. */
export async function streamMessages(
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<Result<Messages, SourceFailure>> {
  const messages: ArrowMessage[] = [];
  const regions: FileRegion[] = [];
  const problems: BufferProblem[] = [];
  const left = { bytes: MAX_METADATA_BYTES };
  let at = 0;
  while (at < source.byteLength) {
    if (messages.length > MAX_MESSAGES || left.bytes <= 0) {
      problems.push(tooManyBatches(messages.length - 1));
      break;
    }
    try {
      const read = await messageAt(source, at, left, signal);
      if (!read.ok) return read;
      if (!read.value) break;
      messages.push(read.value.message);
      if (regions.length < MAX_REGIONS)
        regions.push({ label: 'message', start: at, end: read.value.message.bodyStart });
      at = read.value.end;
    } catch (error) {
      if (!(error instanceof FlatBufferError)) throw error;
      problems.push({
        kind: 'bad-header',
        severity: 'error',
        message: error.message,
        start: at,
        end: source.byteLength,
      });
      break;
    }
  }
  if (at > source.byteLength)
    problems.push({
      kind: 'truncated-data',
      severity: 'error',
      message: `the last message claims ${at - source.byteLength} bytes more than the file has`,
    });
  return ok({ messages, regions, problems });
}

/** Undefined at the mark of a stream's end. Before Arrow 0.15 a message began with its length at once. */
async function messageAt(
  source: ByteSource,
  at: number,
  left: { bytes: number },
  signal: AbortSignal | undefined,
): Promise<
  Result<{ readonly message: ArrowMessage; readonly end: number } | undefined, SourceFailure>
> {
  if (!(at >= 0 && at + 4 <= source.byteLength)) return ok(undefined);
  const head = await source.read(at, 8, signal);
  if (!head.ok) return head;
  if (head.value.length < 8) return ok(undefined);
  const view = new DataView(head.value.buffer, head.value.byteOffset, 8);
  const isNew = view.getUint32(0, true) === CONTINUATION;
  const length = view.getUint32(isNew ? 4 : 0, true);
  const start = at + (isNew ? 8 : 4);
  if (length === 0) return ok(undefined);
  if (length > MAX_METADATA_BYTES || start + length > source.byteLength)
    throw new FlatBufferError(`a message at byte ${at} claims ${length} bytes of metadata`);
  left.bytes -= length;
  // The first message is the schema, which a file has in its footer once more.
  if (left.bytes < 0 && at > 8)
    throw new FlatBufferError(`more than ${MAX_METADATA_BYTES} bytes of metadata are not read`);
  const bytes = await source.read(start, length, signal);
  if (!bytes.ok) return bytes;
  const table = rootTable(bytes.value);
  const bodyStart = start + length;
  const bodyLength = Number(int64(table, 3));
  if (!(bodyLength >= 0))
    throw new FlatBufferError(`a message at byte ${at} claims ${bodyLength} bytes of data`);
  return ok({ message: { table, bodyStart }, end: bodyStart + bodyLength });
}
