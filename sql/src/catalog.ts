/** What the analyzer knows of tables. The engine and the language server each bring their own. */
import type { Field } from '#shared/protocol/engine.ts';
import type { DataType } from './plan/types.ts';
import type { Expression, LiteralValue, Relation } from './plan/unresolved.ts';
import type { Settings } from './settings.ts';

export interface TableSource {
  readonly format: string;
  readonly path: string;
  readonly options: Readonly<Record<string, string>>;
}

export interface TableStatistics {
  readonly rowCount?: number;
  readonly byteLength?: number;
  /** Of a table of files. */
  readonly fileCount?: number;
}

/** What a column is declared as beside its type. It stays with the column under another name. */
export interface ColumnMetadata {
  /** `char(5)` or `varchar(5)`. */
  readonly typeText?: string;
  readonly comment?: string;
}

export interface Table {
  /** The owner's handle; the front end only hands it on. */
  readonly id: string;
  /** As plans print it; a file's is its path behind its format. */
  readonly name: string;
  readonly fields: readonly Field[];
  readonly source: TableSource;
  readonly statistics?: TableStatistics;
  /** By the column's name; absent for a column of which there is nothing to say. */
  readonly columnMetadata?: ReadonlyMap<string, ColumnMetadata>;
  /** Under which its columns can be reached, where that is more than the name as written. */
  readonly qualifier?: readonly string[];
}

export interface ViewColumn {
  readonly name: string;
  /** Spark's simple string, as it was when the view was made. */
  readonly type: string;
  readonly nullable: boolean;
  /** The column of the view's query that it shows. */
  readonly queryColumn: string;
}

/** A view made by a query, which means what it meant where and when it was made. */
export interface View {
  readonly qualifier: readonly string[];
  readonly relation: Relation;
  readonly settings: Settings;
  readonly catalog: Catalog;
  readonly columns: readonly ViewColumn[];
  /** How it takes to a query whose columns have changed; a temporary view binds. */
  readonly schemaMode: 'binding' | 'compensation' | 'typeEvolution' | 'evolution';
}

/** A session variable, with the value it has now. */
export interface Variable {
  readonly name: string;
  readonly value: LiteralValue;
  readonly type: DataType;
}

/** A function whose body is an expression of SQL. */
export interface SqlFunction {
  /** As messages and columns print it. */
  readonly nameParts: readonly string[];
  readonly parameters: readonly {
    readonly name: string;
    readonly type: DataType;
    readonly default?: Expression;
  }[];
  readonly body: Expression;
  /** Absent where the body's type is the function's. */
  readonly type?: DataType;
  readonly settings: Settings;
  readonly catalog: Catalog;
}

export interface Catalog {
  /** The table of a name as written; the catalog compares without case. A file is `[format, path]`. */
  lookup(nameParts: readonly string[]): Table | undefined;
  /** Looked at before `lookup`. */
  view?(nameParts: readonly string[]): View | undefined;
  variable?(nameParts: readonly string[]): Variable | undefined;
  sqlFunction?(name: string): SqlFunction | undefined;
  /** The namespace that names without one are of. */
  readonly currentNamespace?: string;
  readonly user?: string;
}
