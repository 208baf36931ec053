/**
 * Functions of texts whose parts compare without regard to case (`UTF8_LCASE`), and of arrays of texts under any
 * collation. As in Spark a character and its small letters are matched whole.
 */
import type { Collation } from '#sql/plan/collation.ts';
import { knownCollation } from '#sql/plan/collation.ts';
import type { ScalarFunction, Site, Value } from './scalarFunction.ts';

/** The small letters of one code point, independent of its place in a word. */
function smallLetters(character: string): string {
  return character === 'ς' ? 'σ' : character.toLowerCase();
}

const folded = (text: string): string => Array.from(text, smallLetters).join('');

interface Match {
  readonly start: number;
  readonly end: number;
}

/** A text as code points, each with its small letters. */
class Folded {
  readonly characters: readonly string[];
  private readonly small: readonly string[];

  constructor(text: string, letters = smallLetters) {
    this.characters = Array.from(text);
    this.small = this.characters.map(letters);
  }

  get length(): number {
    return this.characters.length;
  }

  slice(start: number, end?: number): string {
    return this.characters.slice(start, end).join('');
  }

  /** Where a match that starts at a place ends, or -1. `pattern` is in small letters. */
  matchFrom(pattern: string, start: number): number {
    let rest = pattern;
    let at = start;
    while (rest !== '') {
      const next = this.small[at];
      if (next === undefined || !rest.startsWith(next)) return -1;
      rest = rest.slice(next.length);
      at += 1;
    }
    return at;
  }

  find(pattern: string, from: number): Match | undefined {
    for (let start = from; start < this.length; start++) {
      const end = this.matchFrom(pattern, start);
      if (end >= 0) return { start, end };
    }
    return undefined;
  }

  findLast(pattern: string, before: number): Match | undefined {
    for (let start = before - 1; start >= 0; start--) {
      const end = this.matchFrom(pattern, start);
      if (end >= 0 && end <= before) return { start, end };
    }
    return undefined;
  }

  smallAt(place: number): string {
    return this.small[place] ?? '';
  }
}

const ofTexts = (
  name: string,
  compute: (...texts: readonly string[]) => Value,
): ScalarFunction => ({
  name: `collated_${name}`,
  prepare:
    () =>
    (...values: readonly string[]) =>
      compute(...values),
});

export const collatedContains = ofTexts('contains', (text = '', part = '') => {
  const pattern = folded(part);
  return pattern === '' || new Folded(text).find(pattern, 0) !== undefined;
});

export const collatedStartsWith = ofTexts(
  'startswith',
  (text = '', part = '') => new Folded(text).matchFrom(folded(part), 0) >= 0,
);

export const collatedEndsWith = ofTexts('endswith', (text = '', part = '') => {
  const whole = new Folded(text);
  const pattern = folded(part);
  return (
    whole.characters.some((_, start) => whole.matchFrom(pattern, start) === whole.length) ||
    pattern === ''
  );
});

export const collatedInstr = ofTexts('instr', (text = '', part = '') =>
  part === '' ? 1 : (new Folded(text).find(folded(part), 0)?.start ?? -1) + 1,
);

export const collatedLocate: ScalarFunction = {
  name: 'collated_locate',
  prepare: () => (part: string, text: string, from: number) => {
    if (from < 1) return 0;
    const whole = new Folded(text);
    if (part === '') return from;
    return (whole.find(folded(part), from - 1)?.start ?? -1) + 1;
  },
};

/** The last argument names the collation. */
export const collatedFindInSet = ofTexts('find_in_set', (word = '', list = '', collation = '') => {
  if (word.includes(',')) return 0;
  const key = keyUnder(collation);
  const wanted = key(word);
  return list.split(',').findIndex((each) => key(each) === wanted) + 1;
});

export const collatedReplace = ofTexts('replace', (text = '', part = '', by = '') => {
  if (text === '' || part === '') return text;
  const whole = new Folded(text);
  const pattern = folded(part);
  let result = '';
  let from = 0;
  for (;;) {
    const match = whole.find(pattern, from);
    if (match === undefined) return result + whole.slice(from);
    result += whole.slice(from, match.start) + by;
    from = match.end;
  }
});

export const collatedTranslate = ofTexts('translate', (text = '', from = '', to = '') => {
  const targets = Array.from(to);
  const table = new Map<string, string>();
  for (const [index, character] of Array.from(from).entries()) {
    const key = smallLetters(character);
    if (!table.has(key)) table.set(key, targets[index] ?? '');
  }
  return Array.from(text, (character) => table.get(smallLetters(character)) ?? character).join('');
});

