/** What DuckDB threw, as the caller is to see it. */
import type { EngineFailure } from '#shared/protocol/engine.ts';
import { problem } from '#sql/problem.ts';
import type { OverflowSites } from './runtimeError.ts';
import { sparkErrorOf } from './runtimeError.ts';

export function failureOf(
  error: unknown,
  sites: OverflowSites,
): EngineFailure | { readonly kind: 'cancelled' } {
  const message = error instanceof Error ? error.message : String(error);
  const reason = storageReason(error, message);
  if (
    message.startsWith('INTERRUPT Error') ||
    (error instanceof Error && error.name === 'AbortError')
  )
    return { kind: 'cancelled' };
  const spark = sparkErrorOf(message, sites);
  if (spark) return spark;
  const first = message.split('\n', 1)[0] ?? message;
  if (message.includes('Max expression depth')) return problem('FAILED_TO_PARSE_TOO_COMPLEX', {});
  if (reason !== undefined)
    return { kind: 'unavailable', scope: 'query', message: `The query could not go on: ${reason}` };
  if (/^(Out of Memory|IO) Error/.test(message))
    return { kind: 'unavailable', scope: 'query', message: `The query could not go on: ${first}` };
  return {
    kind: 'spark',
    class: 'INTERNAL_ERROR',
    sqlState: 'XX000',
    message: `[INTERNAL_ERROR] The engine could not run what it made of this statement: ${first} SQLSTATE: XX000`,
    parameters: { message: first },
  };
}

/** What is used up, in words that say what to do; the system's own words are kept at the end. */
function storageReason(error: unknown, message: string): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  const first = message.split('\n', 1)[0] ?? message;
  const isFull =
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    /No space left on device|Disk quota exceeded|not enough space on the disk/i.test(message);
  if (isFull) return `the disk is full. Free some space and run it again (${first}).`;
  if (code === 'EFBIG' || message.includes('File too large'))
    return `a file grew past what the system allows for one (${first}).`;
  if (message.includes('max_temp_directory_size'))
    return `it needs more than memory and what may be spilled to disk hold. Filter or aggregate earlier, add a LIMIT, or allow more (${first}).`;
  if (message.startsWith('Out of Memory Error'))
    return `it needs more memory than the engine may use. Filter or aggregate earlier, add a LIMIT, or raise the memory limit (${first}).`;
  return undefined;
}
