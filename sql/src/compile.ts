/** The way in: text to plans. */
import type { Field, SparkError, TraceStep } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail } from '#shared/result.ts';
import type { Catalog } from './catalog.ts';
import type * as resolved from './plan/resolved.ts';
import type * as unresolved from './plan/unresolved.ts';
import type { Settings } from './settings.ts';

/** As much of the statement as could be read, and what was wrong with it; the first problem is Spark's. */
export interface Parsed {
  readonly statement: unresolved.Statement | undefined;
  readonly problems: readonly SparkError[];
}

export interface Compiled {
  readonly parsed: unresolved.Statement;
  readonly analyzed: resolved.Relation;
  /** What the engine lowers. */
  readonly optimized: resolved.Relation;
  readonly trace: readonly TraceStep[];
  readonly schema: readonly Field[];
}

/** Never throws on any text. */
export function parse(_text: string): Parsed {
  return { statement: undefined, problems: [] };
}

/**
 * The names of the tables and files that the statement reads, each once, so that their schemas can be
 * loaded before `compile`; names of its own WITH are left out.
 */
export function relationsOf(_parsed: Parsed): readonly (readonly string[])[] {
  return [];
}

export function compile(
  _text: string,
  _catalog: Catalog,
  _settings: Settings,
): Result<Compiled, SparkError> {
  return fail({
    kind: 'spark',
    class: 'UNSUPPORTED_STATEMENT',
    sqlState: '0A000',
    message: '[UNSUPPORTED_STATEMENT] This statement is not supported. SQLSTATE: 0A000',
    parameters: {},
  });
}
