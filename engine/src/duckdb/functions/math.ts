/** Mathematics on doubles as `java.lang.Math` has it: outside a function's domain the result is NaN, not an error. */
import type { FunctionCall } from '#sql/plan/resolved.ts';
import { isAnsiInterval, isFractional, isIntegral } from '#sql/plan/types.ts';
import { evaluate } from '#sql/typing/evaluate.ts';
import type { Lowering } from '../context.ts';
import { roundFunction } from '../scalarFunctions/rounding.ts';
import { scalarCall } from '../scalarFunctions/scalarFunction.ts';
import { holdsNulls, orderingKey } from '../orderingKey.ts';
import { refuse } from '../refusal.ts';
import { duckType } from '../types.ts';
import type { Row, Rows } from './row.ts';
import { template } from './row.ts';

export const math: Rows = {
  // Spark's logarithms are null outside their domain.
  ln: template('CASE WHEN $1 > 0 THEN ln($1) END'),
  log10: template('CASE WHEN $1 > 0 THEN log10($1) END'),
  // Java has no logarithm of two; Spark divides.
  log2: template('CASE WHEN $1 > 0 THEN ln($1) / ln(2) END'),
  log: (args) =>
    args.length === 1
      ? `CASE WHEN ${args[0] ?? ''} > 0 THEN ln(${args[0] ?? ''}) END`
      : `CASE WHEN ${args[0] ?? ''} > 0 AND ${args[1] ?? ''} > 0 THEN ln(${args[1] ?? ''}) / ln(${args[0] ?? ''}) END`,
  exp: template('exp($1)'),
  sqrt: template("CASE WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) ELSE sqrt($1) END"),
  // Where the base is 1 or -1, Java's power is NaN of what C's is 1.
  power: template(
    "CASE WHEN abs($1) = 1 AND NOT isfinite($2) THEN CAST('NaN' AS DOUBLE) ELSE pow($1, $2) END",
  ),
  sin: finite('sin'),
  cos: finite('cos'),
  tan: finite('tan'),
  asin: template(
    "CASE WHEN $1 BETWEEN -1 AND 1 THEN asin($1) WHEN $1 IS NOT NULL THEN CAST('NaN' AS DOUBLE) END",
  ),
  acos: template(
    "CASE WHEN $1 BETWEEN -1 AND 1 THEN acos($1) WHEN $1 IS NOT NULL THEN CAST('NaN' AS DOUBLE) END",
  ),
  atan: template('atan($1)'),
  // Spark adds 0.0, which makes -0.0 an 0.0.
  atan2: template('atan2($1 + 0.0, $2 + 0.0)'),
  degrees: template('degrees($1)'),
  radians: template('radians($1)'),
  pi: () => 'pi()',
  e: () => "CAST('2.718281828459045' AS DOUBLE)",
  signum: ([value = ''], call) =>
    call.arguments[0] && isAnsiInterval(call.arguments[0].type)
      ? `CAST(sign(${value}) AS DOUBLE)`
      : `CASE WHEN isnan(${value}) OR ${value} = 0 THEN ${value} ELSE CAST(sign(${value}) AS DOUBLE) END`,
  ceil: (args, call) => toWhole('ceil', args, call),
  ceiling: (args, call) => toWhole('ceil', args, call),
  floor: (args, call) => toWhole('floor', args, call),
  round: (args, call, lowering) => rounded(args, call, lowering),
  greatest: extreme('greatest'),
  least: extreme('least'),
};

/** DuckDB's skip nulls as Spark's do. */
function extreme(name: 'greatest' | 'least'): Row {
  return (args, call, lowering) => {
    const type = duckType(call.type);
    if (!holdsNulls(call.type)) return `CAST(${name}(${args.join(', ')}) AS ${type})`;
    const item = lowering.freshName();
    const values = `list_filter([${args.map((arg) => `CAST(${arg} AS ${type})`).join(', ')}], lambda ${item}: ${item} IS NOT NULL)`;
    const pair = lowering.freshName();
    const keyed = `list_transform(${values}, lambda ${pair}: struct_pack(k := ${orderingKey(pair, call.type, lowering)}, v := ${pair}))`;
    return `struct_extract(list_${name === 'least' ? 'min' : 'max'}(${keyed}), 'v')`;
  };
}

function finite(name: string) {
  return template(
    `CASE WHEN isfinite($1) THEN ${name}($1) WHEN $1 IS NOT NULL THEN CAST('NaN' AS DOUBLE) END`,
  );
}

function toWhole(name: 'ceil' | 'floor', args: readonly string[], call: FunctionCall): string {
  const [value = ''] = args;
  const from = call.arguments[0]?.type;
  if (args.length > 1 || !from)
    throw refuse('UNSUPPORTED_FUNCTION', `${call.name} with a scale`, call.range);
  if (isIntegral(from)) return `CAST(${value} AS ${duckType(call.type)})`;
  // Java's conversion of a double to a long saturates.
  if (isFractional(from) && call.type.kind === 'long')
    return `CASE WHEN isnan(${value}) THEN 0 WHEN ${value} >= 9223372036854775807 THEN 9223372036854775807 WHEN ${value} <= -9223372036854775808 THEN -9223372036854775808 ELSE CAST(${name}(${value}) AS BIGINT) END`;
  return `CAST(${name}(${value}) AS ${duckType(call.type)})`;
}

/** Half up. The scale must be a literal, as Spark demands; doubles are rounded by their shortest text. */
function rounded(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const [value = ''] = args;
  const from = call.arguments[0]?.type;
  const scaleArgument = call.arguments[1];
  const scale = scaleArgument === undefined ? 0 : literalInteger(scaleArgument);
  if (!from || scale === undefined)
    throw refuse('UNSUPPORTED_FUNCTION', 'round with a computed scale', call.range);
  if (isIntegral(from) && scale >= 0) return `CAST(${value} AS ${duckType(call.type)})`;
  if (from.kind === 'decimal' && scale >= 0) {
    // DuckDB's cast between decimals rounds half away from zero.
    if (scale >= from.scale) return `CAST(${value} AS ${duckType(call.type)})`;
    return `CAST(CAST(${value} AS DECIMAL(${from.precision}, ${scale})) AS ${duckType(call.type)})`;
  }
  if (isFractional(from) && 0 <= scale && scale <= 15) {
    const text =
      from.kind === 'float'
        ? `CAST(CAST(${value} AS DOUBLE) AS VARCHAR)`
        : `CAST(${value} AS VARCHAR)`;
    return `CASE WHEN abs(${value}) < 1e15 THEN CAST(CAST(${text} AS DECIMAL(38, ${scale})) AS ${duckType(call.type)}) ELSE ${value} END`;
  }
  const only = { ...call, arguments: call.arguments.slice(0, 1) };
  return scalarCall(roundFunction, args.slice(0, 1), only, lowering, `half_up ${scale}`);
}

export function literalInteger(expression: FunctionCall['arguments'][number]): number | undefined {
  const constant = evaluate(expression)?.value;
  if (typeof constant === 'bigint') return Number(constant);
  if (expression.kind === 'cast') return literalInteger(expression.child);
  if (expression.kind === 'call' && expression.name === 'negative' && expression.arguments[0]) {
    const value = literalInteger(expression.arguments[0]);
    return value === undefined ? undefined : -value;
  }
  return undefined;
}
