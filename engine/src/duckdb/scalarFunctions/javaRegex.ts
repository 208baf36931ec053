/**
 * Java's regular expressions as JavaScript's, with the same meaning; what has none is refused by name.
 * Groups keep their numbers, since only groups that the pattern has are made.
 */
export type JavaRegex =
  | {
      readonly ok: true;
      readonly source: string;
      readonly groupCount: number;
      readonly names: ReadonlyMap<string, number>;
    }
  | { readonly ok: false; readonly kind: 'invalid' | 'unsupported'; readonly reason: string };

export function javaRegex(pattern: string): JavaRegex {
  try {
    const reader = new Reader(pattern);
    const source = reader.alternatives();
    if (!reader.atEnd) throw new Invalid("Unmatched closing ')'");
    // Node's own compiler finds what is left.
    new RegExp(source, 'v');
    return { ok: true, source, groupCount: reader.groupCount, names: reader.names };
  } catch (error) {
    if (error instanceof Unsupported)
      return { ok: false, kind: 'unsupported', reason: error.message };
    if (error instanceof Invalid || error instanceof SyntaxError)
      return { ok: false, kind: 'invalid', reason: error.message };
    throw error;
  }
}

class Invalid extends Error {}
class Unsupported extends Error {}

interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly comments: boolean;
}

const lineEnd = String.raw`[\n\r\u0085\u2028\u2029]`;
const wordLetter = String.raw`[\p{L}\p{Nd}_]`;
const boundary = `(?:(?<=${wordLetter})(?!${wordLetter})|(?<!${wordLetter})(?=${wordLetter}))`;
const notBoundary = `(?:(?<=${wordLetter})(?=${wordLetter})|(?<!${wordLetter})(?!${wordLetter}))`;

/** Sets by their escapes, as what stands between the brackets of a class. */
const sets: Readonly<Record<string, string>> = {
  d: '0-9',
  w: 'a-zA-Z0-9_',
  s: String.raw`\t\n\v\f\r\x20`,
  h: String.raw`\t\x20\xA0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000`,
  v: String.raw`\n\v\f\r\x85\u2028\u2029`,
};

const posix: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: String.raw`\x00-\x7F`,
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: String.raw`\x21-\x2F\x3A-\x40\x5B-\x60\x7B-\x7E`,
  Graph: String.raw`\x21-\x7E`,
  Print: String.raw`\x20-\x7E`,
  Blank: String.raw`\x20\t`,
  Cntrl: String.raw`\x00-\x1F\x7F`,
  XDigit: '0-9a-fA-F',
  Space: String.raw`\x20\t\n\v\f\r`,
  javaLowerCase: String.raw`\p{Lowercase}`,
  javaUpperCase: String.raw`\p{Uppercase}`,
  IsAlphabetic: String.raw`\p{Alphabetic}`,
  IsLetter: String.raw`\p{L}`,
  IsUppercase: String.raw`\p{Uppercase}`,
  IsLowercase: String.raw`\p{Lowercase}`,
  IsPunctuation: String.raw`\p{P}`,
  IsDigit: String.raw`\p{Nd}`,
  IsWhite_Space: String.raw`\p{White_Space}`,
};

const controls: Readonly<Record<string, string>> = {
  t: String.raw`\t`,
  n: String.raw`\n`,
  r: String.raw`\r`,
  f: String.raw`\f`,
  a: String.raw`\x07`,
  e: String.raw`\x1B`,
};

class Reader {
  groupCount = 0;
  readonly names = new Map<string, number>();
  private at = 0;
  private flags: Flags = { ignoreCase: false, multiline: false, dotAll: false, comments: false };
  private readonly pattern: string;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  get atEnd(): boolean {
    return this.at >= this.pattern.length;
  }

  private get next(): string {
    return String.fromCodePoint(this.pattern.codePointAt(this.at) ?? 0);
  }

