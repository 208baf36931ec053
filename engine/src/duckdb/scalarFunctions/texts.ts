/** Functions of texts, character by character. */
import type { ScalarFunction } from './scalarFunction.ts';

export const maskFunction: ScalarFunction = {
  name: 'mask',
  nulls: 'passed',
  prepare:
    () =>
    (
      text: string | null,
      upper: string | null,
      lower: string | null,
      digit: string | null,
      other: string | null,
    ) => {
      if (text === null) return null;
      return Array.from(text, (character) => {
        if (/^\p{Lu}$/u.test(character)) return upper ?? character;
        if (/^\p{Ll}$/u.test(character)) return lower ?? character;
        if (/^\p{Nd}$/u.test(character)) return digit ?? character;
        return other ?? character;
      }).join('');
    },
};

export const luhnFunction: ScalarFunction = {
  name: 'luhn_check',
  prepare: () => (text: string) => {
    if (!/^\d+$/.test(text)) return false;
    let sum = 0;
    for (let at = 0; at < text.length; at++) {
      const digit = Number(text[text.length - 1 - at]);
      const twice = at % 2 === 1 ? digit * 2 : digit;
      sum += twice > 9 ? twice - 9 : twice;
    }
    return sum % 10 === 0;
  },
};

export const levenshteinFunction: ScalarFunction = {
  name: 'levenshtein',
  prepare: () => (first: string, second: string, threshold?: number) => {
    const distance = editDistance(Array.from(first), Array.from(second));
    return threshold !== undefined && (distance > threshold || threshold < 0) ? -1 : distance;
  },
};

