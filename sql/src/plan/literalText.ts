/** Literals as Spark's SQL and as its plans print them. */
import { formatDate, formatLocalTimestamp, formatTimeOfDay } from '../value/datetime.ts';
import { formatDecimal } from '../value/decimal.ts';
import { formatDayTime, formatYearMonth } from '../value/interval.ts';
import type { DataType } from './types.ts';
import type { LiteralValue } from './unresolved.ts';

/** A double as Java prints it: `1.0`, `1.0E10`, `NaN`. */
export function javaDouble(value: number, isFloat = false): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  }
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  let digits = String(value);
  if (isFloat) {
    for (let precision = 1; precision <= 9; precision++) {
      const short = value.toPrecision(precision);
      if (Math.fround(Number(short)) !== value) continue;
      digits = String(Number(short));
      break;
    }
  }
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) return digits.includes('.') ? digits : `${digits}.0`;
  const [mantissa = '', exponent = '0'] = Number(digits).toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}

/** The bare value, as plans print it and as a cast to string yields it where no time zone is needed. */
export function valueText(value: LiteralValue, type: DataType): string {
  if (value === null) return 'null';
  switch (type.kind) {
    case 'decimal':
      return formatDecimal(value as bigint, type.scale);
    case 'float':
    case 'double':
      return javaDouble(value as number, type.kind === 'float');
    case 'date':
      return formatDate(Number(value));
    case 'timestamp':
    case 'timestamp_ntz':
      return formatLocalTimestamp(value as bigint);
    case 'time':
      return formatTimeOfDay(value as bigint);
    case 'yearMonthInterval':
      return formatYearMonth(value as bigint, type.first, type.last);
    case 'dayTimeInterval':
      return formatDayTime(value as bigint, type.first, type.last);
    case 'binary':
      return `X'${[...(value as Uint8Array)]
        .map((byte) => byte.toString(16).padStart(2, '0'))
        .join('')
        .toUpperCase()}'`;
    case 'array':
      return `[${(value as readonly LiteralValue[]).map((item) => valueText(item, type.element)).join(',')}]`;
    default:
      return String(value);
  }
}
