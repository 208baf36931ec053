/** Literals: what a token stands for. */
import type { Range } from '../plan/range.ts';
import type { DataType } from '../plan/types.ts';
import {
  binaryType,
  byteType,
  dateType,
  decimalType,
  doubleType,
  floatType,
  intType,
  longType,
  shortType,
  stringType,
  timestampNtzType,
  timestampType,
} from '../plan/types.ts';
import type { Expression, LiteralValue } from '../plan/unresolved.ts';
import { instantIn, namesMoment, parseDate, parseTimestamp } from '../value/datetime.ts';
import { parseDecimal } from '../value/decimal.ts';
import type { IntervalUnit } from '../value/interval.ts';
import { intervalUnit, parseDayTime, parseYearMonth, scaledInterval } from '../value/interval.ts';
import type { Token } from './lexer.ts';
import type { TokenStream } from './tokenStream.ts';

export function literal(value: LiteralValue, type: DataType, range: Range): Expression {
  return { kind: 'literal', value, type, range: { start: range.start, end: range.end } };
}

const missing = (range: Range): Expression => ({
  kind: 'missing',
  range: { start: range.start, end: range.end },
});

export function isNumber(token: Token): boolean {
  return (
    token.kind === 'integer' ||
    token.kind === 'decimal' ||
    token.kind === 'exponent' ||
    token.kind === 'suffixed'
  );
}

export function isString(token: Token): boolean {
  return token.kind === 'string' || token.kind === 'rawString';
}

const integerTypes = {
  L: { type: longType, bits: 63n, name: 'bigint' },
  S: { type: shortType, bits: 15n, name: 'smallint' },
  Y: { type: byteType, bits: 7n, name: 'tinyint' },
} as const;

/** The number that comes next; the sign has been taken and is part of the literal. */
export function parseNumber(stream: TokenStream, negative: boolean, start: number): Expression {
  const token = stream.take();
  const range = { start, end: token.end };
  const sign = negative ? '-' : '';
  if (token.kind === 'integer') {
    const value = BigInt(sign + token.text);
    if (fits(value, 31n)) return literal(value, intType, range);
    if (fits(value, 63n)) return literal(value, longType, range);
    return decimalLiteral(stream, sign + token.text, range);
  }
  if (token.kind === 'decimal') return decimalLiteral(stream, sign + token.text, range);
  if (token.kind === 'exponent') return fractional(stream, sign + token.text, 'D', range);
  const suffix = token.text.slice(-1).toUpperCase();
  if (/BD$/i.test(token.text)) {
    return decimalLiteral(stream, sign + token.text.slice(0, -2), range);
  }
  const digits = sign + token.text.slice(0, -1);
  if (suffix === 'D' || suffix === 'F') return fractional(stream, digits, suffix, range);
  const { type, bits, name } = integerTypes[suffix as keyof typeof integerTypes];
  const value = BigInt(digits);
  if (fits(value, bits)) return literal(value, type, range);
  outOfRange(stream, digits, name, String(-(1n << bits)), String((1n << bits) - 1n), range);
  return missing(range);
}

function fractional(
  stream: TokenStream,
  digits: string,
  suffix: 'D' | 'F',
  range: Range,
): Expression {
  const value = Number(digits);
  const most = suffix === 'D' ? '1.7976931348623157E308' : '3.4028234663852886E38';
  // The digits count, before a float is rounded: 3.4028235E38F is beyond the greatest float.
  if (Math.abs(value) <= Number(most)) {
    return suffix === 'D'
      ? literal(value, doubleType, range)
      : literal(Math.fround(value), floatType, range);
  }
  outOfRange(stream, digits, suffix === 'D' ? 'double' : 'float', `-${most}`, most, range);
  return missing(range);
}

function fits(value: bigint, bits: bigint): boolean {
  return -(1n << bits) <= value && value < 1n << bits;
}

function outOfRange(
  stream: TokenStream,
  rawStrippedQualifier: string,
  typeName: string,
  minValue: string,
  maxValue: string,
  range: Range,
): void {
  stream.report(
    'INVALID_NUMERIC_LITERAL_RANGE',
    { rawStrippedQualifier, minValue, maxValue, typeName },
    range,
  );
}

