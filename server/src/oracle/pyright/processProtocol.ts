/** What the pyright process speaks beyond LSP. A plain `pyright-langserver` answers none of it. */
import type { Diagnostic, TextEdit } from 'vscode-languageserver/node';
import type { TextRange, TypeAt } from '../typeOracle.ts';

/** Request. Any answer, an error too, shows that the process is alive. */
export const PING = 'strata/ping';

/** Request: types from the same Program that serves the process's LSP features. */
export const TYPES_AT = 'strata/typesAt';
export interface TypesAtParams {
  readonly uri: string;
  readonly version: number;
  readonly ranges: readonly TextRange[];
}
/** `null`: the process has another version of the document. */
export type TypesAtReply = { readonly types: readonly TypeAt[] } | null;

/**
 * Request: the findings of the functions, or other statements, that these lines belong to, without a look at the rest
 * of the document. `null`: the process has another version of it, or the lines belong to too much.
 */
export const CHECK_SCOPES = 'strata/checkScopes';
export interface CheckScopesParams {
  readonly uri: string;
  readonly version: number;
  readonly lines: readonly LineSpan[];
}
export type CheckScopesReply = {
  /** What was checked. */
  readonly scopes: readonly LineSpan[];
  /** What begins in them. */
  readonly diagnostics: readonly Diagnostic[];
} | null;

/** Lines `[start, end)`. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/** Notification: the cells of a notebook, each of which sees those before it. */
export const CELLS = 'strata/cells';
export interface CellsParams {
  readonly cells: readonly string[];
}

/** Requests that `queries/programQueries.ts` answers from the evaluator; each has a document's `uri`. */
export const INLAY_HINTS = 'strata/inlayHints';
export const SEMANTIC_TOKENS = 'strata/semanticTokens';
export const IMPLEMENTATIONS = 'strata/implementations';
export const IMPORT_CANDIDATES = 'strata/importCandidates';
export interface ImportCandidate {
  readonly title: string;
  readonly edit: TextEdit;
}
/** `uri` is one of the workspace that a file or folder moves in, `from` and `to` are theirs. */
export const MOVED_IMPORTS = 'strata/movedImports';
/** Fixes of findings, and rewritings at a place. */
export const FIXES = 'strata/fixes';

/** Request: the edit that sorts a document's imports, or `null`. */
export const ORGANIZE_IMPORTS = 'strata/organizeImports';
export interface OrganizeImportsParams {
  readonly uri: string;
}

/** The section of `workspace/configuration` that the process asks for, once a workspace folder. */
export const CONFIGURATION_SECTION = 'strata';
export interface EngineConfiguration {
  readonly typeCheckingMode: 'off' | 'basic' | 'standard' | 'strict';
  /** Whether the mode wins over a configuration file, as a command line's option does. */
  readonly overridesConfigFile: boolean;
  /** Whether a method that overrides must say `@override`. */
  readonly requireOverride?: boolean;
  /** `3.12`: wins over configuration files. */
  readonly pythonVersion?: string;
  /** `3.10`: counts where no configuration file names a version. */
  readonly fallbackPythonVersion?: string;
  readonly pythonPath?: string;
  /** What the project's files say that pyright does not read itself. */
  readonly configured?: ConfiguredOptions;
  /** Otherwise no interpreter is started, and imports are found only in the workspace and in typeshed. */
  readonly mayRunPython: boolean;
}

export interface ConfiguredOptions {
  readonly platform?: string;
  readonly extraPaths: readonly string[];
  readonly constants: Readonly<Record<string, boolean>>;
  readonly rules: Readonly<Record<string, string | boolean>>;
  /** In the order in which they apply. */
  readonly modules: readonly ConfiguredModule[];
}
export interface ConfiguredModule {
  /** A regular expression for the whole dotted name. */
  readonly pattern: string;
  readonly rules: Readonly<Record<string, string | boolean>>;
  readonly ignoresErrors: boolean;
}

/** Set in the environment of the process to make it behave as if pyright's bundle had changed: for the fall-back's test. */
export const FORBID_EMBEDDING = 'STRATA_FORBID_EMBEDDING';

/** The exit code that says: this pyright can't be embedded, start its language server instead. */
export const EXIT_CANNOT_EMBED = 66;
