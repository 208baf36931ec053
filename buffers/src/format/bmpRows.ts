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

/** Run lengths go from the bottom up and may leave pixels out, so the whole image is made first: a byte a pixel. */
async function* runRows(
  source: ByteSource,
  { width, height, compression, isTopDown, dataStart }: BmpHeader,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const bytes = await readAll(source, dataStart, source.byteLength - dataStart, signal);
  const image = new Uint8Array(width * height);
  const isHalf = compression === RLE4;
  let [x, y, at] = [0, 0, 0];
  const put = (value: number) => {
    if (x < width && y < height) image[(isTopDown ? y : height - 1 - y) * width + x] = value;
    x += 1;
  };
  while (at + 1 < bytes.length) {
    const count = bytes[at] ?? 0;
    const value = bytes[at + 1] ?? 0;
    at += 2;
    if (count > 0) {
      for (let k = 0; k < count; k++) put(isHalf ? (k % 2 === 0 ? value >> 4 : value & 15) : value);
    } else if (value === END_OF_ROW) [x, y] = [0, y + 1];
    else if (value === END_OF_IMAGE) break;
    else if (value === DELTA) {
      x += bytes[at] ?? 0;
      y += bytes[at + 1] ?? 0;
      at += 2;
    } else {
      const length = isHalf ? Math.ceil(value / 2) : value;
      for (let k = 0; k < value; k++) {
        const byte = bytes[at + (isHalf ? k >> 1 : k)] ?? 0;
        put(isHalf ? (k % 2 === 0 ? byte >> 4 : byte & 15) : byte);
      }
      at += length + (length % 2);
    }
  }
  for (let row = 0; row < height; row++) yield image.subarray(row * width, (row + 1) * width);
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
