/** Lays tokens out in lines. Decides by the tokens alone, so that what it has written it writes again. */
import type { Token } from '#sql/parse/lexer.ts';
import type { FormatOptions } from './formatSql.ts';
import { clauseAt, isJoinStart, isKeyword } from './formatWords.ts';

/** A token with the comments around it; a comment on a line of its own stands above, any other behind. */
interface Word {
  readonly token: Token;
  readonly text: string;
  readonly above: string[];
  readonly behind: string[];
  /** Whether nothing but what is in a type's brackets is around it. */
  readonly isInType: boolean;
}

export function layoutTokens(
  tokens: readonly Token[],
  written: (token: Token) => string,
  options: FormatOptions,
): string {
  const words = attachComments(tokens, written);
  const lines = new Lines(options);
  new Layout(words, lines).query(0, words.length, 0);
  return lines.text();
}

function attachComments(
  tokens: readonly Token[],
  written: (token: Token) => string,
): readonly Word[] {
  const words: Word[] = [];
  let waiting: string[] = [];
  let isOnNewLine = true;
  let typeDepth = 0;
  for (const token of tokens) {
    if (token.kind === 'space') {
      if (token.text.includes('\n')) isOnNewLine = true;
      continue;
    }
    if (token.kind === 'comment' || token.kind === 'unclosedComment') {
      const last = words.at(-1);
      if (isOnNewLine || !last) waiting.push(written(token));
      else last.behind.push(written(token));
      isOnNewLine = token.text.startsWith('--');
      continue;
    }
    const before = words.at(-1)?.token;
    const opensType =
      token.text === '<' && (typeDepth > 0 || /^(ARRAY|MAP|STRUCT)$/.test(before?.text ?? ''));
    if (opensType) typeDepth++;
    const isInType = typeDepth > 0;
    if (isInType && /^>+$/.test(token.text)) typeDepth -= Math.min(typeDepth, token.text.length);
    words.push({ token, text: written(token), above: waiting, behind: [], isInType });
    waiting = [];
    isOnNewLine = false;
  }
  // Behind the last token, on lines of their own.
  const last = words.at(-1);
  if (last && waiting.length > 0) last.behind.push(...waiting.map((each) => `\n${each}`));
  return words;
}

class Lines {
  readonly options: FormatOptions;
  readonly #lines: string[] = [];
  #current = '';
  #level = 0;
  #mustBreak = false;

  constructor(options: FormatOptions) {
    this.options = options;
  }

  get isEmpty(): boolean {
    return this.#current === '';
  }

  /** What is left of the line. */
  get room(): number {
    const indent = this.options.indent.length * this.#level;
    return this.options.width - (this.isEmpty ? indent : this.#current.length);
  }

  newLine(level: number): void {
    if (!this.isEmpty) this.#lines.push(this.#current);
    this.#current = '';
    this.#level = level;
    this.#mustBreak = false;
  }

  write({ text, above, behind }: Word, hasSpace: boolean): void {
    if (this.#mustBreak || above.length > 0) this.newLine(this.#level);
    for (const comment of above) {
      this.#append(comment, false);
      this.newLine(this.#level);
    }
    this.#append(text, hasSpace);
    for (const comment of behind) {
      if (comment.startsWith('\n')) {
        this.newLine(this.#level);
        this.#append(comment.slice(1), false);
      } else this.#append(comment, true);
      this.#mustBreak = comment.includes('--') || comment.includes('\n');
    }
  }

  text(): string {
    return [...this.#lines, this.#current].filter((line) => line !== '').join('\n');
  }

  #append(text: string, hasSpace: boolean): void {
    if (this.isEmpty) this.#current = this.options.indent.repeat(this.#level) + text;
    else this.#current += hasSpace ? ` ${text}` : text;
  }
}

class Layout {
  readonly #words: readonly Word[];
  readonly #tokens: readonly Token[];
  readonly #lines: Lines;
  /** By the index of a parenthesis, that of the one that closes it. */
  readonly #closing: ReadonlyMap<number, number>;

  constructor(words: readonly Word[], lines: Lines) {
    this.#words = words;
    this.#tokens = words.map(({ token }) => token);
    this.#lines = lines;
    this.#closing = closingOf(this.#tokens);
  }

  /** Words `[start, end)` as clauses, each on a line of its own. */
  query(start: number, end: number, level: number): void {
    const heads = this.#clauses(start, end);
    const first = heads[0]?.start ?? end;
    if (start < first) {
      this.#lines.newLine(level);
      this.#flat(start, first, level);
    }
    heads.forEach((head, index) => {
      const clauseEnd = heads[index + 1]?.start ?? end;
      this.#lines.newLine(level);
      this.#flat(head.start, head.body, level);
      this.#clause(head, clauseEnd, level);
    });
  }

  #clause(head: Clause, end: number, level: number): void {
    const { body, name } = head;
    if (body >= end) return;
    if (this.#fits(body, end)) {
      this.#flat(body, end, level);
      return;
    }
    if (name === 'FROM') this.#from(body, end, level);
    else if (name === 'WHERE' || name === 'HAVING') this.#conditions(body, end, level);
    else if (name === 'WITH' || lists.has(name))
      this.#list(body, end, level + (name === 'WITH' ? 0 : 1), name === 'WITH');
    else this.#flat(body, end, level);
  }

  /** Items on lines of their own; those of a WITH follow its word. */
  #list(start: number, end: number, level: number, isInline: boolean): void {
    this.#split(start, end, (index) => this.#tokens[index]?.text === ',').forEach((part, index) => {
      if (!isInline || index > 0) this.#lines.newLine(level);
      this.#flat(part.start, part.end, level);
    });
  }

