/**
 * Patterns of `java.time.format.DateTimeFormatter` as Spark reads them: a list of parts that print and parse.
 * What Spark or Java refuses is a problem, with the error that Spark makes of it.
 */
export type DateTimeField =
  | 'era'
  | 'year'
  | 'yearOfEra'
  | 'quarter'
  | 'month'
  | 'day'
  | 'dayOfYear'
  | 'alignedDay'
  | 'dayOfWeek'
  | 'amPm'
  | 'hour'
  | 'clockHour'
  | 'hourOfHalf'
  | 'clockHourOfHalf'
  | 'minute'
  | 'second';

export type PatternPart =
  | { readonly kind: 'literal'; readonly text: string }
  | NumberPart
  | { readonly kind: 'text'; readonly field: DateTimeField; readonly isFull: boolean }
  | { readonly kind: 'offset'; readonly shape: OffsetShape; readonly zero: string }
  | { readonly kind: 'localizedOffset'; readonly isFull: boolean }
  | { readonly kind: 'zoneId' }
  | { readonly kind: 'zoneText'; readonly isFull: boolean }
  | { readonly kind: 'optional'; readonly parts: readonly PatternPart[] };

export interface NumberPart {
  readonly kind: 'number';
  /** `nano` is a fraction of a second, printed from its first digit. */
  readonly field: DateTimeField | 'nano';
  minimum: number;
  maximum: number;
  readonly sign: 'normal' | 'exceedsPad' | 'notNegative';
  /** Two digits of a year from 2000 on. */
  readonly isReduced?: boolean;
  isFixed: boolean;
  /** Digits that the numbers right behind it take. */
  subsequent: number;
}

/** How an offset is written: `+HH`, `+HHmm`, … */
export type OffsetShape = '+HHmm' | '+HHMM' | '+HH:MM' | '+HHMMss' | '+HH:MM:ss';

export interface PatternProblem {
  readonly kind: 'illegalCharacter' | 'length' | 'weekBased' | 'other' | 'recognition';
  readonly detail: string;
}

export type ParsedPattern =
  | { readonly ok: true; readonly parts: readonly PatternPart[] }
  | { readonly ok: false; readonly problem: PatternProblem };

const weekBased = new Set('YWwuec');
const unsupported = new Set('ABcenNp');
const unsupportedInParsing = new Set('EFqQ');
const narrow = ['G', 'M', 'L', 'E', 'Q', 'q'].map((letter) => letter.repeat(5));

/** The letters that Java's older `SimpleDateFormat` knows, by which Spark tells how to put its complaint. */
const olderLetters = new Set('GyYMLwWDdFEuaHkKhmsSzZX');

export function parsePattern(pattern: string, use: 'format' | 'parse'): ParsedPattern {
  const problem = sparkProblem(pattern, use);
  const result: ParsedPattern = problem ? { ok: false, problem } : readParts(pattern, use);
  if (result.ok || !isOlderPattern(pattern)) return result;
  return { ok: false, problem: { kind: 'recognition', detail: pattern } };
}

function sparkProblem(pattern: string, use: 'format' | 'parse'): PatternProblem | undefined {
  for (const [index, part] of pattern.split("'").entries()) {
    if (index % 2 !== 0) continue;
    for (const letter of part)
      if (weekBased.has(letter)) return { kind: 'weekBased', detail: letter };
    for (const letter of part) {
      const isWrong =
        unsupported.has(letter) || (use === 'parse' && unsupportedInParsing.has(letter));
      if (isWrong) return { kind: 'illegalCharacter', detail: letter };
    }
    const long = [...narrow, 'y'.repeat(7)].find((style) => part.includes(style));
    if (long !== undefined) return { kind: 'length', detail: long };
  }
  return undefined;
}

