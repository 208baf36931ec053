/** What the buffer inspector's webview may ask, checked field by field. */
import {
  MAX_PAGE_BYTES,
  type BufferViewRequests,
  type ElementWindow,
} from '#shared/protocol/bufferView.ts';
import { isEmptyRecord, isNatural, isRecord, type Checks } from './checkedPort.ts';

/** NumPy allows 64 axes. */
const MAX_AXES = 64;

export const bufferChecks: Checks<BufferViewRequests> = {
  describe: isEmptyRecord,
  readBytes: (params): params is { offset: number; length: number } =>
    isRecord(params) &&
    isNatural(params.offset) &&
    isNatural(params.length) &&
    params.length <= MAX_PAGE_BYTES,
  readElements: (params): params is ElementWindow =>
    isRecord(params) &&
    isNatural(params.array) &&
    Array.isArray(params.index) &&
    params.index.length <= MAX_AXES &&
    params.index.every(isNatural) &&
    isAxis(params.rowAxis) &&
    isAxis(params.columnAxis) &&
    isRange(params.rows) &&
    isRange(params.columns),
};

function isAxis(value: unknown): boolean {
  return value === null || (isNatural(value) && value < MAX_AXES);
}

function isRange(value: unknown): boolean {
  return (
    isRecord(value) && isNatural(value.start) && isNatural(value.end) && value.start <= value.end
  );
}
