/** What the table editor's webview may ask, checked field by field. */
import type { Arrangement } from '#shared/protocol/arrangement.ts';
import type { Params } from '#shared/protocol/wire.ts';
import type { TableViewRequests } from '#shared/protocol/tableView.ts';
import { isEmptyRecord, isNatural, isRecord, type Checks } from './checkedPort.ts';
import { isArrangement, isCopiedText, isSavedText } from './resultsMessages.ts';

/** Far above what a window shows, far below what would choke it. */
const MAX_PAGE_ROWS = 10_000;
const MAX_PAGE_COLUMNS = 1000;

const isArranged = (params: unknown): params is { arrangement: Arrangement } =>
  isRecord(params) && isArrangement(params.arrangement);

export const tableChecks: Checks<TableViewRequests> = {
  describe: isEmptyRecord,
  readRows: (params): params is Params<TableViewRequests['readRows']> => {
    if (!isRecord(params)) return false;
    const { arrangementId, start, count, columnStart, columnEnd } = params;
    return (
      (arrangementId === undefined || isNatural(arrangementId)) &&
      isNatural(start) &&
      isNatural(count) &&
      count <= MAX_PAGE_ROWS &&
      isNatural(columnStart) &&
      isNatural(columnEnd) &&
      columnStart <= columnEnd &&
      columnEnd - columnStart <= MAX_PAGE_COLUMNS
    );
  },
  arrange: isArranged,
  stopReading: isEmptyRecord,
  profile: (params): params is { arrangement: Arrangement; column: number } =>
    isArranged(params) && 'column' in params && isNatural(params.column),
  exportRows: isArranged,
  saveText: isSavedText,
  copyText: isCopiedText,
  insertSql: isCopiedText,
  startQuery: isEmptyRecord,
};