function isOlderPattern(pattern: string): boolean {
  const parts = pattern.split("'");
  if (parts.length % 2 === 0) return false;
  return parts.every(
    (part, index) =>
      index % 2 !== 0 ||
      (!/X{4}/.test(part) &&
        Array.from(part).every((letter) => !/[a-zA-Z]/.test(letter) || olderLetters.has(letter))),
  );
}

class PatternError extends Error {}

function readParts(pattern: string, use: 'format' | 'parse'): ParsedPattern {
  const hasEra = pattern.split("'").some((part, index) => index % 2 === 0 && part.includes('G'));
  const stack: PatternPart[][] = [[]];
  const builder = new Builder(stack);
  try {
    let at = 0;
    while (at < pattern.length) {
      const character = pattern[at] ?? '';
      if (/[a-zA-Z]/.test(character)) {
        let count = 1;
        while (pattern[at + count] === character) count += 1;
        at += count;
        builder.letters(character, count, hasEra, use === 'parse' && pattern.includes('S'));
      } else if (character === "'") {
        const end = quoteEnd(pattern, at + 1);
        const text = pattern.slice(at + 1, end).replaceAll("''", "'");
        builder.add({ kind: 'literal', text: text === '' ? "'" : text });
        at = end + 1;
      } else if (character === '[') {
        stack.push([]);
        builder.active = undefined;
        at += 1;
      } else if (character === ']') {
        const parts = stack.pop() ?? [];
        if (stack.length === 0)
          throw new PatternError('Pattern invalid as it contains ] without previous [');
        builder.add({ kind: 'optional', parts });
        at += 1;
      } else if ('{}#'.includes(character)) {
        throw new PatternError(`Pattern includes reserved character: '${character}'`);
      } else {
        builder.add({ kind: 'literal', text: character });
        at += 1;
      }
    }
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return { ok: false, problem: { kind: 'other', detail: error.message } };
  }
  // Java closes what is left open.
  while (stack.length > 1) {
    const parts = stack.pop() ?? [];
    stack.at(-1)?.push({ kind: 'optional', parts });
  }
  return { ok: true, parts: stack[0] ?? [] };
}

function quoteEnd(pattern: string, start: number): number {
  for (let at = start; at < pattern.length; at++) {
    if (pattern[at] !== "'") continue;
    if (pattern[at + 1] !== "'") return at;
    // `''` alone is a quote; within quotes a doubled one is.
    if (at === start) return at;
    at += 1;
  }
  throw new PatternError(`Pattern ends with an incomplete string literal: ${pattern}`);
}

const numbers: Readonly<Record<string, DateTimeField>> = {
  d: 'day',
  h: 'clockHourOfHalf',
  H: 'hour',
  k: 'clockHour',
  K: 'hourOfHalf',
  m: 'minute',
  s: 'second',
};

class Builder {
  /** The number that the next one would stand directly behind. */
  active: NumberPart | undefined;
  private readonly stack: PatternPart[][];

  constructor(stack: PatternPart[][]) {
    this.stack = stack;
  }

  add(part: PatternPart): void {
    this.active = undefined;
    this.stack.at(-1)?.push(part);
  }

  /** Numbers without anything between them share the digits: the later ones have fixed widths. */
  private addNumber(part: NumberPart): void {
    const { active } = this;
    this.stack.at(-1)?.push(part);
    if (!active) {
      this.active = part;
    } else if (part.minimum === part.maximum && part.sign === 'notNegative') {
      active.subsequent += part.maximum;
      part.isFixed = true;
    } else {
      active.isFixed = true;
      this.active = part;
    }
  }

  private number(
    field: NumberPart['field'],
    minimum = 1,
    maximum = 19,
    sign: NumberPart['sign'] = 'normal',
  ): void {
    this.addNumber({
      kind: 'number',
      field,
      minimum,
      maximum,
      sign,
      isFixed: false,
      subsequent: 0,
    });
  }

