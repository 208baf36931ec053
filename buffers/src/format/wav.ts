/**
 * WAV: RIFF chunks, of which `fmt ` says what the samples of `data` are (Microsoft's RIFF and WAVEFORMATEXTENSIBLE;
 * RF64 and BW64 by EBU Tech 3306). The array is frames × channels, in the file as it lies.
 */
import type { BufferProblem, FileRegion } from '#shared/protocol/bufferView.ts';
import type { DType } from '#shared/layout/dtype.ts';
import { contiguousStrides } from '#shared/layout/strides.ts';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import type { Format } from './format.ts';
import { describeArray } from './format.ts';
import { scalar, uint8 } from './scalar.ts';

const MAX_CHUNKS = 1000;
const UNKNOWN_32 = 0xffffffff;

interface Chunk {
  readonly id: string;
  readonly start: number;
  /** As the header claims; the file may end before. */
  readonly size: number;
}

interface Samples {
  readonly tag: number;
  readonly channels: number;
  readonly rate: number;
  readonly blockAlign: number;
  readonly bits: number;
}

export const wav: Format = {
  id: 'wav',
  matches: (head) => /^(?:RIFF|RIFX|RF64|BW64)....WAVE/s.test(latin1(head.subarray(0, 12))),
  async describe(source, signal) {
    const problems: BufferProblem[] = [];
    const tell = (problem: BufferProblem) => problems.push(problem);
    const head = await source.read(0, 4, signal);
    if (!head.ok) return head;
    const isLittle = latin1(head.value) !== 'RIFX';
    const read = await readChunks(source, isLittle, signal);
    if (!read.ok) return read;
    const chunks = read.value;
    const regions: FileRegion[] = [{ label: 'RIFF header', start: 0, end: 12 }];
    for (const { id, start, size } of chunks)
      regions.push(
        { label: `${id} header`, start: start - 8, end: start },
        { label: id, start, end: Math.min(start + size, source.byteLength) },
      );
    const label = 'WAV audio';
    const described = (text: string, arrays: ReturnType<typeof describeArray>[] = []) =>
      ok({ label: text, arrays, regions, problems });
    const format = chunks.find(({ id }) => id === 'fmt ');
    const data = chunks.find(({ id }) => id === 'data');
    if (!format || format.size < 16) {
      tell({
        kind: 'bad-header',
        severity: 'error',
        message: 'there is no fmt chunk that says what the samples are',
      });
      return described(label);
    }
    const bytes = await source.read(format.start, Math.min(format.size, 40), signal);
    if (!bytes.ok) return bytes;
    const samples = samplesOf(bytes.value, isLittle);
    const place = {
      start: format.start,
      end: Math.min(format.start + format.size, source.byteLength),
    };
    if (!samples || samples.channels === 0 || samples.blockAlign === 0) {
      tell({
        kind: 'bad-header',
        severity: 'error',
        message: 'the fmt chunk has no channels or no bytes',
        ...place,
      });
      return described(label);
    }
    const dtype = sampleType(samples, isLittle);
    const text = `${label}, ${encodingName(samples)}, ${samples.channels} ${samples.channels === 1 ? 'channel' : 'channels'}, ${samples.rate.toLocaleString('en')} Hz`;
    if (samples.blockAlign !== dtype.itemsize * samples.channels) {
      tell({
        kind: 'bad-header',
        severity: 'error',
        message: `a frame is said to have ${samples.blockAlign} bytes; ${samples.channels} samples of ${samples.bits} bits have ${dtype.itemsize * samples.channels}`,
        ...place,
      });
      return described(text);
    }
    if (!data) {
      tell({ kind: 'no-data', severity: 'error', message: 'there is no data chunk' });
      return described(text);
    }
    const available = Math.max(0, Math.min(data.size, source.byteLength - data.start));
    if (data.size > available && data.size < UNKNOWN_32)
      tell({
        kind: 'truncated-data',
        severity: 'error',
        message: `the data chunk claims ${data.size} bytes, the file has ${available}; the whole frames among them are shown`,
        start: data.start - 4,
        end: data.start,
      });
    if (samples.tag === 6 || samples.tag === 7)
      tell({
        kind: 'encoded-samples',
        severity: 'info',
        message: 'the samples are logarithmic (ITU-T G.711); their codes are shown',
      });
    const shape = [Math.floor(available / samples.blockAlign), samples.channels];
    const strides = contiguousStrides(shape, dtype.itemsize, 'C');
    return described(text, [
      describeArray('samples', dtype, { shape, strides, offset: data.start }),
    ]);
  },
};

/** Of RF64 the `ds64` chunk has the size that 32 bits can't hold. */
async function readChunks(
  source: ByteSource,
  isLittle: boolean,
  signal: AbortSignal | undefined,
): Promise<Result<Chunk[], SourceFailure>> {
  const chunks: Chunk[] = [];
  let wideDataSize: number | undefined;
  for (let at = 12; at + 8 <= source.byteLength && chunks.length < MAX_CHUNKS;) {
    const head = await source.read(at, 24, signal);
    if (!head.ok) return head;
    const view = viewOf(head.value);
    const id = latin1(head.value.subarray(0, 4));
    let size = view.getUint32(4, isLittle);
    if (id === 'ds64' && head.value.length >= 24)
      wideDataSize = Number(view.getBigUint64(16, isLittle));
    if (id === 'data' && size === UNKNOWN_32) size = wideDataSize ?? source.byteLength - at - 8;
    if (!Number.isSafeInteger(size)) size = source.byteLength;
    chunks.push({ id, start: at + 8, size });
    at += 8 + size + (size % 2);
  }
  return ok(chunks);
}

function samplesOf(bytes: Uint8Array, isLittle: boolean): Samples | undefined {
  if (bytes.length < 16) return undefined;
  const view = viewOf(bytes);
  const tag = view.getUint16(0, isLittle);
  // WAVE_FORMAT_EXTENSIBLE keeps the tag in the first bytes of a GUID.
  const isExtensible = tag === 0xfffe && bytes.length >= 26;
  return {
    tag: isExtensible ? view.getUint16(24, isLittle) : tag,
    channels: view.getUint16(2, isLittle),
    rate: view.getUint32(4, isLittle),
    blockAlign: view.getUint16(12, isLittle),
    bits: view.getUint16(14, isLittle),
  };
}

/** 24-bit samples have no dtype in NumPy: three bytes each. */
function sampleType({ tag, bits, channels, blockAlign }: Samples, isLittle: boolean): DType {
  const order = isLittle ? 'little' : 'big';
  const bytes = Math.ceil(bits / 8) || Math.max(1, Math.floor(blockAlign / channels));
  if (tag === 3 && (bytes === 4 || bytes === 8)) return scalar('float', bytes, order);
  if (tag === 1 && bytes === 1) return uint8;
  if (tag === 1 && (bytes === 2 || bytes === 4 || bytes === 8)) return scalar('int', bytes, order);
  if (bytes === 1) return uint8;
  return { kind: 'subarray', itemsize: bytes, base: uint8, shape: [bytes] };
}

function encodingName({ tag, bits }: Samples): string {
  switch (tag) {
    case 1:
      return `${bits}-bit PCM`;
    case 3:
      return `${bits}-bit float`;
    case 6:
      return 'A-law';
    case 7:
      return 'µ-law';
    default:
      return `encoding 0x${tag.toString(16)}`;
  }
}

const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes);

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
