/** `--find`: bytes, text, an expression or values, and where they are. */
import { findBytes } from '#buffers/scan/find.ts';
import { findMatches } from '#buffers/scan/findMatches.ts';
import { findValues } from '#buffers/scan/findValues.ts';
import { patternOf } from '#buffers/scan/pattern.ts';
import type { ByteSource } from '#buffers/source/byteSource.ts';
import type { FindQuery, TextEncodingName, ValueTest } from '#shared/protocol/bufferScan.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import { CannotRun } from './command.ts';
import { layoutOf, readable } from './inspectMember.ts';

export type Wanted =
  | { readonly kind: 'exact'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'pattern';
      readonly text: string;
      readonly query: Exclude<FindQuery, { kind: 'value' }>;
    }
  | { readonly kind: 'value'; readonly text: string; readonly test: ValueTest };

export interface Found {
  /** Of all, also of those that overlap. */
  readonly count: number;
  /** The first of them, in order. */
  readonly offsets: readonly number[];
  /** Of each its end, where they are not all as long as what was asked for. */
  readonly ends?: readonly number[];
}

const MAX_NEEDLE_BYTES = 64 * 1024;
const encodings: readonly TextEncodingName[] = ['utf-8', 'latin-1', 'utf-16le', 'utf-16be'];

/**
 * Pairs of hex digits are bytes, `?` any digit; all else is text in UTF-8. `hex:`, `text:`, `utf-16le:`, `regex:` and
 * `value:` in front say which.
 */
export function readWanted(text: string, ignoreCase: boolean): Wanted {
  const [, kind, rest = text] =
    /^(text|hex|regex|value|utf-8|latin-1|utf-16le|utf-16be):([^]*)$/.exec(text) ?? [];
  if (kind === 'value') return { kind: 'value', text: rest, test: readTest(rest.trim()) };
  const digits = rest.replace(/^0x/i, '').replaceAll(/[\s:_]/g, '');
  const isHex = (kind === undefined || kind === 'hex') && /^(?:[\da-f?]{2})+$/i.test(digits);
  if (kind === 'hex' && !isHex)
    throw new CannotRun(`--find hex: takes pairs of hex digits, ? for any, not '${rest}'`);
  if (rest === '') throw new CannotRun('--find needs something to find');
  const isMasked = isHex && digits.includes('?') && (kind === 'hex' || /[\da-f]/i.test(digits));
  if (Buffer.byteLength(rest) > MAX_NEEDLE_BYTES)
    throw new CannotRun(`--find takes up to ${MAX_NEEDLE_BYTES} bytes`);
  if (isHex && !digits.includes('?')) return { kind: 'exact', bytes: Buffer.from(digits, 'hex') };
  const encoding = encodings.find((one) => one === kind) ?? 'utf-8';
  if (!isMasked && kind !== 'regex' && !ignoreCase && encoding === 'utf-8')
    return { kind: 'exact', bytes: Buffer.from(rest, 'utf8') };
  const query = isMasked
    ? { kind: 'bytes' as const, pattern: digits }
    : kind === 'regex'
      ? { kind: 'regex' as const, source: rest, ignoreCase }
      : { kind: 'text' as const, text: rest, encoding, ignoreCase };
  const pattern = patternOf(query);
  if (!pattern.ok) throw new CannotRun(`--find: ${pattern.error.message}`);
  return { kind: 'pattern', text, query };
}

/** `3`, `1.5..2`, `nan` or `inf`; two dots, as a range may have negative numbers and exponents. */
function readTest(text: string): ValueTest {
  if (/^nan$/i.test(text)) return { kind: 'nan' };
  if (/^inf(inite)?$/i.test(text)) return { kind: 'infinite' };
  const [, low, high] = /^(.*?)\.\.(.*)$/.exec(text) ?? [];
  return low !== undefined && high !== undefined
    ? { kind: 'range', low: low.trim(), high: high.trim() }
    : { kind: 'equals', value: text };
}

/** Values are those of the array or the view of it, all else is looked for in the bytes of the file. */
export async function findWanted(
  wanted: Wanted,
  bytes: ByteSource,
  view: ArrayDescription | undefined,
  elements: ByteSource,
  { file, limit }: { readonly file: string; readonly limit: number },
  signal: AbortSignal,
): Promise<Found> {
  if (wanted.kind === 'exact')
    return readable(file, await findBytes(bytes, wanted.bytes, limit, signal));
  const range = { start: 0, end: Number.MAX_SAFE_INTEGER, limit, countAll: true };
  if (wanted.kind === 'value') {
    if (!view) throw new CannotRun('--find value: there is no array to look through');
    const found = await findValues(
      elements,
      view.dtype,
      layoutOf(view),
      wanted.test,
      range,
      signal,
    );
    if (!found.ok) throw new CannotRun(`--find value: ${found.error.message}`);
    return foundOf(found.value);
  }
  const pattern = patternOf(wanted.query);
  if (!pattern.ok) throw new CannotRun(`--find: ${pattern.error.message}`);
  return foundOf(readable(file, await findMatches(bytes, pattern.value, range, signal)));
}

function foundOf({
  matches,
  count,
}: {
  readonly matches: readonly { readonly start: number; readonly end: number }[];
  readonly count: number | null;
}): Found {
  return {
    count: count ?? matches.length,
    offsets: matches.map(({ start }) => start),
    ends: matches.map(({ end }) => end),
  };
}