  #from(start: number, end: number, level: number): void {
    const joins = this.#places(start, end, (index) => isJoinStart(this.#tokens, index) > 0);
    const starts = joins.filter((at, index) => {
      const previous = joins[index - 1];
      return previous === undefined || at >= previous + isJoinStart(this.#tokens, previous);
    });
    [start, ...starts].forEach((at, index) => {
      if (index > 0) this.#lines.newLine(level + 1);
      const partEnd = starts[index] ?? end;
      const isTable = this.#tokens[at]?.text === 'VALUES' && !this.#fits(at, partEnd);
      if (isTable) {
        this.#flat(at, at + 1, level);
        this.#list(at + 1, partEnd, level + 1, false);
      } else this.#flat(at, partEnd, level + Number(index > 0));
    });
  }

  #conditions(start: number, end: number, level: number): void {
    let betweens = 0;
    const places = this.#places(start, end, (index) => {
      const { text = '' } = this.#tokens[index] ?? {};
      if (text === 'BETWEEN') betweens++;
      if (text === 'AND' && betweens > 0) {
        betweens--;
        return false;
      }
      return text === 'AND' || text === 'OR';
    });
    [start, ...places].forEach((at, index) => {
      if (index > 0) this.#lines.newLine(level + 1);
      this.#flat(at, places[index] ?? end, level + 1);
    });
  }

  /** One after the other; a parenthesis that does not fit is opened over several lines. */
  #flat(start: number, end: number, level: number): void {
    for (let index = start; index < end; index++) {
      const word = this.#words[index];
      if (!word) return;
      this.#lines.write(word, this.#spaceBefore(index));
      const close = this.#closing.get(index);
      if (close === undefined || close >= end) continue;
      if (this.#fits(index + 1, close + 1) && !this.#mustOpen(index, close)) continue;
      this.#opened(index, close, level);
      index = close;
    }
  }

  #opened(open: number, close: number, level: number): void {
    if (this.#clauses(open + 1, close).length > 0) this.query(open + 1, close, level + 1);
    else this.#list(open + 1, close, level + 1, false);
    this.#lines.newLine(level);
    const word = this.#words[close];
    if (word) this.#lines.write(word, false);
  }

  /** A query of a WITH stands on lines of its own. */
  #mustOpen(open: number, close: number): boolean {
    const isQuery = this.#clauses(open + 1, close).length > 1;
    return isQuery && this.#tokens[open - 1]?.text === 'AS';
  }

  #fits(start: number, end: number): boolean {
    let width = 0;
    for (let index = start; index < end; index++) {
      const word = this.#words[index];
      if (!word || word.above.length > 0 || (word.behind.length > 0 && index < end - 1))
        return false;
      if (word.text.includes('\n')) return false;
      width += word.text.length + Number(this.#spaceBefore(index));
      const close = this.#closing.get(index);
      if (close !== undefined && close < end && this.#mustOpen(index, close)) return false;
    }
    return width <= this.#lines.room;
  }

  /** Where clauses begin, outside of parentheses. */
  #clauses(start: number, end: number): readonly Clause[] {
    const found: Clause[] = [];
    for (const at of this.#places(start, end, (index) => clauseAt(this.#tokens, index) > 0)) {
      const last = found.at(-1);
      if (last && at < last.body) continue;
      const length = clauseAt(this.#tokens, at);
      const { text: name = '' } = this.#tokens[at] ?? {};
      // A pipe's operator is on its line: `|> WHERE …`.
      if (last?.name === '|>' && at === last.body) {
        found[found.length - 1] = { start: last.start, body: at + length, name };
        continue;
      }
      if (name === 'VALUES' && last && last.name !== 'INSERT' && last.body === at) continue;
      // EXTRACT(… FROM …) and its like have no clauses, nor has `IS DISTINCT FROM`.
      if (
        name === 'FROM' &&
        this.#tokens[at - 1]?.text === 'DISTINCT' &&
        this.#tokens[at - 2]?.text !== 'SELECT'
      )
        continue;
      found.push({ start: at, body: at + length, name });
    }
    const opens = this.#tokens[start - 1]?.text === '(';
    if (opens && found[0]?.name !== 'WITH' && found[0]?.start !== start) return [];
    return found;
  }

  #places(start: number, end: number, matches: (index: number) => boolean): readonly number[] {
    const places: number[] = [];
    let cases = 0;
    for (let index = start; index < end; index++) {
      const { text = '' } = this.#tokens[index] ?? {};
      const before = this.#tokens[index - 1]?.text;
      if (text === 'CASE' && before !== '.') cases++;
      else if (text === 'END' && cases > 0) cases--;
      if (cases === 0 && matches(index)) places.push(index);
      const close = this.#closing.get(index);
      if (close !== undefined && close < end) index = close;
    }
    return places;
  }

  #split(start: number, end: number, matches: (index: number) => boolean) {
    const commas = this.#places(start, end, matches);
    const starts = [start, ...commas.map((at) => at + 1)];
    return starts.map((at, index) => ({
      start: at,
      end: Math.min((commas[index] ?? end) + 1, end),
    }));
  }

  #spaceBefore(index: number): boolean {
    const [previous, word] = [this.#words[index - 1], this.#words[index]];
    if (!previous || !word) return false;
    const [before, after] = [previous.token.text, word.token.text];
    if (word.isInType && (/^>+$/.test(after) || after === '<' || after === ':')) return false;
    if (previous.isInType && (before === '<' || before === ':')) return false;
    if ([',', ')', ']', ';', '.', '::', '}'].includes(after)) return false;
    if (['(', '[', '.', '::', '{', '@'].includes(before)) return false;
    if (before === ':' || after === ':') return after === ':' && !isOperand(previous);
    if (after === '(' || after === '[') {
      if (previous.token.kind === 'quotedWord' || previous.text.startsWith('strata__text'))
        return false;
      if (before === ')' || before === ']' || (before === '>' && previous.isInType))
        return after === '(' && before === ')';
      return previous.token.kind !== 'word' || spacedBeforeParenthesis(previous);
    }
    return !this.#isUnary(index - 1) || after === before;
  }

  /** A sign that belongs to what follows it. */
  #isUnary(index: number): boolean {
    const { text = '' } = this.#tokens[index] ?? {};
    if (!['-', '+', '~', '!'].includes(text)) return false;
    const before = this.#words[index - 1];
    return text === '~' || text === '!' || !before || !isOperand(before);
  }
}

