/** Interval literals: `INTERVAL 1 DAY 2 HOURS`, `INTERVAL '1-2' YEAR TO MONTH`, `INTERVAL '1 day'`. */
import type { Range } from '../plan/range.ts';
import type { DataType } from '../plan/types.ts';
import { calendarIntervalType } from '../plan/types.ts';
import type { Expression } from '../plan/unresolved.ts';
import type { ConditionClass } from '../problem.ts';
import type { IntervalUnit } from '../value/interval.ts';
import { intervalUnit, parseDayTime, parseYearMonth } from '../value/interval.ts';
import type { IntervalFailure } from '../value/intervalText.ts';
import { readIntervalText } from '../value/intervalText.ts';
import { isString, literal, parseString, stringValue } from './literal.ts';
import { missing } from './name.ts';
import type { Token } from './lexer.ts';
import type { TokenStream } from './tokenStream.ts';

interface Part {
  readonly token: Token;
  /** As written in a string, with the sign before it applied; of a number, its digits with the sign. */
  readonly value: string;
  readonly unit: Token;
}

/** After the word INTERVAL; undefined where no literal comes next and the word is a name. */
export function parseInterval(stream: TokenStream, start: number): Expression | undefined {
  const mark = stream.mark();
  const first = intervalPart(stream);
  if (first === undefined) {
    const text = isString(stream.next) ? parseString(stream) : undefined;
    if (text?.kind === 'literal' && typeof text.value === 'string') {
      return typedInterval(stream, text.value, { start, end: stream.lastEnd });
    }
    stream.rewind(mark);
    return undefined;
  }
  const found = takesPair(stream) ? unitPair(stream, first, start) : units(stream, first, start);
  return intervalPartFollows(stream) ? severalPairs(stream, start) : found;
}

/** More of an interval after what may only stand alone: Spark takes it in and refuses the whole. */
function severalPairs(stream: TokenStream, start: number): Expression {
  while (intervalPart(stream) !== undefined) {
    if (takesPair(stream)) takePair(stream);
  }
  const range = { start, end: stream.lastEnd };
  stream.report('_LEGACY_ERROR_TEMP_0024', {}, range);
  return missing(range);
}

function intervalPartFollows(stream: TokenStream): boolean {
  const mark = stream.mark();
  const part = intervalPart(stream);
  stream.rewind(mark);
  return part !== undefined;
}

function takesPair(stream: TokenStream): boolean {
  return stream.isWord('TO') && intervalUnit(stream.peek(1).text) !== undefined;
}

function takePair(stream: TokenStream): Token {
  stream.take();
  return stream.take();
}

function intervalPart(stream: TokenStream): Part | undefined {
  const mark = stream.mark();
  const isNegative = stream.acceptOperator('-');
  if (!isNegative) stream.acceptOperator('+');
  const token = stream.next;
  const isValue = isString(token) || token.kind === 'integer' || token.kind === 'decimal';
  const written = isString(token) ? stringValue(token) : token.text;
  if (isValue) stream.take();
  const unit = stream.next;
  const isUnit = unit.kind === 'word' && unitWords.test(unit.text);
  if (!isValue || !isUnit) {
    stream.rewind(mark);
    return undefined;
  }
  stream.take();
  const negated = written.startsWith('-') ? written.slice(1) : `-${written}`;
  return { token, value: isNegative ? negated : written, unit };
}

const unitWords = /^(?:YEAR|MONTH|WEEK|DAY|HOUR|MINUTE|(?:MILLI|MICRO|NANO)?SECOND)S?$/;

/** `1 DAY 2 HOURS …`, which Spark reads as the text that it makes together. */
function units(stream: TokenStream, first: Part, start: number): Expression {
  const parts = [first];
  for (let part = intervalPart(stream); part !== undefined; part = intervalPart(stream)) {
    if (takesPair(stream)) {
      takePair(stream);
      return severalPairs(stream, start);
    }
    parts.push(part);
  }
  const range = { start, end: stream.lastEnd };
  const spelled = parts.find(({ token, value }) => isString(token) && /\p{L}/u.test(value));
  if (spelled !== undefined) {
    stream.report('_LEGACY_ERROR_TEMP_0026', { value: stringValue(spelled.token) }, range);
    return missing(range);
  }
  const written = parts.map(({ value, unit }) => ` ${value} ${unit.text.toLowerCase()}`).join('');
  const read = readIntervalText(written);
  if ('problem' in read) return refused(stream, read, range);
  return ofUnits(
    stream,
    read,
    parts.map(({ unit }) => unit.text.toLowerCase()),
    range,
  );
}

/** `INTERVAL '1 day 2 hours'`. */
function typedInterval(stream: TokenStream, text: string, range: Range): Expression {
  const read = readIntervalText(text);
  if ('problem' in read) {
    const value = `'${text.replaceAll("'", "\\'")}'`;
    stream.report('INVALID_TYPED_LITERAL', { valueType: '"INTERVAL"', value }, range);
    return missing(range);
  }
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  return ofUnits(
    stream,
    read,
    words.filter((word) => word !== 'interval'),
    range,
  );
}

