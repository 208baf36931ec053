/**
 * `sample`, `sampleBy` and `randomSplit`. Which rows Spark draws depends on how it divides them among its tasks, so
 * that they can't be the same here: each row's draw is a hash of its values, and a note says so.
 */
import type { Expression, Relation } from '#sql/plan/unresolved.ts';
import type { Arguments } from './arguments.ts';
import { argument, required } from './arguments.ts';
import { call, intLiteral, literal, operation } from './expressions.ts';
import { doubleType } from '#sql/plan/types.ts';
import { inputOf } from './reshaping.ts';
import type { Script } from './script.ts';
import type { Frame, Value } from './values.ts';
import { cannotKnow } from './values.ts';

const STEPS = 1_000_000;

export function sample(script: Script, frame: Frame, args: Arguments): Value {
  const [first] = args.positional;
  // `sample(fraction)`, `sample(withReplacement, fraction)`.
  const isNamed = first?.kind === 'bool';
  const withReplacement = isNamed ? first : argument(args, Infinity, 'withReplacement');
  if (withReplacement?.kind === 'bool' && withReplacement.value)
    return cannotKnow('a sample with replacement is not drawn here', args.node);
  const fraction = args.keywords.get('fraction') ?? args.positional[isNamed ? 1 : 0];
  const seed = args.keywords.get('seed') ?? args.positional[isNamed ? 2 : 1];
  const share = numberOf(fraction, args);
  if (share > 0 && share < 1) noteDraw(script, args);
  return drawn(script, frame, [0, share], seed, args);
}

export function randomSplit(script: Script, frame: Frame, args: Arguments): Value {
  const weights = required(args, 0, 'weights');
  if (weights.kind !== 'list' && weights.kind !== 'tuple')
    return cannotKnow('a list of weights belongs here', args.node);
  const numbers = weights.items.map((weight) => numberOf(weight, args));
  const total = numbers.reduce((sum, weight) => sum + weight, 0);
  if (total <= 0) return cannotKnow('the weights add up to nothing', args.node);
  noteDraw(script, args);
  let below = 0;
  const items = numbers.map((weight, at): Value => {
    const from = below / total;
    below += weight;
    const to = at === numbers.length - 1 ? 1 : below / total;
    return drawn(script, frame, [from, to], argument(args, 1, 'seed'), args);
  });
  return { kind: 'list', items };
}

function noteDraw(script: Script, args: Arguments): void {
  script.note(
    'which rows are drawn is not the same as with Spark, where it depends on how the rows are divided among tasks; limit() and filter() pick the same ones everywhere',
    script.rangeOf(args.node),
  );
}

function numberOf(value: Value | undefined, args: Arguments): number {
  if (value?.kind === 'float') return value.value;
  if (value?.kind === 'int') return Number(value.value);
  return cannotKnow('a number that is known here belongs here', args.node);
}

/** The rows whose hash lies in a part of all hashes. */
function drawn(
  script: Script,
  frame: Frame,
  [from, to]: readonly [number, number],
  seed: Value | undefined,
  args: Arguments,
): Frame {
  const range = script.rangeOf(args.node);
  const input: Relation = inputOf(script, frame, args);
  if (from <= 0 && to >= 1) return script.frame(input);
  const salt = seed?.kind === 'int' ? seed.value : 0n;
  const all: Expression = { kind: 'unresolvedStar', target: [], range };
  const hash = call('xxhash64', [intLiteral(BigInt.asIntN(32, salt), range), all], range);
  const place = operation(
    '/',
    [call('pmod', [hash, intLiteral(STEPS, range)], range), literal(STEPS, doubleType, range)],
    range,
  );
  const bound = (symbol: string, value: number) =>
    operation(symbol, [place, literal(value, doubleType, range)], range);
  const condition = operation('and', [bound('>=', from), bound('<', to)], range);
  return script.frame({ kind: 'filter', input, condition, range });
}