/** The last argument names the collation. Where trailing blanks do not count, what is before them is cut. */
const trimming = (name: string, start: boolean, end: boolean): ScalarFunction =>
  ofTexts(name, (text = '', characters = '', name = '') => {
    const collation = knownCollation(name);
    const letters = collation?.order === 'lcase' ? smallLetters : (one: string) => one;
    const keepsBlanks =
      end && collation?.ignoresTrailingBlanks === true && !characters.includes(' ');
    const blanks = keepsBlanks ? (/ *$/.exec(text)?.[0] ?? '') : '';
    const cut = new Set(Array.from(characters, letters));
    const whole = new Folded(text.slice(0, text.length - blanks.length), letters);
    let first = 0;
    let last = whole.length;
    // The dotted capital I is cut as its two small letters, too.
    const sizeAt = (place: number, step: 1 | -1) => {
      const [one, two] = [whole.smallAt(place), whole.smallAt(place + step)];
      if (cut.has(one)) return 1;
      return cut.has(step > 0 ? one + two : two + one) ? 2 : 0;
    };
    for (let size = 1; start && size > 0 && first < last; first += size) size = sizeAt(first, 1);
    for (let size = 1; end && size > 0 && last > first; last -= size) size = sizeAt(last - 1, -1);
    return whole.slice(first, last) + blanks;
  });

export const collatedTrim = trimming('trim', true, true);
export const collatedLeftTrim = trimming('ltrim', true, false);
export const collatedRightTrim = trimming('rtrim', false, true);

export const collatedSplitPart: ScalarFunction = {
  name: 'collated_split_part',
  prepare: (site: Site) => (text: string, delimiter: string, part: number) => {
    if (part === 0) return site.raise('INVALID_INDEX_OF_ZERO');
    const whole = new Folded(text);
    const pattern = folded(delimiter);
    const parts: string[] = [];
    let from = 0;
    for (;;) {
      const match = pattern === '' ? undefined : whole.find(pattern, from);
      if (match === undefined) break;
      parts.push(whole.slice(from, match.start));
      from = match.end;
    }
    parts.push(whole.slice(from));
    return parts.at(part > 0 ? part - 1 : part) ?? '';
  },
};

export const collatedSubstringIndex: ScalarFunction = {
  name: 'collated_substring_index',
  prepare: () => (text: string, delimiter: string, count: number) => {
    if (text === '' || delimiter === '' || count === 0) return '';
    const whole = new Folded(text);
    const pattern = folded(delimiter);
    if (count > 0) {
      let match: Match | undefined;
      for (let found = 0; found < count; found++) {
        match = whole.find(pattern, match === undefined ? 0 : match.start + 1);
        if (match === undefined) return text;
      }
      return whole.slice(0, match?.start);
    }
    let match: Match | undefined;
    for (let found = 0; found > count; found--) {
      match = whole.findLast(pattern, match === undefined ? whole.length : match.end - 1);
      if (match === undefined) return text;
    }
    return whole.slice(match?.end ?? 0);
  },
};

/** Equal texts under a collation have equal keys here, which say nothing of their order; made for one row. */
function equality(collation: Collation): (text: string) => string {
  const trimmed = (text: string) =>
    collation.ignoresTrailingBlanks ? text.replace(/ +$/, '') : text;
  if (collation.order === 'binary') return trimmed;
  if (collation.order === 'lcase') return (text) => folded(trimmed(text));
  const collator = collatorOf(collation);
  // The different texts of one row's arrays, each with those that equal it.
  const known: string[] = [];
  return (text) => {
    const plain = trimmed(text);
    const same = known.find((each) => collator.compare(each, plain) === 0);
    if (same === undefined) known.push(plain);
    return same ?? plain;
  };
}

function keyUnder(name: string): (text: string) => string {
  const collation = knownCollation(name);
  if (collation === undefined) throw new Error('the analyzer knows the collation');
  return equality(collation);
}

const collators = new Map<string, Intl.Collator>();

/** Making one takes longer than comparing by it, and there are as many as collations that were named. */
function collatorOf({ locale, ignoresCase, ignoresAccents }: Collation): Intl.Collator {
  const sensitivity = ignoresCase
    ? ignoresAccents
      ? 'base'
      : 'accent'
    : ignoresAccents
      ? 'case'
      : 'variant';
  const language = locale === '' ? 'en' : locale;
  const key = `${language} ${sensitivity}`;
  const made = collators.get(key) ?? new Intl.Collator(language, { sensitivity });
  collators.set(key, made);
  return made;
}

