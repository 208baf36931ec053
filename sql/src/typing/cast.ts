/** Which casts Spark allows, and which can yield null. */
import type { DataType } from '../plan/types.ts';
import { isAnsiInterval, isDatetime, isIntegral, isNumeric, sameType } from '../plan/types.ts';

export function canCast(from: DataType, to: DataType, ansi: boolean): boolean {
  if (sameType(from, to) || from.kind === 'void') return true;
  if (to.kind === 'string') return true;
  if (to.kind === 'variant') {
    return !from.kind.endsWith('Interval') && (!isNested(from) || from.kind === 'array');
  }
  if (from.kind === 'variant') return to.kind !== 'void' && !to.kind.endsWith('Interval');
  switch (from.kind) {
    case 'string':
      return to.kind !== 'void' && to.kind !== 'array' && to.kind !== 'map' && to.kind !== 'struct';
    case 'boolean':
      return isNumeric(to) || (!ansi && to.kind === 'timestamp');
    case 'binary':
      return false;
    case 'date':
      return isDatetime(to) || (!ansi && (isNumeric(to) || to.kind === 'boolean'));
    case 'timestamp':
      return isDatetime(to) || isNumeric(to) || (!ansi && to.kind === 'boolean');
    case 'timestamp_ntz':
      return isDatetime(to);
    case 'time':
      return to.kind === 'time' || isExact(to);
    case 'yearMonthInterval':
    case 'dayTimeInterval':
      return to.kind === from.kind || isExact(to);
    case 'array':
      return to.kind === 'array' && canCast(from.element, to.element, ansi);
    case 'map':
      return (
        to.kind === 'map' && canCast(from.key, to.key, ansi) && canCast(from.value, to.value, ansi)
      );
    case 'struct':
      return (
        to.kind === 'struct' &&
        from.fields.length === to.fields.length &&
        from.fields.every((field, index) => {
          const target = to.fields[index];
          return target !== undefined && canCast(field.type, target.type, ansi);
        })
      );
    default:
      if (!isNumeric(from)) return false;
      if (isNumeric(to) || to.kind === 'boolean' || to.kind === 'timestamp') return true;
      if (isAnsiInterval(to)) return isExact(from);
      return !ansi && to.kind === 'binary' && isIntegral(from);
  }
}

function isNested(type: DataType): boolean {
  return type.kind === 'array' || type.kind === 'map' || type.kind === 'struct';
}

function isExact(type: DataType): boolean {
  return isIntegral(type) || type.kind === 'decimal';
}

/** Whether Spark calls the cast nullable even of what is not null; in ANSI mode too, where it would raise. */
export function castMayYieldNull(from: DataType, to: DataType): boolean {
  if (sameType(from, to) || from.kind === 'void') return false;
  if (from.kind === 'variant') return true;
  if (from.kind === 'time') return ['byte', 'short', 'decimal'].includes(to.kind);
  if (from.kind === 'string') return to.kind !== 'string' && to.kind !== 'binary';
  if (to.kind === 'string') return false;
  if (from.kind === 'timestamp' && ['byte', 'short', 'int'].includes(to.kind)) return true;
  if ((from.kind === 'float' || from.kind === 'double') && to.kind === 'timestamp') return true;
  if (to.kind === 'date') return from.kind !== 'timestamp';
  if (from.kind === 'date') return to.kind !== 'timestamp';
  if (to.kind === 'decimal') return !holds(to, from);
  return isFractionalOrDecimal(from) && isIntegral(to);
}

/** Whether a cast holds whatever there is, so that not even a `try_cast` says that it may be null. */
export function alwaysSucceeds(from: DataType, to: DataType): boolean {
  if (sameType(from, to) || to.kind === 'string') return true;
  if (from.kind === 'string') return to.kind === 'binary';
  if (to.kind === 'decimal') return isExact(from) && holds(to, from);
  if (isDatetime(from)) {
    return isDatetime(to) ? to.kind !== 'date' : from.kind === 'timestamp' && to.kind === 'long';
  }
  const order = ['byte', 'short', 'int', 'long', 'float', 'double'];
  const [at, end] = [order.indexOf(from.kind), order.indexOf(to.kind)];
  return (at >= 0 && at < end) || (from.kind === 'long' && to.kind === 'timestamp');
}

function isFractionalOrDecimal(type: DataType): boolean {
  return type.kind === 'decimal' || type.kind === 'float' || type.kind === 'double';
}

/** Digits before the point, and behind it, of the decimal that Spark has for each type that counts. */
const digitsOf: Readonly<Record<string, readonly [whole: number, scale: number]>> = {
  boolean: [1, 0],
  byte: [3, 0],
  short: [5, 0],
  int: [10, 0],
  long: [20, 0],
};

function holds(to: DataType & { readonly kind: 'decimal' }, from: DataType): boolean {
  const whole = to.precision - to.scale;
  if (from.kind === 'decimal') {
    const given = from.precision - from.scale;
    return whole > given || (whole === given && to.scale >= from.scale);
  }
  const digits = digitsOf[from.kind];
  return digits !== undefined && whole >= digits[0] && to.scale >= digits[1];
}
