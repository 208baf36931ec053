/** What the results panel's webview may ask, checked field by field. */
import type {
  ResultsViewRequests,
  SavedTextFormat,
  SourceReveal,
} from '#shared/protocol/resultsView.ts';
import type { Arrangement } from '#shared/protocol/arrangement.ts';
import { isEmptyRecord, isNatural, isRecord, type Checks } from './checkedPort.ts';

/** The most rows of one page: far above what a window shows, far below what would choke it. */
const MAX_PAGE_ROWS = 10_000;
const MAX_COPIED_CHARACTERS = 64 * 1024 * 1024;
const MAX_CONDITION_CHARACTERS = 1024 * 1024;
const MAX_SORT_KEYS = 1000;

const isRunId = (params: unknown): params is { runId: number } =>
  isRecord(params) && isNatural(params.runId);

export function isArrangement(value: unknown): value is Arrangement {
  if (!isRecord(value)) return false;
  const { orderBy, where, search } = value;
  const isKey = (key: unknown) =>
    isRecord(key) && isNatural(key.column) && typeof key.descending === 'boolean';
  return (
    Array.isArray(orderBy) &&
    orderBy.length <= MAX_SORT_KEYS &&
    orderBy.every(isKey) &&
    typeof where === 'string' &&
    typeof search === 'string' &&
    where.length + search.length <= MAX_CONDITION_CHARACTERS
  );
}

const isArrangedRun = (params: unknown): params is { runId: number; arrangement: Arrangement } =>
  isRunId(params) && 'arrangement' in params && isArrangement(params.arrangement);

function isSourcePiece(
  params: unknown,
): params is { runId: number; start: number; end: number; reveal: SourceReveal } {
  return (
    isRunId(params) &&
    'start' in params &&
    'end' in params &&
    'reveal' in params &&
    isNatural(params.start) &&
    isNatural(params.end) &&
    params.start <= params.end &&
    (params.reveal === 'visible' || params.reveal === 'tab' || params.reveal === 'focus')
  );
}

export function isSavedText(params: unknown): params is { format: SavedTextFormat; text: string } {
  return (
    isRecord(params) &&
    (params.format === 'markdown' || params.format === 'insert') &&
    typeof params.text === 'string' &&
    params.text.length <= MAX_COPIED_CHARACTERS
  );
}

export function isCopiedText(params: unknown): params is { text: string } {
  return (
    isRecord(params) &&
    typeof params.text === 'string' &&
    params.text.length <= MAX_COPIED_CHARACTERS
  );
}

export const resultsChecks: Checks<ResultsViewRequests> = {
  listRuns: isEmptyRecord,
  readRows: (params): params is { runId: number; start: number; count: number } =>
    isRunId(params) &&
    'start' in params &&
    'count' in params &&
    isNatural(params.start) &&
    isNatural(params.count) &&
    params.count <= MAX_PAGE_ROWS,
  arrangeRun: isArrangedRun,
  explainRun: (params): params is { runId: number; analyze?: boolean } =>
    isRunId(params) && (!('analyze' in params) || typeof params.analyze === 'boolean'),
  showSource: isSourcePiece,
  exportPlan: (params): params is { name: string; content: string | ArrayBuffer } =>
    isRecord(params) &&
    typeof params.name === 'string' &&
    /^[\w -]{1,80}\.(svg|png|json|txt)$/.test(params.name) &&
    (typeof params.content === 'string' || params.content instanceof ArrayBuffer),
  explainIdea: (params): params is { idea: string } =>
    isRecord(params) && typeof params.idea === 'string' && /^[a-z-]{1,40}$/.test(params.idea),
  cancelRun: isRunId,
  repeatRun: isRunId,
  closeRun: isRunId,
  exportRun: isArrangedRun,
  saveText: isSavedText,
  startQuery: isEmptyRecord,
  copyText: isCopiedText,
  insertSql: isCopiedText,
};