  private accept(text: string): boolean {
    if (!this.pattern.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private take(): string {
    if (this.atEnd) throw new Invalid('Unexpected end of pattern');
    const character = this.next;
    this.at += character.length;
    return character;
  }

  /** Up to the end of the group; flags that are set within it end with it. */
  alternatives(): string {
    const outer = this.flags;
    const branches = [this.sequence()];
    while (this.accept('|')) branches.push(this.sequence());
    this.flags = outer;
    return branches.join('|');
  }

  private sequence(): string {
    let result = '';
    while (!this.atEnd && this.next !== '|' && this.next !== ')') {
      if (this.flags.comments && this.skipComment()) continue;
      const atom = this.atom();
      result += atom === '' ? '' : this.quantified(atom);
    }
    return result;
  }

  private skipComment(): boolean {
    const blank = /^(?:\s+|#[^\n\r\u0085\u2028\u2029]*)/.exec(this.pattern.slice(this.at));
    this.at += blank?.[0].length ?? 0;
    return blank !== null;
  }

  private quantified(atom: string): string {
    let result = atom;
    for (;;) {
      if (this.flags.comments) while (this.skipComment());
      const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(this.pattern.slice(this.at))?.[0];
      if (quantifier === undefined) {
        if (!this.atEnd && this.next === '{') throw new Invalid('Illegal repetition');
        return result;
      }
      this.at += quantifier.length;
      // Taken without giving back; JavaScript can say so only with a group of its own.
      if (this.accept('+')) throw new Unsupported('possessive quantifiers');
      const isAssertion = /^\(\?<?[=!]/.test(result) || result === boundary;
      result = `${isAssertion || result !== atom ? `(?:${result})` : result}${quantifier}${this.accept('?') ? '?' : ''}`;
    }
  }

  private atom(): string {
    const character = this.take();
    switch (character) {
      case '(':
        return this.group();
      case '[':
        return this.characterClass();
      case '\\':
        return this.escape();
      case '.':
        return this.flags.dotAll ? '[\\s\\S]' : String.raw`[^\n\r\u0085\u2028\u2029]`;
      case '^':
        // Not behind a line break that ends the text.
        return this.flags.multiline ? `(?:(?<![^])|(?<=${lineEnd})(?=[^]))` : '(?<![^])';
      case '$':
        return this.flags.multiline
          ? `(?=${lineEnd}|(?![^]))`
          : `(?=(?:\\r\\n|${lineEnd})?(?![^]))`;
      case '*':
      case '+':
      case '?':
        throw new Invalid(`Dangling meta character '${character}'`);
      case '{':
        throw new Invalid('Illegal repetition');
      default:
        return this.literal(character);
    }
  }

  private literal(character: string): string {
    const isLetter = /^[a-zA-Z]$/.test(character);
    if (this.flags.ignoreCase && isLetter)
      return `[${character.toLowerCase()}${character.toUpperCase()}]`;
    return /^[\^$\\.*+?()[\]{}|/]$/.test(character) ? `\\${character}` : character;
  }

  private group(): string {
    if (!this.accept('?')) {
      this.groupCount += 1;
      return this.closed('(');
    }
    for (const start of [':', '=', '!', '<=', '<!']) {
      if (this.accept(start)) return this.closed(`(?${start}`);
    }
    if (this.accept('>')) throw new Unsupported('atomic groups');
    const named = /^<([a-zA-Z][a-zA-Z0-9]*)>/.exec(this.pattern.slice(this.at));
    if (named) {
      this.at += named[0].length;
      this.groupCount += 1;
      this.names.set(named[1] ?? '', this.groupCount);
      return this.closed(`(${named[0].replace(/^</, '?<')}`);
    }
    const flags = /^([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])/.exec(this.pattern.slice(this.at));
    if (!flags) throw new Invalid('Unknown inline modifier');
    this.at += flags[0].length;
    const outer = this.flags;
    this.flags = this.changed(flags[1] ?? '', flags[2] ?? '');
    if (flags[3] === ')') return '';
    const group = this.closed('(?:');
    this.flags = outer;
    return group;
  }

  private closed(start: string): string {
    const inner = this.alternatives();
    if (!this.accept(')')) throw new Invalid('Unclosed group');
    return `${start}${inner})`;
  }

  private changed(on: string, off: string): Flags {
    const unknown = /[^imsxu]/.exec(on + off);
    if (unknown) {
      if (/[dU]/.test(unknown[0])) throw new Unsupported(`the flag ${unknown[0]}`);
      throw new Invalid('Unknown inline modifier');
    }
    if (on.includes('u')) throw new Unsupported('the flag u');
    const flag = (letter: string, before: boolean) =>
      on.includes(letter) ? true : off.includes(letter) ? false : before;
    return {
      ignoreCase: flag('i', this.flags.ignoreCase),
      multiline: flag('m', this.flags.multiline),
      dotAll: flag('s', this.flags.dotAll),
      comments: flag('x', this.flags.comments),
    };
  }

  private escape(): string {
    const set = this.setEscape();
    if (set !== undefined) return `[${set}]`;
    const character = this.take();
    switch (character) {
      case 'b':
        if (this.accept('{')) throw new Unsupported(String.raw`\b{…}`);
        return boundary;
      case 'B':
        return notBoundary;
      case 'A':
        return '(?<![^])';
      case 'z':
        return '(?![^])';
      case 'Z':
        return `(?=(?:\\r\\n|${lineEnd})?(?![^]))`;
      case 'R':
        return String.raw`(?:\r\n|[\n\v\f\r\u0085\u2028\u2029])`;
      case 'Q': {
        const end = this.pattern.indexOf('\\E', this.at);
        const text = this.pattern.slice(this.at, end < 0 ? undefined : end);
        this.at = end < 0 ? this.pattern.length : end + 2;
        const parts = Array.from(text, (one) => this.literal(one));
        return parts.length > 1
          ? `${parts.slice(0, -1).join('')}${this.quantified(parts.at(-1) ?? '')}`
          : parts.join('');
      }
      case 'E':
        return '';
      case 'k': {
        const name = /^<([a-zA-Z][a-zA-Z0-9]*)>/.exec(this.pattern.slice(this.at));
        if (!name)
          throw new Invalid(String.raw`\k is not followed by '<' for named capturing group`);
        this.at += name[0].length;
        if (!this.names.has(name[1] ?? ''))
          throw new Invalid(`named capturing group <${name[1] ?? ''}> does not exist`);
        return `\\k${name[0]}`;
      }
      default:
        break;
    }
    if (/[1-9]/.test(character)) {
      let number = Number(character);
      // As many digits as make a group that there is.
      while (
        /\d/.test(this.pattern[this.at] ?? '') &&
        number * 10 + Number(this.pattern[this.at]) <= this.groupCount
      )
        number = number * 10 + Number(this.take());
      if (number > this.groupCount)
        throw new Unsupported('a reference to a group that is not there yet');
      if (this.flags.ignoreCase)
        throw new Unsupported('a reference to a group without regard to case');
      return `(?:\\${number})`;
    }
    return this.characterEscape(character);
  }

  /** `\d`, `\p{…}` and their complements, as what stands in a class. */
  private setEscape(): string | undefined {
    const letter = this.pattern[this.at] ?? '';
    const small = letter.toLowerCase();
    if (Object.hasOwn(sets, small)) {
      this.at += 1;
      const set = sets[small] ?? '';
      return letter === small ? set : `[^${set}]`;
    }
    if (small !== 'p') return undefined;
    const match = /^[pP](?:\{(\^?)([\w=]+)\}|([A-Z]))/.exec(this.pattern.slice(this.at));
    if (!match) throw new Invalid('Unknown character property');
    this.at += match[0].length;
    const name = match[2] ?? match[3] ?? '';
    const set = Object.hasOwn(posix, name) ? posix[name] : propertyOf(name);
    if (set === undefined) throw new Unsupported(`the property ${name}`);
    const isNot = match[0].startsWith('P') !== (match[1] === '^');
    return isNot ? `[^${set}]` : set;
  }

  private characterEscape(character: string): string {
    const control = controls[character];
    if (control !== undefined) return control;
    const code = (value: number) => {
      if (value > 0x10ffff) throw new Invalid('Hexadecimal codepoint is too big');
      return this.literal(String.fromCodePoint(value));
    };
    const rest = this.pattern.slice(this.at);
    const numeric = (match: RegExpExecArray | null, base: number) => {
      if (!match) throw new Invalid(`Illegal escape sequence \\${character}`);
      this.at += match[0].length;
      return code(parseInt(match[1] ?? match[0], base));
    };
    switch (character) {
      case 'x':
        return rest.startsWith('{')
          ? numeric(/^\{([0-9a-fA-F]+)\}/.exec(rest), 16)
          : numeric(/^[0-9a-fA-F]{2}/.exec(rest), 16);
      case 'u':
        return numeric(/^[0-9a-fA-F]{4}/.exec(rest), 16);
      case '0':
        return numeric(/^(?:[0-3][0-7]{2}|[0-7]{1,2})/.exec(rest), 8);
      case 'c':
        return code(this.take().charCodeAt(0) ^ 64);
      default:
        break;
    }
    if (/[a-zA-Z]/.test(character)) {
      if ('GXN'.includes(character)) throw new Unsupported(`\\${character}`);
      throw new Invalid(`Illegal/unsupported escape sequence near index ${this.at}`);
    }
    return this.literal(character);
  }

  /** A class with unions and intersections; the opening bracket is taken. */
  private characterClass(): string {
    const isNot = this.accept('^');
    const operands: string[] = [];
    let items = '';
    let isFirst = true;
    for (;;) {
      if (this.atEnd) throw new Invalid('Unclosed character class');
      if (this.next === ']' && !(isFirst && operands.length === 0 && items === '')) break;
      if (this.accept('&&')) {
        operands.push(items);
        items = '';
        continue;
      }
      items += this.classItem();
      isFirst = false;
    }
    this.at += 1;
    const all = [...operands, items].filter(
      (one, index, list) => one !== '' || index < list.length - 1,
    );
    const body = all.length === 1 ? (all[0] ?? '') : all.map((one) => `[${one}]`).join('&&');
    return `[${isNot ? '^' : ''}${body}]`;
  }

  private classItem(): string {
    if (this.flags.comments && this.skipComment()) return '';
    if (this.accept('[')) return this.characterClass();
    if (this.next === '\\') {
      this.at += 1;
      const set = this.setEscape();
      if (set !== undefined) return set;
      this.at -= 1;
    }
    const low = this.classCharacter();
    const isRange =
      this.next === '-' && !['', ']', '['].includes(this.pattern[this.at + 1] ?? '') && !this.atEnd;
    if (!isRange) return this.cased(low, low);
    this.at += 1;
    const high = this.classCharacter();
    if ((high.codePointAt(0) ?? 0) < (low.codePointAt(0) ?? 0))
      throw new Invalid('Illegal character range');
    return this.cased(low, high);
  }

  private classCharacter(): string {
    const character = this.take();
    if (character !== '\\') return character;
    const escaped = this.take();
    if (escaped === 'Q' || escaped === 'E') throw new Unsupported('a quotation within a class');
    const outer = this.flags;
    this.flags = { ...outer, ignoreCase: false };
    const source = this.characterEscape(escaped);
    this.flags = outer;
    const control = Object.entries(controls).find(([, text]) => text === source)?.[0];
    if (control !== undefined) {
      const codes: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, f: 12, a: 7, e: 27 };
      return String.fromCharCode(codes[control] ?? 0);
    }
    return source.length > 1 && source.startsWith('\\') ? source.slice(1) : source;
  }

  private cased(low: string, high: string): string {
    const quoted = (one: string) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`;
    const range = (from: string, to: string) =>
      from === to ? quoted(from) : `${quoted(from)}-${quoted(to)}`;
    let result = range(low, high);
    if (!this.flags.ignoreCase) return result;
    for (const [start, end, shift] of [
      [65, 90, 32],
      [97, 122, -32],
    ] as const) {
      const from = Math.max(low.codePointAt(0) ?? 0, start);
      const to = Math.min(high.codePointAt(0) ?? 0, end);
      if (from <= to)
        result += range(String.fromCodePoint(from + shift), String.fromCodePoint(to + shift));
    }
    return result;
  }
}

/** Categories and scripts that both languages name alike. */
function propertyOf(name: string): string | undefined {
  if (/^(?:L[ulmot]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?|C[cfosn]?)$/.test(name))
    return `\\p{${name}}`;
  const category = /^Is(L[ulmot]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/.exec(name)?.[1];
  if (category !== undefined) return `\\p{${category}}`;
  const script = /^(?:Is|script=|sc=)([A-Z][a-z]+)$/.exec(name)?.[1];
  if (script === undefined) return undefined;
  try {
    new RegExp(`\\p{Script=${script}}`, 'v');
    return `\\p{Script=${script}}`;
  } catch {
    return undefined;
  }
}
