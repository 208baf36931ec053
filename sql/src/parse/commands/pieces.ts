/** What several commands are made of: names, columns, properties and partitions. */
import type {
  ColumnDefinition,
  ObjectName,
  PartitionValue,
  Properties,
} from '../../plan/statements.ts';
import type { DataType } from '../../plan/types.ts';
import { simpleString } from '../../plan/types.ts';
import { isNumber, isString, parseString, stringValue } from '../literal.ts';
import { isName, nameOf, parseIdentifierName, parseNameParts } from '../name.ts';
import { parseTypeTokens } from '../primary.ts';
import type { TokenStream } from '../tokenStream.ts';

/** `a.b.c`, or `IDENTIFIER(expression)`. */
export function parseObjectName(stream: TokenStream): ObjectName {
  const { start } = stream.next;
  const evaluated = parseIdentifierName(stream);
  if (evaluated) return { ...evaluated, range: { start, end: stream.lastEnd } };
  if (!isName(stream.next)) {
    stream.syntaxError();
    return { nameParts: [], range: { start, end: start } };
  }
  const nameParts = parseNameParts(stream);
  return { nameParts, range: { start, end: stream.lastEnd } };
}

export function parseIfNotExists(stream: TokenStream): boolean {
  return stream.acceptWord('IF', 'NOT', 'EXISTS');
}

export function parseIfExists(stream: TokenStream): boolean {
  return stream.acceptWord('IF', 'EXISTS');
}

/** A string that has to come next; its value. */
export function expectString(stream: TokenStream): string {
  if (!isString(stream.next)) {
    stream.syntaxError();
    return '';
  }
  return stringOf(stream);
}

export function stringOf(stream: TokenStream): string {
  const { value } = parseString(stream) as { readonly value: unknown };
  return typeof value === 'string' ? value : '';
}

/** `(key = value, a.b 'x')`; the parenthesis is expected. */
export function parseProperties(stream: TokenStream): Properties {
  const properties: Record<string, string> = {};
  if (!stream.expectOperator('(')) return properties;
  do {
    const before = stream.next.start;
    // One string each: side by side they are a key and its value, not one text.
    const key = isString(stream.next)
      ? stringValue(stream.take())
      : isName(stream.next)
        ? parseNameParts(stream).join('.')
        : undefined;
    if (key === undefined) {
      stream.syntaxError();
      break;
    }
    if (!stream.acceptOperator('=')) stream.acceptOperator('==');
    properties[key] = propertyValue(stream);
    if (stream.next.start === before) break;
  } while (stream.acceptOperator(','));
  stream.expectOperator(')');
  return properties;
}

function propertyValue(stream: TokenStream): string {
  const sign = stream.acceptOperator('-') ? '-' : '';
  const token = stream.next;
  if (isString(token)) return stringValue(stream.take());
  if (isNumber(token)) return sign + stream.take().text;
  if (token.kind === 'word' && ['TRUE', 'FALSE'].includes(token.text)) {
    return stream.take().text.toLowerCase();
  }
  return '';
}

/** `(a INT NOT NULL COMMENT '…', …)`; the parenthesis is known to come next. */
export function parseColumnDefinitions(stream: TokenStream): readonly ColumnDefinition[] {
  stream.take();
  const columns: ColumnDefinition[] = [];
  if (stream.acceptOperator(')')) return columns;
  do {
    const column = parseColumnDefinition(stream);
    if (column === undefined) break;
    columns.push(column);
  } while (stream.acceptOperator(','));
  stream.expectOperator(')');
  return columns;
}

export function parseColumnDefinition(stream: TokenStream): ColumnDefinition | undefined {
  const { start } = stream.next;
  if (!isName(stream.next)) {
    stream.syntaxError();
    return undefined;
  }
  const name = nameOf(stream, stream.take());
  stream.acceptOperator(':');
  const typed = parseColumnType(stream);
  if (typed === undefined) return undefined;
  const rest = parseColumnOptions(stream);
  return { name, ...typed, ...rest, range: { start, end: stream.lastEnd } };
}

/** The type, and its text with the lengths of char and varchar. */
export function parseColumnType(
  stream: TokenStream,
): { readonly type: DataType; readonly typeText: string } | undefined {
  const { start } = stream.next;
  const type = parseTypeTokens(stream);
  if (type === undefined) return undefined;
  return { type, typeText: columnTypeText(stream.text.slice(start, stream.lastEnd), type) };
}

export function columnTypeText(written: string, type: DataType): string {
  if (!/\b(?:var)?char(?:acter)?\b/i.test(written)) return simpleString(type);
  return written
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/\bcharacter\(/g, 'char(');
}

type ColumnOptions = Pick<ColumnDefinition, 'nullable'> & {
  comment?: string;
  defaultText?: string;
  default?: ColumnDefinition['default'] & object;
  generated?: boolean;
};

function parseColumnOptions(stream: TokenStream): ColumnOptions {
  let options: ColumnOptions = { nullable: true };
  for (;;) {
    if (stream.acceptWord('NOT', 'NULL')) options = { ...options, nullable: false };
    else if (stream.acceptWord('COMMENT')) {
      options = { ...options, comment: expectString(stream) };
    } else if (stream.acceptWord('DEFAULT')) {
      const { start } = stream.next;
      const value = stream.grammar.expression(stream);
      const defaultText = stream.text.slice(start, stream.lastEnd);
      options = { ...options, default: value, defaultText };
    } else if (stream.acceptWord('GENERATED', 'ALWAYS', 'AS')) {
      if (stream.isOperator('(')) stream.skipParentheses();
      else {
        stream.expectWord('IDENTITY');
        if (stream.isOperator('(')) stream.skipParentheses();
      }
      options = { ...options, generated: true };
    } else return options;
  }
}

/** `PARTITION (a = 1, b)`; empty where it does not come next. */
export function parsePartition(stream: TokenStream): readonly PartitionValue[] {
  if (!stream.isWord('PARTITION') || !stream.isOperator('(', 1)) return [];
  stream.take();
  stream.take();
  const values: PartitionValue[] = [];
  do {
    if (!isName(stream.next)) {
      stream.syntaxError();
      break;
    }
    const name = nameOf(stream, stream.take());
    const isGiven = stream.acceptOperator('=') || stream.acceptOperator('==');
    values.push(isGiven ? { name, value: stream.grammar.expression(stream) } : { name });
  } while (stream.acceptOperator(','));
  stream.expectOperator(')');
  return values;
}

/** The text from an offset to what was taken last. */
export function textSince(stream: TokenStream, start: number): string {
  return stream.text.slice(start, stream.lastEnd);
}
