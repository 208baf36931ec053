/** Messages between the engine process and whoever runs queries: the extension host and the CLI. */
import type { Arrangement } from './arrangement.ts';
import type { TableEvents, TableProgress, TableRequests } from './tables.ts';
import type { Call } from './wire.ts';

/** One column of a relation; `type` is Spark's simple string (`decimal(18,2)`, `array<int>`). */
export interface Field {
  readonly name: string;
  readonly type: string;
  /** The type with `!` behind what can't be null inside of it, where there is such: `array<string!>`. */
  readonly strictType?: string;
  readonly nullable: boolean;
}

/**
 * A condition in Spark's terms. `class` and `sqlState` are Spark's where Spark has the condition;
 * what this engine can't do yet has a class that begins with `UNSUPPORTED_`.
 */
export interface SparkError {
  readonly kind: 'spark';
  readonly class: string;
  readonly sqlState: string;
  readonly message: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The half-open UTF-16 range of the statement's text that the error is about, where it is known. */
  readonly start?: number;
  readonly end?: number;
  /** What may be meant, in words of ours; `message` is Spark's. */
  readonly hint?: string;
}

export type EngineFailure =
  | SparkError
  /** The engine itself could not do it: the native library does not load, the disk is full, … */
  | {
      readonly kind: 'unavailable';
      readonly message: string;
      /** Only this query could not go on: the next one may. */
      readonly scope?: 'query';
    }
  /** The session or result was closed, evicted or lost with its process. */
  | { readonly kind: 'gone' };

export type FileFormat = 'csv' | 'json' | 'parquet' | 'arrow';

/** A file under a name. `options` are Spark's reader options; absent ones take the defaults of the UI. */
export interface ViewDefinition {
  readonly name: string;
  readonly path: string;
  readonly format?: FileFormat;
  readonly options?: Readonly<Record<string, string>>;
  /** The columns that the file is said to have; without them it says itself. */
  readonly schema?: readonly Field[];
}

/** A node of any of the four plans, ready to show: Spark's operator name and one line of its essence. */
export interface PlanNode {
  readonly id: number;
  readonly name: string;
  readonly detail: string;
  readonly children: readonly PlanNode[];
  /** Facts as label and value, in the order to show them. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** The half-open range of the statement's text that the node came from. */
  readonly start?: number;
  readonly end?: number;
  /** What it did, in a physical plan explained with `analyze`; absent where the engine did not run it as a step. */
  readonly measured?: MeasuredNode;
}

export interface MeasuredNode {
  /** Rows that left it. */
  readonly rows: number;
  /** Milliseconds of all threads in it, without its sources; absent where it took none of its own. */
  readonly ownMs?: number;
  /** Rows that the engine expected to leave it. */
  readonly estimatedRows?: number;
}

export type PlanStage = 'parsed' | 'analyzed' | 'optimized' | 'physical';

/** One rule that changed the plan; `before` and `after` are whole trees as text, as Spark prints them. */
export interface TraceStep {
  readonly rule: string;
  readonly before: string;
  readonly after: string;
  /** Why that helps, in a sentence. */
  readonly why?: string;
}

/** An operator of DuckDB's plan, measured. */
export interface NodeMetrics {
  readonly operator: string;
  readonly rows: number;
  readonly elapsedMs: number;
  readonly estimatedRows?: number;
  /** Of a scan: the files, as DuckDB names them. */
  readonly files?: string;
  /** Of a scan that let out less than it read: by conditions of the query, or by what the other side of a join has. */
  readonly isFiltered?: true;
  readonly isNarrowed?: true;
  /** Of the whole statement, at its first operator. */
  readonly whole?: {
    readonly peakMemoryByteLength: number;
    readonly spilledByteLength: number;
  };
  readonly children: readonly NodeMetrics[];
}

export type AdviceRule =
  | 'pruneColumns'
  | 'filterNotPushed'
  | 'broadcastJoin'
  | 'explodingJoin'
  | 'crossJoin'
  | 'skew'
  | 'skewWindow'
  | 'spill'
  | 'smallFiles'
  | 'columnarFormat'
  | 'cacheUnused'
  | 'starUnderAggregate';

