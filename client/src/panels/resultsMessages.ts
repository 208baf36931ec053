/** What the results panel's webview may ask, checked field by field. */
import type { ResultsViewRequests } from '#shared/protocol/resultsView.ts';
import { isEmptyRecord, isNatural, isRecord, type Checks } from './checkedPort.ts';

/** The most rows of one page: far above what a window shows, far below what would choke it. */
const MAX_PAGE_ROWS = 10_000;
const MAX_COPIED_CHARACTERS = 64 * 1024 * 1024;

const isRunId = (params: unknown): params is { runId: number } =>
  isRecord(params) && isNatural(params.runId);

export const resultsChecks: Checks<ResultsViewRequests> = {
  listRuns: isEmptyRecord,
  readRows: (params): params is { runId: number; start: number; count: number } =>
    isRunId(params) &&
    'start' in params &&
    'count' in params &&
    isNatural(params.start) &&
    isNatural(params.count) &&
    params.count <= MAX_PAGE_ROWS,
  explainRun: (params): params is { runId: number; analyze?: boolean } =>
    isRunId(params) && (!('analyze' in params) || typeof params.analyze === 'boolean'),
  exportPlan: (params): params is { name: string; content: string | ArrayBuffer } =>
    isRecord(params) &&
    typeof params.name === 'string' &&
    /^[\w -]{1,80}\.(svg|png|json|txt)$/.test(params.name) &&
    (typeof params.content === 'string' || params.content instanceof ArrayBuffer),
  cancelRun: isRunId,
  repeatRun: isRunId,
  closeRun: isRunId,
  exportRun: isRunId,
  startQuery: isEmptyRecord,
  copyText: (params): params is { text: string } =>
    isRecord(params) &&
    typeof params.text === 'string' &&
    params.text.length <= MAX_COPIED_CHARACTERS,
};
