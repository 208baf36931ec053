/** The palette indices of a BMP whose pixels are smaller than a byte or run lengths, a row at a time from the top. */
import type { ByteSource } from '../source/byteSource.ts';
import type { BmpHeader } from './bmp.ts';

const RLE4 = 2;
const END_OF_ROW = 0;
const END_OF_IMAGE = 1;
const DELTA = 2;

export function bmpRows(
  source: ByteSource,
  header: BmpHeader,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  return header.compression === 0
    ? packedRows(source, header, signal)
    : runRows(source, header, signal);
}

async function* packedRows(
  source: ByteSource,
  { width, height, bits, isTopDown, dataStart }: BmpHeader,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const rowBytes = Math.floor((width * bits + 31) / 32) * 4;
  const perByte = 8 / bits;
  const mask = 2 ** bits - 1;
  for (let y = 0; y < height; y++) {
    const at = dataStart + (isTopDown ? y : height - 1 - y) * rowBytes;
    const bytes = await readAll(source, at, rowBytes, signal);
    const row = new Uint8Array(width);
    for (let x = 0; x < width; x++) {
      const shift = 8 - bits * ((x % perByte) + 1);
      row[x] = ((bytes[Math.floor(x / perByte)] ?? 0) >> shift) & mask;
    }
    yield row;
  }
}

/** Rows as they lie in the file: run lengths never go back to one. Pixels that they leave out are 0. */
async function* runRows(
  source: ByteSource,
  { width, height, compression, dataStart }: BmpHeader,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const bytes = await readAll(source, dataStart, source.byteLength - dataStart, signal);
  const isHalf = compression === RLE4;
  let row = new Uint8Array(width);
  let [x, y, at] = [0, 0, 0];
  const put = (value: number) => {
    if (x < width) row[x] = value;
    x += 1;
  };
  while (at + 1 < bytes.length && y < height) {
    const count = bytes[at] ?? 0;
    const value = bytes[at + 1] ?? 0;
    at += 2;
    let rows = 0;
    if (count > 0) {
      for (let k = 0; k < count; k++) put(isHalf ? (k % 2 === 0 ? value >> 4 : value & 15) : value);
    } else if (value === END_OF_ROW) [x, rows] = [0, 1];
    else if (value === END_OF_IMAGE) break;
    else if (value === DELTA) {
      x += bytes[at] ?? 0;
      rows = bytes[at + 1] ?? 0;
      at += 2;
    } else {
      const length = isHalf ? Math.ceil(value / 2) : value;
      for (let k = 0; k < value; k++) {
        const byte = bytes[at + (isHalf ? k >> 1 : k)] ?? 0;
        put(isHalf ? (k % 2 === 0 ? byte >> 4 : byte & 15) : byte);
      }
      at += length + (length % 2);
    }
    for (; rows > 0 && y < height; rows--, y++) {
      yield row;
      row = new Uint8Array(width);
    }
  }
  for (; y < height; y++) {
    yield row;
    row = new Uint8Array(width);
  }
}

async function readAll(
  source: ByteSource,
  offset: number,
  length: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const read = await source.readUncached(offset, length, signal);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}
