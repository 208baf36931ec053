/** Reads JSON as Spark's reader does: numbers keep their text, fields their order and their doubles. */

export type JsonNode =
  | { readonly kind: 'object'; readonly fields: readonly (readonly [string, JsonNode])[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string; readonly isInteger: boolean }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' };

export interface JsonOptions {
  readonly singleQuotes: boolean;
  readonly unquotedNames: boolean;
  readonly leadingZeros: boolean;
  readonly comments: boolean;
  readonly nonNumericNumbers: boolean;
  readonly anyEscape: boolean;
  readonly controlCharacters: boolean;
}

/** What Spark allows where nothing is said. */
export const defaultJsonOptions: JsonOptions = {
  singleQuotes: true,
  unquotedNames: false,
  leadingZeros: false,
  comments: false,
  nonNumericNumbers: true,
  anyEscape: false,
  controlCharacters: false,
};

export type JsonEnd = 'whole' | 'first';

const maxDepth = 1000;

/** Undefined where the text is no JSON. With `first` what follows the first value is not looked at. */
export function parseJson(
  text: string,
  options: JsonOptions = defaultJsonOptions,
  end: JsonEnd = 'whole',
): JsonNode | undefined {
  const reader = new Reader(text, options);
  try {
    const node = reader.value(0);
    return end === 'first' || reader.atEnd() ? node : undefined;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** Without blanks, as Spark copies JSON. */
export function jsonText(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${node.fields.map(([name, value]) => `${quoteJson(name)}:${jsonText(value)}`).join(',')}}`;
    case 'array':
      return `[${node.items.map(jsonText).join(',')}]`;
    case 'string':
      return quoteJson(node.text);
    case 'number':
      return node.text;
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
  }
}

/** As Jackson quotes: control characters in capitals of base 16, everything else as it is. */
export function quoteJson(text: string): string {
  let quoted = '"';
  for (const character of text) {
    const code = character.charCodeAt(0);
    const escape = shortEscapes[character];
    if (escape !== undefined) quoted += escape;
    else if (code < 0x20) quoted += `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
    else quoted += character;
  }
  return `${quoted}"`;
}

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

class Malformed extends Error {}

class Reader {
  private readonly text: string;
  private readonly options: JsonOptions;
  private at = 0;

  constructor(text: string, options: JsonOptions) {
    this.text = text;
    this.options = options;
  }

  atEnd(): boolean {
    this.skip();
    return this.at >= this.text.length;
  }

  value(depth: number): JsonNode {
    if (depth > maxDepth) throw new Malformed();
    this.skip();
    const character = this.text[this.at];
    switch (character) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"':
        return { kind: 'string', text: this.string('"') };
      case "'":
        if (this.options.singleQuotes) return { kind: 'string', text: this.string("'") };
        break;
      default:
        break;
    }
    return this.number() ?? this.word();
  }

  private object(depth: number): JsonNode {
    this.at += 1;
    const fields: (readonly [string, JsonNode])[] = [];
    this.skip();
    if (this.take('}')) return { kind: 'object', fields };
    for (;;) {
      this.skip();
      const name = this.name();
      this.skip();
      if (!this.take(':')) throw new Malformed();
      fields.push([name, this.value(depth + 1)]);
      this.skip();
      if (this.take('}')) return { kind: 'object', fields };
      if (!this.take(',')) throw new Malformed();
    }
  }

  private array(depth: number): JsonNode {
    this.at += 1;
    const items: JsonNode[] = [];
    this.skip();
    if (this.take(']')) return { kind: 'array', items };
    for (;;) {
      items.push(this.value(depth + 1));
      this.skip();
      if (this.take(']')) return { kind: 'array', items };
      if (!this.take(',')) throw new Malformed();
    }
  }

  private name(): string {
    const quote = this.text[this.at];
    if (quote === '"' || (quote === "'" && this.options.singleQuotes)) return this.string(quote);
    const bare = this.options.unquotedNames ? this.match(/[\p{L}\p{N}_$@#*+-]+/uy) : undefined;
    if (bare === undefined) throw new Malformed();
    return bare;
  }

  private string(quote: string): string {
    this.at += 1;
    let result = '';
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) throw new Malformed();
      this.at += 1;
      if (character === quote) return result;
      if (character === '\\') result += this.escape();
      else if (character < ' ' && !this.options.controlCharacters) throw new Malformed();
      else result += character;
    }
  }

  private escape(): string {
    const character = this.text[this.at] ?? '';
    this.at += 1;
    const plain = escapes[character];
    if (plain !== undefined) return plain;
    if (character === 'u') {
      const digits = this.match(/[0-9a-fA-F]{4}/y);
      if (digits === undefined) throw new Malformed();
      return String.fromCharCode(parseInt(digits, 16));
    }
    if (character === "'" && this.options.singleQuotes) return character;
    if (this.options.anyEscape && character !== '') return character;
    throw new Malformed();
  }

  private number(): JsonNode | undefined {
    const zeros = this.options.leadingZeros ? /-?\d+/y : /-?(?:0|[1-9]\d*)/y;
    const whole = this.match(zeros);
    if (whole === undefined) return undefined;
    const fraction = this.match(/\.\d+/y) ?? '';
    const exponent = this.match(/[eE][+-]?\d+/y) ?? '';
    if (/[\w.]/.test(this.text[this.at] ?? '')) throw new Malformed();
    const plain = whole.replace(/^(-?)0+(?=\d)/, '$1');
    const isInteger = fraction === '' && exponent === '';
    return { kind: 'number', text: `${plain}${fraction}${exponent}`, isInteger };
  }

  private word(): JsonNode {
    const word = this.match(/[+-]?[A-Za-z]+/y);
    switch (word) {
      case 'true':
        return { kind: 'boolean', value: true };
      case 'false':
        return { kind: 'boolean', value: false };
      case 'null':
        return { kind: 'null' };
      case 'NaN':
      case 'Infinity':
      case '-Infinity':
      case '+Infinity':
      case 'INF':
      case '+INF':
      case '-INF':
        if (this.options.nonNumericNumbers) return { kind: 'number', text: word, isInteger: false };
        break;
      default:
        break;
    }
    throw new Malformed();
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private skip(): void {
    for (;;) {
      while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at += 1;
      if (!this.options.comments) return;
      const comment = this.match(/\/\*[^]*?\*\/|\/\/[^\n]*|#[^\n]*/y);
      if (comment === undefined) return;
    }
  }
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
