import type { EngineFailure } from '#shared/protocol/engine.ts';

/** A place in an arranged query as one in its condition, or none where the user wrote nothing there. */
export function inCondition<F extends { readonly kind: string }>(
  failure: F | EngineFailure,
  whereStart: number,
  where: string,
): F | EngineFailure {
  if (failure.kind !== 'spark') return failure;
  const { start, end, ...error } = failure as EngineFailure & { kind: 'spark' };
  const last = where.length;
  const isInside = start !== undefined && whereStart <= start && start <= whereStart + last;
  if (!isInside || where.trim() === '') return error;
  return {
    ...error,
    start: start - whereStart,
    end: Math.min((end ?? start + 1) - whereStart, last),
  };
}
