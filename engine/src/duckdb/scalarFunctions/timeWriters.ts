/** Dates and times as JSON, CSV and XML write them. */
import { formatDate, formatTimeOfDay, localTimeIn, offsetOf } from '#sql/value/datetime.ts';
import type { Site } from './scalarFunction.ts';
import { patternWriter } from './textPatterns.ts';

export interface TimeWriters {
  readonly date: (days: number) => string;
  readonly timestamp: (instant: bigint) => string;
  readonly timestampNtz: (local: bigint) => string;
  readonly time: (nanos: bigint) => string;
}

const microsPerDay = 86_400_000_000n;

/** Options by their names in small letters. */
export function timeWriters(site: Site, options: Readonly<Record<string, string>>): TimeWriters {
  const zone = options.timezone ?? site.timeZone;
  const localOf = (instant: bigint) => localTimeIn(zone, instant) ?? instant;
  const [dates, timestamps, locals, times] = [
    options.dateformat,
    options.timestampformat,
    options.timestampntzformat,
    options.timeformat,
  ].map((pattern) => (pattern === undefined ? undefined : patternWriter(site, pattern)));
  return {
    date: (days) => dates?.(BigInt(days) * microsPerDay, undefined) ?? formatDate(days),
    timestamp: (instant) =>
      timestamps?.(localOf(instant), zone) ??
      `${isoText(localOf(instant))}${offsetText(offsetOf(zone, instant) ?? 0n)}`,
    time: (nanos) => times?.(nanos / 1000n, undefined) ?? formatTimeOfDay(nanos),
    timestampNtz: (local) => locals?.(local, undefined) ?? isoText(local),
  };
}

/** `2024-01-31T12:00:00.000`. */
function isoText(local: bigint): string {
  const days = local / microsPerDay - (local % microsPerDay < 0n ? 1n : 0n);
  const rest = Number((local - days * microsPerDay) / 1000n);
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor(rest / 1000);
  const clock = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) =>
    two(Math.floor(part)),
  );
  return `${formatDate(Number(days))}T${clock.join(':')}.${String(rest % 1000).padStart(3, '0')}`;
}

function offsetText(micros: bigint): string {
  if (micros === 0n) return 'Z';
  const minutes = Math.abs(Number(micros / 60_000_000n));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${micros < 0n ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
