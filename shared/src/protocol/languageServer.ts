/** What Strata's language server speaks beyond LSP. Method names and shapes; knows nothing of a transport. */
import type { Field } from './engine.ts';

/** Server to client: the state of the type checker, for the status bar. */
export const TYPE_CHECKER_STATUS = 'strata/typeCheckerStatus';
export interface TypeCheckerStatus {
  readonly state: 'off' | 'starting' | 'checking' | 'ready' | 'restarting' | 'failed';
  readonly engine: string;
  /** Why it is `failed` or `restarting`, and what still works. */
  readonly message?: string;
  /** For tests that end it by signal. */
  readonly pid?: number;
}

/**
 * What the server reads of the settings: in `initializationOptions`, and as `settings` of
 * `workspace/didChangeConfiguration`. What is left out takes its default.
 */
export interface ServerSettings {
  /** Whether pyright's findings are published; our own always are. */
  readonly checkTypes: boolean;
  readonly typeCheckingMode: 'off' | 'basic' | 'standard' | 'strict';
  /** `3.12`; empty lets the configuration file, then the engine, decide. */
  readonly pythonVersion: string;
  /** False in an untrusted workspace: no interpreter may be started. */
  readonly trusted: boolean;
  readonly pythonPath?: string;
  readonly inlayHints?: InlayHintSettings;
  /** How findings of our own rules are shown, by the rule's id; the rest keep their own severity. */
  readonly rules?: Readonly<Record<string, RuleSeverity>>;
  /** Whether the user's own mypy runs too, in a trusted workspace. */
  readonly mypy?: 'on' | 'off';
  /** The most memory of the type checker in MB, before it is started again. */
  readonly memoryLimit?: number;
  /** Whether findings are pushed also to a client that could pull them. */
  readonly pushesDiagnostics?: boolean;
  /** Whether `typeCheckingMode` wins over a configuration file, as `strata check --level` does. */
  readonly overridesConfigFile?: boolean;
  /** Whether a method that overrides must say `@override`. */
  readonly requireOverride?: boolean;
  /** Folders, and single documents, as URIs, in which `.sql` is Spark's; `spark-sql` documents always are. */
  readonly sqlFolders?: readonly string[];
  /** Whether Spark SQL in fences of Markdown and in `%%sql` cells is checked too. Default: yes. */
  readonly checksEmbeddedSql?: boolean;
  /** Whether the type checker starts with the first Python document instead of with the server. */
  readonly waitsForPython?: boolean;
  /** Whether findings that `strata-baseline.json` accepts are left out in the editor. Default: yes. */
  readonly usesBaseline?: boolean;
}

export type RuleSeverity = 'error' | 'warning' | 'information' | 'hint' | 'off' | 'default';

/** Server to client: most imports of other packages lead nowhere, as in an environment without them. Said once. */
export const MISSING_PACKAGES = 'strata/missingPackages';
export interface MissingPackages {
  readonly names: readonly string[];
  /** The interpreter whose packages were looked at, if there is one. */
  readonly pythonPath?: string;
}

/** Which types and names are written between the text. */
export interface InlayHintSettings {
  readonly variableTypes: boolean;
  readonly functionReturnTypes: boolean;
  /** Before arguments that are given by place: none, only those that are literals, all. */
  readonly callArgumentNames: 'off' | 'literals' | 'all';
  /** Behind expressions on buffers: whether they share memory or copy it. */
  readonly viewOrCopy?: boolean;
  /** Behind names of arrays and views: their dtype and shape. */
  readonly arrayLayouts?: boolean;
  /** Behind names of Spark's DataFrames: their columns. */
  readonly frameSchemas?: boolean;
}

/** Client to server: checks these files though no editor has them open, as `strata check` does. */
export const CHECK_FILES = 'strata/checkFiles';
export interface CheckFilesParams {
  readonly uris: readonly string[];
}
export interface FileDiagnostics {
  readonly uri: string;
  readonly diagnostics: readonly unknown[];
}
export interface CheckFilesReply {
  /** LSP diagnostics a file, in the order asked. */
  readonly files: readonly FileDiagnostics[];
  /** What is wrong in the files that configure the check; none where nothing is. */
  readonly configuration: readonly FileDiagnostics[];
  /** Set when the type checker could not take part: its findings are missing. */
  readonly typeCheckerMessage?: string;
}

/** Client to server: how much of these files is annotated, and what is worth annotating next. */
export const COVERAGE = 'strata/coverage';
export interface CoverageParams {
  readonly uris: readonly string[];
}
export interface CoverageReply {
  readonly files: readonly FileCoverage[];
}
export interface FileCoverage {
  readonly uri: string;
  /** Parameters and results: those with an annotation, and all. */
  readonly annotated: number;
  readonly total: number;
  /** Functions and classes in the order of the text, an outer one before what is inside. */
  readonly symbols: readonly SymbolCoverage[];
}
export interface SymbolCoverage {
  /** `Class.method`. */
  readonly name: string;
  readonly kind: 'function' | 'class';
  /** Of the name; positions as in LSP. */
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  readonly annotated: number;
  readonly total: number;
  /** Calls of that name in all files asked for. */
  readonly calls: number;
  /** Higher is worth more: by calls, size and what is missing. */
  readonly worth: number;
}

/** Client to server: starts the type checker anew, also after it was given up. */
export const RESTART_TYPE_CHECKER = 'strata/restartTypeChecker';

/** Server to client: the names of views and the paths of files that SQL can read, to offer. */
export const SQL_TABLES = 'strata/sqlTables';
export interface SqlTablesReply {
  readonly names: readonly string[];
  /** With `/`, relative to the folder of the workspace that the engine reads from. */
  readonly files: readonly string[];
}

/** Server to client: what these names mean; a file is its format and its path. */
export const SQL_SCHEMAS = 'strata/sqlSchemas';
export interface SqlSchemasParams {
  readonly names: readonly (readonly string[])[];
}
export interface SqlSchemasReply {
  /** In the order asked. */
  readonly schemas: readonly SqlSchema[];
}
export type SqlSchema =
  | {
      readonly kind: 'table';
      readonly fields: readonly Field[];
      readonly path?: string;
      /** Types are those of the first rows. */
      readonly isSampled?: boolean;
    }
  /** There is no such table. */
  | { readonly kind: 'none' }
  /** Nobody can tell now: the engine does not run. */
  | { readonly kind: 'unknown' };

/** Client to server: views or files have changed; ask again. */
export const SQL_CHANGED = 'strata/sqlChanged';

/** Client to server: the statement at an offset of a text, or those in a selection, and their parameters. */
export const SQL_STATEMENTS = 'strata/sqlStatements';
export interface SqlStatementsParams {
  readonly text: string;
  /** UTF-16 offsets; the same for a cursor. */
  readonly start: number;
  readonly end: number;
}
export interface SqlStatementsReply {
  readonly statements: readonly {
    readonly start: number;
    readonly end: number;
    readonly parameters: readonly {
      /** `:name` takes a value, `${name}` any text. */
      readonly kind: 'value' | 'text';
      readonly name: string;
      /** Within the statement. */
      readonly start: number;
      readonly end: number;
    }[];
  }[];
}
