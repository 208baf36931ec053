/** Functions of regular expressions with Java's meaning. */
import { javaRegex } from './javaRegex.ts';
import type { ScalarFunction, Site } from './scalarFunction.ts';

interface Compiled {
  readonly search: RegExp;
  readonly groupCount: number;
  readonly names: ReadonlyMap<string, number>;
}

/** Compiles each pattern once; most statements have one. `extra` names the function. */
function compiler(site: Site): (pattern: string) => Compiled {
  let last: string | undefined;
  let compiled: Compiled | undefined;
  return (pattern) => {
    if (compiled && pattern === last) return compiled;
    const regex = javaRegex(pattern);
    if (!regex.ok) {
      if (regex.kind === 'unsupported')
        return site.raise('UNSUPPORTED_REGEX', pattern, regex.reason);
      return site.raise(
        'INVALID_PARAMETER_VALUE.PATTERN',
        '`regexp`',
        `\`${site.extra}\``,
        `'${pattern}'`,
      );
    }
    last = pattern;
    compiled = {
      search: new RegExp(regex.source, 'gv'),
      groupCount: regex.groupCount,
      names: regex.names,
    };
    return compiled;
  };
}

function matches(search: RegExp, text: string, start = 0): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  search.lastIndex = start;
  for (let match = search.exec(text); match; match = search.exec(text)) {
    if (!isWithinPair(text, match.index)) found.push(match);
    // An empty match moves on by one character.
    if (match[0] === '') search.lastIndex = match.index + characterLength(text, match.index);
  }
  return found;
}

function characterLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function first(search: RegExp, text: string): RegExpExecArray | null {
  search.lastIndex = 0;
  let match = search.exec(text);
  while (match !== null && isWithinPair(text, match.index)) {
    search.lastIndex = match.index + 1;
    match = search.exec(text);
  }
  return match;
}

