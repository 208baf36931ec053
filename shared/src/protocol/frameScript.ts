/**
 * A PySpark script as it was read: what it does, in order. The plans in it are opaque here; `sql/src/plan/planJson.ts`
 * writes and reads them.
 */

/** Client to server: reads the script, open or on disk. */
export const READ_SCRIPT = 'strata/readScript';
export interface ReadScriptParams {
  readonly uri: string;
}

export interface FrameScript {
  readonly steps: readonly ScriptStep[];
  readonly problems: readonly ScriptProblem[];
}

/** Something that the text alone does not tell; what depends on it is left out and named. */
export interface ScriptProblem {
  readonly message: string;
  /** Half-open UTF-16 offsets in the script; lines count from zero. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** A `Statement` as JSON. */
export type EncodedStatement = string;

export type ScriptStep = {
  /** Of the Python statement that does it. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
} & ScriptAction;

export type ScriptAction =
  | { readonly action: 'configure'; readonly key: string; readonly value: string }
  /** Puts a file under a name that only the script's plans know. */
  | {
      readonly action: 'defineFile';
      readonly name: string;
      readonly path: string;
      readonly format: string;
      readonly options: Readonly<Record<string, string>>;
    }
  /** Changes the session: a view, a command of `spark.sql`. */
  | { readonly action: 'run'; readonly statement: EncodedStatement }
  /** `truncate` is the longest text of a cell; 0 for all of it. */
  | {
      readonly action: 'show';
      readonly statement: EncodedStatement;
      readonly rowCount: number;
      readonly truncate: number;
      readonly vertical: boolean;
    }
  | { readonly action: 'printSchema'; readonly statement: EncodedStatement }
  | { readonly action: 'explain'; readonly statement: EncodedStatement; readonly mode: string }
  /** A value that later steps may print. */
  | { readonly action: 'evaluate'; readonly statement: EncodedStatement; readonly form: ResultForm }
  | { readonly action: 'print'; readonly parts: readonly PrintPart[] }
  | {
      readonly action: 'write';
      readonly statement: EncodedStatement;
      readonly path: string;
      readonly format: string;
      readonly mode: string;
      readonly options: Readonly<Record<string, string>>;
      readonly partitionBy: readonly string[];
    };

/**
 * How Python sees the rows: a list of rows, the first or none, a number, whether there are none, the schema's names,
 * or pairs of names and types.
 */
export type ResultForm = 'rows' | 'first' | 'count' | 'isEmpty' | 'columns' | 'dtypes' | 'schema';

/** A text, or the result of the `evaluate` step at that position, as `str` or as `repr` has it. */
export type PrintPart = string | { readonly step: number; readonly as: 'str' | 'repr' };
