/** Messages between the table editor's panel and the host. One panel shows one file. */
import type { Arrangement } from './arrangement.ts';
import type { ResultPage } from './engine.ts';
import type { SavedTextFormat } from './resultsView.ts';
import type { Arranged, ColumnProfile, TableFailure, TableProgress, TableState } from './tables.ts';
import type { Call } from './wire.ts';

export interface TableDescription {
  /** Without its folder. */
  readonly fileName: string;
  readonly state: TableState;
}

export interface TableViewRequests {
  /** Opens the file, anew where it was open: as it is now, in its own order. */
  describe: Call<Record<string, never>, TableDescription, TableFailure>;
  /** Rows and columns, half-open; `arrangementId` absent for the file's own order. */
  readRows: Call<
    {
      arrangementId?: number;
      start: number;
      count: number;
      columnStart: number;
      columnEnd: number;
    },
    ResultPage,
    TableFailure
  >;
  arrange: Call<{ arrangement: Arrangement }, Arranged, TableFailure>;
  /** Ends the reading of a file that has to be copied before all of its rows are there. */
  stopReading: Call<Record<string, never>, Record<string, never>>;
  profile: Call<{ arrangement: Arrangement; column: number }, ColumnProfile, TableFailure>;
  /** Asks for a file and writes all rows there, sorted and filtered as they are shown. */
  exportRows: Call<{ arrangement: Arrangement }, Record<string, never>, TableFailure>;
  /** Asks for a file and writes a text there that the panel made of rows. */
  saveText: Call<
    { format: SavedTextFormat; text: string },
    { readonly fileName: string | null },
    TableFailure
  >;
  copyText: Call<{ text: string }, Record<string, never>>;
  /** Puts a text of SQL where the cursor of the SQL editor is, or into a new one. */
  insertSql: Call<{ text: string }, { readonly fileName: string }>;
  /** A new document with a query of this file. */
  startQuery: Call<Record<string, never>, Record<string, never>>;
}

export interface TableViewEvents {
  /** More is known: rows, types. */
  stateChanged: TableState;
  progress: TableProgress;
  /** Ask which row or column to go to. */
  goTo: Record<string, never>;
  /** Open the file as it is now. */
  reload: Record<string, never>;
  /** Written to, replaced or, where it is gone, deleted. */
  fileChanged: { readonly isGone: boolean };
  /** The engine ended, and what was sorted with it; the panel opens the file anew. */
  engineEnded: Record<string, never>;
}

export interface TableViewContract {
  readonly requests: TableViewRequests;
  readonly events: TableViewEvents;
}
