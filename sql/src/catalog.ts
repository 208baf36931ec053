/** What the analyzer knows of tables. The engine and the language server each bring their own. */
import type { Field } from '#shared/protocol/engine.ts';

export interface TableSource {
  readonly format: string;
  readonly path: string;
  readonly options: Readonly<Record<string, string>>;
}

export interface TableStatistics {
  readonly rowCount?: number;
  readonly byteLength?: number;
}

export interface Table {
  /** The owner's handle; the front end only hands it on. */
  readonly id: string;
  /** As plans print it; a file's is its path behind its format. */
  readonly name: string;
  readonly fields: readonly Field[];
  readonly source: TableSource;
  readonly statistics?: TableStatistics;
}

export interface Catalog {
  /** The table of a name as written; the catalog compares without case. A file is `[format, path]`. */
  lookup(nameParts: readonly string[]): Table | undefined;
  /** Names to suggest where a lookup failed. */
  readonly tableNames?: readonly string[];
}
