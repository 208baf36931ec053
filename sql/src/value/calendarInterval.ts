/** Calendar intervals: months, days and microseconds that are not reckoned into one another. */
export interface CalendarParts {
  readonly months: number;
  readonly days: number;
  readonly micros: bigint;
}

/** As a cast to string has it: `1 years 2 months 3 days 4 hours 5.5 seconds`. */
export function formatCalendar({ months, days, micros }: CalendarParts): string {
  const parts: string[] = [];
  const add = (value: number | bigint, unit: string) => {
    if (BigInt(value) !== 0n) parts.push(`${value} ${unit}`);
  };
  add(Math.trunc(months / 12), 'years');
  add(months % 12, 'months');
  add(days, 'days');
  add(micros / 3_600_000_000n, 'hours');
  add((micros / 60_000_000n) % 60n, 'minutes');
  const rest = micros % 60_000_000n;
  if (rest !== 0n) {
    const size = rest < 0n ? -rest : rest;
    const fraction = String(size % 1_000_000n)
      .padStart(6, '0')
      .replace(/0+$/, '');
    const seconds = `${size / 1_000_000n}${fraction === '' ? '' : `.${fraction}`}`;
    parts.push(`${rest < 0n ? '-' : ''}${seconds} seconds`);
  }
  return parts.length === 0 ? '0 seconds' : parts.join(' ');
}

const unitPattern =
  /^\s*([+-]?)\s*(?:(\d+)(?:\.(\d{0,9}))?|\.(\d{1,9}))\s+(year|month|week|day|hour|minute|second|millisecond|microsecond)s?(?=\s|$)/;

const microsOf: Readonly<Record<string, bigint>> = {
  hour: 3_600_000_000n,
  minute: 60_000_000n,
  second: 1_000_000n,
  millisecond: 1000n,
  microsecond: 1n,
};

/** Reads `1 year -2 days 3.5 seconds`, with or without `interval` before it. */
export function parseCalendar(text: string): CalendarParts | undefined {
  let rest = text
    .trim()
    .toLowerCase()
    .replace(/^interval\s+/, '');
  if (rest === '') return undefined;
  let [months, days, micros] = [0n, 0n, 0n];
  while (rest.trim() !== '') {
    const match = unitPattern.exec(rest);
    if (match === null) return undefined;
    const [whole, sign, digits = '0', decimals, bare, unit = ''] = match;
    const fraction = decimals ?? bare;
    // Only seconds have a fraction; a point without one is none.
    if (fraction !== undefined && unit !== 'second') return undefined;
    const factor = sign === '-' ? -1n : 1n;
    const value = BigInt(digits) * factor;
    const parts = BigInt((fraction ?? '').padEnd(9, '0')) / 1000n;
    if (unit === 'year' || unit === 'month') months += value * (unit === 'year' ? 12n : 1n);
    else if (unit === 'week' || unit === 'day') days += value * (unit === 'week' ? 7n : 1n);
    else micros += value * (microsOf[unit] ?? 1n) + factor * parts;
    rest = rest.slice(whole.length);
  }
  const fits = (number: bigint, bits: number) => BigInt.asIntN(bits, number) === number;
  if (!fits(months, 32) || !fits(days, 32) || !fits(micros, 64)) return undefined;
  return { months: Number(months), days: Number(days), micros };
}
