/** What a command runs with, and what it answers: rows that are few and known. */
import type { EngineFailure, Field, ShellForm, SparkError } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { Database } from '../../duckdb/native.ts';
import type { SourceReader } from '../../sources/source.ts';
import type { Session } from '../session.ts';

export interface CommandContext {
  readonly session: Session;
  readonly database: Database;
  readonly reader: SourceReader;
  readonly signal: AbortSignal;
  /** A name that no other table of the process has. */
  storageName(): string;
}

export type Value = string | boolean | null;

export interface CommandRows {
  readonly fields: readonly Field[];
  readonly shellForm?: ShellForm;
  readonly rows: readonly (readonly Value[])[];
}

export type Failed = EngineFailure | { readonly kind: 'cancelled' };
export type Answer = Promise<Result<CommandRows, Failed>>;

/** Of a command that shows nothing. */
export const nothing: Result<CommandRows, Failed> = ok({ fields: [], rows: [] });

export function rowsOf(
  columns: readonly (readonly [name: string, type?: string])[],
  rows: readonly (readonly Value[])[],
): Result<CommandRows, Failed> {
  const fields = columns.map(([name, type = 'string']) => ({ name, type, nullable: true }));
  return ok({ fields, rows });
}

/** An error of ours that is no condition of the front end's. */
export function refusal(
  what: string,
  name: `UNSUPPORTED_${string}` = 'UNSUPPORTED_COMMAND',
): SparkError {
  return {
    kind: 'spark',
    class: name,
    sqlState: '0A000',
    message: `[${name}] ${what} is not supported by this engine. SQLSTATE: 0A000`,
    parameters: { what },
  };
}
