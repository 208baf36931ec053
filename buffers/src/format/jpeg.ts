/**
 * JPEG (ITU-T T.81): segments by their markers; the pixels are decoded by libjpeg's WebAssembly build, loaded when
 * somebody asks for them. What is refused before that: sizes that no file of this length can have.
 */
import type { BufferProblem, FileRegion } from '#shared/protocol/bufferView.ts';
import { contiguousStrides } from '#shared/layout/strides.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { ByteSource } from '../source/byteSource.ts';
import type { UnpackFailure } from '../source/temporaryFile.ts';
import { writeTemporary } from '../source/temporaryFile.ts';
import type { Format } from './format.ts';
import { describeArray } from './format.ts';
import { uint8 } from './scalar.ts';

const MAX_SEGMENTS = 10_000;
/** Pixels and their file are both in memory while they are decoded. */
const MAX_PIXELS = 2 ** 28;
/** A white image takes two bits for 8×8 pixels, and no image takes less. */
const MAX_PIXELS_A_BYTE = 256;

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly bits: number;
  readonly process: string;
}

const processes: Readonly<Record<number, string>> = {
  0xc0: 'baseline',
  0xc1: 'extended sequential',
  0xc2: 'progressive',
  0xc3: 'lossless',
  0xc9: 'arithmetic sequential',
  0xca: 'arithmetic progressive',
};

export const jpeg: Format = {
  id: 'jpeg',
  matches: (head) => head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff,
  async describe(source, signal) {
    const problems: BufferProblem[] = [];
    const regions: FileRegion[] = [{ label: 'SOI', start: 0, end: 2 }];
    let frame: Frame | undefined;
    let scanStart: number | undefined;
    for (let at = 2, count = 0; count < MAX_SEGMENTS; count++) {
      const read = await source.read(at, 20, signal);
      if (!read.ok) return read;
      const bytes = read.value;
      if (bytes.length < 4 || bytes[0] !== 0xff) {
        problems.push({
          kind: 'truncated-header',
          severity: 'error',
          message: `at byte ${at} there is no segment; the image ends before its pixels begin`,
          start: Math.min(at, source.byteLength),
          end: source.byteLength,
        });
        break;
      }
      const marker = bytes[1] ?? 0;
      if (marker === 0xff) {
        at += 1;
        continue;
      }
      const length = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
      const end = at + 2 + length;
      regions.push({
        label: segmentName(marker),
        start: at,
        end: Math.min(end, source.byteLength),
      });
      if (processes[marker] !== undefined && bytes.length >= 10)
        frame = {
          bits: bytes[4] ?? 0,
          height: ((bytes[5] ?? 0) << 8) | (bytes[6] ?? 0),
          width: ((bytes[7] ?? 0) << 8) | (bytes[8] ?? 0),
          components: bytes[9] ?? 0,
          process: processes[marker] ?? '',
        };
      at = end;
      if (marker === 0xda) {
        scanStart = end;
        break;
      }
    }
    if (scanStart !== undefined && scanStart < source.byteLength)
      regions.push({ label: 'scans', start: scanStart, end: source.byteLength });
    const refuse = (kind: string, message: string) =>
      ok({
        label: 'JPEG image',
        arrays: [],
        regions,
        problems: [...problems, { kind, severity: 'error' as const, message }],
      });
    if (!frame || frame.width === 0 || frame.height === 0)
      return refuse('bad-header', 'there is no frame header that says how large the image is');
    const { width, height, components, bits, process } = frame;
    const label = `JPEG image, ${width} × ${height}, ${process}, ${components} ${components === 1 ? 'component' : 'components'}`;
    if (width * height > MAX_PIXELS || width * height > MAX_PIXELS_A_BYTE * source.byteLength)
      return {
        ...refuse(
          'compression-bomb',
          `${source.byteLength} bytes claim ${width} × ${height} pixels; they are not decoded`,
        ),
      };
    if (bits !== 8 || (components !== 1 && components !== 3) || process.startsWith('lossless'))
      return refuse(
        'not-supported',
        `${process} with ${components} components of ${bits} bits is not decoded; grey and colour images of 8 bits are`,
      );
    const shape = components === 1 ? [height, width] : [height, width, 3];
    const name = components === 1 ? 'pixels' : 'pixels (red, green, blue)';
    const size = width * height * components;
    return ok({
      label,
      arrays: [],
      regions,
      problems,
      members: [
        {
          name,
          compressedSize: source.byteLength,
          size,
          data: undefined,
          isInFile: false,
          array: describeArray(name, uint8, {
            shape,
            strides: contiguousStrides(shape, 1, 'C'),
            offset: 0,
          }),
          unpack: {
            gives: 'array',
            open: (from, aborted) => decode(from, components, size, aborted),
          },
        },
      ],
    });
  },
};

async function decode(
  source: ByteSource,
  components: number,
  size: number,
  signal: AbortSignal | undefined,
): Promise<Result<ByteSource, UnpackFailure>> {
  const file = await source.readUncached(0, source.byteLength, signal);
  if (!file.ok) return file;
  const failureOf = (error: unknown): UnpackFailure => {
    signal?.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') return { kind: 'no-space', message };
    return { kind: 'corrupt-member', message: `it can't be decoded: ${message}` };
  };
  let pixels: Uint8Array;
  try {
    const { decodeJpeg } = await import('./jpegDecoder.ts');
    pixels = bandsOf(await decodeJpeg(file.value), components);
  } catch (error) {
    return fail(failureOf(error));
  }
  const rows = async function* () {
    await Promise.resolve();
    yield pixels;
  };
  return writeTemporary(rows(), size, failureOf);
}

/** The decoder gives red, green, blue and alpha, of grey images too. */
function bandsOf(rgba: Uint8ClampedArray, components: number): Uint8Array {
  const count = rgba.length / 4;
  const pixels = new Uint8Array(count * components);
  for (let pixel = 0; pixel < count; pixel++)
    for (let band = 0; band < components; band++)
      pixels[pixel * components + band] = rgba[pixel * 4 + band] ?? 0;
  return pixels;
}

function segmentName(marker: number): string {
  if (marker >= 0xe0 && marker <= 0xef) return `APP${marker - 0xe0}`;
  if (processes[marker] !== undefined) return `SOF${marker - 0xc0}`;
  const names: Readonly<Record<number, string>> = {
    0xc4: 'DHT',
    0xcc: 'DAC',
    0xda: 'SOS',
    0xdb: 'DQT',
    0xdc: 'DNL',
    0xdd: 'DRI',
    0xfe: 'COM',
  };
  return names[marker] ?? `marker FF ${marker.toString(16).toUpperCase().padStart(2, '0')}`;
}