/** What would make a query cheaper, about one node of the physical plan. */
export interface Advice {
  readonly rule: AdviceRule;
  readonly nodeId: number;
  readonly title: string;
  /** What is so in this plan, with its numbers, and why that costs. */
  readonly finding: string;
  /** What to write instead. */
  readonly remedy: string;
  /** The page of docs/ideas that explains it. */
  readonly idea: string;
}

export interface Explanation {
  /** The four plans as text, as Spark prints its trees. */
  readonly text: Readonly<Record<PlanStage, string>>;
  readonly trees: Readonly<Record<PlanStage, PlanNode>>;
  readonly trace: readonly TraceStep[];
  /** What Spark's EXPLAIN prints in the mode that was asked for. */
  readonly printed?: string;
  /** What DuckDB runs. */
  readonly sql: string;
  /** More of it with mode `analyze`, which knows rows and keys. */
  readonly advice: readonly Advice[];
  /** Measured, with mode `analyze`. */
  readonly metrics?: NodeMetrics;
}

export type ExplainMode = 'simple' | 'extended' | 'codegen' | 'cost' | 'formatted' | 'analyze';

/**
 * How the spark-sql shell prints the rows of some commands: in columns of twenty characters, or only the
 * second cell of each.
 */
export type ShellForm = 'padded' | 'secondColumn';

export interface QueryStarted {
  readonly resultId: number;
  /** Under which a later process finds what was kept of it; absent where nothing outlives the process. */
  readonly keptId?: string;
  readonly schema: readonly Field[];
  /** Absent where a row's cells are printed with tabs between them. */
  readonly shellForm?: ShellForm;
  /**
   * The types of a file were read from its first rows, as was asked for with `sample`. A later row that
   * does not fit ends the result with the class `SAMPLE_SCHEMA_DISAGREES`; run it again without `sample`.
   */
  readonly isSampled?: boolean;
  /**
   * It changed its session (a view, a table in memory, a setting, …), and this statement does so again in a new
   * one: what the owner replays after a restart. It writes no files.
   */
  readonly restoredBy?: string;
}

/** Rows `[start, start + rowCount)` as one Arrow IPC stream; fewer than asked only at the result's end. */
export interface ResultPage {
  readonly start: number;
  readonly rowCount: number;
  readonly arrow: ArrayBuffer;
  /** Rows known to exist so far; the result's length once `complete`. */
  readonly knownRowCount: number;
  readonly complete: boolean;
}

