/** Python's integers in arrays that have no room for them: NumPy 2 refuses where NumPy 1 wrapped around. */
import type { DType } from '#shared/layout/dtype.ts';
import type { Argument, Machine } from '../flow/machine.ts';
import type { Value } from '../flow/values.ts';
import { knownBigint } from '../flow/values.ts';
import { itemsOf } from './arguments.ts';
import { asNumber } from './numpyDtypes.ts';
import { integerRange } from './typecodes.ts';

/** Whether an integer, or each of a list of them, fits the dtype; the first that does not is reported. */
export function checkBounds(
  machine: Machine,
  dtype: DType | undefined,
  { value, expression }: Argument,
): boolean {
  const type = asNumber(dtype);
  const version = machine.context.installedVersion?.('numpy');
  if (!type || !/^u?int$/.test(type.scalar) || version?.[0] === undefined || version[0] < 2)
    return true;
  const range = integerRange(type.itemsize, type.scalar === 'int');
  const outside = firstOutside(machine, value, range.low, range.high, 0);
  if (outside === undefined) return true;
  machine.report({
    rule: 'numpy-casting',
    at: expression,
    message: `Python integer ${outside} out of bounds for ${type.scalar}${type.itemsize * 8}, which takes ${range.low} to ${range.high}`,
    exception: 'OverflowError',
  });
  return false;
}

function firstOutside(
  machine: Machine,
  value: Value,
  low: bigint,
  high: bigint,
  depth: number,
): bigint | undefined {
  if (value.kind === 'int') {
    const known = knownBigint(value);
    return known !== undefined && (known < low || high < known) ? known : undefined;
  }
  if (depth > 8) return undefined;
  for (const item of itemsOf(machine, value) ?? []) {
    const outside = firstOutside(machine, item, low, high, depth + 1);
    if (outside !== undefined) return outside;
  }
  return undefined;
}