interface Clause {
  readonly start: number;
  readonly body: number;
  readonly name: string;
}

const lists = new Set([
  'SELECT',
  'GROUP',
  'ORDER',
  'SORT',
  'CLUSTER',
  'DISTRIBUTE',
  'VALUES',
  'WINDOW',
  '|>',
]);

/** Whether a value ends here, so that a sign behind it takes two. */
function isOperand({ token, text }: Word): boolean {
  if (token.kind === 'operator')
    return token.text === ')' || token.text === ']' || token.text === '}';
  if (token.kind !== 'word') return true;
  return (
    !isKeyword(token.text) ||
    text !== token.text ||
    ['END', 'NULL', 'TRUE', 'FALSE', 'ROW'].includes(token.text)
  );
}

/** `IN (…)`, and `count(…)`. */
function spacedBeforeParenthesis({ token, text }: Word): boolean {
  const calls = [
    'LEFT',
    'RIGHT',
    'IF',
    'CAST',
    'FIRST',
    'LAST',
    'REPLACE',
    'GROUPING',
    'ROW',
    'RANGE',
  ];
  return isKeyword(token.text) && text === token.text && !calls.includes(token.text);
}

function closingOf(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach(({ kind, text }, index) => {
    if (kind !== 'operator') return;
    if (text === '(') open.push(index);
    if (text === ')') {
      const start = open.pop();
      if (start !== undefined) closing.set(start, index);
    }
  });
  return closing;
}
