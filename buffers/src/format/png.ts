/**
 * PNG (w3.org/TR/png-3): chunks with checksums. The pixels are deflated and filtered, so they are decoded, a row at
 * a time, into an array of their own: height × width, or × bands. A palette lies in the file.
 */
import { crc32 } from 'node:zlib';
import type { ArrayDescription, BufferProblem, FileRegion } from '#shared/protocol/bufferView.ts';
import { contiguousStrides } from '#shared/layout/strides.ts';
import { ok } from '#shared/result.ts';
import { writeTemporary } from '../source/temporaryFile.ts';
import type { FileMember, Format } from './format.ts';
import { describeArray } from './format.ts';
import type { PngHeader } from './pngPixels.ts';
import { bandNames, pngPixels, PngError } from './pngPixels.ts';
import { scalar, uint8 } from './scalar.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const MAX_CHUNKS = 100_000;
const MAX_REGIONS = 200;
const MAX_PROBLEMS = 100;
/** Checked when the file is opened; larger chunks are checked by inflate's own checksum when they are decoded. */
const CHECKED_BYTES = 256 * 1024;
/** Deflate can't do better, so that more is a lie whatever the pixels are. */
const MAX_RATIO = 1100;
/** What is decoded without asking: images of 8 GiB and more are no images that anybody looks at. */
const MAX_DECODED = 8 * 2 ** 30;
const allowedDepths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

export const png: Format = {
  id: 'png',
  matches: (head) => SIGNATURE.every((byte, at) => head[at] === byte),
  async describe(source, signal) {
    const problems: BufferProblem[] = [];
    const regions: FileRegion[] = [{ label: 'signature', start: 0, end: 8 }];
    const data: { start: number; end: number }[] = [];
    let header: PngHeader | undefined;
    let palette: ArrayDescription | undefined;
    let isEnded = false;
    let at = 8;
    for (let count = 0; at + 12 <= source.byteLength && count < MAX_CHUNKS && !isEnded; count++) {
      const head = await source.read(at, 8, signal);
      if (!head.ok) return head;
      const view = new DataView(head.value.buffer, head.value.byteOffset, 8);
      const size = view.getUint32(0);
      const type = String.fromCharCode(...head.value.subarray(4, 8));
      const [start, end] = [at + 8, at + 8 + size];
      if (end + 4 > source.byteLength) {
        problems.push({
          kind: 'truncated-data',
          severity: 'error',
          message: `chunk ${printableType(type)} claims ${size} bytes, the file has ${Math.max(0, source.byteLength - start)}`,
          start: at,
          end: source.byteLength,
        });
        break;
      }
      if (regions.length < MAX_REGIONS)
        regions.push({ label: printableType(type), start: at, end: end + 4 });
      if (size <= CHECKED_BYTES) {
        const checked = await source.read(at + 4, size + 8, signal);
        if (!checked.ok) return checked;
        const bytes = checked.value;
        const told = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(size + 4);
        if (problems.length < MAX_PROBLEMS && told !== crc32(bytes.subarray(0, size + 4)))
          problems.push({
            kind: 'bad-crc',
            severity: 'error',
            message: `chunk ${printableType(type)} does not have the checksum that it tells`,
            start: at,
            end: end + 4,
          });
        if (type === 'IHDR' && size === 13) header = headerOf(bytes.subarray(4, 17));
      }
      if (type === 'IDAT') data.push({ start, end });
      if (type === 'PLTE') {
        const shape = [Math.floor(size / 3), 3];
        palette = describeArray('palette (red, green, blue)', uint8, {
          shape,
          strides: contiguousStrides(shape, 1, 'C'),
          offset: start,
        });
      }
      isEnded = type === 'IEND';
      at = end + 4;
    }
    const arrays = palette ? [palette] : [];
    const done = (label: string, members?: readonly FileMember[]) =>
      ok({ label, arrays, regions, problems, ...(members ? { members } : {}) });
    if (!header || header.width === 0 || header.height === 0) {
      problems.push({
        kind: 'bad-header',
        severity: 'error',
        message: 'there is no IHDR chunk that says what the image is',
      });
      return done('PNG image');
    }
    const { width, height, colourType, depth, isInterlaced } = header;
    const label = `PNG image, ${width} × ${height}, ${bandNames(colourType)}, ${depth} bits${isInterlaced ? ', interlaced' : ''}`;
    if (!allowedDepths[colourType]?.includes(depth)) {
      problems.push({
        kind: 'bad-header',
        severity: 'error',
        message: `colour type ${colourType} with ${depth} bits is not PNG's`,
        start: 16,
        end: 29,
      });
      return done('PNG image');
    }
    if (!isEnded && problems.length === 0)
      problems.push({
        kind: 'truncated-data',
        severity: 'warning',
        message: 'the file ends without an IEND chunk',
      });
    if (isEnded && at < source.byteLength)
      problems.push({
        kind: 'trailing-bytes',
        severity: 'warning',
        message: `${source.byteLength - at} bytes behind the image`,
        start: at,
        end: source.byteLength,
      });
    const known = header;
    const dtype = depth === 16 ? scalar('uint', 2, 'big') : uint8;
    const bands = known.bands;
    const shape = bands === 1 ? [height, width] : [height, width, bands];
    const size = BigInt(width) * BigInt(height) * BigInt(bands * dtype.itemsize);
    const compressedSize = data.reduce((sum, { start, end }) => sum + end - start, 0);
    const packed = (BigInt(width) * BigInt(bands * depth) + 7n) / 8n;
    if (
      packed * BigInt(height) > BigInt(MAX_RATIO) * BigInt(compressedSize + 64) ||
      size > BigInt(MAX_DECODED)
    ) {
      problems.push({
        kind: 'compression-bomb',
        severity: 'error',
        message: `${compressedSize} bytes claim to be an image of ${size} bytes; it is not decoded`,
      });
      return done(label);
    }
    const name =
      known.bands === 1
        ? colourType === 3
          ? 'palette indices'
          : 'pixels'
        : `pixels (${bandNames(colourType)})`;
    return done(label, [
      {
        name,
        compressedSize,
        size: Number(size),
        data: undefined,
        isInFile: false,
        array: describeArray(name, dtype, {
          shape,
          strides: contiguousStrides(shape, dtype.itemsize, 'C'),
          offset: 0,
        }),
        unpack: {
          gives: 'array',
          open: (from, aborted) =>
            writeTemporary(pngPixels(from, known, data, aborted), Number(size), (error) => {
              aborted?.throwIfAborted();
              const { code, message } = error as NodeJS.ErrnoException;
              if (error instanceof PngError || code?.startsWith('Z_'))
                return { kind: 'corrupt-member', message: `it can't be decoded: ${message}` };
              return { kind: code === 'ENOSPC' ? 'no-space' : 'unreadable', message };
            }),
        },
      },
    ]);
  },
};

function headerOf(bytes: Uint8Array): PngHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const colourType = view.getUint8(9);
  const bands = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colourType];
  if (bands === undefined) return undefined;
  return {
    width: view.getUint32(0),
    height: view.getUint32(4),
    depth: view.getUint8(8),
    colourType,
    bands,
    isInterlaced: view.getUint8(12) === 1,
  };
}

const printableType = (type: string) => (/^[A-Za-z]{4}$/.test(type) ? type : 'of no name');
