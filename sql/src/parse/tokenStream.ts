/** The parser's place in the text: what comes next, what was wrong so far, how deep it is. */
import type { SparkError } from '#shared/protocol/engine.ts';
import type { Range } from '../plan/range.ts';
import type { Expression, Relation } from '../plan/unresolved.ts';
import type { ConditionClass } from '../problem.ts';
import type { ParseContext } from '../settings.ts';
import { problem } from '../problem.ts';
import type { Token } from './lexer.ts';
import { tokenize } from './lexer.ts';

/** Nesting beyond it is refused: later passes recurse over the tree. */
const maxDepth = 400;
const maxChain = 1500;

/** The parts of the grammar that call each other in a circle. */
export interface Grammar {
  readonly query: (stream: TokenStream) => Relation;
  readonly expression: (stream: TokenStream) => Expression;
  readonly value: (stream: TokenStream) => Expression;
  readonly values: (stream: TokenStream) => Relation;
  /** An expression with an alias where one follows. */
  readonly named: (stream: TokenStream) => Expression;
  /** An argument of a function. */
  readonly argument: (stream: TokenStream) => Expression;
}

export class TokenStream {
  readonly text: string;
  readonly context: ParseContext;
  readonly problems: SparkError[] = [];
  readonly grammar: Grammar;
  private readonly tokens: readonly Token[];
  private index = 0;
  private depth = 0;
  private lastProblemAt = -1;
  private parameterCount = 0;

  constructor(text: string, context: ParseContext, grammar: Grammar) {
    this.text = text;
    this.context = context;
    this.grammar = grammar;
    const all = tokenize(text, context.parser);
    this.tokens = all.filter((token) => token.kind !== 'space' && token.kind !== 'comment');
    const unclosed = all.find((token) => token.kind === 'unclosedComment');
    if (unclosed !== undefined) this.report('UNCLOSED_BRACKETED_COMMENT', {}, unclosed);
  }

  get next(): Token {
    return this.peek(0);
  }

  get atEnd(): boolean {
    return this.next.kind === 'end';
  }

  /** The end of what was taken last. */
  get lastEnd(): number {
    return this.tokens[this.index - 1]?.end ?? 0;
  }

  peek(ahead: number): Token {
    const token = this.tokens[Math.min(this.index + ahead, this.tokens.length - 1)];
    if (token === undefined) throw new Error('a token list has an end token');
    return token;
  }

  take(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.index++;
    return token;
  }

  /** Where to go back to with `rewind` when a guess was wrong. */
  mark(): { readonly index: number; readonly problems: number; readonly at: number } {
    return { index: this.index, problems: this.problems.length, at: this.lastProblemAt };
  }

  rewind(mark: ReturnType<TokenStream['mark']>): void {
    this.index = mark.index;
    this.problems.length = mark.problems;
    this.lastProblemAt = mark.at;
  }

  /** The first token at or after an offset comes next. */
  continueAt(offset: number): void {
    while (!this.atEnd && this.next.start < offset) this.index++;
  }

  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'word' && token.text === word;
  }

  areWords(...words: readonly string[]): boolean {
    for (let ahead = 0; ahead < words.length; ahead++)
      if (!this.isWord(words[ahead] ?? '', ahead)) return false;
    return true;
  }

  isOperator(operator: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'operator' && token.text === operator;
  }

  acceptWord(...words: readonly string[]): boolean {
    if (!this.areWords(...words)) return false;
    this.index += words.length;
    return true;
  }

  acceptOperator(operator: string): boolean {
    if (!this.isOperator(operator)) return false;
    this.index++;
    return true;
  }

  /** Any number of them. */
  acceptOperators(operator: string): void {
    while (this.isOperator(operator)) this.index++;
  }

  expectWord(word: string): boolean {
    if (this.acceptWord(word)) return true;
    this.syntaxError();
    return false;
  }

  expectOperator(operator: string): boolean {
    if (this.acceptOperator(operator)) return true;
    const hint = this.atEnd && operator === ')' ? `: missing ')'` : '';
    this.syntaxError(this.next, hint);
    return false;
  }

  /** Reports each place once: what follows from one mistake is no second mistake. */
  syntaxError(token: Token = this.next, hint = ''): void {
    if (token.start <= this.lastProblemAt) return;
    this.lastProblemAt = token.start;
    const written = this.text.slice(token.start, token.end);
    this.problems.push(
      problem(
        'PARSE_SYNTAX_ERROR',
        { error: token.kind === 'end' ? 'end of input' : `'${written}'`, hint },
        token,
      ),
    );
  }

  /** After what we can't read, what looks like bad syntax need not be. */
  tellNoMoreSyntax(): void {
    this.lastProblemAt = this.text.length;
  }

  report(
    condition: ConditionClass,
    parameters: Readonly<Record<string, string>>,
    range: Range,
  ): void {
    this.problems.push(problem(condition, parameters, { start: range.start, end: range.end }));
  }

  unsupported(feature: string, start: number): void {
    this.report('UNSUPPORTED_SYNTAX', { feature }, { start, end: Math.max(this.lastEnd, start) });
  }

  /** The place of a `?` among its like. */
  countParameter(): number {
    return ++this.parameterCount;
  }

  /** Past the parenthesis that closes the one that comes next, or to the end. */
  skipParentheses(): void {
    let depth = 0;
    do {
      const token = this.take();
      if (token.kind === 'end') return;
      if (token.text === '(' && token.kind === 'operator') depth++;
      if (token.text === ')' && token.kind === 'operator') depth--;
    } while (depth > 0);
  }

  skipToEnd(): void {
    this.index = this.tokens.length - 1;
  }

  nested<T>(parse: () => T, otherwise: () => T): T {
    if (this.depth >= maxDepth) {
      this.tooComplex();
      return otherwise();
    }
    this.depth++;
    const result = parse();
    this.depth--;
    return result;
  }

  /** False once a chain of operators is longer than the later passes could walk. */
  chainMayGrow(length: number): boolean {
    if (length < maxChain) return true;
    this.tooComplex();
    return false;
  }

  private tooComplex(): void {
    if (this.problems.length === 0) this.report('FAILED_TO_PARSE_TOO_COMPLEX', {}, this.next);
    this.tellNoMoreSyntax();
    this.skipToEnd();
  }
}