function ofUnits(
  stream: TokenStream,
  read: { readonly months: bigint; readonly days: bigint; readonly micros: bigint },
  words: readonly string[],
  range: Range,
): Expression {
  const found = words.flatMap((word) => intervalUnit(word) ?? []);
  const yearMonth = found.filter((unit) => unit.kind === 'yearMonth').map(({ unit }) => unit);
  const dayTime = found.filter((unit) => unit.kind === 'dayTime').map(({ unit }) => unit);
  if (yearMonth.length > 0 && dayTime.length > 0) {
    const literalText = stream.text.slice(range.start, range.end);
    stream.report('_LEGACY_ERROR_TEMP_0029', { literal: literalText }, range);
    return missing(range);
  }
  if (yearMonth.length > 0) {
    const type: DataType = {
      kind: 'yearMonthInterval',
      first: yearMonth.includes('year') ? 'year' : 'month',
      last: yearMonth.includes('month') ? 'month' : 'year',
    };
    const isMonths = BigInt.asIntN(32, read.months) === read.months;
    return isMonths ? literal(read.months, type, range) : overflow(stream, 'integer', range);
  }
  if (dayTime.length === 0) return literal(null, calendarIntervalType, range);
  const order = ['day', 'hour', 'minute', 'second'] as const;
  const first = order.find((unit) => dayTime.includes(unit)) ?? 'day';
  const last = order.findLast((unit) => dayTime.includes(unit)) ?? 'second';
  const micros = read.days * 86_400_000_000n + read.micros;
  if (BigInt.asIntN(64, micros) !== micros) return overflow(stream, 'long', range);
  return literal(micros, { kind: 'dayTimeInterval', first, last }, range);
}

function overflow(stream: TokenStream, size: 'integer' | 'long', range: Range): Expression {
  stream.report('ARITHMETIC_OVERFLOW', { message: `${size} overflow` }, range);
  return missing(range);
}

/** `'1-2' YEAR TO MONTH` and `'1 02:03' DAY TO MINUTE`. */
function unitPair(stream: TokenStream, { token, value, unit }: Part, start: number): Expression {
  const toUnit = takePair(stream);
  const range = { start, end: stream.lastEnd };
  if (!isString(token)) {
    stream.report('_LEGACY_ERROR_TEMP_0027', {}, range);
    return missing(range);
  }
  const [first, last] = [intervalUnit(unit.text), intervalUnit(toUnit.text)];
  const [from, to] = [unit.text.toLowerCase(), toUnit.text.toLowerCase()];
  if (first?.kind === 'yearMonth' && last?.kind === 'yearMonth' && isAscending(first, last)) {
    const months = parseYearMonth(value);
    const type: DataType = { kind: 'yearMonthInterval', first: first.unit, last: last.unit };
    if (months.ok) return literal(months.value, type, range);
    if (months.problem === 'form') {
      return unmatched(stream, range, value, 'year-month', 'y-m', [from, to]);
    }
    const parameters = { interval: 'year-month', input: value };
    stream.report('INVALID_INTERVAL_FORMAT.INTERVAL_PARSING', parameters, range);
    return missing(range);
  }
  if (first?.kind === 'dayTime' && last?.kind === 'dayTime' && isAscending(first, last)) {
    const micros = parseDayTime(value, first.unit, last.unit);
    const type: DataType = { kind: 'dayTimeInterval', first: first.unit, last: last.unit };
    if (micros.ok) return literal(micros.value, type, range);
    if (micros.problem !== 'form') {
      const msg = `requirement failed: ${micros.problem}`;
      stream.report('_LEGACY_ERROR_TEMP_0063', { msg }, range);
      return missing(range);
    }
    const letters = { day: 'd', hour: 'h', minute: 'm', second: 's.n' };
    const order = ['day', 'hour', 'minute', 'second'] as const;
    const form = order
      .slice(order.indexOf(first.unit), order.indexOf(last.unit) + 1)
      .map((name) => letters[name])
      .join(':')
      .replace(/^d:/, 'd ');
    return unmatched(stream, range, value, 'day-time', form, [from, to]);
  }
  const parameters = { input: value, from, to };
  stream.report('INVALID_INTERVAL_FORMAT.UNSUPPORTED_FROM_TO_EXPRESSION', parameters, range);
  return missing(range);
}

function isAscending(first: IntervalUnit, last: IntervalUnit): boolean {
  const order = ['year', 'month', 'day', 'hour', 'minute', 'second'];
  return order.indexOf(first.unit) < order.indexOf(last.unit);
}

function unmatched(
  stream: TokenStream,
  range: Range,
  input: string,
  intervalStr: string,
  form: string,
  [from, to]: readonly [string, string],
): Expression {
  const typeName = `interval ${from} to ${to}`;
  const spelled = `${from} TO ${to}`.toUpperCase();
  const supportedFormat = `\`[+|-]${form}\`, \`INTERVAL [+|-]'[+|-]${form}' ${spelled}\``;
  const isDayTime = intervalStr === 'day-time';
  stream.report(
    `INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING${isDayTime ? '_WITH_NOTICE' : ''}`,
    { input, intervalStr, typeName, supportedFormat },
    range,
  );
  return missing(range);
}

function refused(stream: TokenStream, failure: IntervalFailure, range: Range): Expression {
  const condition: ConditionClass = `INVALID_INTERVAL_FORMAT.${failure.problem}`;
  stream.report(condition, failure.parameters, range);
  return missing(range);
}
