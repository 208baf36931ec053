/** A value as a cast to string writes it. */
import { javaDouble } from '#sql/plan/literalText.ts';
import type { DataType } from '#sql/plan/types.ts';
import { formatCalendar } from '#sql/value/calendarInterval.ts';
import {
  formatDate,
  formatLocalTimestamp,
  formatTimeOfDay,
  localTimeIn,
} from '#sql/value/datetime.ts';
import { formatDecimal } from '#sql/value/decimal.ts';
import { formatDayTime, formatYearMonth } from '#sql/value/interval.ts';
import type { CalendarInterval, Value } from './scalarFunction.ts';

/** Of a value that is not null. Nulls within are `null`. */
export function valueString(type: DataType, timeZone: string): (value: Value) => string {
  switch (type.kind) {
    case 'decimal':
      return (value) => formatDecimal(value as bigint, type.scale);
    case 'float':
    case 'double':
      return (value) => javaDouble(value as number, type.kind === 'float');
    case 'date':
      return (value) => formatDate(value as number);
    case 'timestamp':
      return (value) => {
        const instant = value as bigint;
        return formatLocalTimestamp(localTimeIn(timeZone, instant) ?? instant);
      };
    case 'timestamp_ntz':
      return (value) => formatLocalTimestamp(value as bigint);
    case 'time':
      return (value) => formatTimeOfDay(value as bigint);
    case 'yearMonthInterval':
      return (value) => formatYearMonth(BigInt(value as number), type.first, type.last);
    case 'dayTimeInterval':
      return (value) => formatDayTime(value as bigint, type.first, type.last);
    case 'calendarInterval':
      return (value) => formatCalendar(value as CalendarInterval);
    case 'binary':
      return (value) => Buffer.from(value as Uint8Array).toString('utf8');
    case 'array': {
      const text = orNull(type.element, timeZone);
      return (value) => `[${(value as readonly Value[]).map(text).join(', ')}]`;
    }
    case 'map': {
      const [key, item] = [orNull(type.key, timeZone), orNull(type.value, timeZone)];
      return (value) => {
        const pairs = value as readonly (readonly [Value, Value])[];
        return `{${pairs.map(([k, v]) => `${key(k)} -> ${item(v)}`).join(', ')}}`;
      };
    }
    case 'struct': {
      const texts = type.fields.map((field) => orNull(field.type, timeZone));
      return (value) => {
        const fields = value as readonly Value[];
        return `{${texts.map((text, index) => text(fields[index] ?? null)).join(', ')}}`;
      };
    }
    default:
      return String;
  }
}

function orNull(type: DataType, timeZone: string): (value: Value) => string {
  const text = valueString(type, timeZone);
  return (value) => (value === null ? 'null' : text(value));
}
