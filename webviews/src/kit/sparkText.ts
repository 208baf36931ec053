/**
 * Values as Spark's `show` prints them: Java's number forms, `{k -> v}` for maps, dates beyond 9999 with a sign.
 * Knows nothing of Arrow; `arrowCells.ts` takes the raw values from a page.
 */
import { civilFromDays } from '#shared/calendar.ts';

/** Java's `Double.toString`: decimal from 10⁻³ to 10⁷, else `1.0E10`. */
export function doubleText(value: number): string {
  return javaText(value, (scaled) => scaled.toExponential());
}

/** Java's `Float.toString`: the shortest digits that give the same 32-bit float. */
export function floatText(value: number): string {
  return javaText(value, (scaled) => {
    for (let digits = 0; digits < 9; digits++) {
      const text = scaled.toExponential(digits);
      if (Math.fround(Number(text)) === scaled) return text;
    }
    return scaled.toExponential(8);
  });
}

function javaText(value: number, shortest: (value: number) => string): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value < 0 ? '-Infinity' : 'Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', power = '0'] = shortest(Math.abs(value)).split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(power);
  const sign = value < 0 ? '-' : '';
  if (exponent < -3 || exponent >= 7)
    return `${sign}${digits.charAt(0)}.${digits.slice(1) || '0'}E${exponent}`;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

/** A decimal from its unscaled integer; never in scientific form. */
export function decimalText(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  if (scale <= 0) return `${sign}${digits}${'0'.repeat(-scale)}`;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Days since 1970-01-01, in the proleptic Gregorian calendar, also before year 0 and beyond JavaScript's range. */
export function dateText(epochDay: number): string {
  const { year, month, day } = civilFromDays(epochDay);
  return `${yearText(year)}-${twoDigits(month)}-${twoDigits(day)}`;
}

function yearText(year: number): string {
  if (year > 9999) return `+${year}`;
  return year < 0 ? `-${String(-year).padStart(4, '0')}` : String(year).padStart(4, '0');
}

const DAY_MICROS = 86_400_000_000n;

/** Microseconds since the epoch as wall-clock text; the fraction only as far as it is not zero. */
export function timestampText(epochMicros: bigint, timeZone: string | undefined): string {
  const local = epochMicros + BigInt(zoneOffsetSeconds(epochMicros, timeZone)) * 1_000_000n;
  const day = floorDivide(local, DAY_MICROS);
  const rest = local - day * DAY_MICROS;
  return `${dateText(Number(day))} ${timeText(rest)}`;
}

export function timeText(micros: bigint): string {
  const seconds = Number(micros / 1_000_000n);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const clock = `${twoDigits(hours)}:${twoDigits(minutes)}:${twoDigits(seconds % 60)}`;
  return `${clock}${fractionText(micros % 1_000_000n)}`;
}

function fractionText(micros: bigint): string {
  return micros === 0n ? '' : `.${micros.toString().padStart(6, '0').replace(/0+$/, '')}`;
}

const formatters = new Map<string, Intl.DateTimeFormat | undefined>();

/** Seconds that a zone is ahead of UTC at an instant. Java knows local mean time of old dates; so does ICU. */
function zoneOffsetSeconds(epochMicros: bigint, timeZone: string | undefined): number {
  if (timeZone === undefined || timeZone === 'UTC' || timeZone === 'Z') return 0;
  const fixed = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$/.exec(timeZone);
  if (fixed) {
    const seconds = Number(fixed[2]) * 3600 + Number(fixed[3] ?? 0) * 60;
    return fixed[1] === '-' ? -seconds : seconds;
  }
  const instant = Number(floorDivide(epochMicros, 1000n));
  if (Math.abs(instant) > 8.64e15) return 0;
  if (!formatters.has(timeZone)) formatters.set(timeZone, zoneFormatter(timeZone));
  const parts = formatters.get(timeZone)?.formatToParts(instant);
  if (!parts) return 0;
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value ?? 0);
  const era = parts.find((found) => found.type === 'era')?.value;
  const wall = new Date(0);
  wall.setUTCFullYear(
    era === 'B' ? 1 - part('year') : part('year'),
    part('month') - 1,
    part('day'),
  );
  wall.setUTCHours(part('hour') % 24, part('minute'), part('second'));
  return Math.round((wall.getTime() - Math.floor(instant / 1000) * 1000) / 1000);
}

function zoneFormatter(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US-u-ca-gregory', {
      timeZone,
      era: 'narrow',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
    });
  } catch {
    // A zone that this browser does not know: the wall clock stays in UTC, as the column's type then says.
    return undefined;
  }
}

/** `INTERVAL '1 02:03:04.5' DAY TO SECOND`, with the units that the type names. */
export function dayTimeIntervalText(micros: bigint, type: string): string {
  const [, from = 'day', to = from] =
    /^interval (day|hour|minute|second)(?: to (hour|minute|second))?$/.exec(type) ?? [];
  const units = ['day', 'hour', 'minute', 'second'];
  const first = units.indexOf(from);
  const last = units.indexOf(to);
  const size = [DAY_MICROS, 3_600_000_000n, 60_000_000n, 1_000_000n];
  let rest = micros < 0n ? -micros : micros;
  let text = micros < 0n ? '-' : '';
  for (let unit = first; unit <= last; unit++) {
    const count = rest / (size[unit] ?? 1n);
    rest -= count * (size[unit] ?? 1n);
    const digits = unit === first && unit < 3 ? count.toString() : twoDigits(Number(count));
    text += (unit === first ? '' : unit === first + 1 && first === 0 ? ' ' : ':') + digits;
  }
  if (to === 'second') text += fractionText(rest);
  const name = from === to ? from : `${from} to ${to}`;
  return `INTERVAL '${text}' ${name.toUpperCase()}`;
}

/** `INTERVAL '1-2' YEAR TO MONTH`. */
export function yearMonthIntervalText(months: number, type: string): string {
  const sign = months < 0 ? '-' : '';
  const total = Math.abs(months);
  if (type === 'interval month') return `INTERVAL '${sign}${total}' MONTH`;
  if (type === 'interval year') return `INTERVAL '${sign}${Math.floor(total / 12)}' YEAR`;
  return `INTERVAL '${sign}${Math.floor(total / 12)}-${total % 12}' YEAR TO MONTH`;
}

/** `[41 42]` */
export function binaryText(bytes: Uint8Array): string {
  return `[${Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')}]`;
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
