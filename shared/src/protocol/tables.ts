/** Messages about tables: files that are looked at as they are, and that the engine sorts, filters and profiles. */
import type { Arrangement } from './arrangement.ts';
import type { EngineFailure, Field, ResultPage, ViewDefinition } from './engine.ts';
import type { Call } from './wire.ts';

/** How rows are found in the file: `records` by an index of byte offsets, `copy` in a copy of the engine's own. */
export type RowAccess = 'rowGroups' | 'records' | 'copy';

export interface TableState {
  readonly schema: readonly Field[];
  /** The types are those of the first rows; those of all rows are on their way. */
  readonly isSampled: boolean;
  /** Rows known to be there: all of them once `complete`. */
  readonly rowCount: number;
  readonly complete: boolean;
  /** How much of the file was looked through for its rows, 0 to 100. */
  readonly percent: number;
  readonly byteLength: number;
  readonly access: RowAccess;
  readonly rowGroupCount?: number;
  /** Why there are no more rows than the first ones. */
  readonly failure?: EngineFailure;
}

/** The file is no longer what was opened; nothing more is read of it. */
export interface ChangedFailure {
  readonly kind: 'changed';
}

export type TableFailure = EngineFailure | ChangedFailure;

export interface Arranged {
  readonly arrangementId: number;
  readonly rowCount: number;
  /** Of the sorted or filtered copy on disk. */
  readonly byteLength: number;
}

/** Texts are as Spark casts values to strings. */
export interface ColumnProfile {
  readonly rowCount: number;
  readonly nullCount: number;
  readonly distinctCount: number;
  /** The count and the quartiles are estimates, as they are for many rows. */
  readonly isDistinctEstimated: boolean;
  /** Absent for types that have no order. */
  readonly min?: string | null;
  readonly max?: string | null;
  /** Of numbers. */
  readonly mean?: string | null;
  /** Of numbers, without NaN: what a quarter, half and three quarters of them are at most. */
  readonly quartiles?: readonly string[];
  /** Of numbers, dates and times: counts of intervals of one width from `min` to `max`. */
  readonly histogram?: readonly number[];
  /** Rows that are NaN or infinite, which no interval holds. */
  readonly outsideCount?: number;
  /** Of other types, the most frequent values. */
  readonly frequent?: readonly { readonly text: string; readonly count: number }[];
}

export interface TableRequests {
  /** Opens a file under an id that the caller chose; a table of that id is closed first. */
  openTable: Call<
    { tableId: string; settings: Readonly<Record<string, string>>; view: ViewDefinition },
    TableState,
    TableFailure
  >;
  /** Rows and columns, half-open; `arrangementId` absent for the file's own order. */
  readTable: Call<
    {
      tableId: string;
      arrangementId?: number;
      start: number;
      count: number;
      columnStart: number;
      columnEnd: number;
    },
    ResultPage,
    TableFailure
  >;
  /** Sorts and filters into a copy on disk; the arrangement before it ends once this one is there. */
  arrangeTable: Call<{ tableId: string; arrangement: Arrangement }, Arranged, TableFailure>;
  profileColumn: Call<
    { tableId: string; arrangement: Arrangement; column: number },
    ColumnProfile,
    TableFailure
  >;
  /** Of one column of a view that no table is open for, be it a file or a folder; `gone` where it has no such column. */
  profileView: Call<
    { settings: Readonly<Record<string, string>>; view: ViewDefinition; column: string },
    ColumnProfile,
    EngineFailure
  >;
  exportTable: Call<
    { tableId: string; arrangement: Arrangement; path: string; format: 'csv' | 'json' | 'parquet' },
    { rowCount: number },
    TableFailure
  >;
  closeTable: Call<{ tableId: string }, Record<string, never>, TableFailure>;
}

/** Of what is sorted, filtered or copied. */
export interface TableProgress {
  /** 0 to 100, or -1 while it can't be told. */
  readonly percent: number;
  readonly rowCount: number;
  readonly totalRowCount: number;
  /** What it takes on disk so far: what is written and what does not fit into memory. */
  readonly diskByteLength: number;
  /** The file is being written anew for the engine to read, before what was asked for begins. */
  readonly isReading?: boolean;
}

export interface TableEvents {
  /** More is known of a table than was: rows, types. */
  tableState: { readonly tableId: string; readonly state: TableState };
  tableProgress: TableProgress & { readonly tableId: string };
}
