/** Functions of numbers that DuckDB has not, or has otherwise. */
import type { FunctionCall } from '#sql/plan/resolved.ts';
import { isAnsiInterval } from '#sql/plan/types.ts';
import {
  bitGetFunction,
  convFunction,
  curveFunction,
  hypotFunction,
  unhexFunction,
  widthBucketFunction,
} from '../scalarFunctions/numbers.ts';
import { roundFunction } from '../scalarFunctions/rounding.ts';
import { scalarCall, scalarRow } from '../scalarFunctions/scalarFunction.ts';
import type { Row, Rows } from './row.ts';
import { literalInteger } from './math.ts';
import { refuse } from '../refusal.ts';
import { template } from './row.ts';

const curve: Row = (args, call, lowering) =>
  scalarCall(curveFunction, args, call, lowering, call.name);

export const mathematics: Rows = {
  acosh: curve,
  asinh: curve,
  atanh: curve,
  sinh: curve,
  cosh: curve,
  tanh: curve,
  sec: curve,
  csc: curve,
  cot: curve,
  rint: curve,
  cbrt: curve,
  expm1: curve,
  log1p: (args, call, lowering) =>
    `CASE WHEN ${args[0] ?? ''} > -1 THEN ${curve(args, call, lowering)} END`,
  hypot: scalarRow(hypotFunction),
  factorial: template('CASE WHEN $1 BETWEEN 0 AND 20 THEN CAST(factorial($1) AS BIGINT) END'),
  bin: template('bin($1)'),
  unhex: scalarRow(unhexFunction),
  conv: scalarRow(convFunction),
  bit_count: ([value = ''], call) =>
    call.arguments[0]?.type.kind === 'boolean'
      ? `CAST(${value} AS INTEGER)`
      : `CAST(bit_count(CAST(${value} AS BIGINT)) AS INTEGER)`,
  bit_get: (args, call, lowering) =>
    scalarCall(bitGetFunction, args, call, lowering, call.writtenAs ?? call.name),
  getbit: (args, call, lowering) =>
    scalarCall(bitGetFunction, args, call, lowering, call.writtenAs ?? call.name),
  width_bucket: scalarRow(widthBucketFunction),
  bround: (args, call, lowering) => rounding('half_even', args, call, lowering),
  round_ceil: (args, call, lowering) => rounding('ceiling', args, call, lowering),
  round_floor: (args, call, lowering) => rounding('floor', args, call, lowering),
};

/** In JavaScript; `round` itself has a way through DuckDB for what is common. */
export function rounding(
  mode: string,
  args: readonly string[],
  call: FunctionCall,
  lowering: Parameters<Row>[2],
): string {
  const [value, scale] = call.arguments;
  const places = scale === undefined ? 0 : literalInteger(scale);
  if (value === undefined || places === undefined || isAnsiInterval(value.type))
    throw refuse('UNSUPPORTED_FUNCTION', `${call.name} with a computed scale`, call.range);
  const only = { ...call, arguments: [value] };
  return scalarCall(roundFunction, args.slice(0, 1), only, lowering, `${mode} ${places}`);
}
