/** XPath 1.0 expressions as trees. */

export type XPath =
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: XPath;
      readonly right: XPath;
    }
  | { readonly kind: 'negative'; readonly operand: XPath }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'call'; readonly name: string; readonly values: readonly XPath[] }
  | { readonly kind: 'filter'; readonly operand: XPath; readonly predicates: readonly XPath[] }
  | {
      readonly kind: 'path';
      readonly start: XPath | 'root' | 'context';
      readonly steps: readonly Step[];
    };

export interface Step {
  readonly axis: string;
  /** `*`, a name, `text()`, `node()` or `comment()`. */
  readonly test: string;
  readonly predicates: readonly XPath[];
}

/** Undefined where the text is no expression that is known here. */
export function parseXPath(text: string): XPath | undefined {
  const parser = new Parser(text);
  try {
    const expression = parser.expression(0);
    return parser.atEnd() ? expression : undefined;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

class Malformed extends Error {}

const levels: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', 'div', 'mod'],
];
const nodeTests = ['text()', 'node()', 'comment()'];
const functions = new Set(
  (
    'boolean ceiling concat contains count false floor last local-name name normalize-space not number ' +
    'position round starts-with string string-length substring substring-after substring-before sum ' +
    'translate true'
  ).split(' '),
);
const axes = new Set(
  (
    'child attribute self parent descendant descendant-or-self ancestor ancestor-or-self ' +
    'following-sibling preceding-sibling'
  ).split(' '),
);
const anyNode: Step = { axis: 'descendant-or-self', test: 'node()', predicates: [] };

class Parser {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(text: string) {
    const pattern =
      /\s+|\/\/|::|\.\.|!=|<=|>=|"[^"]*"|'[^']*'|\d+(?:\.\d*)?|\.\d+|[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{N}_.-]*)?|[/.@[\](),|+\-*=<>]|./gu;
    this.tokens = (text.match(pattern) ?? []).filter((token) => token.trim() !== '');
  }

  atEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  expression(level: number): XPath {
    const operators = levels[level];
    if (operators === undefined) return this.unary();
    let left = this.expression(level + 1);
    for (;;) {
      const operator = this.tokens[this.at];
      if (operator === undefined || !operators.includes(operator)) return left;
      this.at += 1;
      left = { kind: 'binary', operator, left, right: this.expression(level + 1) };
    }
  }

  private unary(): XPath {
    if (this.take('-')) return { kind: 'negative', operand: this.unary() };
    let left = this.path();
    while (this.take('|')) left = { kind: 'binary', operator: '|', left, right: this.path() };
    return left;
  }

  private path(): XPath {
    const primary = this.primary();
    if (primary !== undefined) {
      const predicates = this.predicates();
      const operand: XPath =
        predicates.length === 0 ? primary : { kind: 'filter', operand: primary, predicates };
      const steps = this.next() === '/' || this.next() === '//' ? this.moreSteps([]) : [];
      return steps.length === 0 ? operand : { kind: 'path', start: operand, steps };
    }
    if (this.next() === '//') return { kind: 'path', start: 'root', steps: this.moreSteps([]) };
    if (this.take('/')) {
      const steps = this.startsStep() ? this.moreSteps([this.step()]) : [];
      return { kind: 'path', start: 'root', steps };
    }
    return { kind: 'path', start: 'context', steps: this.moreSteps([this.step()]) };
  }

  private moreSteps(steps: Step[]): readonly Step[] {
    for (;;) {
      if (this.take('//')) steps.push(anyNode, this.step());
      else if (this.take('/')) steps.push(this.step());
      else return steps;
    }
  }

  private startsStep(): boolean {
    return /^([\p{L}_@*.]|\.\.)/u.test(this.next() ?? '');
  }

  private primary(): XPath | undefined {
    const token = this.next();
    if (token === undefined) throw new Malformed();
    if (token === '(') {
      this.at += 1;
      const inner = this.expression(0);
      this.expect(')');
      return inner;
    }
    if (/^["']/.test(token) && token.length > 1) {
      this.at += 1;
      return { kind: 'text', value: token.slice(1, -1) };
    }
    if (/^\.?\d/.test(token)) {
      this.at += 1;
      return { kind: 'number', value: Number(token) };
    }
    if (this.tokens[this.at + 1] !== '(' || !/^[\p{L}_]/u.test(token)) return undefined;
    if (nodeTests.includes(`${token}()`)) return undefined;
    if (!functions.has(token)) throw new Malformed();
    this.at += 2;
    const values: XPath[] = [];
    if (!this.take(')')) {
      do values.push(this.expression(0));
      while (this.take(','));
      this.expect(')');
    }
    return { kind: 'call', name: token, values };
  }

  private step(): Step {
    if (this.take('.')) return { axis: 'self', test: 'node()', predicates: [] };
    if (this.take('..')) return { axis: 'parent', test: 'node()', predicates: [] };
    let axis = 'child';
    if (this.take('@')) axis = 'attribute';
    else if (this.tokens[this.at + 1] === '::') {
      axis = this.next() ?? '';
      if (!axes.has(axis)) throw new Malformed();
      this.at += 2;
    }
    const test = this.next();
    if (test === undefined || !/^[\p{L}_*]/u.test(test)) throw new Malformed();
    this.at += 1;
    const isNodeTest = nodeTests.includes(`${test}()`) && this.take('(');
    if (isNodeTest) this.expect(')');
    return { axis, test: isNodeTest ? `${test}()` : test, predicates: this.predicates() };
  }

  private predicates(): readonly XPath[] {
    const predicates: XPath[] = [];
    while (this.take('[')) {
      predicates.push(this.expression(0));
      this.expect(']');
    }
    return predicates;
  }

  private next(): string | undefined {
    return this.tokens[this.at];
  }

  private take(token: string): boolean {
    if (this.next() !== token) return false;
    this.at += 1;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) throw new Malformed();
  }
}