function decimalLiteral(stream: TokenStream, digits: string, range: Range): Expression {
  const parsed = parseDecimal(digits);
  if (parsed !== undefined) return literal(parsed.unscaled, parsed.type, range);
  const precision = String(digits.replace(/\D/g, '').length);
  stream.report(
    'DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION',
    { precision, maxPrecision: '38' },
    range,
  );
  return literal(0n, decimalType(38, 0), range);
}

/** One string, or several side by side, which are one. */
export function parseString(stream: TokenStream): Expression {
  const first = stream.next;
  let value = '';
  while (isString(stream.next)) value += stringValue(stream.take());
  return literal(value, stringType, { start: first.start, end: stream.lastEnd });
}

export function stringValue(token: Token): string {
  if (token.kind === 'rawString') return token.text.slice(2, -1);
  const quote = token.text.slice(0, 1);
  const body = token.text.slice(1, -1);
  if (!body.includes('\\') && !body.includes(quote)) return body;
  // Two quotes end one string and begin the next, and strings side by side are one.
  return body.replace(
    /\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\([01][0-7]{2})|\\([\s\S])|''|""/g,
    (whole, unit?: string, point?: string, octal?: string, escape?: string) => {
      if (unit !== undefined) return String.fromCharCode(parseInt(unit, 16));
      if (point !== undefined) return fromCodePoint(parseInt(point, 16));
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
      if (escape !== undefined) return escapes[escape] ?? escape;
      return whole === quote + quote ? '' : whole;
    },
  );
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\x1a',
  // LIKE's own escapes are left for LIKE.
  '%': '\\%',
  _: '\\_',
};

function fromCodePoint(point: number): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
}

const typedLiterals = ['DATE', 'TIMESTAMP', 'TIMESTAMP_LTZ', 'TIMESTAMP_NTZ', 'X'];

/** `DATE '2024-01-01'` and its like; undefined where no such literal comes next. */
export function parseTypedLiteral(stream: TokenStream): Expression | undefined {
  const word = stream.next;
  if (word.kind !== 'word' || !isString(stream.peek(1))) return undefined;
  if (!typedLiterals.includes(word.text)) return undefined;
  stream.take();
  const text = parseString(stream);
  const range = { start: word.start, end: text.range.end };
  const value = text.kind === 'literal' && typeof text.value === 'string' ? text.value : '';
  if (word.text !== 'X' && namesMoment(value)) {
    stream.unsupported(`${word.text} '${value}'`, word.start);
    return missing(range);
  }
  const typed = typedValue(word.text, value, stream.timeZone);
  if (typed !== undefined) return literal(typed.value, typed.type, range);
  stream.report(
    'INVALID_TYPED_LITERAL',
    { valueType: `"${word.text}"`, value: `'${value.replaceAll("'", "\\'")}'` },
    range,
  );
  return missing(range);
}

function typedValue(
  word: string,
  text: string,
  timeZone: string,
): { readonly value: LiteralValue; readonly type: DataType } | undefined {
  switch (word) {
    case 'DATE': {
      const days = parseDate(text);
      return days === undefined ? undefined : { value: BigInt(days), type: dateType };
    }
    case 'X': {
      const digits = text.length % 2 === 1 ? `0${text}` : text;
      if (!/^[0-9a-fA-F]*$/.test(digits)) return undefined;
      const bytes = digits.match(/../g) ?? [];
      return { value: Uint8Array.from(bytes, (byte) => parseInt(byte, 16)), type: binaryType };
    }
    default: {
      const local = parseTimestamp(text);
      if (local === undefined) return undefined;
      if (word === 'TIMESTAMP_NTZ') {
        return { value: local.micros, type: timestampNtzType };
      }
      const instant = instantIn(local.zone ?? timeZone, local.micros);
      return instant === undefined ? undefined : { value: instant, type: timestampType };
    }
  }
}

/** After the word INTERVAL: `'1' DAY`, `1 DAY 2 HOURS`, `'1-2' YEAR TO MONTH`, `'1 day'`. */
export function parseInterval(stream: TokenStream, start: number): Expression | undefined {
  const mark = stream.mark();
  const parts: { readonly value: bigint; readonly unit: IntervalUnit }[] = [];
  while (true) {
    const part = intervalPart(stream, parts.length === 0);
    if (part === undefined) break;
    if ('kind' in part) return { ...part, range: { start, end: stream.lastEnd } };
    parts.push(part);
  }
  const range = { start, end: stream.lastEnd };
  if (parts.length === 0) {
    const text = isString(stream.next) ? parseString(stream) : undefined;
    if (text?.kind === 'literal' && typeof text.value === 'string') {
      return fromText(stream, text.value, { start, end: stream.lastEnd });
    }
    stream.rewind(mark);
    return undefined;
  }
  return combined(stream, parts, range);
}