/** V8 finds ends of the text, and nothing, between the two halves of a character. */
function isWithinPair(text: string, at: number): boolean {
  return at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

function checkedGroup(site: Site, { groupCount }: Compiled, group: number): void {
  if (0 <= group && group <= groupCount) return;
  site.raise(
    'INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX',
    '`idx`',
    `\`${site.extra}\``,
    String(groupCount),
    String(group),
  );
}

export const matchesFunction: ScalarFunction = {
  name: 'regex_matches',
  prepare(site) {
    const compile = compiler(site);
    return (text: string, pattern: string) => first(compile(pattern).search, text) !== null;
  },
};

export const extractFunction: ScalarFunction = {
  name: 'regex_extract',
  prepare(site) {
    const compile = compiler(site);
    return (text: string, pattern: string, group: number) => {
      const compiled = compile(pattern);
      const match = first(compiled.search, text);
      checkedGroup(site, compiled, group);
      return match?.[group] ?? '';
    };
  },
};

export const extractAllFunction: ScalarFunction = {
  name: 'regex_extract_all',
  prepare(site) {
    const compile = compiler(site);
    return (text: string, pattern: string, group: number) => {
      const compiled = compile(pattern);
      checkedGroup(site, compiled, group);
      return matches(compiled.search, text).map((match) => match[group] ?? '');
    };
  },
};

export const replaceFunction: ScalarFunction = {
  name: 'regex_replace',
  prepare(site) {
    const compile = compiler(site);
    return (text: string, pattern: string, replacement: string, position: number) => {
      if (position < 1) {
        site.raise('DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE', String(position));
      }
      const compiled = compile(pattern);
      const start = position === 1 ? 0 : offsetOf(text, position - 1);
      if (start === undefined) return text;
      let result = '';
      let end = 0;
      for (const match of matches(compiled.search, text, start)) {
        result += text.slice(end, match.index) + expanded(site, compiled, match, replacement);
        end = match.index + match[0].length;
      }
      return result + text.slice(end);
    };
  },
};

/** Where the character with that number begins; undefined beyond the text. */
function offsetOf(text: string, count: number): number | undefined {
  let offset = 0;
  for (let index = 0; index < count; index++) {
    if (offset >= text.length) return undefined;
    offset += characterLength(text, offset);
  }
  return offset < text.length ? offset : undefined;
}

/** `$1`, `${name}` and what follows a backslash. */
function expanded(
  site: Site,
  { groupCount, names }: Compiled,
  match: RegExpExecArray,
  replacement: string,
): string {
  let result = '';
  for (let at = 0; at < replacement.length; at++) {
    const character = replacement[at] ?? '';
    if (character === '\\') {
      at += 1;
      if (at >= replacement.length)
        return site.raise('INVALID_REGEXP_REPLACE', 'character to be escaped is missing');
      result += replacement[at] ?? '';
      continue;
    }
    if (character !== '$') {
      result += character;
      continue;
    }
    const named = /^\{([a-zA-Z][a-zA-Z0-9]*)\}/.exec(replacement.slice(at + 1));
    if (named) {
      const group = names.get(named[1] ?? '');
      if (group === undefined)
        return site.raise('INVALID_REGEXP_REPLACE', `No group with name {${named[1] ?? ''}}`);
      result += match[group] ?? '';
      at += named[0].length;
      continue;
    }
    if (!/\d/.test(replacement[at + 1] ?? ''))
      return site.raise('INVALID_REGEXP_REPLACE', 'Illegal group reference');
    let group = Number(replacement[at + 1]);
    if (group > groupCount) return site.raise('INVALID_REGEXP_REPLACE', `No group ${group}`);
    at += 1;
    for (;;) {
      const digit = replacement[at + 1] ?? '';
      if (!/\d/.test(digit) || group * 10 + Number(digit) > groupCount) break;
      group = group * 10 + Number(digit);
      at += 1;
    }
    result += match[group] ?? '';
  }
  return result;
}

export const countFunction: ScalarFunction = {
  name: 'regex_count',
  prepare(site) {
    const compile = compiler(site);
    return (text: string, pattern: string) => matches(compile(pattern).search, text).length;
  },
};

export const substringFunction: ScalarFunction = {
  name: 'regex_substring',
  prepare(site) {
    const compile = compiler(site);
    return (text: string, pattern: string) => {
      const found = first(compile(pattern).search, text)?.[0] ?? '';
      // Spark can't tell an empty match from none.
      return found === '' ? null : found;
    };
  },
};

export const positionFunction: ScalarFunction = {
  name: 'regex_position',
  prepare(site) {
    const compile = compiler(site);
    return (text: string, pattern: string) => {
      const match = first(compile(pattern).search, text);
      if (match === null) return 0;
      return Array.from(text.slice(0, match.index)).length + 1;
    };
  },
};

export const splitFunction: ScalarFunction = {
  name: 'regex_split',
  prepare(site) {
    const compile = compiler(site);
    return (text: string, pattern: string, limit: number) => {
      if (pattern === '' && text !== '') {
        const characters = Array.from(text);
        return limit > 0 && limit < characters.length ? characters.slice(0, limit) : characters;
      }
      const parts: string[] = [];
      let end = 0;
      for (const match of matches(compile(pattern).search, text)) {
        if (limit > 0 && parts.length === limit - 1) break;
        // A match of nothing at the start makes no empty part.
        if (match[0] === '' && match.index === 0) continue;
        parts.push(text.slice(end, match.index));
        end = match.index + match[0].length;
      }
      parts.push(text.slice(end));
      return parts;
    };
  },
};

/** `%` and `_` with an escape. */
export const likeFunction: ScalarFunction = {
  name: 'like',
  prepare({ raise }) {
    let last: string | undefined;
    let regex = new RegExp('', 'v');
    return (text: string, pattern: string, escape: string) => {
      const key = `${escape}${pattern}`;
      if (key !== last) {
        let source = '';
        const characters = Array.from(pattern);
        for (let at = 0; at < characters.length; at++) {
          let character = characters[at] ?? '';
          if (character === escape) {
            at += 1;
            if (at === characters.length)
              raise('INVALID_FORMAT.ESC_AT_THE_END', `'${pattern}'`, escape);
            character = characters[at] ?? '';
            if (![escape, '_', '%'].includes(character))
              raise('INVALID_FORMAT.ESC_IN_THE_MIDDLE', `'${pattern}'`, character);
          } else if (character === '%' || character === '_') {
            source += character === '%' ? '[^]*' : '[^]';
            continue;
          }
          source += `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
        }
        regex = new RegExp(`^(?:${source})$`, 'v');
        last = key;
      }
      return regex.test(text);
    };
  },
};
