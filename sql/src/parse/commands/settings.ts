/** SET, RESET, USE, CACHE and REFRESH: what a session is told. */
import type { Command, ObjectName } from '../../plan/statements.ts';
import type { Expression, Literal } from '../../plan/unresolved.ts';
import { isString } from '../literal.ts';
import { startsQuery } from '../name.ts';
import type { TokenStream } from '../tokenStream.ts';
import { parseIfExists, parseObjectName, parseProperties, stringOf, textSince } from './pieces.ts';

const key = '[a-zA-Z_\\d.:]+';
const quotedKey = '`(?:[^`]|``)*`';
const putPattern = new RegExp(`^(${key}|${quotedKey})\\s*=([^;]*);*$`, 's');
const getPattern = new RegExp(`^(${key}|${quotedKey})$`);

/** The rest of a SET is text, not tokens: a value may be anything. */
export function parseSet(stream: TokenStream, start: number): Command {
  stream.take();
  if (stream.acceptWord('TIME', 'ZONE')) return parseTimeZone(stream, start);
  const isVariable = stream.isWord('VAR') || stream.isWord('VARIABLE');
  if (isVariable && !stream.isOperator('.', 1) && !stream.isOperator('=', 1)) {
    stream.take();
    return parseSetVariables(stream, start);
  }
  const from = stream.next.start;
  const rest = stream.atEnd ? '' : stream.text.slice(from).trim().replace(/;+$/, '').trim();
  stream.skipToEnd();
  const range = { start, end: stream.text.length };
  const set = { kind: 'set', key: '', value: '', range } as const;
  if (rest === '') return { ...set, form: 'list' };
  if (/^-v$/i.test(rest)) return { ...set, form: 'verbose' };
  const put = putPattern.exec(rest);
  if (put !== null) {
    const value = (put[2] ?? '').trim();
    return { ...set, form: 'put', key: unquoted(put[1] ?? ''), value: unquoted(value) };
  }
  const get = getPattern.exec(rest);
  if (get !== null) return { ...set, form: 'get', key: unquoted(get[1] ?? '') };
  if (/^role\b/i.test(rest)) {
    stream.unsupported('SET ROLE', start);
    return { ...set, form: 'list' };
  }
  const loose = /^(.*?)\s*=\s*(`(?:[^`]|``)*`)$/s.exec(rest);
  if (loose !== null) {
    stream.report(
      'INVALID_PROPERTY_KEY',
      { key: `"${loose[1] ?? ''}"`, value: `"${unquoted(loose[2] ?? '')}"` },
      range,
    );
  } else if (/^`(?:[^`]|``)*`\s*=/.test(rest)) {
    const [, name = '', value = ''] = /^(`(?:[^`]|``)*`)\s*=\s*(.*)$/s.exec(rest) ?? [];
    stream.report(
      'INVALID_PROPERTY_VALUE',
      { value: `"${value}"`, key: `"${unquoted(name)}"` },
      range,
    );
  } else stream.report('INVALID_SET_SYNTAX', {}, range);
  return { ...set, form: 'list' };
}

function unquoted(text: string): string {
  return /^`.*`$/s.test(text) ? text.slice(1, -1).replaceAll('``', '`') : text;
}

/** `SET TIME ZONE 'x'`, `LOCAL`, or an interval. */
function parseTimeZone(stream: TokenStream, start: number): Command {
  const set = { kind: 'set', form: 'timeZone', key: 'spark.sql.session.timeZone' } as const;
  const range = () => ({ start, end: stream.lastEnd });
  if (stream.acceptWord('LOCAL')) return { ...set, value: 'LOCAL', range: range() };
  if (isString(stream.next)) {
    const value = stringOf(stream);
    return { ...set, value, range: range() };
  }
  if (!stream.isWord('INTERVAL')) return displaced(stream, start);
  const offset: Expression = stream.grammar.value(stream);
  if (!stream.atEnd && !stream.isOperator(';')) return displaced(stream, start);
  if (offset.kind === 'literal' && !isOffset(offset)) {
    const { value } = offset;
    const input = typeof value === 'bigint' ? String(value / 3_600_000_000n) : '';
    const condition = 'INVALID_INTERVAL_FORMAT.TIMEZONE_INTERVAL_OUT_OF_RANGE';
    stream.report(condition, { input }, range());
  }
  return { ...set, value: '', offset, range: range() };
}

/** What follows is no time zone. */
function displaced(stream: TokenStream, start: number): Command {
  const range = { start, end: stream.text.length };
  stream.report('_LEGACY_ERROR_TEMP_0045', {}, range);
  stream.skipToEnd();
  return { kind: 'set', form: 'timeZone', key: '', value: '', range };
}

/** At most 18 hours, and of whole seconds. */
function isOffset({ value, type }: Literal): boolean {
  if (type.kind !== 'dayTimeInterval' || typeof value !== 'bigint') return false;
  const size = value < 0n ? -value : value;
  return size <= 18n * 3_600_000_000n && size % 1_000_000n === 0n;
}

