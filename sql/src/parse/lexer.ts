/** Spark SQL's tokens. Total: every text has tokens, and their texts put together are the text. */

export type TokenKind =
  | 'word'
  | 'quotedWord'
  | 'string'
  | 'rawString'
  | 'integer'
  | 'decimal'
  | 'exponent'
  | 'suffixed'
  | 'operator'
  | 'space'
  | 'comment'
  | 'unclosedComment'
  | 'unknown'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** As written; words in upper case, so that keywords compare directly. */
  readonly text: string;
  /** A word that is no name, where keywords are reserved. */
  readonly isReserved?: true;
}

export interface LexerSettings {
  readonly doubleQuotedNames: boolean;
  readonly reservesKeywords: boolean;
}

const operators = [
  ...['<=>', '>>>', '/*+', '<=', '>=', '!=', '<>', '==', '!>', '!<', '||', '|>', '->', '=>', '::'],
  ...['<<', '>>', '*/', '<', '>', '=', '!', '+', '-', '*', '/', '%', '~', '&', '|', '^', '(', ')'],
  ...[',', '.', '[', ']', ':', ';', '?', '@', '{', '}'],
];
const operatorPattern = new RegExp(
  operators.map((operator) => operator.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|'),
  'y',
);
const wordPattern = /[\p{L}\p{Nd}_]+/uy;
const spacePattern = /[\s\u00a0]+/y;
const lineCommentPattern = /--(?:\\\n|[^\r\n])*\r?\n?/y;
const stringPattern = /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"/y;
const rawStringPattern = /[rR](?:'[^']*'|"[^"]*")/y;
const doubleQuotedPattern = /"(?:[^"\\]|\\[\s\S]|"")*"/y;
/** By the ANSI standard, as `sql_keywords()` lists them. */
const reservedWords: ReadonlySet<string> = new Set(
  (
    'ALL AND ANY AS AUTHORIZATION BOTH CALL CASE CAST CHECK COLLATE COLLATION COLUMN CONSTRAINT CREATE CROSS ' +
    'CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DISTINCT ELSE END ESCAPE EXCEPT EXECUTE FALSE ' +
    'FETCH FILTER FOR FOREIGN FROM FULL GRANT GROUP HAVING IN INNER INTERSECT INTO IS JOIN LATERAL LEADING ' +
    'LEFT NATURAL NOT NULL OFFSET ON ONLY OR ORDER OUTER OVERLAPS PRIMARY RECURSIVE REFERENCES RIGHT SELECT ' +
    'SESSION_USER SOME SQL TABLE THEN TIME TO TRAILING UNION UNIQUE UNKNOWN USER USING WHEN WHERE WITH WITHIN'
  ).split(' '),
);
const quotedWordPattern = /`(?:[^`]|``)*`/y;
// A number that a word character follows is no number but the start of a word (`1a`), or of nothing.
const numberPattern =
  /(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?(?:BD|bd|Bd|bD|[dDfF])(?![\p{L}\p{Nd}_])|\d+[lLsSyY](?![\p{L}\p{Nd}_])|(?:\d+\.\d*|\.\d+|\d+)[eE][+-]?\d+(?![\p{L}\p{Nd}_])|(?:\d+\.\d*|\.\d+)(?![\p{L}\p{Nd}_])|\d+(?![\p{L}\p{Nd}_])/uy;

const anyDialect: LexerSettings = { doubleQuotedNames: false, reservesKeywords: false };

export function tokenize(text: string, settings = anyDialect): readonly Token[] {
  return [...tokensFrom(text, 0, settings)];
}

/** From an offset at which a token begins, as far as anybody asks. */
export function* tokensFrom(text: string, start: number, settings = anyDialect): Generator<Token> {
  let offset = start;
  let before: Token | undefined;
  while (offset < text.length) {
    before = tokenAt(text, offset, before, settings);
    yield before;
    offset = before.end;
  }
  yield { kind: 'end', start: offset, end: offset, text: '' };
}

function tokenAt(
  text: string,
  start: number,
  before: Token | undefined,
  settings: LexerSettings,
): Token {
  const code = text.charCodeAt(start);
  const token = (kind: TokenKind, end: number): Token => ({
    kind,
    start,
    end,
    text: text.slice(start, end),
  });
  // What most tokens are is known by their first character, and no other pattern need be tried.
  if (isLetter(code) && code !== 82 && code !== 114) return wordFrom(text, start, settings);
  const space = code > 32 && code < 128 ? -1 : match(spacePattern, text, start);
  if (space > 0) return token('space', space);
  if (code === 45 && text.charCodeAt(start + 1) === 45) {
    return token('comment', match(lineCommentPattern, text, start));
  }
  if (code === 47 && text.charCodeAt(start + 1) === 42 && text.charCodeAt(start + 2) !== 43) {
    const end = commentEnd(text, start);
    return end < 0 ? token('unclosedComment', text.length) : token('comment', end);
  }
  if (code === 34 && settings.doubleQuotedNames) {
    const end = match(doubleQuotedPattern, text, start);
    return end > 0 ? token('quotedWord', end) : token('unknown', start + 1);
  }
  if (code === 39 || code === 34) {
    const end = match(stringPattern, text, start);
    return end > 0 ? token('string', end) : token('unknown', start + 1);
  }
  if (code === 96) {
    const end = match(quotedWordPattern, text, start);
    return end > 0 ? token('quotedWord', end) : token('unknown', start + 1);
  }
  if (code === 82 || code === 114) {
    const end = match(rawStringPattern, text, start);
    if (end > 0) return token('rawString', end);
  }
  // After a name `.1` is a name part and no fraction: `t.1` is rejected, `t.1a` is a column.
  const afterName = before?.kind === 'word' || before?.kind === 'quotedWord';
  if ((code >= 48 && code <= 57) || (code === 46 && !afterName)) {
    const end = match(numberPattern, text, start);
    if (end > 0) return token(numberKind(text.slice(start, end)), end);
  }
  if (match(wordPattern, text, start) > 0) return wordFrom(text, start, settings);
  const operator = match(operatorPattern, text, start);
  if (operator > 0) return token('operator', operator);
  return token('unknown', start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1));
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function wordFrom(text: string, start: number, settings: LexerSettings): Token {
  const end = match(wordPattern, text, start);
  const upper = text.slice(start, end).toUpperCase();
  const isReserved = settings.reservesKeywords && reservedWords.has(upper);
  const plain = { kind: 'word', start, end, text: upper } as const;
  return isReserved ? { ...plain, isReserved } : plain;
}

function match(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

function numberKind(text: string): TokenKind {
  if (/[lsydf]$/i.test(text)) return 'suffixed';
  if (/e/i.test(text)) return 'exponent';
  return text.includes('.') ? 'decimal' : 'integer';
}

/** Bracketed comments nest. */
function commentEnd(text: string, start: number): number {
  let depth = 0;
  for (let offset = start; offset < text.length - 1; offset++) {
    if (text[offset] === '/' && text[offset + 1] === '*') {
      depth++;
      offset++;
    } else if (text[offset] === '*' && text[offset + 1] === '/') {
      depth--;
      offset++;
      if (depth === 0) return offset + 1;
    }
  }
  return -1;
}
