/** The text of an interval (`1 day -2 hours`), read as Spark's `stringToInterval` reads it. */
import { microsOf } from './interval.ts';

export interface IntervalParts {
  readonly months: bigint;
  readonly days: bigint;
  readonly micros: bigint;
}

export interface IntervalFailure {
  readonly problem:
    | 'INPUT_IS_EMPTY'
    | 'INVALID_PREFIX'
    | 'UNRECOGNIZED_NUMBER'
    | 'INVALID_VALUE'
    | 'INVALID_PRECISION'
    | 'INVALID_FRACTION'
    | 'INVALID_UNIT'
    | 'MISSING_NUMBER'
    | 'MISSING_UNIT';
  readonly parameters: Readonly<Record<string, string>>;
}

const units: Readonly<Record<string, keyof IntervalParts>> = {
  year: 'months',
  month: 'months',
  week: 'days',
  day: 'days',
  hour: 'micros',
  minute: 'micros',
  second: 'micros',
  millisecond: 'micros',
  microsecond: 'micros',
};
const sizes: Readonly<Record<string, bigint>> = {
  year: 12n,
  month: 1n,
  week: 7n,
  day: 1n,
  hour: microsOf.hour,
  minute: microsOf.minute,
  second: microsOf.second,
  millisecond: 1000n,
  microsecond: 1n,
};

export function readIntervalText(input: string): IntervalParts | IntervalFailure {
  const fail = (
    problem: IntervalFailure['problem'],
    parameters: IntervalFailure['parameters'] = {},
  ): IntervalFailure => ({ problem, parameters: { input, ...parameters } });
  let rest = trimAll(input).toLowerCase();
  if (rest === '') return fail('INPUT_IS_EMPTY');
  if (rest.startsWith('interval')) {
    rest = rest.slice('interval'.length);
    if (rest === '') return fail('INPUT_IS_EMPTY');
    if (!isSpace(rest[0] ?? '')) return fail('INVALID_PREFIX', { prefix: firstWord(input) });
  }
  const total = { months: 0n, days: 0n, micros: 0n };
  for (rest = skipSpace(rest); rest !== ''; rest = skipSpace(rest)) {
    const sign = /^[+-]/.exec(rest)?.[0] ?? '';
    if (!/^[+\-.\d]/.test(rest)) return fail('UNRECOGNIZED_NUMBER', { number: firstWord(rest) });
    rest = sign === '' ? rest : skipSpace(rest.slice(1));
    if (rest === '') return fail('MISSING_NUMBER', { word: sign });
    const number = /^(\d*)(\.(\d*))?/.exec(rest);
    const [written = '', whole = '', point, fraction = ''] = number ?? [];
    const next = rest[written.length] ?? '';
    if (written === '' || (next !== '' && !isSpace(next))) {
      return fail('INVALID_VALUE', { value: firstWord(rest) });
    }
    if (fraction.length > 9) return fail('INVALID_PRECISION', { value: written });
    rest = skipSpace(rest.slice(written.length));
    if (rest === '') return fail('MISSING_UNIT', { word: written });
    const word = firstWord(rest);
    const unit = word.replace(/s$/, '');
    if (point !== undefined && !rest.startsWith('s')) {
      return fail('INVALID_FRACTION', { unit: word });
    }
    const field = Object.hasOwn(units, unit) ? units[unit] : undefined;
    if (field === undefined) return fail('INVALID_UNIT', { unit: word });
    const micros = BigInt(fraction.padEnd(9, '0').slice(0, 9)) / 1000n;
    const value = BigInt(whole === '' ? '0' : whole) * (sizes[unit] ?? 0n) + micros;
    total[field] += sign === '-' ? -value : value;
    rest = rest.slice(word.length);
  }
  return total;
}

function isSpace(character: string): boolean {
  const code = character.charCodeAt(0);
  return code <= 0x20 || code === 0x7f || /\s/.test(character);
}

function skipSpace(text: string): string {
  let at = 0;
  while (at < text.length && isSpace(text[at] ?? '')) at++;
  return text.slice(at);
}

function trimAll(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1] ?? '')) end--;
  return skipSpace(text.slice(0, end));
}

function firstWord(text: string): string {
  let at = 0;
  while (at < text.length && !isSpace(text[at] ?? '')) at++;
  return text.slice(0, at);
}
