/**
 * The directory of a ZIP archive, zip64 included (APPNOTE.TXT 6.3.10, sections 4.3 and 4.5). Sizes and places come
 * from the central directory alone, which also knows them of members that were written as a stream, and every one
 * is compared with the file before use. Names are labels, never paths.
 */
import type { BufferProblem } from '#shared/protocol/bufferView.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';

export interface ZipEntry {
  readonly name: string;
  /** 0 is stored, 8 deflated. */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly compressedSize: number;
  readonly size: number;
  readonly crc32: number;
  /** Of its bytes in the file; undefined where they would lie outside. */
  readonly data: { readonly start: number; readonly end: number } | undefined;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  readonly start: number;
  readonly end: number;
  readonly problems: readonly BufferProblem[];
}

type Refusal = Omit<BufferProblem, 'severity'>;

const END_BYTES = 22;
const MAX_COMMENT = 0xffff;
const LOCATOR_BYTES = 20;
const END64_BYTES = 56;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_DIRECTORY_BYTES = 16 * 1024 * 1024;
const MAX_ENTRIES = 10_000;

const isSignature = (view: DataView, at: number, signature: number) =>
  at >= 0 && at + 4 <= view.byteLength && view.getUint32(at, true) === signature;

/** A refusal where there is no directory to read. */
export async function readZipDirectory(
  source: ByteSource,
  signal?: AbortSignal,
): Promise<Result<Result<ZipDirectory, Refusal>, SourceFailure>> {
  const tailStart = Math.max(
    0,
    source.byteLength - END_BYTES - MAX_COMMENT - LOCATOR_BYTES - END64_BYTES,
  );
  const read = await source.read(tailStart, source.byteLength - tailStart, signal);
  if (!read.ok) return read;
  const tail = viewOf(read.value);
  const found = await findDirectory(source, tail, tailStart, signal);
  if (!found.ok) return ok(found);
  const { start, end, shift, count } = found.value;
  const bytes = await source.read(start, end - start, signal);
  if (!bytes.ok) return bytes;

  const problems: BufferProblem[] = [];
  const entries: ZipEntry[] = [];
  const view = viewOf(bytes.value);
  let at = 0;
  while (isSignature(view, at, 0x02014b50) && at + ENTRY_BYTES <= view.byteLength) {
    if (entries.length === MAX_ENTRIES) {
      problems.push({
        kind: 'too-many-members',
        severity: 'warning',
        message: `only the first ${MAX_ENTRIES} members are listed`,
        start,
        end,
      });
      break;
    }
    const length =
      ENTRY_BYTES +
      view.getUint16(at + 28, true) +
      view.getUint16(at + 30, true) +
      view.getUint16(at + 32, true);
    if (at + length > view.byteLength) break;
    const entry = await readEntry(source, view, at, shift, start, signal);
    if (!entry.ok) return entry;
    entries.push(entry.value);
    at += length;
  }
  if (entries.length < MAX_ENTRIES && (entries.length !== count || at !== view.byteLength))
    problems.push({
      kind: 'zip-directory-mismatch',
      severity: 'warning',
      message: `the archive claims ${count} members and its directory has ${entries.length}`,
      start,
      end,
    });
  return ok(ok({ entries, start, end, problems }));
}

interface DirectoryPlace {
  readonly start: number;
  readonly end: number;
  /** By how much the archive was moved: something may have been put in front of it. */
  readonly shift: number;
  readonly count: number;
}