export interface EngineRequests extends TableRequests {
  /** Loads the native library and tells the versions; `unavailable` says why it does not load. */
  hello: Call<
    Record<string, never>,
    { readonly engine: string; readonly platform: string; readonly pid: number },
    EngineFailure
  >;
  /**
   * Makes the session if it is not there. Sessions live until closed or until the process ends;
   * the owner replays `openSession` and `defineView` after a restart.
   */
  openSession: Call<
    { sessionId: string; settings: Readonly<Record<string, string>> },
    Record<string, never>,
    EngineFailure
  >;
  closeSession: Call<{ sessionId: string }, Record<string, never>, EngineFailure>;
  /** Puts a temporary view over a file into the session, replacing one of the same name. */
  defineView: Call<
    /** `sample`: types from the file's first rows, for a preview; queries still read the whole file's. */
    { sessionId: string; view: ViewDefinition; sample?: boolean },
    { schema: readonly Field[]; isSampled?: boolean },
    EngineFailure
  >;
  /** The plan of one statement; `analyze` runs it. */
  explain: Call<
    { sessionId: string; text: string; statement?: string; mode: ExplainMode },
    Explanation,
    EngineFailure
  >;
  /**
   * Starts one statement. Rows are computed as they are asked for. Cancelling the call interrupts it;
   * after the reply, cancelling a `readRows` interrupts only that read and `closeResult` ends the query.
   */
  runQuery: Call<
    {
      sessionId: string;
      text: string;
      /**
       * In place of an empty text: a statement that a script gave, as `sql/src/plan/planJson.ts` writes it. Any other
       * text is a query over its rows, by the name `strata_result`.
       */
      statement?: string;
      /** A preview: types from the first rows of each file. */
      sample?: boolean;
      /** Rows are read once and in order; nothing is kept, and a read of earlier rows is `gone`. */
      readOnce?: boolean;
      /** Comes back with the progress of this statement, where several run. */
      tag?: string;
    },
    QueryStarted,
    EngineFailure
  >;
  /** A page of a result in any order; pages that were read once are kept on disk. */
  readRows: Call<{ resultId: number; start: number; count: number }, ResultPage, EngineFailure>;
  /** Writes the result of a statement with the engine's own writer. */
  exportQuery: Call<
    {
      sessionId: string;
      text: string;
      statement?: string;
      path: string;
      format: 'csv' | 'json' | 'parquet';
      /** The first rows alone. */
      mostRows?: number;
    },
    { rowCount: number },
    EngineFailure
  >;
  /** Writes a query to a folder as Spark lays it out, with the options of its writer. */
  writeFiles: Call<
    {
      sessionId: string;
      statement: string;
      /** Absolute. */
      path: string;
      format: string;
      mode: 'append' | 'overwrite' | 'error' | 'ignore';
      options: Readonly<Record<string, string>>;
      partitionBy: readonly string[];
    },
    Record<string, never>,
    EngineFailure
  >;
  /** What CACHE TABLE holds; without counts where it is computed when it is next read. */
  listCached: Call<
    { sessionId: string },
    {
      readonly caches: readonly {
        readonly name: string;
        readonly storageLevel: string;
        readonly rowCount?: number;
        readonly byteLength?: number;
      }[];
    },
    EngineFailure
  >;
  closeResult: Call<{ resultId: number }, Record<string, never>, EngineFailure>;
  /**
   * Computes the rest of a result and writes it where a later process finds it, as long as that leaves room for
   * others. Cancelling ends only that.
   */
  keepResult: Call<{ resultId: number }, ResultState, EngineFailure>;
  /** Opens what an earlier process kept. It can be read and arranged as any other. */
  openResult: Call<
    { sessionId: string; keptId: string },
    QueryStarted & { readonly state: ResultState },
    EngineFailure
  >;
  /**
   * Sorts and filters the rows of a result, as they are, into a result of its own; the query does not run again.
   * `mostRows`: of the first ones alone. Places in an error are places in the condition.
   */
  arrangeResult: Call<
    { resultId: number; arrangement: Arrangement; mostRows?: number },
    { readonly resultId: number; readonly state: ResultState },
    EngineFailure
  >;
  /** Writes the rows of a result, as they are, with the engine's own writer. */
  exportResult: Call<
    { resultId: number; path: string; format: 'csv' | 'json' | 'parquet'; mostRows?: number },
    { rowCount: number },
    EngineFailure
  >;
}

/** What there is of a result. */
export interface ResultState {
  readonly rowCount: number;
  /** Those are all. */
  readonly complete: boolean;
  /** What it takes on disk. */
  readonly byteLength: number;
}

/** How far a statement has come. */
export interface QueryProgress {
  /** 0 to 100, or -1 while it can't be told. */
  readonly percent: number;
  /** Rows that were read so far, of files and in between, and the estimate of all of them; 0 where unknown. */
  readonly rowCount: number;
  readonly totalRowCount: number;
  /** Of the files that the statement reads: their share that was read, and all of their bytes. */
  readonly byteLength: number;
  readonly totalByteLength: number;
}

export interface EngineEvents extends TableEvents {
  /** At most ten a second for a running statement. */
  progress: QueryProgress & { readonly sessionId: string; readonly tag?: string };
  /** More of a result is here, while it is kept. */
  resultState: ResultState & { readonly resultId: number };
  /** Of a result that is sorted, filtered or written. */
  resultProgress: TableProgress & { readonly resultId: number };
}

export interface EngineContract {
  readonly requests: EngineRequests;
  readonly events: EngineEvents;
}
