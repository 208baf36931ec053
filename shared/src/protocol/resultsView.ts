/** Messages between the results panel and the host. One run is one tab. */
import type { Arrangement } from './arrangement.ts';
import type { EngineFailure, Explanation, Field, QueryProgress, ResultPage } from './engine.ts';
import type { TableProgress } from './tables.ts';
import type { Call } from './wire.ts';

export type RunStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'lost';

/** What is known of a run; rows are pulled by `readRows`. `lost`: the engine process died after it. */
export interface Run {
  readonly runId: number;
  readonly title: string;
  readonly text: string;
  readonly status: RunStatus;
  readonly schema: readonly Field[];
  /** Rows known to exist; the result's length once `complete`. */
  readonly rowCount: number;
  readonly complete: boolean;
  readonly elapsedMs: number;
  /** 0 to 100, or -1 while it can't be told. */
  readonly percent: number;
  /** While it runs, once the engine has told it. */
  readonly progress?: QueryProgress;
  /** Rows that outlive the engine and the window, where there are any. */
  readonly keptRowCount?: number;
  /** How its rows were last sorted and filtered, where they were. */
  readonly arrangement?: Arrangement;
  readonly failure?: EngineFailure;
  /** It was explained and not run. */
  readonly isPlanOnly?: boolean;
  /** Where it runs, for the status line; absent for the bundled engine. */
  readonly engine?: string;
  /** What the document is called that it came from, where it came from one. */
  readonly sourceName?: string;
  /** Where `text` begins in what the places of its plan count from; absent for 0. */
  readonly textStart?: number;
}

/** In an editor that is seen; also by bringing a tab of another column to the front; or by opening it and going there. */
export type SourceReveal = 'visible' | 'tab' | 'focus';

/** `changed`: the text is no longer found as it ran. `gone`: the document is closed for good. */
export type SourcePlace = 'shown' | 'hidden' | 'changed' | 'gone';

/** Formats that are made for reading and pasting, not for bulk. */
export type SavedTextFormat = 'markdown' | 'insert';

export interface ResultsViewRequests {
  /** All runs, the newest last, and the one to show. `window` is what the page saves for the window after this one. */
  listRuns: Call<
    Record<string, never>,
    { runs: readonly Run[]; selected: number | null; window: string }
  >;
  readRows: Call<{ runId: number; start: number; count: number }, ResultPage, EngineFailure>;
  /** Sorts and filters the rows that `readRows` reads, as they are kept; unarranged are those of the run itself. */
  arrangeRun: Call<
    { runId: number; arrangement: Arrangement },
    { rowCount: number; complete: boolean },
    EngineFailure
  >;
  /** `analyze` runs the query once more and measures its steps. */
  explainRun: Call<{ runId: number; analyze?: boolean }, Explanation, EngineFailure>;
  /** Selects a piece of the query in the editor that the run came from; `start` and `end` are a plan node's. */
  showSource: Call<
    { runId: number; start: number; end: number; reveal: SourceReveal },
    { readonly place: SourcePlace }
  >;
  /** Asks for a place and writes the plan there, in the format that its name ends with. */
  exportPlan: Call<{ name: string; content: string | ArrayBuffer }, Record<string, never>>;
  /** Opens a page of docs/ideas. */
  explainIdea: Call<{ idea: string }, Record<string, never>>;
  cancelRun: Call<{ runId: number }, Record<string, never>>;
  repeatRun: Call<{ runId: number }, Record<string, never>>;
  closeRun: Call<{ runId: number }, Record<string, never>>;
  /** Asks for a file and writes all rows there, sorted and filtered as they are shown. */
  exportRun: Call<
    { runId: number; arrangement: Arrangement },
    Record<string, never>,
    EngineFailure
  >;
  /** Asks for a file and writes a text there that the panel made of rows. */
  saveText: Call<
    { format: SavedTextFormat; text: string },
    { readonly fileName: string | null },
    EngineFailure
  >;
  /** The empty state's one action: pick files and write a query. */
  startQuery: Call<Record<string, never>, Record<string, never>>;
  copyText: Call<{ text: string }, Record<string, never>>;
  /** Puts a text of SQL where the cursor of the SQL editor is, or into a new one. */
  insertSql: Call<{ text: string }, { readonly fileName: string }>;
}

export interface ResultsViewEvents {
  /** A run is new, or something of it changed. */
  runChanged: Run;
  /** What `readRows` answers for the first of them, before the run says that it has any. */
  firstRows: { readonly runId: number; readonly page: ResultPage };
  runClosed: { readonly runId: number };
  /** Ask which row or column to go to. */
  goTo: Record<string, never>;
  arrangeProgress: { readonly runId: number; readonly progress: TableProgress };
  /** The cursor stands in the text of a run, `offset` counted as the places of its plan. */
  sourceCursor: { readonly runId: number; readonly offset: number };
  /** `pane`: what to bring into view of it. */
  selectRun: { readonly runId: number; readonly pane?: 'plan' };
}

export interface ResultsViewContract {
  readonly requests: ResultsViewRequests;
  readonly events: ResultsViewEvents;
}
