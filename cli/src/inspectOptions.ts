/** The options of `strata inspect`, checked before any file is opened. */
import type { DType } from '#shared/layout/dtype.ts';
import { parseDType } from '#shared/layout/dtypeText.ts';
import type { StructLayout } from '#shared/layout/structFormat.ts';
import { LLP64, LP64, parseStructFormat } from '#shared/layout/structFormat.ts';
import { dtypeOfStruct } from '#shared/layout/structValue.ts';
import type { ViewStep } from '#shared/layout/viewChain.ts';
import { parseStep } from '#shared/layout/viewStepText.ts';
import type { ExportFormat } from '#shared/protocol/bufferExport.ts';
import { EXPORT_FORMATS } from '#shared/protocol/bufferExport.ts';
import { CannotRun } from './command.ts';

export interface InspectOptions {
  readonly file: string;
  readonly dtype?: DType;
  readonly struct?: { readonly format: string; readonly layout: StructLayout };
  readonly shape?: readonly bigint[];
  readonly order?: 'C' | 'F';
  readonly offset?: bigint;
  readonly strides?: readonly bigint[];
  /** `--slice`, `--reshape` and `--cast`, in this order. */
  readonly steps: readonly ViewStep[];
  /** Another file, or the same one, to be compared with. */
  readonly compare?: string;
  /** Where the array, or the view of it, is written to. */
  readonly exportTo?: { readonly path: string; readonly format: ExportFormat };
  /** Of an archive: the name of the file or tensor in it. */
  readonly member?: string;
  /** Of a column in Arrow: which value's way through the buffers is told. */
  readonly index?: number;
  readonly find?: Uint8Array;
  readonly stats: boolean;
  readonly limit: number;
  readonly output: 'text' | 'json';
}

export const DEFAULT_LIMIT = 256;
const MAX_LIMIT = 1_000_000;

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
  'compare',
  'export',
  'member',
  'index',
  'find',
  'limit',
  'output',
];

export function parseInspectOptions(args: readonly string[]): InspectOptions {
  const { files, values, stats } = splitArguments(args);
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
    ...optional('offset', read('offset', readOffset)),
    ...optional(
      'strides',
      read('strides', (text) => readIntegers('strides', text)),
    ),
    steps: (['slice', 'reshape', 'cast'] as const).flatMap(
      (kind) => read(kind, (text) => readStep(kind, text)) ?? [],
    ),
    ...optional('compare', values.get('compare')),
    ...optional('exportTo', read('export', readExport)),
    ...optional('member', values.get('member')),
    ...optional('index', read('index', readIndex)),
    ...optional('find', read('find', readNeedle)),
    stats,
    limit: read('limit', readLimit) ?? DEFAULT_LIMIT,
    output: read('output', readOutput) ?? 'text',
  };
}

function splitArguments(args: readonly string[]) {
  const files: string[] = [];
  const values = new Map<string, string>();
  let stats = false;
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
    if (name === 'stats' && inline === undefined) {
      stats = true;
      continue;
    }
    if (!withValue.includes(name))
      throw new CannotRun(`there is no option '${argument}'; 'strata inspect --help' lists them`);
    const value = inline ?? args[++at];
    if (value === undefined) throw new CannotRun(`--${name} needs a value`);
    values.set(name, value);
  }
  return { files, values, stats };
}

function readDType(text: string): DType {
  const dtype = parseDType(text);
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

function readOffset(text: string): bigint {
  if (!/^(?:\d{1,30}|0x[\da-f]{1,30})$/i.test(text))
    throw new CannotRun(`--offset takes a byte offset like 128 or 0x80, not '${text}'`);
  return BigInt(text);
}

function readStep(kind: 'slice' | 'reshape' | 'cast', text: string): ViewStep {
  const step = parseStep(kind, text);
  if (!step.ok) throw new CannotRun(`--${kind}: ${step.error.message}`);
  return step.value;
}

function readExport(path: string): { path: string; format: ExportFormat } {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const format = EXPORT_FORMATS.find((known) => known === ending);
  if (!format)
    throw new CannotRun(`--export takes a file that ends in .npy, .csv or .parquet, not '${path}'`);
  return { path, format };
}

const MAX_NEEDLE_BYTES = 64 * 1024;

/** Pairs of hex digits are bytes, all else is text in UTF-8; `text:` and `hex:` in front say which. */
function readNeedle(text: string): Uint8Array {
  const [, kind, rest = text] = /^(text|hex):([^]*)$/.exec(text) ?? [];
  const digits = rest.replace(/^0x/i, '').replaceAll(/[\s:_]/g, '');
  const isHex = kind !== 'text' && /^(?:[\da-f]{2})+$/i.test(digits);
  if (kind === 'hex' && !isHex)
    throw new CannotRun(`--find hex: takes pairs of hex digits, not '${rest}'`);
  const needle = isHex ? Buffer.from(digits, 'hex') : Buffer.from(rest, 'utf8');
  if (needle.length === 0) throw new CannotRun('--find needs something to find');
  if (needle.length > MAX_NEEDLE_BYTES)
    throw new CannotRun(`--find takes up to ${MAX_NEEDLE_BYTES} bytes`);
  return needle;
}

function readIndex(text: string): number {
  const index = Number(text);
  if (!/^\d{1,16}$/.test(text) || !Number.isSafeInteger(index))
    throw new CannotRun(`--index takes the place of a value in its column like 3, not '${text}'`);
  return index;
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
