/**
 * safetensors: a length, a JSON header, and the tensors one after another (github.com/huggingface/safetensors).
 * Every number of the header is checked against the file before use.
 */
import type { ArrayDescription, BufferProblem, FileRegion } from '#shared/protocol/bufferView.ts';
import type { DType, ScalarKind } from '#shared/layout/dtype.ts';
import { contiguousStrides } from '#shared/layout/strides.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { checkShape } from './checkShape.ts';
import type { Format, FormatDescription } from './format.ts';
import { describeArray } from './format.ts';

const LENGTH_BYTES = 8;
/** The format's own limit is 100 MB; the longest headers that models have are two. */
const MAX_HEADER_BYTES = 8 * 2 ** 20;
const MAX_PROBLEMS = 100;
/** A header has three levels, and four names and some seven values a tensor. */
const MAX_DEPTH = 32;
const MAX_TENSORS = 30_000;
const MAX_NAMES = 4 * MAX_TENSORS;
const MAX_VALUES = 12 * MAX_TENSORS;
const MAX_REGIONS = 100;
const LABEL = 'safetensors file';

type Refusal = Omit<BufferProblem, 'severity'>;

export const safetensors: Format = {
  id: 'safetensors',
  matches: (_, fileName) => fileName.toLowerCase().endsWith('.safetensors'),
  async describe(source, signal) {
    const prefix = await source.read(0, LENGTH_BYTES, signal);
    if (!prefix.ok) return prefix;
    const length = headerLength(prefix.value, source.byteLength);
    if (!length.ok) return ok(refusal(length.error));
    const dataStart = LENGTH_BYTES + length.value;
    const text = await source.read(LENGTH_BYTES, length.value, signal);
    if (!text.ok) return text;
    const header = parseHeader(text.value);
    if (!header.ok) return ok(refusal({ ...header.error, start: LENGTH_BYTES, end: dataStart }));
    return ok(describeTensors(header.value, dataStart, source.byteLength));
  },
};

function refusal(problem: Refusal): FormatDescription {
  return {
    label: LABEL,
    arrays: [],
    regions: [],
    problems: [{ ...problem, severity: 'error' }],
  };
}

function headerLength(prefix: Uint8Array, byteLength: number): Result<number, Refusal> {
  if (prefix.length < LENGTH_BYTES)
    return fail({
      kind: 'truncated-header',
      message: 'the file ends before the length of its header does',
      start: 0,
      end: byteLength,
    });
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.length);
  const length = view.getBigUint64(0, true);
  const place = { start: 0, end: LENGTH_BYTES };
  if (length > BigInt(MAX_HEADER_BYTES))
    return fail({
      kind: 'header-too-long',
      message: `the header claims ${length} bytes; more than ${MAX_HEADER_BYTES} are not read`,
      ...place,
    });
  if (length > BigInt(byteLength - LENGTH_BYTES))
    return fail({
      kind: 'truncated-header',
      message: `the header claims ${length} bytes, the file has ${byteLength - LENGTH_BYTES} for it`,
      ...place,
    });
  return ok(Number(length));
}

function parseHeader(bytes: Uint8Array): Result<Readonly<Record<string, unknown>>, Refusal> {
  const costly = costOf(bytes);
  if (costly) return fail(costly);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fail({ kind: 'header-not-json', message: 'the header is no JSON in UTF-8' });
  }
  return isRecord(header)
    ? ok(header)
    : fail({ kind: 'header-not-dict', message: 'the header is not a JSON object' });
}

/** Looks at the text before it is parsed: millions of brackets or values take far more memory than their bytes. */
function costOf(bytes: Uint8Array): Refusal | undefined {
  let [depth, tensors, names, values, isText] = [0, 0, 0, 0, false];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) isText = !isText;
    else if (byte === BACKSLASH) at += isText ? 1 : 0;
    else if (isText) continue;
    else if (byte === COMMA) values += 1;
    else if (byte === COLON) {
      names += 1;
      if (depth === 1) tensors += 1;
    } else if (byte === BRACKET || byte === BRACE) depth += 1;
    else if (byte === BRACKET + 2 || byte === BRACE + 2) depth -= 1;
    if (depth > MAX_DEPTH)
      return {
        kind: 'header-too-deep',
        message: `the header is nested deeper than ${MAX_DEPTH} levels`,
      };
  }
  return tensors > MAX_TENSORS || names > MAX_NAMES || values > MAX_VALUES
    ? { kind: 'header-too-long', message: `the header names more than ${MAX_TENSORS} tensors` }
    : undefined;
}

const [QUOTE, COMMA, COLON, BRACKET, BACKSLASH, BRACE] = [0x22, 0x2c, 0x3a, 0x5b, 0x5c, 0x7b];

interface Tensor {
  readonly array: ArrayDescription;
  readonly start: number;
  readonly end: number;
}