async function findDirectory(
  source: ByteSource,
  tail: DataView,
  tailStart: number,
  signal: AbortSignal | undefined,
): Promise<Result<DirectoryPlace, Refusal>> {
  const { byteLength } = source;
  let at = tail.byteLength - END_BYTES;
  const isEnd = () =>
    isSignature(tail, at, 0x06054b50) &&
    at + END_BYTES + tail.getUint16(at + 20, true) <= tail.byteLength;
  while (at >= 0 && !isEnd()) at--;
  if (at < 0)
    return fail({
      kind: 'no-zip-directory',
      message: 'the file has no directory of a ZIP archive at its end',
      start: 0,
      end: byteLength,
    });
  let count = tail.getUint16(at + 10, true);
  let size = BigInt(tail.getUint32(at + 12, true));
  let offset = BigInt(tail.getUint32(at + 16, true));
  let endOfDirectory = tailStart + at;
  const place = { start: tailStart + at, end: tailStart + at + END_BYTES };
  const locator = at - LOCATOR_BYTES;
  if (isSignature(tail, locator, 0x07064b50)) {
    // The locator's own offset is before any shift; the record mostly lies right in front of it.
    const claimed = tail.getBigUint64(locator + 8, true);
    const candidates = [tailStart + locator - END64_BYTES, Number(claimed)];
    for (const start of candidates) {
      if (start < 0 || start + END64_BYTES > byteLength) continue;
      const record = await source.read(start, END64_BYTES, signal);
      if (!record.ok) return fail({ kind: 'no-zip-directory', message: record.error.message });
      const view = viewOf(record.value);
      if (!isSignature(view, 0, 0x06064b50)) continue;
      count = Number(view.getBigUint64(32, true));
      size = view.getBigUint64(40, true);
      offset = view.getBigUint64(48, true);
      endOfDirectory = start;
      break;
    }
  }
  if (size > BigInt(MAX_DIRECTORY_BYTES))
    return fail({
      kind: 'zip-directory-too-large',
      message: `the directory claims ${size} bytes; more than ${MAX_DIRECTORY_BYTES} are not read`,
      ...place,
    });
  const start = endOfDirectory - Number(size);
  if (start < 0 || offset > BigInt(start))
    return fail({
      kind: 'zip-directory-outside',
      message: `the directory claims bytes ${offset} to ${offset + size}, which are not in front of its end`,
      ...place,
    });
  return ok({ start, end: endOfDirectory, shift: start - Number(offset), count });
}

async function readEntry(
  source: ByteSource,
  view: DataView,
  at: number,
  shift: number,
  directoryStart: number,
  signal: AbortSignal | undefined,
): Promise<Result<ZipEntry, SourceFailure>> {
  const flags = view.getUint16(at + 8, true);
  const nameLength = view.getUint16(at + 28, true);
  const extraStart = at + ENTRY_BYTES + nameLength;
  const extraEnd = extraStart + view.getUint16(at + 30, true);
  const nameBytes = new Uint8Array(view.buffer, view.byteOffset + at + ENTRY_BYTES, nameLength);
  const [size, compressedSize, offset] = wideSizes(view, at, extraStart, extraEnd);
  const entry = {
    name: decodeName(nameBytes, (flags & 0x800) !== 0),
    method: view.getUint16(at + 10, true),
    isEncrypted: (flags & 1) !== 0,
    compressedSize,
    size,
    crc32: view.getUint32(at + 16, true),
  };
  const headerStart = shift + offset;
  if (!Number.isSafeInteger(headerStart) || headerStart + LOCAL_BYTES > directoryStart)
    return ok({ ...entry, data: undefined });
  const header = await source.read(headerStart, LOCAL_BYTES, signal);
  if (!header.ok) return header;
  const local = viewOf(header.value);
  if (!isSignature(local, 0, 0x04034b50)) return ok({ ...entry, data: undefined });
  const start = headerStart + LOCAL_BYTES + local.getUint16(26, true) + local.getUint16(28, true);
  const end = start + compressedSize;
  return ok({ ...entry, data: end <= directoryStart ? { start, end } : undefined });
}

/** Size, compressed size and offset; those that need 64 bits are in the extra field, in this order. */
function wideSizes(
  view: DataView,
  at: number,
  extraStart: number,
  extraEnd: number,
): [size: number, compressedSize: number, offset: number] {
  const sizes: [number, number, number] = [
    view.getUint32(at + 24, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 42, true),
  ];
  for (let field = extraStart; field + 4 <= extraEnd;) {
    const end = field + 4 + view.getUint16(field + 2, true);
    if (view.getUint16(field, true) === 1) {
      let value = field + 4;
      for (const [position, narrow] of sizes.entries()) {
        if (narrow !== 0xffffffff || value + 8 > Math.min(end, extraEnd)) continue;
        sizes[position] = Number(view.getBigUint64(value, true));
        value += 8;
      }
      break;
    }
    field = end;
  }
  return sizes;
}

/** The upper half of IBM's code page 437. */
const CODE_PAGE_437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

function decodeName(bytes: Uint8Array, isUtf8: boolean): string {
  if (isUtf8) return new TextDecoder().decode(bytes);
  return Array.from(bytes, (byte) =>
    byte < 128 ? String.fromCharCode(byte) : (CODE_PAGE_437[byte - 128] ?? '\ufffd'),
  ).join('');
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