  letters(letter: string, count: number, hasEra: boolean, hasVariableFraction: boolean): void {
    const tooMany = () => new PatternError(`Too many pattern letters: ${letter}`);
    switch (letter) {
      case 'G':
        this.add({ kind: 'text', field: 'era', isFull: count === 4 });
        return;
      case 'y':
        this.year(hasEra ? 'yearOfEra' : 'year', count);
        return;
      case 'Q':
      case 'q':
      case 'M':
      case 'L': {
        const field = letter === 'M' || letter === 'L' ? 'month' : 'quarter';
        if (count === 1) this.number(field);
        else if (count === 2) this.number(field, 2, 2, 'notNegative');
        else if (count <= 4) this.add({ kind: 'text', field, isFull: count === 4 });
        else throw tooMany();
        return;
      }
      case 'E':
        if (count > 4) throw tooMany();
        this.add({ kind: 'text', field: 'dayOfWeek', isFull: count === 4 });
        return;
      case 'a':
        if (count > 1) throw tooMany();
        this.add({ kind: 'text', field: 'amPm', isFull: false });
        return;
      case 'F':
        if (count > 1) throw tooMany();
        this.number('alignedDay');
        return;
      case 'D':
        if (count === 1) this.number('dayOfYear');
        else if (count <= 3) this.number('dayOfYear', count, 3, 'notNegative');
        else throw tooMany();
        return;
      case 'S':
        if (count > 9)
          throw new PatternError(`Maximum width must be from 1 to 9 inclusive but was ${count}`);
        if (hasVariableFraction) {
          this.number('nano', 1, count, 'notNegative');
          this.active = undefined;
        } else this.number('nano', count, count, 'notNegative');
        return;
      case 'V':
        if (count !== 2) throw new PatternError(`Pattern letter count must be 2: ${letter}`);
        this.add({ kind: 'zoneId' });
        return;
      case 'z':
        if (count > 4) throw tooMany();
        this.add({ kind: 'zoneText', isFull: count === 4 });
        return;
      case 'O':
        if (count !== 1 && count !== 4)
          throw new PatternError(`Pattern letter count must be 1 or 4: ${letter}`);
        this.add({ kind: 'localizedOffset', isFull: count === 4 });
        return;
      case 'X':
      case 'x':
      case 'Z':
        this.offset(letter, count);
        return;
      default: {
        const field = numbers[letter];
        if (field === undefined) throw new PatternError(`Unknown pattern letter: ${letter}`);
        if (count === 1) this.number(field);
        else if (count === 2) this.number(field, 2, 2, 'notNegative');
        else throw tooMany();
      }
    }
  }

  private year(field: 'year' | 'yearOfEra', count: number): void {
    if (count === 2)
      this.addNumber({
        kind: 'number',
        field,
        minimum: 2,
        maximum: 2,
        sign: 'notNegative',
        isReduced: true,
        isFixed: false,
        subsequent: 0,
      });
    else this.number(field, count, 19, count < 4 ? 'normal' : 'exceedsPad');
  }

  private offset(letter: 'X' | 'x' | 'Z', count: number): void {
    if (letter === 'Z') {
      if (count <= 3) this.add({ kind: 'offset', shape: '+HHMM', zero: '+0000' });
      else if (count === 4) this.add({ kind: 'localizedOffset', isFull: true });
      else if (count === 5) this.add({ kind: 'offset', shape: '+HH:MM:ss', zero: 'Z' });
      else throw new PatternError('Too many pattern letters: Z');
      return;
    }
    const shapes = ['+HHmm', '+HHMM', '+HH:MM', '+HHMMss', '+HH:MM:ss'] as const;
    const shape = shapes[count - 1];
    if (shape === undefined) throw new PatternError(`Too many pattern letters: ${letter}`);
    const zeros = ['+00', '+0000', '+00:00', '+0000', '+00:00'];
    this.add({ kind: 'offset', shape, zero: letter === 'X' ? 'Z' : (zeros[count - 1] ?? '') });
  }
}
