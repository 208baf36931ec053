/** The options of `strata inspect`, checked before any file is opened. */
import type { DType } from '#shared/layout/dtype.ts';
import { parseDType } from '#shared/layout/dtypeText.ts';
import type { StructLayout } from '#shared/layout/structFormat.ts';
import { LLP64, LP64, parseStructFormat } from '#shared/layout/structFormat.ts';
import { dtypeOfStruct } from '#shared/layout/structValue.ts';
import type { ViewStep } from '#shared/layout/viewChain.ts';
import { parseStep, stepKinds } from '#shared/layout/viewStepText.ts';
import type { CopyFormat } from '#shared/layout/copyText.ts';
import { COPY_FORMATS } from '#shared/layout/copyText.ts';
import { rawType } from '#shared/layout/rawLayout.ts';
import type { NumberFormat } from '#shared/layout/numberText.ts';
import { NUMBER_FORMATS } from '#shared/layout/numberText.ts';
import { MOST_BINS } from '#shared/protocol/bufferScan.ts';
import type { ExportFormat } from '#shared/protocol/bufferExport.ts';
import { EXPORT_FORMATS } from '#shared/protocol/bufferExport.ts';
import type { RawLayoutText } from '#shared/protocol/bufferView.ts';
import { CannotRun } from './command.ts';
import type { Wanted } from './inspectFind.ts';
import { readWanted } from './inspectFind.ts';

export interface InspectOptions {
  readonly file: string;
  readonly dtype?: DType;
  readonly struct?: { readonly format: string; readonly layout: StructLayout };
  readonly shape?: readonly bigint[];
  readonly order?: 'C' | 'F';
  readonly offset?: bigint;
  readonly strides?: readonly bigint[];
  /** `--slice`, `--reshape`, `--cast` and `--step`, in the order that they were given. */
  readonly steps: readonly ViewStep[];
  /** Another file, or the same one, to be compared with. */
  readonly compare?: string;
  /** Where the array, or the view of it, is written to. */
  readonly exportTo?: { readonly path: string; readonly format: ExportFormat };
  /** Of an archive: the name of the file or tensor in it. */
  readonly member?: string;
  /** Of a column in Arrow: which value's way through the buffers is told. */
  readonly index?: number;
  readonly find?: Wanted;
  /** The byte that the data inspector stands at. */
  readonly at?: bigint;
  /** Along which statistics of each line are told; from the end where it is negative. */
  readonly axis?: number;
  /** Of the values that are printed. */
  readonly numbers: NumberFormat;
  /** As `numpy.isclose` has them. */
  readonly tolerance: { readonly absolute: number; readonly relative: number };
  readonly bins?: number;
  readonly unique: boolean;
  /** The values alone, as text for another program. */
  readonly as?: CopyFormat;
  readonly stats: boolean;
  readonly limit: number;
  readonly output: 'text' | 'json';
}

export const DEFAULT_LIMIT = 256;
const MAX_LIMIT = 1_000_000;
const MOST_DIGITS = 20;

const withValue = [
  'dtype',
  'struct',
  'shape',
  'order',
  'offset',
  'strides',
  'slice',
  'reshape',
  'cast',
  'step',
  'compare',
  'tolerance',
  'histogram',
  'as',
  'export',
  'member',
  'index',
  'at',
  'axis',
  'numbers',
  'digits',
  'find',
  'limit',
  'output',
];

const withoutValue = ['stats', 'unique', 'ignore-case'];