function describeTensors(
  header: Readonly<Record<string, unknown>>,
  dataStart: number,
  byteLength: number,
): FormatDescription {
  const problems: BufferProblem[] = [];
  const tensors: Tensor[] = [];
  const place = { start: LENGTH_BYTES, end: dataStart };
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const tensor = readTensor(name, entry, dataStart, byteLength);
    if (tensor.ok) tensors.push(tensor.value);
    else if (problems.length < MAX_PROBLEMS)
      problems.push({
        ...place,
        ...tensor.error,
        severity: 'error',
        message: `tensor ${name}: ${tensor.error.message}`,
      });
  }
  // As they lie in the file, which is the order in which they were written.
  tensors.sort((one, other) => one.start - other.start || one.end - other.end);
  if (problems.length === 0) problems.push(...gapProblems(tensors, dataStart, byteLength));
  const regions: FileRegion[] = [
    { label: 'header length', start: 0, end: LENGTH_BYTES },
    { label: 'header', ...place },
  ];
  for (const { array, start, end } of tensors.slice(0, MAX_REGIONS))
    if (start < end) regions.push({ label: `data of ${array.name}`, start, end });
  const count = `${tensors.length} ${tensors.length === 1 ? 'tensor' : 'tensors'}`;
  return {
    label: `${LABEL}, ${count}`,
    arrays: tensors.map(({ array }) => array),
    regions,
    problems,
  };
}

function readTensor(
  name: string,
  entry: unknown,
  dataStart: number,
  byteLength: number,
): Result<Tensor, Refusal> {
  if (!isRecord(entry)) return fail({ kind: 'bad-tensor', message: 'it is not described' });
  const { dtype: code, shape, data_offsets: offsets } = entry;
  const dtype = typeof code === 'string' && Object.hasOwn(dtypes, code) ? dtypes[code] : undefined;
  if (!dtype)
    return fail({ kind: 'bad-dtype', message: `its dtype ${JSON.stringify(code)} is not known` });
  if (!Array.isArray(shape) || !shape.every(Number.isInteger))
    return fail({ kind: 'bad-shape', message: 'its shape is no list of integers' });
  const [begin, stop] =
    Array.isArray(offsets) && offsets.length === 2 ? (offsets as unknown[]) : [];
  if (!isCount(begin) || !isCount(stop) || stop < begin)
    return fail({
      kind: 'bad-offsets',
      message: `its data_offsets ${JSON.stringify(offsets)} are no range of bytes`,
    });
  if (stop > byteLength - dataStart)
    return fail({
      kind: 'offset-outside-file',
      message: `it ends at byte ${stop} of the data, the file has ${byteLength - dataStart}`,
    });
  const [start, end] = [dataStart + begin, dataStart + stop];
  const checked = checkShape((shape as number[]).map(BigInt), dtype.itemsize, end - start);
  if (!checked.ok) return fail({ ...checked.error, start, end });
  const lengths = checked.value;
  const strides = contiguousStrides(lengths, dtype.itemsize, 'C');
  const array = describeArray(name, dtype, { shape: lengths, strides, offset: start });
  const wanted = lengths.reduce((product, length) => product * length, dtype.itemsize);
  if (wanted !== end - start)
    return fail({
      kind: 'shape-offsets-mismatch',
      message: `its shape needs ${wanted} bytes, its offsets have ${end - start}`,
      start,
      end,
    });
  return ok({ array, start, end });
}

/** The format wants tensors side by side, so that nothing hides between them. */
function gapProblems(
  tensors: readonly Tensor[],
  dataStart: number,
  byteLength: number,
): BufferProblem[] {
  const problems: BufferProblem[] = [];
  const tell = (kind: string, message: string, start: number, end: number) =>
    problems.push({ kind, severity: 'warning', message, start, end });
  let at = dataStart;
  for (const { array, start, end } of tensors) {
    if (start > at) tell('gap', `${start - at} bytes in front of tensor ${array.name}`, at, start);
    if (start < at && start < end)
      tell('overlapping-members', `tensor ${array.name} overlaps the one before`, start, end);
    at = Math.max(at, end);
  }
  if (at < byteLength)
    tell('trailing-bytes', `${byteLength - at} bytes behind the last tensor`, at, byteLength);
  return problems;
}

const scalar = (kind: ScalarKind, itemsize: number): DType => ({
  kind: 'scalar',
  scalar: kind,
  itemsize,
  byteOrder: itemsize === 1 ? 'none' : 'little',
});

/** Eight-bit floats have no value of ours yet: they show as bytes. */
const dtypes: Readonly<Record<string, DType>> = {
  BOOL: scalar('bool', 1),
  U8: scalar('uint', 1),
  I8: scalar('int', 1),
  F8_E4M3: scalar('void', 1),
  F8_E5M2: scalar('void', 1),
  F8_E8M0: scalar('void', 1),
  I16: scalar('int', 2),
  U16: scalar('uint', 2),
  F16: scalar('float', 2),
  BF16: scalar('bfloat', 2),
  I32: scalar('int', 4),
  U32: scalar('uint', 4),
  F32: scalar('float', 4),
  I64: scalar('int', 8),
  U64: scalar('uint', 8),
  F64: scalar('float', 8),
  C64: scalar('complex', 8),
};

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
