/**
 * Java's regular expressions as RE2's, where both mean the same. What RE2 lacks or reads otherwise
 * (look-around, back references, possessive quantifiers, class intersections) is refused by name.
 */
import type { Range } from '#sql/plan/range.ts';
import type { Expression } from '#sql/plan/resolved.ts';
import { refuse } from '../refusal.ts';

/** The pattern for RE2; only a literal can be checked. */
export function re2Pattern(pattern: Expression | undefined, name: string, range: Range): string {
  if (pattern?.kind !== 'literal' || typeof pattern.value !== 'string')
    throw refuse('UNSUPPORTED_REGEX', `${name} with a computed pattern`, range);
  const translated = translate(pattern.value);
  if (translated === undefined)
    throw refuse('UNSUPPORTED_REGEX', `The pattern '${pattern.value}'`, range);
  return translated;
}

const escapes = new Set('dDwWsSbB.\\/-+*?()[]{}^$|tnrf"\'#,:;=@~!%&<> _'.split(''));

function translate(pattern: string): string | undefined {
  let result = '';
  let at = 0;
  while (at < pattern.length) {
    const character = pattern[at] ?? '';
    if (character === '\\') {
      const escaped = pattern[at + 1] ?? '';
      if (!escapes.has(escaped)) return undefined;
      // Java's \s has the vertical tab, RE2's has not.
      result += escaped === 's' ? '[\\t-\\r ]' : escaped === 'S' ? '[^\\t-\\r ]' : `\\${escaped}`;
      at += 2;
    } else if (character === '[') {
      const end = classEnd(pattern, at);
      if (end === undefined) return undefined;
      result += pattern.slice(at, end);
      at = end;
    } else if (character === '(') {
      if (pattern[at + 1] === '?' && pattern[at + 2] !== ':') return undefined;
      result += character;
      at += 1;
    } else if (character === '$') {
      // Java's also stands before a line break that ends the text.
      result += '(?:\\r\\n|[\\n\\r])?\\z';
      at += 1;
    } else if (character === '.') {
      result += '[^\\n\\r\\x{85}\\x{2028}\\x{2029}]';
      at += 1;
    } else if ('*+?}'.includes(character) && pattern[at + 1] === '+') return undefined;
    else {
      result += character;
      at += 1;
    }
  }
  return result;
}

/** The end of a class without classes, intersections or white-space shorthands in it. */
function classEnd(pattern: string, start: number): number | undefined {
  let at = start + 1;
  if (pattern[at] === '^') at += 1;
  for (; at < pattern.length; at++) {
    const character = pattern[at] ?? '';
    if (character === ']') return at + 1;
    if (character === '[' || pattern.startsWith('&&', at)) return undefined;
    if (character === '\\') {
      at += 1;
      const escaped = pattern[at] ?? '';
      if (!escapes.has(escaped) || escaped === 's' || escaped === 'S' || escaped === 'b')
        return undefined;
    }
  }
  return undefined;
}
