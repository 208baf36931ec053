import type { Arrangement } from '#shared/protocol/arrangement.ts';
import type { TableState } from '#shared/protocol/tables.ts';
import type { TableViewContract, TableViewRequests } from '#shared/protocol/tableView.ts';
import type { Answers } from '#shared/protocol/wire.ts';
import { fail, ok } from '#shared/result.ts';
import type { FakeHost } from './fakeHost.ts';
import { fakeHost } from './fakeHost.ts';
import type { FakeResult } from './fakeResults.ts';
import { arrowPage } from './fakeResults.ts';

export function stateOf(result: FakeResult, overrides: Partial<TableState> = {}): TableState {
  return {
    schema: result.schema,
    isSampled: false,
    rowCount: result.rowCount,
    complete: true,
    percent: 100,
    byteLength: 48_213_004,
    access: 'rowGroups',
    rowGroupCount: 98,
    ...overrides,
  };
}

export type TableHost = FakeHost<TableViewContract> & {
  /** What the panel last asked the rows to be. */
  arrangement: Arrangement | undefined;
};

/** A table whose sorted rows are its rows from the last to the first, and whose filtered ones every other one. */
export function tableHost(
  result: FakeResult,
  overrides: Partial<Answers<TableViewRequests>> = {},
  state: TableState = stateOf(result),
  saved?: object,
): TableHost {
  let arrangementId = 0;
  const rowsOf = (arrangement: Arrangement): FakeResult => {
    const isFiltered = arrangement.where !== '' || arrangement.search !== '';
    const rowCount = isFiltered ? Math.floor(result.rowCount / 2) : result.rowCount;
    const isDescending = arrangement.orderBy[0]?.descending === true;
    return {
      ...result,
      rowCount,
      row: (index) => {
        const at = isDescending ? rowCount - 1 - index : index;
        return result.row(isFiltered ? at * 2 : at);
      },
    };
  };
  const host: TableHost = Object.assign(
    fakeHost<TableViewContract>(
      {
        describe: () => ok({ fileName: 'transactions.parquet', state }),
        readRows({ arrangementId: id, start, count, columnStart, columnEnd }) {
          if (id !== undefined && id !== arrangementId) return fail({ kind: 'gone' });
          const from = id === undefined || !host.arrangement ? result : rowsOf(host.arrangement);
          const part: FakeResult = {
            ...from,
            schema: from.schema.slice(columnStart, columnEnd),
            row: (index) => from.row(index).slice(columnStart, columnEnd),
          };
          return ok({
            start,
            rowCount: Math.max(0, Math.min(count, from.rowCount - start)),
            arrow: arrowPage(part, start, count),
            knownRowCount: from.rowCount,
            complete: id !== undefined || state.complete,
          });
        },
        arrange({ arrangement }) {
          host.arrangement = arrangement;
          arrangementId++;
          const { rowCount } = rowsOf(arrangement);
          return ok({ arrangementId, rowCount, byteLength: 31_457_280 });
        },
        stopReading: () => ok({}),
        profile: ({ column }) =>
          ok({
            rowCount: result.rowCount,
            nullCount: column === 0 ? 0 : 20_412,
            distinctCount: column === 0 ? result.rowCount : 6,
            isDistinctEstimated: result.rowCount > 1_000_000,
            min: column === 0 ? '1' : 'Ada Lovelace',
            max: column === 0 ? String(result.rowCount) : 'Барбара Лисков',
            ...(column === 0
              ? {
                  mean: '60000.5',
                  histogram: [
                    3, 12, 40, 88, 160, 240, 300, 420, 380, 330, 310, 260, 190, 150, 120, 80, 66,
                    40, 22, 9, 4, 0, 0, 1,
                  ],
                }
              : {
                  frequent: [
                    { text: 'Ada Lovelace', count: 40_000 },
                    { text: '', count: 20_000 },
                    { text: 'Margaret Heafield Hamilton', count: 412 },
                  ],
                }),
          }),
        exportRows: () => ok({}),
        saveText: () => ok({ fileName: 'transactions.md' }),
        copyText: () => ok({}),
        insertSql: () => ok({ fileName: 'query.sparksql' }),
        startQuery: () => ok({}),
        ...overrides,
      },
      saved,
    ),
    { arrangement: undefined as Arrangement | undefined },
  );
  return host;
}
