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
/** A larger one is inflated once for nothing, to see that it is there, before memory is asked for. */
const TRUSTED_INTERLACED = 8 * 2 ** 20;
const MAX_ROW_BYTES = 8 * 2 ** 20;
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
  const rowBytes = width * pixelBytes;
  if (rowBytes > MAX_ROW_BYTES)
    throw new PngError(`a row of more than ${MAX_ROW_BYTES} bytes is not read`);
  if (isInterlaced && rowBytes * height > MAX_INTERLACED)
    throw new PngError(`an interlaced image of more than ${MAX_INTERLACED} bytes is not read`);
  if (isInterlaced && rowBytes * height > TRUSTED_INTERLACED) {
    const trial = new FilteredRows(source, data, signal);
    try {
      for (const { columns, lines } of passesOf(width, height))
        for (let line = 0; line < lines; line++) await trial.read(filteredBytes(header, columns));
    } finally {
      trial.dispose();
    }
  }
  const rows = new FilteredRows(source, data, signal);
  try {
    if (!isInterlaced) {
      for await (const row of unfiltered(rows, header, width, height))
        yield spread(row, header, width);
      return;
    }
    const image = new Uint8Array(rowBytes * height);
    for (const { x, y, dx, dy, columns, lines } of passesOf(width, height)) {
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
  } finally {
    rows.dispose();
  }
}

/** Those that have pixels at all. */
function passesOf(width: number, height: number) {
  return passes
    .map((pass) => ({
      ...pass,
      columns: Math.ceil((width - pass.x) / pass.dx),
      lines: Math.ceil((height - pass.y) / pass.dy),
    }))
    .filter(({ columns, lines }) => columns > 0 && lines > 0);
}

/** A row as it is inflated: which filter it has, and its samples packed. */
function filteredBytes({ depth, bands }: PngHeader, columns: number): number {
  return 1 + Math.ceil((columns * bands * depth) / 8);
}

/** Inflated bytes, exactly as many at a time as are asked for. */
class FilteredRows {
  readonly #input: Readable;
  readonly #output = createInflate();
  readonly #pieces: AsyncIterator<Uint8Array>;
  #left: Uint8Array = new Uint8Array(0);

  constructor(
    source: ByteSource,
    data: readonly { readonly start: number; readonly end: number }[],
    signal: AbortSignal | undefined,
  ) {
    const compressed = async function* () {
      for (const { start, end } of data)
        for (let at = start; at < end; at += PIECE) {
          const piece = await source.readUncached(at, Math.min(PIECE, end - at), signal);
          if (!piece.ok) throw new Error(piece.error.message);
          yield piece.value;
        }
    };
    this.#input = Readable.from(compressed(), { objectMode: true });
    this.#input.on('error', (error) => this.#output.destroy(error));
    // Told by the next read; without a listener, an error between two reads would end the process.
    this.#output.on('error', () => undefined);
    const inflated: AsyncIterable<Uint8Array> = this.#input.pipe(this.#output);
    this.#pieces = inflated[Symbol.asyncIterator]();
  }

  async read(length: number): Promise<Uint8Array> {
    const wanted = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      if (this.#left.length === 0) {
        const next = await this.#pieces.next();
        if (next.done === true) throw new PngError('the pixels end before the image does');
        this.#left = next.value;
      }
      const part = this.#left.subarray(0, length - filled);
      wanted.set(part, filled);
      filled += part.length;
      this.#left = this.#left.subarray(part.length);
    }
    return wanted;
  }

  dispose(): void {
    this.#input.destroy();
    this.#output.destroy();
  }
}

async function* unfiltered(
  rows: FilteredRows,
  header: PngHeader,
  columns: number,
  lines: number,
): AsyncGenerator<Uint8Array> {
  const step = Math.max(1, (header.bands * header.depth) / 8);
  const rowBytes = filteredBytes(header, columns);
  let above: Uint8Array = new Uint8Array(rowBytes - 1);
  for (let line = 0; line < lines; line++) {
    const filtered = await rows.read(rowBytes);
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
