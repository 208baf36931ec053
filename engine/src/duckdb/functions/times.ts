/** Functions of times of day, which are nanoseconds since midnight. */
import { maxTimePrecision } from '#sql/plan/types.ts';
import { scalarRow } from '../scalarFunctions/scalarFunction.ts';
import {
  makeTimeOfDayFunction,
  timeDiffFunction,
  timeFromFunction,
  timeTruncFunction,
  timestampOfDayFunction,
  toTimeFunction,
} from '../scalarFunctions/timesOfDay.ts';
import type { Rows } from './row.ts';
import { template } from './row.ts';

export const times: Rows = {
  make_time: scalarRow(makeTimeOfDayFunction),
  to_time: scalarRow(toTimeFunction),
  time_diff: scalarRow(timeDiffFunction),
  time_trunc: scalarRow(timeTruncFunction),
  time_from_seconds: scalarRow(timeFromFunction, () => '1000000000'),
  time_from_millis: scalarRow(timeFromFunction, () => '1000000'),
  time_from_micros: scalarRow(timeFromFunction, () => '1000'),
  time_to_seconds: template(
    "CAST(CAST($1 AS DECIMAL(18, 0)) * CAST('0.000000001' AS DECIMAL(9, 9)) AS DECIMAL(14, 6))",
  ),
  time_to_millis: template('$1 // 1000000'),
  time_to_micros: template('$1 // 1000'),
  timestamp_of_day: scalarRow(timestampOfDayFunction),
};

const nanosOf: Readonly<Record<string, number>> = {
  hour: 3_600_000_000_000,
  minute: 60_000_000_000,
  second: 1_000_000_000,
};

/** A whole hour, minute or second of a time of day. */
export function partOfDay(unit: string, time: string): string {
  return `((${time}) // ${nanosOf[unit] ?? 1} % ${unit === 'hour' ? 24 : 60})`;
}

/** The time of day of a local time, cut to so many digits of the second. */
export function timeOfDayOf(local: string, precision: number): string {
  const unit = 10 ** (maxTimePrecision - precision);
  return `((epoch_us(${local}) % 86400000000 + 86400000000) % 86400000000 // ${unit} * ${unit * 1000})`;
}
