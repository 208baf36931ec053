/** A file that can be queried: its schema, and the SQL that reads its columns. */
import type { Field, SparkError } from '#shared/protocol/engine.ts';
import type { Bounds } from '../duckdb/bounds.ts';
import type { Signature } from '../duckdb/scalarFunctions/scalarFunction.ts';
import type { RecordBatch } from 'apache-arrow';
import type { DataType } from '#sql/plan/types.ts';
import type { ArrowIndex } from './arrowIndex.ts';
import type { RecordMarks } from './csvRecords.ts';
import { simpleString } from '#sql/plan/types.ts';

export interface SourceColumn {
  readonly name: string;
  readonly type: DataType;
}

export interface ArrowRows {
  index(byteLength: number, onProgress: () => void): ArrowIndex;
  lines(batch: RecordBatch, names: readonly string[], start: number, end: number): Iterable<string>;
}

export interface Source {
  readonly columns: readonly SourceColumn[];
  readonly byteLength: number;
  /** DuckDB is told by the files how many rows they have; of others it guesses, far from what there is. */
  readonly tellsRowCount?: true;
  /** The values of columns of numbers, by their names, where the files tell them. */
  readonly bounds?: ReadonlyMap<string, Bounds>;
  /** Names of columns that have no nulls, where the files tell it. */
  readonly nonNull?: ReadonlySet<string>;
  /** Those behind it, where it is read from files. */
  readonly files?: readonly string[];
  /** Read from the beginning of the file only; a later row may not fit. */
  readonly isSampled: boolean;
  /**
   * A query of the named columns, in their DuckDB types. With no names, of something of each row. `paths` are
   * some of the files.
   */
  scanSql(names: readonly string[], timeZone: string, paths?: readonly string[]): string;
  /** Rows `[start, end)` of the only file, found without reading those before them. */
  rangeSql?(names: readonly string[], start: number, end: number): string;
  /** Of a file whose records can be found in its bytes: what separates and quotes their cells. */
  readonly records?: RecordMarks & {
    readonly hasHeader: boolean;
    /** Of a file that `cutColumns` wrote of these columns. */
    cutSql?(names: readonly string[], timeZone: string, path: string): string;
  };
  /** Of an Arrow file that is looked at by its rows: finds them, and writes some of them out for `scanSql` to read. */
  readonly arrowRows?: ArrowRows;
  /** Functions of ours that the scan of these columns calls. */
  functions?(names: readonly string[], timeZone: string): readonly Signature[];
}

/** Runs a query of the source's own on DuckDB: schemas are read by it. Throws what DuckDB throws. */
export interface SourceReader {
  /** A folder of the engine's own, for what a source has to write. */
  readonly scratchFolder: string;
  /** Ends what a source reads and writes itself. */
  readonly signal?: AbortSignal;
  /** How much of a file was written anew for DuckDB to read. */
  readonly onConverted?: (converted: {
    readonly rowCount: number;
    readonly totalRowCount: number;
    readonly byteLength: number;
  }) => void;
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  /** The DuckDB columns of a query, as Spark's types; the type's name where Spark has none. */
  columnsOf(sql: string): Promise<readonly { name: string; type: DataType | string }[]>;
}

export interface Partition {
  /** One of each partition column. */
  readonly values: readonly (string | null)[];
  readonly files: readonly string[];
}

export interface FileSet {
  /** Absolute. What the user named. */
  readonly path: string;
  /** The files behind it: itself, or the data files of a folder. */
  readonly files: readonly string[];
  /** The columns that the names of folders hold, and their values; empty where they hold none. */
  readonly partitionColumns: readonly string[];
  readonly partitions: readonly Partition[];
  readonly byteLength: number;
  /** Changes when any of the files does. */
  readonly fingerprint: string;
}

export type SourceFailure = SparkError;

export function fieldsOf(source: Source): Field[] {
  return source.columns.map(({ name, type }) => ({
    name,
    type: simpleString(type),
    nullable: true,
  }));
}
