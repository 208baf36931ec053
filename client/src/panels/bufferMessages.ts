/** What the buffer inspector's webview may ask, checked field by field. */
import type { BufferEdit } from '#shared/edit/bufferEdit.ts';
import { MOST_EDITS_AT_ONCE } from '#shared/edit/bufferEdit.ts';
import type { ExportRequest } from '#shared/protocol/bufferExport.ts';
import { EXPORT_FORMATS } from '#shared/protocol/bufferExport.ts';
import type { CompareRequest } from '#shared/protocol/bufferCompare.ts';
import type {
  FindQuery,
  FindRequest,
  LaidElements,
  ValueTest,
} from '#shared/protocol/bufferScan.ts';
import {
  MAX_PAGE_BYTES,
  type BufferViewRequests,
  type ElementWindow,
  type RawLayoutText,
} from '#shared/protocol/bufferView.ts';
import type { Params } from '#shared/protocol/wire.ts';
import { isEmptyRecord, isNatural, isRecord, type Checks } from './checkedPort.ts';

/** NumPy allows 64 axes. */
const MAX_AXES = 64;
/** A dtype of a hundred fields is some thousand characters long. */
const MAX_TEXT = 64 * 1024;
const MAX_PATTERN = 64 * 1024;
const MOST_BOOKMARKS = 10_000;
const MAX_CODE = 256 * 1024;

export const bufferChecks: Checks<BufferViewRequests> = {
  describe: isEmptyRecord,
  readBytes: (params): params is { offset: number; length: number } =>
    isRecord(params) &&
    isNatural(params.offset) &&
    isNatural(params.length) &&
    params.length <= MAX_PAGE_BYTES,
  readElements: (params): params is ElementWindow =>
    isRecord(params) &&
    isPair(params.shape) &&
    params.shape.every(isNatural) &&
    isPair(params.strides) &&
    params.strides.every(Number.isSafeInteger) &&
    isNatural(params.offset) &&
    isNatural(params.itemsize),
  statistics: (params): params is Params<BufferViewRequests['statistics']> => isScan(params),
  unique: (params): params is Params<BufferViewRequests['unique']> =>
    isScan(params) && isNatural(params.limit),
  histogram: (params): params is Params<BufferViewRequests['histogram']> =>
    isScan(params) && isNatural(params.bins) && isShortText(params.part),
  series: (params): params is Params<BufferViewRequests['series']> =>
    isScan(params) && isNatural(params.runs) && isShortText(params.part),
  find: (params): params is FindRequest =>
    isRecord(params) &&
    isNatural(params.job) &&
    isQuery(params.query) &&
    isNatural(params.start) &&
    isNatural(params.end) &&
    isNatural(params.limit) &&
    typeof params.backward === 'boolean',
  readValue: (params): params is { array: number; element: number } =>
    isRecord(params) && isNatural(params.array) && isNatural(params.element),
  layRaw: (params): params is Params<BufferViewRequests['layRaw']> =>
    isRecord(params) && (params.layout === null || isRawLayout(params.layout)),
  suggestLayouts: isEmptyRecord,
  openPart: (params): params is { name: string } =>
    isRecord(params) && typeof params.name === 'string' && params.name.length <= MAX_TEXT,
  edit: (params): params is Params<BufferViewRequests['edit']> =>
    isRecord(params) &&
    isShortText(params.label) &&
    Array.isArray(params.edits) &&
    params.edits.length <= MOST_EDITS_AT_ONCE &&
    params.edits.every(isEdit),
  keepLayout: (params): params is Params<BufferViewRequests['keepLayout']> =>
    isRecord(params) && isShortText(params.pattern) && isRawLayout(params.layout),
  keepBookmarks: (params): params is Params<BufferViewRequests['keepBookmarks']> =>
    isRecord(params) &&
    Array.isArray(params.bookmarks) &&
    params.bookmarks.length <= MOST_BOOKMARKS &&
    params.bookmarks.every(isNatural),
  compare: (params): params is CompareRequest =>
    isRecord(params) &&
    isNatural(params.job) &&
    isRecord(params.with) &&
    isShortText(params.with.kind) &&
    (params.mode === 'bytes' || params.mode === 'values') &&
    isNatural(params.array) &&
    isTolerance(params.absolute) &&
    isTolerance(params.relative) &&
    isNatural(params.limit),
  exportArray: (params): params is ExportRequest =>
    isScan(params) &&
    isShortText(params.name) &&
    (EXPORT_FORMATS as readonly unknown[]).includes(params.format),
  timeCopy: (params): params is Params<BufferViewRequests['timeCopy']> =>
    isRecord(params) &&
    typeof params.code === 'string' &&
    params.code.length <= MAX_CODE &&
    isShortText(params.label),
};

export function isRawLayout(value: unknown): value is RawLayoutText {
  if (!isRecord(value)) return false;
  const { kind, type, shape, order, offset, strides } = value;
  return (
    (kind === 'dtype' || kind === 'struct' || kind === 'pep3118' || kind === 'c') &&
    (order === 'C' || order === 'F') &&
    typeof type === 'string' &&
    type.length <= MAX_TEXT &&
    [shape, offset, strides].every(isShortText)
  );
}

function isEdit(value: unknown): value is BufferEdit {
  return (
    isRecord(value) &&
    isNatural(value.start) &&
    isNatural(value.end) &&
    isNatural(value.length) &&
    value.bytes instanceof ArrayBuffer
  );
}

function isScan(params: unknown): params is Readonly<Record<string, unknown>> & {
  readonly job: number;
  readonly elements: LaidElements;
} {
  return isRecord(params) && isNatural(params.job) && isElements(params.elements);
}

function isElements(value: unknown): value is LaidElements {
  if (!isRecord(value)) return false;
  const { dtype, shape, strides, offset } = value;
  return (
    typeof dtype === 'string' &&
    dtype.length <= MAX_TEXT &&
    Array.isArray(shape) &&
    shape.length <= MAX_AXES &&
    shape.every(isNatural) &&
    Array.isArray(strides) &&
    strides.length === shape.length &&
    strides.every(Number.isSafeInteger) &&
    isNatural(offset)
  );
}

function isQuery(value: unknown): value is FindQuery {
  if (!isRecord(value)) return false;
  switch (value.kind) {
    case 'bytes':
      return isPattern(value.pattern);
    case 'text':
      return (
        isPattern(value.text) &&
        typeof value.ignoreCase === 'boolean' &&
        ['utf-8', 'latin-1', 'utf-16le', 'utf-16be'].includes(value.encoding as string)
      );
    case 'regex':
      return isPattern(value.source) && typeof value.ignoreCase === 'boolean';
    case 'value':
      return isElements(value.elements) && isValueTest(value.test);
    default:
      return false;
  }
}

function isValueTest(value: unknown): value is ValueTest {
  if (!isRecord(value)) return false;
  if (value.kind === 'equals') return isShortText(value.value);
  if (value.kind === 'range') return isShortText(value.low) && isShortText(value.high);
  return value.kind === 'nan' || value.kind === 'infinite';
}

function isPattern(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_PATTERN;
}

function isShortText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 1024;
}

function isTolerance(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isPair(value: unknown): value is readonly [unknown, unknown] {
  return Array.isArray(value) && value.length === 2;
}