type Elements = readonly (string | null)[];

const ofElements = (
  name: string,
  compute: (key: (text: string | null) => string | null, ...values: readonly Value[]) => Value,
): ScalarFunction => ({
  name: `collated_${name}`,
  prepare:
    () =>
    (...values: readonly Value[]) => {
      const key = keyUnder(values.at(-1) as string);
      return compute((text) => (text === null ? null : key(text)), ...values.slice(0, -1));
    },
});

export const collatedArrayContains = ofElements('array_contains', (key, array, value) => {
  const wanted = key(value as string);
  const keys = (array as Elements).map(key);
  return keys.includes(wanted) ? true : keys.includes(null) ? null : false;
});

export const collatedArrayPosition = ofElements('array_position', (key, array, value) => {
  const wanted = key(value as string);
  return BigInt((array as Elements).findIndex((each) => each !== null && key(each) === wanted) + 1);
});

export const collatedArraysOverlap = ofElements('arrays_overlap', (key, left, right) => {
  const [a, b] = [(left as Elements).map(key), (right as Elements).map(key)];
  if (a.some((each) => each !== null && b.includes(each))) return true;
  const hasNull = a.includes(null) || b.includes(null);
  return hasNull && a.length > 0 && b.length > 0 ? null : false;
});

function distinct(key: (text: string | null) => string | null, elements: Elements): Elements {
  const seen = new Set<string | null>();
  return elements.filter((each) => {
    const found = key(each);
    if (seen.has(found)) return false;
    seen.add(found);
    return true;
  });
}

export const collatedArrayDistinct = ofElements('array_distinct', (key, array) =>
  distinct(key, array as Elements),
);

export const collatedArrayUnion = ofElements('array_union', (key, left, right) =>
  distinct(key, [...(left as Elements), ...(right as Elements)]),
);

export const collatedArrayIntersect = ofElements('array_intersect', (key, left, right) => {
  const others = new Set((right as Elements).map(key));
  return distinct(key, left as Elements).filter((each) => others.has(key(each)));
});

export const collatedArrayExcept = ofElements('array_except', (key, left, right) => {
  const others = new Set((right as Elements).map(key));
  return distinct(key, left as Elements).filter((each) => !others.has(key(each)));
});

export const collatedArrayRemove = ofElements('array_remove', (key, array, value) => {
  const unwanted = key(value as string);
  return (array as Elements).filter((each) => each === null || key(each) !== unwanted);
});

/** Of texts and, behind them, as many keys: the first text of the least or of the greatest key. */
const ofExtreme = (
  name: string,
  isBetter: (key: string, best: string) => boolean,
): ScalarFunction => ({
  name: `collated_${name}`,
  nulls: 'passed',
  prepare:
    () =>
    (...values: readonly (string | null)[]) => {
      const count = values.length / 2;
      let best = -1;
      for (let index = 0; index < count; index++) {
        const key = values[count + index];
        if (key === null || key === undefined) continue;
        const before = values[count + best];
        if (best < 0 || typeof before !== 'string' || isBetter(key, before)) best = index;
      }
      return values[best] ?? null;
    },
});

const byCodePoint = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right));

export const collatedLeast = ofExtreme('least', (key, best) => byCodePoint(key, best) < 0);
export const collatedGreatest = ofExtreme('greatest', (key, best) => byCodePoint(key, best) > 0);

/** A text without the accents that a collation disregards; letters that are others to its readers stay. */
export const withoutAccents: ScalarFunction = {
  name: 'collation_base',
  prepare: () => {
    const made = new Map<string, (text: string) => string>();
    return (text: string, name: string) => {
      let plain = made.get(name);
      if (plain === undefined) {
        const collation = knownCollation(name);
        if (collation === undefined) throw new Error('the analyzer knows the collation');
        const collator = collatorOf({ ...collation, ignoresCase: true });
        const letters = new Map<string, string>();
        plain = (whole) =>
          whole.normalize('NFC').replace(/\P{M}\p{M}*/gu, (letter) => {
            const known = letters.get(letter);
            if (known !== undefined) return known;
            const bare = letter.normalize('NFD').replace(/\p{M}+/gu, '');
            const base = collator.compare(letter, bare) === 0 ? bare : letter;
            letters.set(letter, base);
            return base;
          });
        made.set(name, plain);
      }
      return plain(text);
    };
  },
};
