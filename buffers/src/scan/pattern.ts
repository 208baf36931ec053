/** What is searched for, made ready to run over pieces of bytes. */
import type { BadQuery, FindQuery, TextEncodingName } from '#shared/protocol/bufferScan.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';

export interface Pattern {
  /** No match is longer. Pieces of a source overlap by as much. */
  readonly longest: number;
  /** Bytes in front of a place that it may look back at. */
  readonly context: number;
  /** Whether matches are told that begin inside another one. */
  readonly overlaps: boolean;
  /** The first match that starts at or behind `from`, with its end. */
  next(piece: Buffer, from: number): { readonly start: number; readonly end: number } | undefined;
}

/** A match of a regular expression that is longer is cut. */
const LONGEST_REGEX_MATCH = 64 * 1024;
/** So that `\b`, `^` and a short look-behind see what is in front of a piece. */
const REGEX_CONTEXT = 256;
const MAX_PATTERN_BYTES = 64 * 1024;

export function patternOf(query: Exclude<FindQuery, { kind: 'value' }>): Result<Pattern, BadQuery> {
  switch (query.kind) {
    case 'bytes':
      return maskedBytes(query.pattern);
    case 'text':
      if (query.text === '') return bad('There is no text to find.');
      return query.ignoreCase
        ? ok(foldedText(query.text, query.encoding))
        : ok(exactBytes(encode(query.text, query.encoding)));
    case 'regex':
      return regex(query.source, query.ignoreCase);
  }
}

export function encode(text: string, encoding: TextEncodingName): Buffer {
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const names = { 'utf-8': 'utf8', 'latin-1': 'latin1', 'utf-16le': 'utf16le' } as const;
  return Buffer.from(text, names[encoding]);
}

function exactBytes(needle: Buffer): Pattern {
  return {
    longest: needle.length,
    context: 0,
    overlaps: true,
    next(piece, from) {
      const start = piece.indexOf(needle, from);
      return start < 0 ? undefined : { start, end: start + needle.length };
    },
  };
}

function maskedBytes(text: string): Result<Pattern, BadQuery> {
  const digits = text.replace(/0x|[\s,:_-]/gi, '');
  if (digits === '') return bad('There are no bytes to find: type hex digits such as 4D CF ?? 23.');
  const stray = /[^0-9a-f?]/i.exec(digits)?.[0];
  if (stray !== undefined) return bad(`'${stray}' is no hex digit; ? stands for any.`);
  if (digits.length % 2 !== 0)
    return bad('A byte has two hex digits, and the last one here has one.');
  if (digits.length / 2 > MAX_PATTERN_BYTES) return bad('The bytes to find are too many.');
  const pairs = digits.match(/../g) ?? [];
  const wanted = Uint8Array.from(pairs, (pair) => Number.parseInt(pair.replaceAll('?', '0'), 16));
  const masks = Uint8Array.from(
    pairs,
    (pair) => (pair.startsWith('?') ? 0 : 0xf0) | (pair[1] === '?' ? 0 : 0x0f),
  );
  if (masks.every((mask) => mask === 0xff)) return ok(exactBytes(Buffer.from(wanted)));
  const anchor = longestRun(masks);
  const needle = Buffer.from(wanted.subarray(anchor.start, anchor.end));
  const { length } = wanted;
  const fits = (piece: Buffer, at: number) =>
    wanted.every((byte, k) => ((piece[at + k] ?? 0) & (masks[k] ?? 0)) === byte);
  return ok({
    longest: length,
    context: 0,
    overlaps: true,
    next(piece, from) {
      let at = from;
      while (at + length <= piece.length) {
        if (needle.length > 0) {
          const found = piece.indexOf(needle, at + anchor.start);
          if (found < 0) return undefined;
          at = found - anchor.start;
          if (at + length > piece.length) return undefined;
        }
        if (fits(piece, at)) return { start: at, end: at + length };
        at++;
      }
      return undefined;
    },
  });
}

/** The longest run of bytes without wildcards: what can be looked for fast. */
function longestRun(masks: Uint8Array): { start: number; end: number } {
  let best = { start: 0, end: 0 };
  let start = 0;
  for (let at = 0; at <= masks.length; at++) {
    if (masks[at] === 0xff) continue;
    if (at - start > best.end - best.start) best = { start, end: at };
    start = at + 1;
  }
  return best;
}

/** Each character as it stands, in lower and in upper case, each encoded. */
function foldedText(text: string, encoding: TextEncodingName): Pattern {
  const characters = Array.from(text, (character) => {
    const forms = new Set([character, character.toLowerCase(), character.toUpperCase()]);
    // Latin-1 has no capital of some of its letters.
    const fits = [...forms].filter((form) => encoding !== 'latin-1' || form.charCodeAt(0) <= 0xff);
    return (fits.length > 0 ? fits : [character]).map((form) => encode(form, encoding));
  });
  const first = new Uint8Array(256);
  for (const form of characters[0] ?? []) first[form[0] ?? 0] = 1;
  const endOfMatch = (piece: Buffer, start: number): number => {
    let at = start;
    for (const forms of characters) {
      const form = forms.find((bytes) => bytes.every((byte, k) => piece[at + k] === byte));
      if (!form) return -1;
      at += form.length;
    }
    return at;
  };
  return {
    longest: characters.reduce(
      (sum, forms) => sum + Math.max(...forms.map(({ length }) => length)),
      0,
    ),
    context: 0,
    overlaps: true,
    next(piece, from) {
      for (let start = from; start < piece.length; start++) {
        if (first[piece[start] ?? 0] === 0) continue;
        const end = endOfMatch(piece, start);
        if (end >= 0) return { start, end };
      }
      return undefined;
    },
  };
}

function regex(source: string, ignoreCase: boolean): Result<Pattern, BadQuery> {
  if (source === '') return bad('There is no expression to find.');
  let compiled: RegExp;
  try {
    compiled = new RegExp(overBytes(source), ignoreCase ? 'gis' : 'gs');
  } catch (error) {
    return bad(error instanceof Error ? error.message : String(error));
  }
  if (new RegExp(compiled.source, compiled.flags.replace('g', '')).test(''))
    return bad('The expression matches the empty text, which is everywhere.');
  let decoded: { piece: Buffer; text: string } | undefined;
  return ok({
    longest: LONGEST_REGEX_MATCH,
    context: REGEX_CONTEXT,
    overlaps: false,
    next(piece, from) {
      if (decoded?.piece !== piece) decoded = { piece, text: piece.toString('latin1') };
      compiled.lastIndex = from;
      const match = compiled.exec(decoded.text);
      // A look-around may match nothing at some place only.
      if (!match || match[0] === '') return undefined;
      return { start: match.index, end: match.index + match[0].length };
    },
  });
}

/** Characters beyond ASCII become their UTF-8 bytes, which stand in the searched text one by one. */
function overBytes(source: string): string {
  return Array.from(source, (character) => {
    if ((character.codePointAt(0) ?? 0) < 0x80) return character;
    const bytes = Array.from(Buffer.from(character, 'utf8'), (byte) =>
      String.fromCharCode(byte),
    ).join('');
    return `(?:${bytes})`;
  }).join('');
}

function bad(message: string): Result<never, BadQuery> {
  return fail({ kind: 'badQuery', message });
}
