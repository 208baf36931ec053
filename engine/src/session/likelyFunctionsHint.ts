/** "Did you mean", beside Spark's own message, where a function is not known. */
import { likelyFunctions } from '#sql/functions/likelyFunctions.ts';
import type { SparkError } from '#shared/protocol/engine.ts';

export function withLikelyFunctions<F extends { readonly kind: string }>(failure: F | SparkError) {
  if (!isSpark(failure) || failure.class !== 'UNRESOLVED_ROUTINE') return failure;
  const name = /`((?:[^`]|``)+)`$/.exec(failure.parameters.routineName ?? '')?.[1] ?? '';
  const names = likelyFunctions(name);
  if (names.length === 0) return failure;
  const last = names.length > 1 ? ` or ${names.at(-1) ?? ''}` : '';
  const list = `${names.slice(0, Math.max(1, names.length - 1)).join(', ')}${last}`;
  return { ...failure, hint: `Did you mean ${list}?` };
}

function isSpark(failure: { readonly kind: string }): failure is SparkError {
  return failure.kind === 'spark';
}