function editDistance(first: readonly string[], second: readonly string[]): number {
  let row = Array.from({ length: second.length + 1 }, (_, index) => index);
  for (const [index, character] of first.entries()) {
    const next = [index + 1];
    for (let at = 0; at < second.length; at++) {
      const replaced = (row[at] ?? 0) + (second[at] === character ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row[second.length] ?? 0;
}

/** Letters to digits; `7` stands for those that do not count and do not part equal ones. */
const soundexDigits = '01230127022455012623017202';

export const soundexFunction: ScalarFunction = {
  name: 'soundex',
  prepare: () => (text: string) => {
    const first = text[0] ?? '';
    if (text === '' || !/^[a-zA-Z]$/.test(first)) return text;
    let code = first.toUpperCase();
    let last = soundexDigits[code.charCodeAt(0) - 65] ?? '0';
    for (const character of text.slice(1)) {
      if (code.length === 4) break;
      const upper = character.toUpperCase();
      if (!/^[A-Z]$/.test(upper)) {
        last = '0';
        continue;
      }
      const digit = soundexDigits[upper.charCodeAt(0) - 65] ?? '0';
      if (digit === '7') continue;
      if (digit !== '0' && digit !== last) code += digit;
      last = digit;
    }
    return code.padEnd(4, '0');
  },
};

export const quoteFunction: ScalarFunction = {
  name: 'quote',
  prepare: () => (text: string) => `'${text.replaceAll("'", "\\'")}'`,
};

export const findInSetFunction: ScalarFunction = {
  name: 'find_in_set',
  prepare: () => (text: string, list: string) =>
    text.includes(',') ? 0 : list.split(',').indexOf(text) + 1,
};

export const substringIndexFunction: ScalarFunction = {
  name: 'substring_index',
  prepare: () => (text: string, delimiter: string, count: number) => {
    if (delimiter === '' || count === 0) return '';
    let at = count > 0 ? -delimiter.length : text.length;
    for (let found = 0; found < Math.abs(count); found++) {
      at =
        count > 0
          ? text.indexOf(delimiter, at + (found === 0 ? delimiter.length : 1))
          : at === 0
            ? -1
            : text.lastIndexOf(delimiter, at - 1);
      if (at < 0) return text;
    }
    return count > 0 ? text.slice(0, at) : text.slice(at + delimiter.length);
  },
};

export const splitPartFunction: ScalarFunction = {
  name: 'split_part',
  prepare:
    ({ raise }) =>
    (text: string, delimiter: string, number: number) => {
      if (number === 0) return raise('INVALID_INDEX_OF_ZERO');
      const parts = delimiter === '' ? [text] : text.split(delimiter);
      return parts[number > 0 ? number - 1 : parts.length + number] ?? '';
    },
};

/** Of texts by characters, of bytes by bytes. */
export const overlayFunction: ScalarFunction = {
  name: 'overlay',
  prepare:
    () =>
    (
      base: string | Uint8Array,
      replacement: string | Uint8Array,
      position: number,
      length: number,
    ) => {
      const from = typeof base === 'string' ? Array.from(base) : Array.from(base, String);
      const put =
        typeof replacement === 'string' ? Array.from(replacement) : Array.from(replacement, String);
      const taken = length >= 0 ? length : put.length;
      // Nothing stands before a place that is none; what comes behind may be counted from the end.
      const next = position + taken;
      const end = next > 0 ? next - 1 : next < 0 ? from.length + next : 0;
      const parts = [
        ...from.slice(0, Math.max(0, position - 1)),
        ...put,
        ...from.slice(Math.max(0, end)),
      ];
      return typeof base === 'string' ? parts.join('') : Uint8Array.from(parts, Number);
    },
};

/** From a position on, counted in characters; of an empty text the position itself. */
export const locateFunction: ScalarFunction = {
  name: 'locate',
  nulls: 'passed',
  prepare: () => (wanted: string | null, text: string | null, position: number | null) => {
    if (position === null) return 0;
    if (wanted === null || text === null) return null;
    if (position < 1) return 0;
    const characters = Array.from(text);
    if (wanted === '') return position <= characters.length + 1 ? position : 0;
    if (position > characters.length) return 0;
    const skipped = characters.slice(0, position - 1).join('').length;
    const at = text.indexOf(wanted, skipped);
    return at < 0 ? 0 : Array.from(text.slice(0, at)).length + 1;
  },
};

export const sentencesFunction: ScalarFunction = {
  name: 'sentences',
  prepare: () => (text: string, language: string, country: string) => {
    const locale = language === '' ? 'en-US' : country === '' ? language : `${language}-${country}`;
    const sentences = new Intl.Segmenter(locale, { granularity: 'sentence' });
    const words = new Intl.Segmenter(locale, { granularity: 'word' });
    return Array.from(sentences.segment(text), ({ segment }) =>
      Array.from(words.segment(segment))
        .filter(({ segment: word }) => /^[\p{L}\p{N}]/u.test(word))
        .map(({ segment: word }) => word),
    );
  },
};

/** Padding of bytes; `extra` is the side. */
export const padBytesFunction: ScalarFunction = {
  name: 'pad_bytes',
  prepare:
    ({ extra }) =>
    (bytes: Uint8Array, length: number, fill: Uint8Array) => {
      if (length <= 0) return new Uint8Array();
      if (length <= bytes.length) return bytes.slice(0, length);
      if (fill.length === 0) return bytes;
      const room = length - bytes.length;
      const padding = Array.from({ length: room }, (_, index) => fill[index % fill.length] ?? 0);
      return Uint8Array.from(extra === 'lpad' ? [...padding, ...bytes] : [...bytes, ...padding]);
    },
};

/** A part of bytes, by Spark's rules for positions. */
export const substringBytesFunction: ScalarFunction = {
  name: 'substring_bytes',
  prepare: () => (bytes: Uint8Array, position: number, length: number) => {
    const start = position > 0 ? position - 1 : position < 0 ? bytes.length + position : 0;
    const end = Math.min(bytes.length, start + length);
    return start >= bytes.length || end <= Math.max(0, start)
      ? new Uint8Array()
      : bytes.slice(Math.max(0, start), end);
  },
};

/** Whether bytes are in others; `extra` is `startswith`, `endswith` or `contains`. */
export const affixBytesFunction: ScalarFunction = {
  name: 'affix_bytes',
  prepare:
    ({ extra }) =>
    (bytes: Uint8Array, part: Uint8Array) => {
      const [text, wanted] = [Buffer.from(bytes), Buffer.from(part)];
      if (extra === 'contains') return text.includes(wanted);
      const start = extra === 'startswith' ? 0 : text.length - wanted.length;
      return start >= 0 && text.subarray(start, start + wanted.length).equals(wanted);
    },
};

export const initcapFunction: ScalarFunction = {
  name: 'initcap',
  prepare: () => (text: string) =>
    text
      .split(' ')
      .map((word) => {
        const [first = ''] = Array.from(word);
        return `${titleCase(first)}${word.slice(first.length).toLowerCase()}`;
      })
      .join(' '),
};

function titleCase(character: string): string {
  const [first = '', ...rest] = Array.from(character.toUpperCase());
  return first + rest.join('').toLowerCase();
}
