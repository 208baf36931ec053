/** Random numbers. */
import { evaluate } from '#sql/typing/evaluate.ts';
import { isIntegral } from '#sql/plan/types.ts';
import { refuse } from '../refusal.ts';
import { randomFunction, randomTextFunction } from '../scalarFunctions/random.ts';
import { roundFunction } from '../scalarFunctions/rounding.ts';
import { scalarCall } from '../scalarFunctions/scalarFunction.ts';
import { castTo } from '../context.ts';
import type { Row, Rows } from './row.ts';

let statement = 0;

/**
 * The seeds of calls without one, by where they are written: the queries of a WITH are read more than once, and
 * are the same rows each time.
 */
const drawn = new WeakMap<Parameters<Row>[2], Map<string, number>>();

function drawnSeed(call: Parameters<Row>[1], lowering: Parameters<Row>[2]): number {
  const seeds = drawn.get(lowering) ?? new Map<string, number>();
  drawn.set(lowering, seeds);
  const place = `${call.name} ${call.range.start} ${call.range.end}`;
  const seed = seeds.get(place) ?? Math.floor(Math.random() * 2 ** 52);
  seeds.set(place, seed);
  return seed;
}

export const random: Rows = {
  rand: (_args, call, lowering) => numbers('rand', call.arguments[0], call, lowering),
  randn: (_args, call, lowering) => numbers('randn', call.arguments[0], call, lowering),
  randstr: (args, call, lowering) => {
    const [length] = call.arguments;
    if (length === undefined) throw new Error('the table says that there is an argument');
    const site = { ...call, arguments: [length] };
    const extra = seedOf(call.arguments[1], call, lowering);
    return scalarCall(randomTextFunction, args.slice(0, 1), site, lowering, extra);
  },
  uniform: ([low = '', high = ''], call, lowering) => {
    const double = { kind: 'double' } as const;
    const share = numbers('rand', call.arguments[2], call, lowering);
    const value = `(CAST(${low} AS DOUBLE) + (CAST(${high} AS DOUBLE) - CAST(${low} AS DOUBLE)) * ${share})`;
    if (isIntegral(call.type)) return castTo(`trunc(${value})`, call.type);
    if (call.type.kind !== 'decimal') return castTo(value, call.type);
    const site = { ...call, arguments: [{ type: double }], type: double };
    return castTo(
      scalarCall(roundFunction, [value], site, lowering, `half_up ${call.type.scale}`),
      call.type,
    );
  },
};

/** Without a seed every statement has one of its own. */
function numbers(
  kind: 'rand' | 'randn',
  seed: Parameters<Row>[1]['arguments'][number] | undefined,
  call: Parameters<Row>[1],
  lowering: Parameters<Row>[2],
): string {
  const site = { ...call, arguments: [], type: { kind: 'double' } as const };
  return scalarCall(randomFunction, [], site, lowering, `${kind} ${seedOf(seed, call, lowering)}`);
}

function seedOf(
  seed: Parameters<Row>[1]['arguments'][number] | undefined,
  call: Parameters<Row>[1],
  lowering: Parameters<Row>[2],
): string {
  const constant = seed === undefined ? undefined : evaluate(seed)?.value;
  if (seed !== undefined && constant === undefined)
    throw refuse('UNSUPPORTED_FUNCTION', `${call.name} of this seed`, call.range);
  statement += 1;
  const given = constant === undefined ? drawnSeed(call, lowering) : (constant ?? 0n);
  return `${String(given)} ${statement}`;
}
