/**
 * NumPy's `.npy`, versions 1.0 to 3.0 (numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 * The header is a hostile text until it was checked: parsed by a grammar, never evaluated; sizes compared with the
 * file before use.
 */
import type { BufferProblem, FileRegion } from '#shared/protocol/bufferView.ts';
import type { DType } from '#shared/layout/dtype.ts';
import { dtypeOfLiteral } from '#shared/layout/dtypeText.ts';
import type { PythonLiteral } from '#shared/layout/pythonLiteral.ts';
import { literalText, parsePythonLiteral } from '#shared/layout/pythonLiteral.ts';
import { contiguousStrides } from '#shared/layout/strides.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { checkShape } from './checkShape.ts';
import type { Format, FormatDescription } from './format.ts';
import { describeArray } from './format.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** A header longer than this is refused; NumPy refuses above 10,000 unless told otherwise. */
const MAX_HEADER_BYTES = 1024 * 1024;
const NUMPY_HEADER_BYTES = 10_000;
/** An array without elements is legal whatever its other axes say; past this they are worth a word. */
const HUGE_BYTES = 2n ** 31n;

export const npy: Format = {
  id: 'npy',
  matches: (head, fileName) => hasMagic(head) || fileName.toLowerCase().endsWith('.npy'),
  async describe(source, signal) {
    const prefix = await source.read(0, 12, signal);
    if (!prefix.ok) return prefix;
    const start = readPrefix(prefix.value, source.byteLength);
    if (!start.ok) return ok(refusal('NumPy array', start.error));
    const { version, headerStart, headerLength } = start.value;
    const text = await source.read(headerStart, headerLength, signal);
    if (!text.ok) return text;
    return ok(describeHeader(version, headerStart, text.value, source.byteLength));
  },
};

type Refusal = Omit<BufferProblem, 'severity'>;

interface Prefix {
  readonly version: number;
  readonly headerStart: number;
  readonly headerLength: number;
}

function hasMagic(head: Uint8Array): boolean {
  return MAGIC.every((byte, position) => head[position] === byte);
}

function readPrefix(head: Uint8Array, byteLength: number): Result<Prefix, Refusal> {
  if (!hasMagic(head))
    return fail({
      kind: 'bad-magic',
      message: 'the file does not start with the magic of a .npy file, \\x93NUMPY',
      start: 0,
      end: Math.min(6, byteLength),
    });
  const [major = 0, minor = 0] = head.subarray(6, 8);
  if (head.length >= 8 && (major < 1 || major > 3 || minor !== 0))
    return fail({
      kind: 'unsupported-version',
      message: `.npy version ${major}.${minor} does not exist; 1.0, 2.0 and 3.0 do`,
      start: 6,
      end: 8,
    });
  const headerStart = major === 1 ? 10 : 12;
  if (head.length < headerStart)
    return fail({
      kind: 'truncated-header',
      message: 'the file ends before the header does',
      start: 0,
      end: byteLength,
    });
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const headerLength = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const lengthField = { start: 8, end: headerStart };
  if (headerStart + headerLength > byteLength)
    return fail({
      kind: 'truncated-header',
      message: `the header claims ${headerLength} bytes, the file has ${byteLength - headerStart} for it`,
      ...lengthField,
    });
  if (headerLength > MAX_HEADER_BYTES)
    return fail({
      kind: 'header-too-long',
      message: `the header claims ${headerLength} bytes; more than ${MAX_HEADER_BYTES} are not read`,
      ...lengthField,
    });
  return ok({ version: major, headerStart, headerLength });
}

interface Header {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly order: 'C' | 'F';
  readonly warnings: readonly BufferProblem[];
}

function describeHeader(
  version: number,
  headerStart: number,
  headerBytes: Uint8Array,
  byteLength: number,
): FormatDescription {
  const label = `NumPy array, version ${version}.0`;
  const dataOffset = headerStart + headerBytes.length;
  const header = parseHeader(version, headerStart, headerBytes, byteLength);
  if (!header.ok) return refusal(label, header.error, headerStart, dataOffset);
  const { dtype, shape, order, warnings } = header.value;
  const strides = contiguousStrides(shape, dtype.itemsize, order);
  const array = describeArray('', dtype, { shape, strides, offset: dataOffset });
  const dataEnd = dataOffset + array.byteLength;
  const problems = [...warnings];
  if (dataEnd < byteLength)
    problems.push({
      kind: 'trailing-bytes',
      severity: 'info',
      message: `${byteLength - dataEnd} bytes behind the array, which NumPy ignores`,
      start: dataEnd,
      end: byteLength,
    });
  const regions = prefixRegions(headerStart, dataOffset);
  if (dataOffset < dataEnd) regions.push({ label: 'data', start: dataOffset, end: dataEnd });
  if (dataEnd < byteLength) regions.push({ label: 'trailing', start: dataEnd, end: byteLength });
  return { label, arrays: [array], regions, problems };
}

