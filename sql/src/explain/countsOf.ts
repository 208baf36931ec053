/** Queries beside a plan that count what a part of it yields. */
import { nowhere } from '../plan/range.ts';
import type { Aggregate, Expression, Relation } from '../plan/resolved.ts';
import { longType } from '../plan/types.ts';
import { literalOf } from '../typing/build.ts';

/** Ids of a query beside the plan; nothing else of it has so high ones. */
const firstId = 2 ** 40;

/** Rows of a part of a plan, by keys; without keys, of all of it. */
export function countsOf(input: Relation, keys: readonly Expression[]): Aggregate {
  const count = {
    kind: 'aggregateCall',
    name: 'count',
    arguments: [literalOf(1n, longType)],
    isDistinct: false,
    ignoreNulls: false,
    type: longType,
    nullable: false,
    evalMode: 'ansi',
    range: nowhere,
  } as const;
  return {
    kind: 'aggregate',
    input,
    grouping: keys,
    aggregates: [...keys, count].map((child, index) => ({
      kind: 'alias',
      child,
      name: `c${index}`,
      exprId: firstId + index,
      type: child.type,
      nullable: child.nullable,
      range: nowhere,
    })),
    range: nowhere,
  };
}
