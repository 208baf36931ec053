/** Which casts Spark allows, and which can yield null. */
import type { DataType } from '../plan/types.ts';
import { isAnsiInterval, isDatetime, isIntegral, isNumeric, sameType } from '../plan/types.ts';

export function canCast(from: DataType, to: DataType, ansi: boolean): boolean {
  if (sameType(from, to) || from.kind === 'void') return true;
  if (to.kind === 'string') return true;
  switch (from.kind) {
    case 'string':
      return to.kind !== 'void' && to.kind !== 'array' && to.kind !== 'map' && to.kind !== 'struct';
    case 'boolean':
      return isNumeric(to) || (!ansi && to.kind === 'timestamp');
    case 'binary':
      return !ansi && isIntegral(to);
    case 'date':
      return isDatetime(to) || (!ansi && (isNumeric(to) || to.kind === 'boolean'));
    case 'timestamp':
      return isDatetime(to) || isNumeric(to) || (!ansi && to.kind === 'boolean');
    case 'timestamp_ntz':
      return isDatetime(to);
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

function isExact(type: DataType): boolean {
  return isIntegral(type) || type.kind === 'decimal';
}

/** Whether a value that is not null may become null, where a cast does not raise. */
export function castMayYieldNull(from: DataType, to: DataType): boolean {
  if (sameType(from, to)) return false;
  switch (from.kind) {
    case 'string':
      return to.kind !== 'string' && to.kind !== 'binary';
    case 'timestamp':
      return isNumeric(to) && to.kind !== 'long' && to.kind !== 'double' && to.kind !== 'float';
    case 'float':
    case 'double':
      return to.kind === 'timestamp' || to.kind === 'decimal';
    case 'date':
      return isNumeric(to) || to.kind === 'boolean';
    default:
      if (to.kind !== 'decimal') return false;
      if (from.kind === 'decimal') {
        return to.precision - to.scale < from.precision - from.scale || to.scale < from.scale;
      }
      return to.precision - to.scale < 20;
  }
}
