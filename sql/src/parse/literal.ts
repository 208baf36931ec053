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
  timeType,
  timestampNtzType,
  timestampType,
} from '../plan/types.ts';
import type { Expression, LiteralValue } from '../plan/unresolved.ts';
import {
  instantIn,
  namesMoment,
  parseDate,
  parseTimeOfDay,
  parseTimestamp,
} from '../value/datetime.ts';
import { parseDecimal } from '../value/decimal.ts';
import type { Token } from './lexer.ts';
import type { ParseContext } from '../settings.ts';
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
  const { keepsEscapes } = stream.context.parser;
  while (isString(stream.next)) {
    const token = stream.take();
    value += keepsEscapes ? token.text.replace(/^[rR]/, '').slice(1, -1) : stringValue(token);
  }
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

const typedLiterals = ['DATE', 'TIME', 'TIMESTAMP', 'TIMESTAMP_LTZ', 'TIMESTAMP_NTZ', 'X'];

/** `DATE '2024-01-01'` and its like; undefined where no such literal comes next. */
export function parseTypedLiteral(stream: TokenStream): Expression | undefined {
  const word = stream.next;
  if (word.kind !== 'word' || !isString(stream.peek(1))) return undefined;
  if (!typedLiterals.includes(word.text)) return undefined;
  stream.take();
  const text = parseString(stream);
  const range = { start: word.start, end: text.range.end };
  const value = text.kind === 'literal' && typeof text.value === 'string' ? text.value : '';
  if (word.text !== 'X' && word.text !== 'TIME' && namesMoment(value)) {
    const moment = momentOf(word.text, value, stream.context, range);
    if (moment) return moment;
    stream.unsupported(`${word.text} '${value}'`, word.start);
    return missing(range);
  }
  const typed = typedValue(word.text, value, stream.context);
  if (typed !== undefined) return literal(typed.value, typed.type, range);
  stream.report(
    'INVALID_TYPED_LITERAL',
    { valueType: `"${word.text}"`, value: `'${value.replaceAll("'", "\\'")}'` },
    range,
  );
  return missing(range);
}

/** `TIMESTAMP 'now'` and its like, in the session's zone: what the clock of the query says. */
function momentOf(
  word: string,
  text: string,
  { timestampIsLocal }: ParseContext,
  range: Range,
): Expression | undefined {
  const name = text.trim().toLowerCase();
  const isLocal = word === 'TIMESTAMP_NTZ' || (word === 'TIMESTAMP' && timestampIsLocal);
  const type = word === 'DATE' ? dateType : isLocal ? timestampNtzType : timestampType;
  if (name === 'epoch') return literal(0n, type, range);
  const call = (functionName: string, args: readonly Expression[]): Expression => ({
    kind: 'unresolvedFunction',
    functionName,
    arguments: args,
    isDistinct: false,
    operator: false,
    range,
  });
  const shifts: Readonly<Record<string, bigint>> = { today: 0n, yesterday: -1n, tomorrow: 1n };
  const shift = name === 'now' && word === 'DATE' ? 0n : shifts[name];
  const today = call('current_date', []);
  const expression =
    shift === undefined
      ? call('current_timestamp', [])
      : call('date_add', [today, literal(shift, intType, range)]);
  if (shift === undefined && name !== 'now') return undefined;
  if (word === 'DATE') return expression;
  return { kind: 'cast', expression, toType: type, evalMode: 'default', range };
}

function typedValue(
  word: string,
  text: string,
  { timeZone, timestampIsLocal }: ParseContext,
): { readonly value: LiteralValue; readonly type: DataType } | undefined {
  switch (word) {
    case 'DATE': {
      const days = parseDate(text);
      return days === undefined ? undefined : { value: BigInt(days), type: dateType };
    }
    case 'TIME': {
      const nanos = parseTimeOfDay(text);
      return nanos === undefined ? undefined : { value: nanos, type: timeType() };
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
      // Where TIMESTAMP is local, a literal with a zone is an instant all the same.
      const isLocal = word === 'TIMESTAMP' && timestampIsLocal && local.zone === undefined;
      if (word === 'TIMESTAMP_NTZ' || isLocal) {
        return { value: local.micros, type: timestampNtzType };
      }
      const instant = instantIn(local.zone ?? timeZone, local.micros);
      return instant === undefined ? undefined : { value: instant, type: timestampType };
    }
  }
}
