/** TABLESAMPLE: a share of the rows by chance, or so many of them. */
import type { Relation } from '../plan/resolved.ts';
import type * as unresolved from '../plan/unresolved.ts';
import type { Scoped } from './context.ts';

export function analyzeSample(
  sample: unresolved.Sample,
  input: Scoped,
  countOf: (count: unresolved.Expression) => number,
): Scoped {
  const { amount, seed, range } = sample;
  if (amount.kind === 'rows') {
    const limit = countOf(amount.count);
    const local: Relation = { kind: 'localLimit', input: input.relation, limit, range };
    return { ...input, relation: { kind: 'globalLimit', input: local, limit, range } };
  }
  const relation: Relation = {
    kind: 'sample',
    input: input.relation,
    upperBound: Math.min(1, Math.max(0, amount.upperBound)),
    ...(seed === undefined ? {} : { seed }),
    range,
  };
  return { ...input, relation };
}