function intervalPart(
  stream: TokenStream,
  first: boolean,
): Expression | { value: bigint; unit: IntervalUnit } | undefined {
  const mark = stream.mark();
  const sign = stream.acceptOperator('-') ? '-' : (stream.acceptOperator('+'), '');
  const token = stream.next;
  const written = isString(token)
    ? stringValue(stream.take())
    : isNumber(token)
      ? stream.take().text
      : undefined;
  const unit = stream.next.kind === 'word' ? intervalUnit(stream.next.text) : undefined;
  if (written === undefined || unit === undefined) {
    stream.rewind(mark);
    return undefined;
  }
  stream.take();
  if (first && isString(token) && stream.isWord('TO')) {
    const last = intervalUnit(stream.peek(1).text);
    if (last !== undefined) {
      stream.take();
      stream.take();
      return pair(stream, sign + written, unit, last, token);
    }
  }
  const value = scaledInterval(written, unit);
  if (value === undefined) {
    stream.unsupported(`The interval '${written}'`, token.start);
    return missing(token);
  }
  return { value: sign === '-' ? -value : value, unit };
}

function pair(
  stream: TokenStream,
  text: string,
  first: IntervalUnit,
  last: IntervalUnit,
  range: Range,
): Expression {
  if (first.kind === 'yearMonth' && last.kind === 'yearMonth') {
    const months = parseYearMonth(text);
    if (months !== undefined) {
      const type: DataType = { kind: 'yearMonthInterval', first: first.unit, last: last.unit };
      return literal(months, type, range);
    }
  }
  if (first.kind === 'dayTime' && last.kind === 'dayTime') {
    const micros = parseDayTime(text, first.unit, last.unit);
    if (micros !== undefined) {
      const type: DataType = { kind: 'dayTimeInterval', first: first.unit, last: last.unit };
      return literal(micros, type, range);
    }
  }
  stream.unsupported(`The interval '${text}'`, range.start);
  return missing(range);
}

/** `INTERVAL '1 day 2 hours'`. */
function fromText(stream: TokenStream, text: string, range: Range): Expression {
  const parts: { readonly value: bigint; readonly unit: IntervalUnit }[] = [];
  const body = text.trim().replace(/^interval\s+/i, '');
  const pattern = /\s*([+-]?\s*\d+(?:\.\d+)?)\s+([a-zA-Z]+)/y;
  while (pattern.lastIndex < body.length) {
    const match = pattern.exec(body);
    const unit = match === null ? undefined : intervalUnit(match[2] ?? '');
    const value = unit && scaledInterval(match?.[1] ?? '', unit);
    if (unit === undefined || value === undefined) {
      parts.length = 0;
      break;
    }
    parts.push({ value, unit });
  }
  if (parts.length > 0) return combined(stream, parts, range);
  stream.report('INVALID_TYPED_LITERAL', { valueType: '"INTERVAL"', value: `'${text}'` }, range);
  return missing(range);
}

function combined(
  stream: TokenStream,
  parts: readonly { readonly value: bigint; readonly unit: IntervalUnit }[],
  range: Range,
): Expression {
  const total = parts.reduce((sum, part) => sum + part.value, 0n);
  const units = parts.map((part) => part.unit);
  if (units.every((unit) => unit.kind === 'yearMonth')) {
    const names = units.map((unit) => unit.unit);
    const type: DataType = {
      kind: 'yearMonthInterval',
      first: names.includes('year') ? 'year' : 'month',
      last: names.includes('month') ? 'month' : 'year',
    };
    return literal(total, type, range);
  }
  if (units.every((unit) => unit.kind === 'dayTime')) {
    const order = ['day', 'hour', 'minute', 'second'] as const;
    const names = units.map((unit) => unit.unit);
    const first = order.find((unit) => names.includes(unit)) ?? 'day';
    const last = order.findLast((unit) => names.includes(unit)) ?? 'second';
    return literal(total, { kind: 'dayTimeInterval', first, last }, range);
  }
  stream.unsupported('An interval of both months and days', range.start);
  return missing(range);
}
