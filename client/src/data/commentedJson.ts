/** JSON that people write: with comments and commas at the end, and with places for what is wrong. Pure. */
import { fail, ok, type Result } from '#shared/result.ts';

export interface JsonNode {
  readonly value: unknown;
  /** Half-open. */
  readonly start: number;
  readonly end: number;
  /** Of an object, in the order of the text; each from its name to the end of its value. */
  readonly members?: readonly JsonMember[];
}

interface JsonMember {
  readonly name: string;
  readonly start: number;
  readonly nameEnd: number;
  readonly node: JsonNode;
}

interface JsonMistake {
  readonly message: string;
  readonly offset: number;
}

export function parseCommentedJson(text: string): Result<JsonNode, JsonMistake> {
  const reader = new Reader(text);
  try {
    const node = reader.value();
    reader.skip();
    if (reader.at < text.length) throw new Mistake('nothing is expected here', reader.at);
    return ok(node);
  } catch (error) {
    if (error instanceof Mistake) return fail({ message: error.message, offset: error.offset });
    throw error;
  }
}

export function hasComments(text: string): boolean {
  return /\/[/*]/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, ''));
}

/** `line 3, column 5`, as editors count. */
export function placeIn(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

class Mistake extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

class Reader {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): JsonNode {
    this.skip();
    const start = this.at;
    const character = this.#text[start];
    if (character === '{') return this.#object(start);
    if (character === '[') return this.#array(start);
    const token = /^(?:"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*|true\b|false\b|null\b)/.exec(
      this.#text.slice(start),
    )?.[0];
    if (token === undefined) throw this.#expected('a value', start);
    this.at = start + token.length;
    try {
      return { value: JSON.parse(token) as unknown, start, end: this.at };
    } catch {
      throw new Mistake(`${token} is no value`, start);
    }
  }

  /** White space and comments. */
  skip(): void {
    const found = /^(?:\s|\uFEFF|\/\/[^\n]*|\/\*[^]*?\*\/)*/.exec(this.#text.slice(this.at));
    this.at += found?.[0].length ?? 0;
  }

  #object(start: number): JsonNode {
    const members: JsonMember[] = [];
    this.#list('}', () => {
      const name = this.value();
      if (typeof name.value !== 'string') throw this.#expected('a name', name.start);
      this.#take(':');
      members.push({ name: name.value, start: name.start, nameEnd: name.end, node: this.value() });
    });
    const value = Object.fromEntries(members.map(({ name, node }) => [name, node.value]));
    return { value, start, end: this.at, members };
  }

  #array(start: number): JsonNode {
    const items: unknown[] = [];
    this.#list(']', () => items.push(this.value().value));
    return { value: items, start, end: this.at };
  }

  #list(close: string, item: () => void): void {
    this.at++;
    for (;;) {
      this.skip();
      if (this.#text[this.at] === close) break;
      item();
      this.skip();
      if (this.#text[this.at] === ',') this.at++;
      else if (this.#text[this.at] !== close) throw this.#expected(`',' or '${close}'`, this.at);
    }
    this.at++;
  }

  #take(character: string): void {
    this.skip();
    if (this.#text[this.at] !== character) throw this.#expected(`'${character}'`, this.at);
    this.at++;
  }

  #expected(what: string, offset: number): Mistake {
    const isEnd = offset >= this.#text.length;
    return new Mistake(isEnd ? `it ends where ${what} is expected` : `${what} is expected`, offset);
  }
}
