/**
 * The literals that a `.npy` header and a dtype are written in: a dict, list or tuple of strings, numbers,
 * `True`, `False` and `None`. Reads text only; a name, a call or an operator is a problem, never evaluated.
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';

export type PythonLiteral =
  | { readonly kind: 'string'; readonly value: string }
  /** `L` of Python 2 is allowed behind it. */
  | { readonly kind: 'int'; readonly value: bigint }
  /** A float is kept as its text: no header has a use for one, but the message should show it. */
  | { readonly kind: 'float'; readonly text: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'tuple' | 'list'; readonly items: readonly PythonLiteral[] }
  | { readonly kind: 'dict'; readonly entries: readonly DictEntry[] };

export interface DictEntry {
  readonly key: PythonLiteral;
  readonly value: PythonLiteral;
  /** Where the key starts in the text. */
  readonly start: number;
}

export interface LiteralProblem {
  readonly kind: 'not-a-literal' | 'nested-too-deep' | 'number-too-long';
  readonly message: string;
  readonly start: number;
}

const MAX_DEPTH = 32;
/** As many digits as Python itself turns into an int. */
const MAX_DIGITS = 4300;

export function parsePythonLiteral(text: string): Result<PythonLiteral, LiteralProblem> {
  const reader: Reader = { text, position: 0 };
  try {
    const value = readValue(reader, 0);
    skipBlank(reader);
    if (reader.position < text.length) stop(reader, 'has something behind its end');
    return ok(value);
  } catch (error) {
    if (error instanceof Stop) return fail(error.problem);
    throw error;
  }
}

