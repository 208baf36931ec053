/**
 * A PySpark script as it was read: what it does, in order. The plans in it are opaque here; `sql/src/plan/planJson.ts`
 * writes and reads them.
 *
 * A plan may hold what only an earlier step gives: a literal with a `late` {@link ResultPart} takes its value from it,
 * a pivot with `lateValues` its values from the first column of those rows.
 */
import type { Field } from './engine.ts';

/** Client to server: reads the script, open or on disk. */
export const READ_SCRIPT = 'strata/readScript';
export interface ReadScriptParams {
  readonly uri: string;
  /** What is run; without it the text of the open document, or of the file. */
  readonly text?: string;
  /** What is known of files that the script reads, from an earlier reading's `missingSchemas`. */
  readonly schemas?: readonly FileSchema[];
  /** Only what leads to the DataFrame of the statement in that line, and then one look at it. */
  readonly at?: { readonly line: number; readonly action: FrameAction };
}

/** Client to server: the DataFrame of a line, or a text of SQL, in the other language. */
export const TRANSLATE = 'strata/translate';
export type TranslateParams =
  | { readonly to: 'sql' | 'pyspark'; readonly uri: string; readonly line: number }
  | { readonly to: 'pyspark'; readonly text: string };
export type Translation = { readonly text: string } | { readonly problem: string };

export type FrameAction = 'show' | 'schema' | 'explain';

export interface FrameScript {
  readonly steps: readonly ScriptStep[];
  readonly problems: readonly ScriptProblem[];
  /** What runs otherwise than with Spark, and how. */
  readonly notes: readonly ScriptProblem[];
  /** Files whose columns decide what the script does; it tells more when it is read again with them. */
  readonly missingSchemas: readonly ScriptFile[];
}

/** A file as a script reads it. */
export interface ScriptFile {
  readonly path: string;
  readonly format: string;
  readonly options: Readonly<Record<string, string>>;
  /** The columns that the script says the file has. */
  readonly schema?: readonly Field[];
}

/** Server to client: the columns of data files; null for one that can't be read. */
export const FILE_SCHEMAS = 'strata/fileSchemas';
export interface FileSchemasParams {
  /** With absolute paths. */
  readonly files: readonly ScriptFile[];
  /** Of each file its rows too, which the engine may have to read it all for. */
  readonly countRows?: boolean;
}
export interface FileSchemasReply {
  /** In the order asked. */
  readonly schemas: readonly (readonly Field[] | null)[];
  readonly rowCounts?: readonly (number | null)[];
}

export interface FileSchema extends ScriptFile {
  readonly fields: readonly Field[];
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
  | ({ readonly action: 'defineFile'; readonly name: string } & ScriptFile)
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
  /** `level` is how deep the tree goes. */
  | {
      readonly action: 'printSchema';
      readonly statement: EncodedStatement;
      readonly level?: number;
    }
  | { readonly action: 'explain'; readonly statement: EncodedStatement; readonly mode: string }
  /** The next `length` steps, once for each item of a result; the step's own result is the item. */
  | { readonly action: 'repeat'; readonly over: ResultPart; readonly length: number }
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
 * pairs of names and types, or the numbers of an RDD's `stats()`. Of an RDD the one column has the elements: a list of
 * them, the only one, or a dictionary of pairs, `isCount` where it has a zero for every other key.
 */
export type ResultForm =
  | 'rows'
  | 'first'
  | 'count'
  | 'isEmpty'
  | 'columns'
  | 'dtypes'
  | 'schema'
  | 'frame'
  | 'pandas'
  | 'stats'
  | { readonly list: ElementShape }
  | { readonly one: ElementShape }
  | { readonly dict: readonly [ElementShape, ElementShape]; readonly isCount?: boolean };

/** What prints otherwise than its column: a struct that is a tuple, a list of such. */
export type ElementShape =
  'value' | { readonly tuple: readonly ElementShape[] } | { readonly list: ElementShape };

/** A result, or what it has at a place: the item of an index, the cell of a name, how many items there are, a dictionary. */
export interface ResultPart {
  readonly step: number;
  readonly path?: readonly ResultPlace[];
}
export type ResultPlace =
  | number
  | string
  | { readonly call: 'len' | 'asDict' | 'items' | 'keys' | 'values' }
  | { readonly call: 'last'; readonly count: number }
  | { readonly call: 'slice'; readonly from?: number; readonly to?: number }
  /** The items in the order of that part of each. */
  | {
      readonly call: 'sorted';
      readonly by: readonly ResultPlace[];
      readonly isReversed?: boolean;
    }
  /** The same part of each item. */
  | { readonly each: readonly ResultPlace[] };

/** A text, or a part of the result of the `evaluate` step at that position, as `str`, `repr` or `format` has it. */
export type PrintPart =
  string | (ResultPart & { readonly as: 'str' | 'repr'; readonly spec?: string });
