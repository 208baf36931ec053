import { outputOf } from '../plan/output.ts';
import type { Range } from '../plan/range.ts';
import type { Expression, Join, Relation } from '../plan/resolved.ts';
import { mapInputs } from '../plan/traverse.ts';
import {
  allOf,
  conjunctsOf,
  idsOf,
  isDeterministic,
  isWithin,
  referencesOf,
} from './expressions.ts';
import { canRaise } from './raising.ts';
import type { Rule } from './rule.ts';

/**
 * Of several relations that are joined, the next one is the first that a condition ties to those before it, in
 * the order of FROM: so no pair is made that no condition asks for. Sizes do not matter.
 */
export const reorderJoin: Rule = { name: 'ReorderJoin', apply: reorder };

function reorder(relation: Relation): Relation {
  const found = flattened(relation);
  if (found.inputs.length < 3) return mapInputs(relation, reorder);
  const inputs = found.inputs.map(({ relation: input, ...rest }) => ({
    ...rest,
    relation: reorder(input),
  }));
  const order = ordered(inputs, found.conditions);
  const isKept = order.every((input, index) => input === inputs[index]);
  // Where the order is right, each condition stays where it is, or is pushed where it belongs.
  if (isKept) return mapInputs(relation, (input) => reorderInputs(input));
  const rebuilt = joined(order, found.conditions, relation);
  return {
    kind: 'project',
    input: rebuilt,
    expressions: outputOf(relation),
    range: relation.range,
  };
}

/** Joins of the same series are not looked at by themselves. */
function reorderInputs(relation: Relation): Relation {
  const isSeries = isPlain(relation) || (relation.kind === 'filter' && isPlain(relation.input));
  return isSeries ? mapInputs(relation, reorderInputs) : reorder(relation);
}

interface Input {
  readonly relation: Relation;
  /** Those of the join that it is the right side of. */
  readonly joinType: 'inner' | 'cross';
  readonly range: Range;
}

interface Flattened {
  readonly inputs: readonly Input[];
  readonly conditions: readonly Expression[];
}

type PlainJoin = Join & { readonly joinType: 'inner' | 'cross' };

/** Advice speaks of the sides of a join as it is written. */
function isPlain(relation: Relation): relation is PlainJoin {
  return (
    relation.kind === 'join' &&
    (relation.joinType === 'inner' || relation.joinType === 'cross') &&
    relation.leftHint === undefined &&
    relation.rightHint === undefined
  );
}

function flattened(
  relation: Relation,
  { joinType, range }: Omit<Input, 'relation'> = { joinType: 'inner', range: relation.range },
): Flattened {
  if (relation.kind === 'filter' && isPlain(relation.input)) {
    const { inputs, conditions } = flattened(relation.input);
    return { inputs, conditions: [...conditions, ...conjunctsOf(relation.condition)] };
  }
  if (!isPlain(relation)) return { inputs: [{ relation, joinType, range }], conditions: [] };
  const { inputs, conditions } = flattened(relation.left, relation);
  const own = relation.condition === undefined ? [] : conjunctsOf(relation.condition);
  return {
    inputs: [
      ...inputs,
      { relation: relation.right, joinType: relation.joinType, range: relation.range },
    ],
    conditions: [...conditions, ...own],
  };
}

function ordered(inputs: readonly Input[], conditions: readonly Expression[]): readonly Input[] {
  const [first, ...rest] = inputs;
  if (!first) return [];
  const order = [first];
  const ids = idsOf(outputOf(first.relation));
  while (rest.length > 0) {
    const tied = rest.findIndex(({ relation }) => {
      const own = idsOf(outputOf(relation));
      const both = new Set([...ids, ...own]);
      return conditions.some((condition) => {
        const used = referencesOf(condition);
        return (
          !canRaise(condition) &&
          !isWithin(used, ids) &&
          !isWithin(used, own) &&
          isWithin(used, both)
        );
      });
    });
    const [next] = rest.splice(Math.max(0, tied), 1);
    if (!next) break;
    order.push(next);
    for (const id of idsOf(outputOf(next.relation))) ids.add(id);
  }
  return order;
}

/** Each condition at the first join that has all of its columns; what may raise is computed for what all of them let through. */
function joined(
  [first, ...rest]: readonly Input[],
  conditions: readonly Expression[],
  { range }: Relation,
): Relation {
  if (!first) throw new Error('a join has no inputs');
  let left = first.relation;
  let waiting = conditions;
  for (const { relation: right, joinType, range: joinRange } of rest) {
    const ids = new Set([...idsOf(outputOf(left)), ...idsOf(outputOf(right))]);
    const isHere = (condition: Expression) =>
      isWithin(referencesOf(condition), ids) && isDeterministic(condition) && !canRaise(condition);
    const condition = allOf(waiting.filter(isHere));
    waiting = waiting.filter((each) => !isHere(each));
    left = {
      kind: 'join',
      left,
      right,
      joinType: condition === undefined ? joinType : 'inner',
      ...(condition === undefined ? {} : { condition }),
      range: joinRange,
    };
  }
  const condition = allOf(waiting);
  return condition === undefined ? left : { kind: 'filter', input: left, condition, range };
}