export function parseInspectOptions(args: readonly string[]): InspectOptions {
  const { files, values, flags, given } = splitArguments(args);
  const [file, second] = files;
  if (file === undefined)
    throw new CannotRun("which file? 'strata inspect --help' tells the options");
  if (second !== undefined)
    throw new CannotRun(`one file at a time: '${file}' and '${second}' were given`);
  const read = <T>(name: string, parse: (text: string) => T): T | undefined => {
    const text = values.get(name);
    return text === undefined ? undefined : parse(text);
  };
  if (values.has('dtype') && values.has('struct'))
    throw new CannotRun('--dtype and --struct both say what an element is: give one');
  if (values.has('strides') && !values.has('shape'))
    throw new CannotRun('--strides needs a --shape of as many axes');
  if (values.has('strides') && values.has('order'))
    throw new CannotRun('--strides and --order both say how elements lie: give one');
  return {
    file,
    ...optional('dtype', read('dtype', readDType)),
    ...optional('struct', read('struct', readStruct)),
    ...optional(
      'shape',
      read('shape', (text) => readIntegers('shape', text)),
    ),
    ...optional('order', read('order', readOrder)),
    ...optional(
      'offset',
      read('offset', (text) => readOffset('offset', text)),
    ),
    ...optional(
      'at',
      read('at', (text) => readOffset('at', text)),
    ),
    ...optional('axis', read('axis', readAxis)),
    numbers: {
      format: read('numbers', readNumbers) ?? 'plain',
      digits: read('digits', readDigits) ?? null,
    },
    ...optional(
      'strides',
      read('strides', (text) => readIntegers('strides', text)),
    ),
    steps: given.flatMap(({ name, value }) =>
      name === 'step'
        ? [readAnyStep(value)]
        : name === 'slice' || name === 'reshape' || name === 'cast'
          ? [readStep(name, `--${name}`, value)]
          : [],
    ),
    ...optional('compare', values.get('compare')),
    ...optional('exportTo', read('export', readExport)),
    ...optional('member', values.get('member')),
    ...optional('index', read('index', readIndex)),
    ...optional(
      'find',
      read('find', (text) => readWanted(text, flags.has('ignore-case'))),
    ),
    tolerance: read('tolerance', readTolerance) ?? { absolute: 0, relative: 0 },
    ...optional('bins', read('histogram', readBins)),
    ...optional('as', read('as', readCopyFormat)),
    unique: flags.has('unique'),
    stats: flags.has('stats'),
    limit: read('limit', readLimit) ?? DEFAULT_LIMIT,
    output: read('output', readOutput) ?? 'text',
  };
}

function splitArguments(args: readonly string[]) {
  const files: string[] = [];
  const values = new Map<string, string>();
  const given: { readonly name: string; readonly value: string }[] = [];
  const flags = new Set<string>();
  let onlyFiles = false;
  for (let at = 0; at < args.length; at++) {
    const argument = args[at] ?? '';
    if (onlyFiles || !argument.startsWith('-') || argument === '-') {
      files.push(argument);
      continue;
    }
    if (argument === '--') {
      onlyFiles = true;
      continue;
    }
    const [, name = '', inline] = /^--([a-z-]+)(?:=([^]*))?$/.exec(argument) ?? [];
    if (withoutValue.includes(name) && inline === undefined) {
      flags.add(name);
      continue;
    }
    if (!withValue.includes(name))
      throw new CannotRun(`there is no option '${argument}'; 'strata inspect --help' lists them`);
    const value = inline ?? args[++at];
    if (value === undefined) throw new CannotRun(`--${name} needs a value`);
    values.set(name, value);
    given.push({ name, value });
  }
  return { files, values, flags, given };
}