function parseHeader(
  version: number,
  headerStart: number,
  headerBytes: Uint8Array,
  byteLength: number,
): Result<Header, Refusal> {
  const whole = { start: headerStart, end: headerStart + headerBytes.length };
  const text = decodeHeader(version, headerBytes);
  if (text === undefined)
    return fail({ kind: 'header-not-utf8', message: 'the header is not UTF-8', ...whole });
  const literal = parsePythonLiteral(text);
  if (!literal.ok) {
    const at = headerStart + literal.error.start;
    return fail({
      kind: literal.error.kind === 'nested-too-deep' ? 'header-too-deep' : 'header-not-literal',
      message: `the header is no Python literal: ${literal.error.message}`,
      start: Math.min(at, whole.end),
      end: Math.min(at + 1, whole.end),
    });
  }
  if (literal.value.kind !== 'dict')
    return fail({
      kind: 'header-not-dict',
      message: `the header is not a dictionary: ${literalText(literal.value)}`,
      ...whole,
    });
  const warnings: BufferProblem[] = [];
  if (headerBytes.length > NUMPY_HEADER_BYTES)
    warnings.push({
      kind: 'long-header',
      severity: 'warning',
      message: `the header has ${headerBytes.length} bytes; NumPy reads more than ${NUMPY_HEADER_BYTES} only with max_header_size`,
      ...whole,
    });
  const entries = new Map<string, PythonLiteral>();
  for (const { key, value, start } of literal.value.entries) {
    const name = key.kind === 'string' ? key.value : literalText(key);
    if (entries.has(name))
      warnings.push({
        kind: 'duplicate-key',
        severity: 'warning',
        message: `the header has the key ${literalText(key)} twice; the last one counts`,
        start: headerStart + start,
        end: headerStart + start + name.length + 2,
      });
    entries.set(name, value);
  }
  const problem = checkKeys([...entries.keys()]);
  if (problem !== undefined) return fail({ kind: 'header-keys', message: problem, ...whole });
  const described = readEntries(entries, byteLength - whole.end);
  if (!described.ok) return fail({ ...described.error, ...whole });
  return ok({
    ...described.value,
    warnings: [
      ...warnings,
      ...described.value.warnings.map((warning) => ({ ...warning, ...whole })),
    ],
  });
}

/** Version 3.0 is UTF-8, the others Latin-1. */
function decodeHeader(version: number, bytes: Uint8Array): string | undefined {
  if (version < 3)
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const keys = ['descr', 'fortran_order', 'shape'];

function checkKeys(found: readonly string[]): string | undefined {
  const missing = keys.filter((key) => !found.includes(key));
  const surplus = found.filter((key) => !keys.includes(key));
  if (missing.length > 0) return `the header lacks ${missing.join(' and ')}`;
  if (surplus.length > 0)
    return `the header has the unknown key ${literalText({ kind: 'string', value: surplus[0] ?? '' })}`;
  return undefined;
}

function readEntries(
  entries: ReadonlyMap<string, PythonLiteral>,
  availableBytes: number,
): Result<Header, Refusal> {
  const [descr, fortran, shape] = keys.map(
    (key): PythonLiteral => entries.get(key) ?? { kind: 'none' },
  );
  if (fortran?.kind !== 'bool')
    return fail({
      kind: 'bad-fortran-order',
      message: `fortran_order is neither True nor False: ${literalText(fortran ?? { kind: 'none' })}`,
    });
  const lengths: bigint[] = [];
  const axes = shape?.kind === 'tuple' ? shape.items : undefined;
  for (const axis of axes ?? []) if (axis.kind === 'int') lengths.push(axis.value);
  if (axes?.length !== lengths.length)
    return fail({
      kind: 'bad-shape',
      message: `shape is no tuple of integers: ${literalText(shape ?? { kind: 'none' })}`,
    });
  const element = dtypeOfLiteral(descr ?? { kind: 'none' });
  if (!element.ok) return element;
  let dtype = element.value;
  // As in NumPy, an array of sub-arrays is an array of more axes.
  while (dtype.kind === 'subarray') {
    lengths.push(...dtype.shape.map(BigInt));
    dtype = dtype.base;
  }
  const checked = checkShape(lengths, dtype.itemsize, availableBytes);
  if (!checked.ok) return fail(checked.error);
  const warnings: BufferProblem[] = [];
  const filled = lengths.reduce(
    (product, length) => product * (length || 1n),
    BigInt(dtype.itemsize),
  );
  if (filled > HUGE_BYTES && lengths.includes(0n))
    warnings.push({
      kind: 'empty-but-huge',
      severity: 'warning',
      message: `the array has no elements, but its other axes claim ${filled} bytes`,
    });
  if (hasLongDouble(dtype))
    warnings.push({
      kind: 'longdouble-x87',
      severity: 'info',
      message:
        'the header does not say which 128-bit float it has; read as the extended precision of x86',
    });
  return ok({ dtype, shape: checked.value, order: fortran.value ? 'F' : 'C', warnings });
}

function hasLongDouble(dtype: DType): boolean {
  if (dtype.kind === 'struct') return dtype.fields.some((field) => hasLongDouble(field.dtype));
  if (dtype.kind === 'subarray') return hasLongDouble(dtype.base);
  if (dtype.scalar === 'float') return dtype.itemsize === 16;
  return dtype.scalar === 'complex' && dtype.itemsize === 32;
}

function refusal(
  label: string,
  problem: Refusal,
  headerStart?: number,
  dataOffset?: number,
): FormatDescription {
  return {
    label,
    arrays: [],
    regions:
      headerStart === undefined || dataOffset === undefined
        ? []
        : prefixRegions(headerStart, dataOffset),
    problems: [{ ...problem, severity: 'error' }],
  };
}

function prefixRegions(headerStart: number, dataOffset: number): FileRegion[] {
  return [
    { label: 'magic', start: 0, end: 6 },
    { label: 'version', start: 6, end: 8 },
    { label: 'header length', start: 8, end: headerStart },
    { label: 'header', start: headerStart, end: dataOffset },
  ];
}
