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

export const random: Rows = {
  rand: (_args, call, lowering) => numbers('rand', call.arguments[0], call, lowering),
  randn: (_args, call, lowering) => numbers('randn', call.arguments[0], call, lowering),
  randstr: (args, call, lowering) => {
    const [length] = call.arguments;
    if (length === undefined) throw new Error('the table says that there is an argument');
    const site = { ...call, arguments: [length] };
    const extra = seedOf(call.arguments[1], call);
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
  return scalarCall(randomFunction, [], site, lowering, `${kind} ${seedOf(seed, call)}`);
}

function seedOf(
  seed: Parameters<Row>[1]['arguments'][number] | undefined,
  call: Parameters<Row>[1],
): string {
  const constant = seed === undefined ? undefined : evaluate(seed)?.value;
  if (seed !== undefined && constant === undefined)
    throw refuse('UNSUPPORTED_FUNCTION', `${call.name} of this seed`, call.range);
  statement += 1;
  const given = constant === undefined ? Math.floor(Math.random() * 2 ** 52) : (constant ?? 0n);
  return `${String(given)} ${statement}`;
}
