/** PNG's pixels: inflated, unfiltered (PNG 9.2) and spread to a byte a sample, without the image in memory. */
import { Readable } from 'node:stream';
import { createInflate } from 'node:zlib';
import type { ByteSource } from '../source/byteSource.ts';

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly depth: number;
  readonly colourType: number;
  /** Samples of a pixel, a palette's index being one. */
  readonly bands: number;
  readonly isInterlaced: boolean;
}

export class PngError extends Error {}

const PIECE = 64 * 1024;
/** Adam7 puts pixels everywhere, so such an image is made in memory; no camera and no scanner writes them this big. */
const MAX_INTERLACED = 512 * 2 ** 20;
const passes = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
];

export function bandNames(colourType: number): string {
  const names: Readonly<Record<number, string>> = {
    0: 'grey',
    2: 'red, green, blue',
    3: 'palette',
    4: 'grey, alpha',
    6: 'red, green, blue, alpha',
  };
  return names[colourType] ?? 'unknown';
}

/** Rows from the top; a sample of 16 bits stays big-endian, one of fewer than 8 bits becomes a byte. */
export async function* pngPixels(
  source: ByteSource,
  header: PngHeader,
  data: readonly { readonly start: number; readonly end: number }[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const { width, height, depth, bands, isInterlaced } = header;
  const pixelBytes = bands * (depth === 16 ? 2 : 1);
  const rows = filteredRows(source, data, signal);
  if (!isInterlaced) {
    for await (const row of unfiltered(rows, header, width, height))
      yield spread(row, header, width);
    return;
  }
  const rowBytes = width * pixelBytes;
  if (rowBytes * height > MAX_INTERLACED)
    throw new PngError(`an interlaced image of more than ${MAX_INTERLACED} bytes is not read`);
  const image = new Uint8Array(rowBytes * height);
  for (const { x, y, dx, dy } of passes) {
    const columns = Math.ceil((width - x) / dx);
    const lines = Math.ceil((height - y) / dy);
    if (columns <= 0 || lines <= 0) continue;
    let line = y;
    for await (const row of unfiltered(rows, header, columns, lines)) {
      const pixels = spread(row, header, columns);
      for (let column = 0; column < columns; column++) {
        const from = pixels.subarray(column * pixelBytes, (column + 1) * pixelBytes);
        image.set(from, line * rowBytes + (x + column * dx) * pixelBytes);
      }
      line += dy;
    }
  }
  for (let y = 0; y < height; y++) yield image.subarray(y * rowBytes, (y + 1) * rowBytes);
}

/** Gives exactly as many inflated bytes as it is asked for; `next(n)` of a generator that remembers the rest. */
function filteredRows(
  source: ByteSource,
  data: readonly { readonly start: number; readonly end: number }[],
  signal: AbortSignal | undefined,
): (length: number) => Promise<Uint8Array> {
  const compressed = async function* () {
    for (const { start, end } of data)
      for (let at = start; at < end; at += PIECE) {
        const piece = await source.readUncached(at, Math.min(PIECE, end - at), signal);
        if (!piece.ok) throw new Error(piece.error.message);
        yield piece.value;
      }
  };
  const input = Readable.from(compressed(), { objectMode: true });
  const output = createInflate();
  input.on('error', (error) => output.destroy(error));
  const pieces = input.pipe(output)[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let left: Uint8Array = new Uint8Array(0);
  return async (length) => {
    const wanted = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      if (left.length === 0) {
        const next = await pieces.next();
        if (next.done === true) throw new PngError('the pixels end before the image does');
        left = next.value;
      }
      const part = left.subarray(0, length - filled);
      wanted.set(part, filled);
      filled += part.length;
      left = left.subarray(part.length);
    }
    return wanted;
  };
}

async function* unfiltered(
  read: (length: number) => Promise<Uint8Array>,
  { depth, bands }: PngHeader,
  columns: number,
  lines: number,
): AsyncGenerator<Uint8Array> {
  const step = Math.max(1, (bands * depth) / 8);
  const rowBytes = Math.ceil((columns * bands * depth) / 8);
  let above: Uint8Array = new Uint8Array(rowBytes);
  for (let line = 0; line < lines; line++) {
    const filtered = await read(rowBytes + 1);
    const row = filtered.subarray(1);
    unfilter(filtered[0] ?? 0, row, above, step);
    above = row;
    yield row;
  }
}

function unfilter(filter: number, row: Uint8Array, above: Uint8Array, step: number): void {
  const count = row.length;
  switch (filter) {
    case 0:
      return;
    case 1:
      for (let k = step; k < count; k++) row[k] = (row[k] ?? 0) + (row[k - step] ?? 0);
      return;
    case 2:
      for (let k = 0; k < count; k++) row[k] = (row[k] ?? 0) + (above[k] ?? 0);
      return;
    case 3:
      for (let k = 0; k < count; k++) {
        const left = k < step ? 0 : (row[k - step] ?? 0);
        row[k] = (row[k] ?? 0) + ((left + (above[k] ?? 0)) >> 1);
      }
      return;
    case 4:
      for (let k = 0; k < count; k++) {
        const left = k < step ? 0 : (row[k - step] ?? 0);
        const corner = k < step ? 0 : (above[k - step] ?? 0);
        row[k] = (row[k] ?? 0) + paeth(left, above[k] ?? 0, corner);
      }
      return;
    default:
      throw new PngError(`a row has the filter ${filter}, which PNG does not have`);
  }
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [toLeft, toUp, toCorner] = [
    Math.abs(estimate - left),
    Math.abs(estimate - up),
    Math.abs(estimate - corner),
  ];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** Only images of one band have samples of fewer than eight bits. */
function spread(row: Uint8Array, { depth }: PngHeader, columns: number): Uint8Array {
  if (depth >= 8) return row;
  const perByte = 8 / depth;
  const mask = 2 ** depth - 1;
  const samples = new Uint8Array(columns);
  for (let x = 0; x < columns; x++) {
    const shift = 8 - depth * ((x % perByte) + 1);
    samples[x] = ((row[Math.floor(x / perByte)] ?? 0) >> shift) & mask;
  }
  return samples;
}
