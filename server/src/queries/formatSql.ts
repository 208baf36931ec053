/**
 * One way to write each statement: a clause a line, lists that do not fit one item a line. Tokens and comments stay as
 * they are but for the case of keywords; what the parser has a problem with stays as it was written.
 */
import { parse } from '#sql/compile.ts';
import type { Token } from '#sql/parse/lexer.ts';
import { tokenize } from '#sql/parse/lexer.ts';
import { isKeyword } from './formatWords.ts';
import { layoutTokens } from './formatLayout.ts';
import { maskSubstitutions, readSqlDocument } from './sqlDocument.ts';

export interface FormatOptions {
  readonly width: number;
  readonly indent: string;
}

export const standardFormat: FormatOptions = { width: 80, indent: '  ' };

export function formatSql(text: string, options: FormatOptions = standardFormat): string {
  const document = readSqlDocument(text);
  const pieces: string[] = [];
  let end = 0;
  for (const statement of document.statements) {
    pieces.push(betweenStatements(text.slice(end, statement.start), pieces.length === 0));
    pieces.push(formatStatement(text.slice(statement.start, statement.end), options));
    ({ end } = statement);
  }
  pieces.push(betweenStatements(text.slice(end), pieces.length === 0).trimEnd());
  return `${pieces.join('').trim()}\n`;
}

/** The `;` joins its statement, comments keep their lines, and one empty line is left of many. */
function betweenStatements(gap: string, isFirst: boolean): string {
  const tokens = tokenize(gap);
  let result = '';
  let breaks = isFirst ? 2 : 0;
  for (const { kind, text } of tokens) {
    if (kind === 'space') breaks += text.split('\n').length - 1;
    else if (kind === 'end') break;
    else if (text === ';') {
      result += ';';
      breaks = 0;
    } else {
      const isLine = text.startsWith('--');
      result += breaks === 0 ? ' ' : breaks === 1 ? '\n' : '\n\n';
      result += text.trimEnd();
      breaks = isLine && text.endsWith('\n') ? 1 : 0;
    }
  }
  return result + (breaks > 1 ? '\n\n' : '\n');
}

export function formatStatement(text: string, options: FormatOptions): string {
  const names: string[] = [];
  const masked = text.replace(/\$\{[^{}\r\n]*\}/g, (all) => {
    names.push(all);
    return substitute(names.length - 1);
  });
  const { problems, statement } = parse(maskSubstitutions(text));
  if (problems.length > 0 || statement === undefined) return text;
  // A script's lines are its writer's, and the value of a setting is any text.
  if (/^(begin|set)\b/i.test(text)) return text;
  const tokens = tokenize(masked).filter(({ kind }) => kind !== 'end');
  const kept = namesIn(statement);
  const written = (token: Token) => writtenAs(token, masked, kept);
  const formatted = layoutTokens(tokens, written, options).replace(
    /strata__text(\d+)__/g,
    (_, index: string) => names[Number(index)] ?? '',
  );
  // What would read differently is not written.
  return sameTokens(text, formatted) && sameTree(statement, formatted) ? formatted : text;
}

/** A name is a word as well as a keyword is, and not everywhere does its case mean nothing. */
function sameTree(statement: object, formatted: string): boolean {
  const again = parse(maskSubstitutions(formatted));
  return again.statement !== undefined && meaningOf(statement) === meaningOf(again.statement);
}

/** What a statement says, without its places in the text and the pieces of it that it keeps as they are written. */
function meaningOf(statement: object): string {
  return JSON.stringify(statement, (key, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'number' && /^(start|end)$|(Start|End)$/.test(key)) return undefined;
    return key === 'queryText' || key === 'defaultText' ? undefined : value;
  });
}

const substitute = (index: number) => `strata__text${index}__`;

/** Every text that stands for a name somewhere in the tree; such a word is left as it is everywhere. */
function namesIn(statement: object): ReadonlySet<string> {
  const names = new Set<string>();
  const nameFields = new Set(
    'nameParts name names alias columnNames functionName target usingColumns arguments except'.split(
      ' ',
    ),
  );
  const visit = (value: unknown, isName: boolean): void => {
    if (typeof value === 'string' && isName)
      for (const part of value.toLowerCase().split('.')) names.add(part);
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
    if (Array.isArray(value)) for (const item of value) visit(item, isName);
    else {
      const isOperator = 'operator' in value && value.operator === true;
      for (const [key, item] of Object.entries(value)) {
        if (key === 'options') visit(Object.keys(item as object), true);
        visit(item, nameFields.has(key) && !(isOperator && key === 'functionName'));
      }
    }
  };
  visit(statement, false);
  return names;
}

function writtenAs(token: Token, text: string, names: ReadonlySet<string>): string {
  const own = text.slice(token.start, token.end);
  if (token.kind === 'comment') return own.trimEnd();
  if (token.kind !== 'word' || !isKeyword(token.text)) return own;
  return names.has(own.toLowerCase()) ? own : token.text;
}

export function sameTokens(left: string, right: string): boolean {
  const [a, b] = [meaningful(left), meaningful(right)];
  return a.length === b.length && a.every((token, index) => token === b[index]);
}

/** Words in upper case, and comments without the space around them. */
export function meaningful(text: string): readonly string[] {
  return tokenize(text)
    .filter(({ kind }) => kind !== 'space')
    .map(({ kind, text: own }) => (kind === 'comment' ? own.trimEnd() : own));
}