/** NumPy's text; a format of the buffer protocol, or a struct of C, where it can only be one. */
function readDType(text: string): DType {
  const kind = /^\s*T\{/.test(text) ? 'pep3118' : text.includes(';') ? 'c' : undefined;
  const dtype = kind ? rawType(kind, text) : parseDType(text);
  if (!dtype.ok) throw new CannotRun(`--dtype: ${dtype.error.message}`);
  // A sub-array would be axes of the array: that is what --shape is for.
  if (dtype.value.kind === 'subarray')
    throw new CannotRun('--dtype: a sub-array is no element; give its axes with --shape');
  return dtype.value;
}

function readStruct(format: string): { format: string; layout: StructLayout } {
  const { layout, problems } = parseStructFormat(
    format,
    process.platform === 'win32' ? LLP64 : LP64,
  );
  const [problem] = problems;
  if (!layout)
    throw new CannotRun(
      `--struct '${format}': ${problem?.message ?? ''}, at character ${(problem?.start ?? 0) + 1}`,
    );
  if (!Number.isSafeInteger(layout.size) || dtypeOfStruct(layout).fields.length === 0)
    throw new CannotRun(`--struct '${format}': it has no values to show`);
  return { format, layout };
}

/** `2,3`, `(2, 3)`, `[2, 3]`, or nothing between brackets for an array of no axes. */
function readIntegers(name: string, text: string): readonly bigint[] {
  const bare = text
    .trim()
    .replace(/^[([]([^]*)[)\]]$/, '$1')
    .trim();
  if (bare === '' && text.trim() !== '') return [];
  const items = bare
    .replace(/,$/, '')
    .split(',')
    .map((item) => item.trim());
  if (!items.every((item) => /^-?\d{1,30}$/.test(item)))
    throw new CannotRun(`--${name} takes integers like 2,3; '${text}' is none`);
  return items.map(BigInt);
}

function readOrder(text: string): 'C' | 'F' {
  if (text !== 'C' && text !== 'F') throw new CannotRun(`--order takes C or F, not '${text}'`);
  return text;
}

function readOffset(name: string, text: string): bigint {
  if (!/^(?:\d{1,30}|0x[\da-f]{1,30})$/i.test(text))
    throw new CannotRun(`--${name} takes a byte offset like 128 or 0x80, not '${text}'`);
  return BigInt(text);
}

function readStep(kind: ViewStep['kind'], option: string, text: string): ViewStep {
  const step = parseStep(kind, text);
  if (!step.ok) throw new CannotRun(`${option}: ${step.error.message}`);
  return step.value;
}

/** `transpose 2, 0, 1`, `ravel`, `field price`: a name, and what stands in the panel's box beside it. */
function readAnyStep(text: string): ViewStep {
  const [, name = '', argument = ''] = /^\s*([a-z_]+)\s*[:=]?\s*([^]*)$/.exec(text) ?? [];
  const kind = stepKinds.find((one) => one === name);
  if (!kind) throw new CannotRun(`--step: '${text}' is none; steps are ${stepKinds.join(', ')}`);
  return readStep(kind, `--step ${kind}`, argument);
}

function readTolerance(text: string): { absolute: number; relative: number } {
  const [absolute = NaN, relative = 0, ...more] = text
    .split(',')
    .map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (!(absolute >= 0 && relative >= 0) || more.length > 0)
    throw new CannotRun(
      `--tolerance takes an absolute one, and a relative one, like 1e-8,1e-5; not '${text}'`,
    );
  return { absolute, relative };
}

function readBins(text: string): number {
  const bins = Number(text);
  if (!/^\d{1,4}$/.test(text) || bins < 1 || bins > MOST_BINS)
    throw new CannotRun(`--histogram takes 1 to ${MOST_BINS} bins, not '${text}'`);
  return bins;
}

function readCopyFormat(text: string): CopyFormat {
  const format = COPY_FORMATS.find((known) => known === text);
  if (!format) throw new CannotRun(`--as takes ${COPY_FORMATS.join(', ')}; not '${text}'`);
  return format;
}

function readExport(path: string): { path: string; format: ExportFormat } {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const format = EXPORT_FORMATS.find((known) => known === ending);
  if (!format)
    throw new CannotRun(`--export takes a file that ends in .npy, .csv or .parquet, not '${path}'`);
  return { path, format };
}

function readIndex(text: string): number {
  const index = Number(text);
  if (!/^\d{1,16}$/.test(text) || !Number.isSafeInteger(index))
    throw new CannotRun(`--index takes the place of a value in its column like 3, not '${text}'`);
  return index;
}

function readAxis(text: string): number {
  if (!/^-?\d{1,3}$/.test(text))
    throw new CannotRun(`--axis takes the number of an axis like 0 or -1, not '${text}'`);
  return Number(text);
}

function readNumbers(text: string): NumberFormat['format'] {
  const format = NUMBER_FORMATS.find((known) => known === text);
  if (!format) throw new CannotRun(`--numbers takes ${NUMBER_FORMATS.join(', ')}; not '${text}'`);
  return format;
}

function readDigits(text: string): number {
  if (!/^\d{1,2}$/.test(text) || Number(text) > MOST_DIGITS)
    throw new CannotRun(`--digits takes 0 to ${MOST_DIGITS}, not '${text}'`);
  return Number(text);
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (!/^\d{1,7}$/.test(text) || limit > MAX_LIMIT)
    throw new CannotRun(`--limit takes a number up to ${MAX_LIMIT}, not '${text}'`);
  return limit;
}

function readOutput(text: string): 'text' | 'json' {
  if (text !== 'text' && text !== 'json')
    throw new CannotRun(`--output takes text or json, not '${text}'`);
  return text;
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

/** What `strata inspect` is told, so that it lays a file as a suggestion says. */
export function suggestedOptions(layout: RawLayoutText): string[] {
  const { kind, type, shape, order, offset, strides } = layout;
  const given: [name: string, value: string][] = [
    [kind === 'struct' ? 'struct' : 'dtype', type],
    ['shape', shape],
    ['order', order === 'F' && strides === '' ? 'F' : ''],
    ['offset', /^0*$/.test(offset) ? '' : offset],
    ['strides', strides],
  ];
  return given.flatMap(([name, value]) => (value.trim() === '' ? [] : [`--${name}`, value]));
}
