/** Casts that lose nothing, as Spark's `canUpCast`: what a stored column may have become. */
import type { DataType } from '../plan/types.ts';
import { sameType } from '../plan/types.ts';

const order = ['byte', 'short', 'int', 'long', 'decimal', 'float', 'double'];

export function canUpCast(from: DataType, to: DataType): boolean {
  if (sameType(from, to) || from.kind === 'void') return true;
  if (to.kind === 'decimal') return fitsDecimal(from, to.precision - to.scale, to.scale);
  if (from.kind === 'decimal') {
    return (
      to.kind === 'string' || (from.scale === 0 && from.precision < (integerDigits[to.kind] ?? 0))
    );
  }
  if (order.includes(from.kind) && order.includes(to.kind)) {
    return order.indexOf(from.kind) <= order.indexOf(to.kind);
  }
  switch (from.kind) {
    case 'date':
      return to.kind === 'timestamp' || to.kind === 'timestamp_ntz' || to.kind === 'string';
    case 'timestamp':
    case 'timestamp_ntz':
      return to.kind === 'timestamp' || to.kind === 'timestamp_ntz' || to.kind === 'string';
    case 'time':
      return to.kind === 'time' ? from.precision <= to.precision : to.kind === 'string';
    case 'yearMonthInterval':
    case 'dayTimeInterval':
      return to.kind === from.kind || to.kind === 'string';
    case 'array':
      return (
        to.kind === 'array' &&
        (to.containsNull || !from.containsNull) &&
        canUpCast(from.element, to.element)
      );
    case 'map':
      return to.kind === 'map' && canUpCast(from.key, to.key) && canUpCast(from.value, to.value);
    case 'struct':
      return (
        to.kind === 'struct' &&
        from.fields.length === to.fields.length &&
        from.fields.every((field, index) => {
          const target = to.fields[index];
          return target !== undefined && canUpCast(field.type, target.type);
        })
      );
    case 'string':
    case 'binary':
      return false;
    default:
      return to.kind === 'string' && from.kind !== 'calendarInterval';
  }
}

const integerDigits: Readonly<Record<string, number>> = { byte: 3, short: 5, int: 10, long: 20 };

function fitsDecimal(from: DataType, whole: number, scale: number): boolean {
  if (from.kind === 'decimal') return from.precision - from.scale <= whole && from.scale <= scale;
  const digits = integerDigits[from.kind];
  return digits !== undefined && digits <= whole;
}
