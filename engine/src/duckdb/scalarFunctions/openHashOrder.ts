/** The order in which Spark's hash map of the values of a group hands them out. */
import type { DataType } from '#sql/plan/types.ts';
import { hashInt32, textHashCode } from './hashes.ts';
import type { Value } from './scalarFunction.ts';

/** Distinct values in that order; types whose hash is not known here keep their own. */
export function openHashOrder(values: readonly Value[], type: DataType): readonly Value[] {
  const hashCode = hashCodeOf(type);
  if (hashCode === undefined) return values;
  let capacity = 64;
  while (values.length > 0.7 * capacity) capacity *= 2;
  const slots = new Map<number, Value>();
  for (const value of values) {
    let position = hashInt32(hashCode(value)) & (capacity - 1);
    for (let step = 1; slots.has(position); step++) position = (position + step) & (capacity - 1);
    slots.set(position, value);
  }
  return [...slots].sort(([a], [b]) => a - b).map(([, value]) => value);
}

function hashCodeOf(type: DataType): ((value: Value) => number) | undefined {
  const view = new DataView(new ArrayBuffer(8));
  const ofLong = (value: bigint) => Number(BigInt.asIntN(32, value ^ (value >> 32n)));
  switch (type.kind) {
    case 'boolean':
      return (value) => (value === true ? 1231 : 1237);
    case 'byte':
    case 'short':
    case 'int':
    case 'date':
    case 'yearMonthInterval':
      return (value) => value as number;
    case 'long':
    case 'timestamp':
    case 'timestamp_ntz':
    case 'time':
    case 'dayTimeInterval':
      return (value) => ofLong(value as bigint);
    case 'double':
      return (value) => {
        view.setFloat64(0, value as number);
        return ofLong(view.getBigInt64(0));
      };
    case 'string':
      return (value) => textHashCode(value as string);
    default:
      return undefined;
  }
}
