/**
 * The value of a string or bytes literal, and where each of its characters stands in the source.
 * Escapes as in docs.python.org/3/reference/lexical_analysis.html#escape-sequences.
 */
import type { SyntaxNode } from '@lezer/common';

export interface StringLiteral {
  readonly kind: 'str' | 'bytes';
  /** UTF-16 for `str`; one code unit below 256 a byte for `bytes`. */
  readonly value: string;
  /** Source offset at which unit `i` of `value` begins; an escape's units all begin at its backslash. */
  readonly starts: readonly number[];
  /** Source offset at which unit `i` ends. */
  readonly ends: readonly number[];
}

/** The literal at a `String` or `ContinuedString` node. Formatted, mixed and unfinished literals have no value. */
export function readStringLiteral(text: string, node: SyntaxNode): StringLiteral | undefined {
  if (node.name === 'String') return decodeStringLiteral(text, node.from, node.to);
  if (node.name !== 'ContinuedString') return undefined;
  const parts: StringLiteral[] = [];
  for (let part = node.firstChild; part; part = part.nextSibling) {
    if (part.name === 'Comment') continue;
    const literal =
      part.name === 'String' ? decodeStringLiteral(text, part.from, part.to) : undefined;
    if (literal?.kind !== (parts[0] ?? literal)?.kind || !literal) return undefined;
    parts.push(literal);
  }
  const [first] = parts;
  return first && joinLiterals(first.kind, parts);
}

export function joinLiterals(
  kind: StringLiteral['kind'],
  parts: readonly StringLiteral[],
): StringLiteral {
  return {
    kind,
    value: parts.map((part) => part.value).join(''),
    starts: parts.flatMap((part) => part.starts),
    ends: parts.flatMap((part) => part.ends),
  };
}

/** Decodes the one literal at `[start, end)`. */
export function decodeStringLiteral(
  text: string,
  start: number,
  end: number,
): StringLiteral | undefined {
  const prefix = /^[A-Za-z]*/.exec(text.slice(start, Math.min(start + 3, end)))?.[0] ?? '';
  const flags = prefix.toLowerCase();
  if (/[^rbu]/.test(flags)) return undefined;
  const kind = flags.includes('b') ? 'bytes' : 'str';
  const raw = flags.includes('r');
  const open = start + prefix.length;
  const quote = text.charAt(open);
  if (quote !== '"' && quote !== "'") return undefined;
  const fence = text.startsWith(quote.repeat(3), open) && end - open >= 6 ? quote.repeat(3) : quote;
  const contentStart = open + fence.length;
  const contentEnd = end - fence.length;
  if (contentEnd < contentStart || !text.startsWith(fence, contentEnd)) return undefined;

  const units: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const emit = (value: string, from: number, to: number) => {
    for (let i = 0; i < value.length; i++) {
      units.push(value.charAt(i));
      starts.push(from);
      ends.push(to);
    }
  };
  let at = contentStart;
  while (at < contentEnd) {
    const code = text.charCodeAt(at);
    if (code === 92 && !raw) {
      const escape = readEscape(text, at, contentEnd, kind);
      if (!escape) return undefined;
      emit(escape.value, at, escape.end);
      at = escape.end;
      continue;
    }
    if (kind === 'bytes' && code > 127) return undefined;
    if (code === 13) {
      // Python reads every line break as `\n`.
      const breakEnd = text.charCodeAt(at + 1) === 10 && at + 1 < contentEnd ? at + 2 : at + 1;
      emit('\n', at, breakEnd);
      at = breakEnd;
      continue;
    }
    emit(text.charAt(at), at, at + 1);
    at++;
  }
  return { kind, value: units.join(''), starts, ends };
}

const simpleEscapes: Readonly<Record<string, string>> = {
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
};

function readEscape(
  text: string,
  at: number,
  limit: number,
  kind: StringLiteral['kind'],
): { readonly value: string; readonly end: number } | undefined {
  const letter = text.charAt(at + 1);
  if (at + 1 >= limit) return undefined;
  if (letter === '\n') return { value: '', end: at + 2 };
  if (letter === '\r') return { value: '', end: text.charAt(at + 2) === '\n' ? at + 3 : at + 2 };
  if (Object.hasOwn(simpleEscapes, letter))
    return { value: simpleEscapes[letter] ?? '', end: at + 2 };
  const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, Math.min(at + 4, limit)))?.[0];
  if (octal !== undefined) {
    const code = Number.parseInt(octal, 8);
    // A byte keeps the low eight bits of `\777`, as CPython does.
    return {
      value: String.fromCharCode(kind === 'bytes' ? code & 255 : code),
      end: at + 1 + octal.length,
    };
  }
  if (letter === 'x') return hexEscape(text, at, 2, limit);
  if (kind === 'str' && letter === 'u') return hexEscape(text, at, 4, limit);
  if (kind === 'str' && letter === 'U') return hexEscape(text, at, 8, limit);
  // The names of `\N{…}` are not known here.
  if (kind === 'str' && letter === 'N') return undefined;
  return { value: '\\', end: at + 1 };
}

function hexEscape(text: string, at: number, digits: number, limit: number) {
  const hex = text.slice(at + 2, Math.min(at + 2 + digits, limit));
  if (hex.length !== digits || /[^0-9a-fA-F]/.test(hex)) return undefined;
  const code = Number.parseInt(hex, 16);
  if (code > 0x10ffff) return undefined;
  return { value: String.fromCodePoint(code), end: at + 2 + digits };
}