/** `SET VAR a = 1, (b, c) = (SELECT …)`. */
export function parseSetVariables(stream: TokenStream, start: number): Command {
  const names: ObjectName[] = [];
  const values: (Expression | 'default')[] = [];
  if (stream.isOperator('(') && stream.isOperator(')', 1)) {
    const range = { start, end: stream.text.length };
    stream.report('INVALID_SET_SYNTAX', {}, range);
    stream.skipToEnd();
    return { kind: 'setVariables', names, values, range };
  }
  if (stream.isOperator('(')) {
    stream.take();
    do {
      names.push(parseObjectName(stream));
    } while (stream.acceptOperator(','));
    stream.expectOperator(')');
    stream.expectOperator('=');
    stream.expectOperator('(');
    const query = stream.grammar.query(stream);
    stream.expectOperator(')');
    return { kind: 'setVariables', names, values, query, range: { start, end: stream.lastEnd } };
  }
  do {
    names.push(parseObjectName(stream));
    if (!stream.acceptOperator('=')) stream.expectOperator('==');
    const isDefault =
      stream.isWord('DEFAULT') && (stream.peek(1).kind === 'end' || stream.isOperator(',', 1));
    if (isDefault) {
      stream.take();
      values.push('default');
    } else values.push(stream.grammar.expression(stream));
  } while (stream.acceptOperator(','));
  return { kind: 'setVariables', names, values, range: { start, end: stream.lastEnd } };
}

export function parseReset(stream: TokenStream, start: number): Command {
  stream.take();
  const from = stream.next.start;
  const rest = stream.atEnd ? '' : stream.text.slice(from).trim().replace(/;+$/, '').trim();
  stream.skipToEnd();
  const range = { start, end: stream.text.length };
  if (rest === '') return { kind: 'reset', range };
  const isKey = getPattern.test(rest) || /^(?:[a-zA-Z_\d-]+\.)*[a-zA-Z_\d-]+$/.test(rest);
  if (!isKey) stream.report('INVALID_RESET_COMMAND_FORMAT', {}, range);
  return { kind: 'reset', key: unquoted(rest), range };
}

export function parseUse(stream: TokenStream, start: number): Command {
  stream.take();
  const isNamespace = ['NAMESPACE', 'DATABASE', 'SCHEMA'].some(
    (word) => stream.isWord(word) && stream.peek(1).kind !== 'end' && !stream.isOperator('.', 1),
  );
  if (isNamespace) stream.take();
  const name = parseObjectName(stream);
  const what = isNamespace ? 'namespace' : 'any';
  return { kind: 'use', what, name, range: { start, end: stream.lastEnd } };
}

export function parseCache(stream: TokenStream, start: number): Command {
  stream.take();
  const lazy = stream.acceptWord('LAZY');
  stream.expectWord('TABLE');
  const name = parseObjectName(stream);
  const options = stream.acceptWord('OPTIONS') ? parseProperties(stream) : {};
  const isAs = stream.acceptWord('AS');
  const head = { kind: 'cacheTable', name, lazy, options } as const;
  if (!isAs && !startsQuery(stream)) return { ...head, range: { start, end: stream.lastEnd } };
  const from = stream.next.start;
  const query = stream.grammar.query(stream);
  const queryText = textSince(stream, from);
  return { ...head, query, queryText, range: { start, end: stream.lastEnd } };
}

export function parseUncache(stream: TokenStream, start: number): Command {
  stream.take();
  stream.expectWord('TABLE');
  const ifExists = parseIfExists(stream);
  const name = parseObjectName(stream);
  return { kind: 'uncacheTable', name, ifExists, range: { start, end: stream.lastEnd } };
}

export function parseClearCache(stream: TokenStream, start: number): Command {
  stream.take();
  stream.expectWord('CACHE');
  return { kind: 'clearCache', range: { start, end: stream.lastEnd } };
}

export function parseRefresh(stream: TokenStream, start: number): Command {
  stream.take();
  const range = () => ({ start, end: stream.lastEnd });
  if (stream.acceptWord('TABLE')) {
    const name = parseObjectName(stream);
    return { kind: 'refresh', what: 'table', name, range: range() };
  }
  if (stream.acceptWord('FUNCTION')) {
    const name = parseObjectName(stream);
    return { kind: 'refresh', what: 'function', name, range: range() };
  }
  const { start: from } = stream.next;
  const path = isString(stream.next)
    ? stringOf(stream)
    : stream.text.slice(from).trim().replace(/;+$/, '');
  if (path === '') stream.syntaxError();
  stream.skipToEnd();
  const name = { nameParts: [path], range: { start: from, end: stream.text.length } };
  return { kind: 'refresh', what: 'path', name, range: range() };
}