/** The literal as Python would print it, cut where it is long: for messages. */
export function literalText(literal: PythonLiteral): string {
  const text = wholeText(literal);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

interface Reader {
  readonly text: string;
  position: number;
}

/** Unwinds the recursive descent; never leaves this file. */
class Stop extends Error {
  readonly problem: LiteralProblem;
  constructor(problem: LiteralProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

function stop(reader: Reader, what: string, kind: LiteralProblem['kind'] = 'not-a-literal'): never {
  throw new Stop({ kind, message: `the literal ${what}`, start: reader.position });
}

const named: Readonly<Record<string, PythonLiteral>> = {
  True: { kind: 'bool', value: true },
  False: { kind: 'bool', value: false },
  None: { kind: 'none' },
};

function readValue(reader: Reader, depth: number): PythonLiteral {
  if (depth > MAX_DEPTH) stop(reader, `is nested deeper than ${MAX_DEPTH}`, 'nested-too-deep');
  skipBlank(reader);
  const character = reader.text[reader.position];
  if (character === undefined) stop(reader, 'ends too early');
  if (character === '(') {
    const { items, comma } = readItems(reader, ')', depth);
    const [only] = items;
    return items.length === 1 && !comma && only ? only : { kind: 'tuple', items };
  }
  if (character === '[') return { kind: 'list', items: readItems(reader, ']', depth).items };
  if (character === '{') return readDict(reader, depth);
  if (/['"]/.test(character)) return readString(reader);
  if (/[\d.+-]/.test(character)) return readNumber(reader);
  const word = match(reader, /[A-Za-z_]\w*/y);
  if (word === undefined) stop(reader, `has an unexpected ${JSON.stringify(character)}`);
  if (/^[ubUB]$/.test(word) && /['"]/.test(reader.text[reader.position] ?? ''))
    return readString(reader);
  const literal = Object.hasOwn(named, word) ? named[word] : undefined;
  if (literal) return literal;
  reader.position -= word.length;
  return stop(reader, `has the name ${JSON.stringify(word.slice(0, 40))}, which is not evaluated`);
}

function readItems(reader: Reader, close: string, depth: number) {
  const items: PythonLiteral[] = [];
  let comma = false;
  reader.position++;
  for (;;) {
    skipBlank(reader);
    if (reader.text[reader.position] === close) {
      reader.position++;
      return { items, comma };
    }
    if (items.length > 0 && !comma) stop(reader, `needs a ',' or '${close}'`);
    items.push(readValue(reader, depth + 1));
    comma = takeComma(reader);
  }
}

function readDict(reader: Reader, depth: number): PythonLiteral {
  const entries: DictEntry[] = [];
  let comma = true;
  reader.position++;
  for (;;) {
    skipBlank(reader);
    if (reader.text[reader.position] === '}') {
      reader.position++;
      return { kind: 'dict', entries };
    }
    if (!comma) stop(reader, "needs a ',' or '}'");
    const start = reader.position;
    const key = readValue(reader, depth + 1);
    skipBlank(reader);
    if (reader.text[reader.position] !== ':') stop(reader, "needs a ':'");
    reader.position++;
    entries.push({ key, value: readValue(reader, depth + 1), start });
    comma = takeComma(reader);
  }
}

function takeComma(reader: Reader): boolean {
  skipBlank(reader);
  if (reader.text[reader.position] !== ',') return false;
  reader.position++;
  return true;
}

function readNumber(reader: Reader): PythonLiteral {
  const sign = match(reader, /[+-]/y) === '-' ? -1n : 1n;
  const text = match(reader, /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|[\d_]*\.?[\d_]*/y) ?? '';
  const exponent = match(reader, /[eE][+-]?\d+/y) ?? '';
  if (!/\d/.test(text)) stop(reader, 'has a sign or a point without digits');
  if (text.length > MAX_DIGITS)
    stop(reader, `has a number of more than ${MAX_DIGITS} digits`, 'number-too-long');
  if (text.includes('.') || exponent !== '')
    return { kind: 'float', text: `${sign < 0n ? '-' : ''}${text}${exponent}` };
  match(reader, /[lL]/y);
  if (/[\w.]/.test(reader.text[reader.position] ?? ''))
    stop(reader, 'has a number run into a name');
  const digits = text.replaceAll('_', '');
  if (!/^(?:\d+|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(digits))
    stop(reader, 'has a number without digits');
  return { kind: 'int', value: sign * BigInt(digits) };
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
};

function readString(reader: Reader): PythonLiteral {
  const quote = reader.text[reader.position] ?? '';
  let value = '';
  reader.position++;
  for (;;) {
    const plain = match(reader, quote === '"' ? /[^"\\\r\n]+/y : /[^'\\\r\n]+/y);
    if (plain !== undefined) value += plain;
    const character = reader.text[reader.position];
    if (character === quote) {
      reader.position++;
      return { kind: 'string', value };
    }
    if (character !== '\\') stop(reader, 'has a string without an end');
    reader.position++;
    value += readEscape(reader);
  }
}

function readEscape(reader: Reader): string {
  const hex = match(reader, /x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}/y);
  if (hex !== undefined) {
    const codePoint = Number.parseInt(hex.slice(1), 16);
    if (codePoint > 0x10ffff) stop(reader, 'has a character beyond Unicode');
    return String.fromCodePoint(codePoint);
  }
  const octal = match(reader, /[0-7]{1,3}/y);
  if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
  const character = reader.text[reader.position] ?? '';
  if (/^[xuUN]?$/.test(character)) stop(reader, 'has a broken escape in a string');
  reader.position++;
  return Object.hasOwn(escapes, character) ? (escapes[character] ?? '') : `\\${character}`;
}

function skipBlank(reader: Reader): void {
  match(reader, /[ \t\r\n\f]+/y);
}

function match(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.position;
  const found = pattern.exec(reader.text)?.[0];
  if (found === undefined || found === '') return undefined;
  reader.position += found.length;
  return found;
}

function wholeText(literal: PythonLiteral): string {
  switch (literal.kind) {
    case 'string':
      return pythonString(literal.value);
    case 'int':
      return String(literal.value);
    case 'float':
      return literal.text;
    case 'bool':
      return literal.value ? 'True' : 'False';
    case 'none':
      return 'None';
    case 'list':
      return `[${literal.items.map(wholeText).join(', ')}]`;
    case 'tuple':
      return `(${literal.items.map(wholeText).join(', ')}${literal.items.length === 1 ? ',' : ''})`;
    case 'dict':
      return `{${literal.entries
        .map(({ key, value }) => `${wholeText(key)}: ${wholeText(value)}`)
        .join(', ')}}`;
  }
}

/** A string as Python's repr shows it, except that all printable characters are kept. */
export function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\\'"]/gu, (character) => {
    if (character === '\\' || character === quote) return `\\${character}`;
    if (character === "'" || character === '"') return character;
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    const code = character.charCodeAt(0);
    return code <= 0xff
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return quote + body + quote;
}
