/** What DuckDB threw, as the caller is to see it. */
import type { EngineFailure } from '#shared/protocol/engine.ts';
import type { OverflowSites } from './runtimeError.ts';
import { sparkErrorOf } from './runtimeError.ts';

export function failureOf(
  error: unknown,
  sites: OverflowSites,
): EngineFailure | { readonly kind: 'cancelled' } {
  const message = error instanceof Error ? error.message : String(error);
  if (
    message.startsWith('INTERRUPT Error') ||
    (error instanceof Error && error.name === 'AbortError')
  )
    return { kind: 'cancelled' };
  const spark = sparkErrorOf(message, sites);
  if (spark) return spark;
  const first = message.split('\n', 1)[0] ?? message;
  if (/^(Out of Memory|IO) Error/.test(message))
    return { kind: 'unavailable', message: `The query could not go on: ${first}` };
  return {
    kind: 'spark',
    class: 'INTERNAL_ERROR',
    sqlState: 'XX000',
    message: `[INTERNAL_ERROR] The engine could not run what it made of this statement: ${first} SQLSTATE: XX000`,
    parameters: { message: first },
  };
}
