import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FindQuery, TextEncodingName } from '#shared/protocol/bufferScan.ts';
import type { FindRange } from '#buffers/scan/findMatches.ts';
import { findMatches } from '#buffers/scan/findMatches.ts';
import { encode, patternOf } from '#buffers/scan/pattern.ts';
import { memorySource } from './memorySource.ts';

const MIB = 1024 * 1024;

type PlainQuery = Exclude<FindQuery, { kind: 'value' }>;

async function find(bytes: Uint8Array, query: PlainQuery, range: Partial<FindRange> = {}) {
  const pattern = patternOf(query);
  if (!pattern.ok) return pattern.error.message;
  const found = await findMatches(memorySource(bytes), pattern.value, {
    start: 0,
    end: bytes.length,
    limit: 100,
    ...range,
  });
  return found.ok ? found.value : found.error.message;
}

const ofBytes = (pattern: string): PlainQuery => ({ kind: 'bytes', pattern });
const ofText = (
  text: string,
  encoding: TextEncodingName = 'utf-8',
  ignoreCase = false,
): PlainQuery => ({
  kind: 'text',
  text,
  encoding,
  ignoreCase,
});
const ofRegex = (source: string, ignoreCase = false): PlainQuery => ({
  kind: 'regex',
  source,
  ignoreCase,
});
const utf8 = (text: string) => new TextEncoder().encode(text);

describe('bytes with wildcards', () => {
  test('are found wherever each digit fits', async () => {
    const digit = fc.constantFrom('0', '1', '2', '?');
    const pairs = fc.array(fc.tuple(digit, digit), { minLength: 1, maxLength: 4 });
    const bytes = fc
      .array(fc.tuple(fc.nat(2), fc.nat(2)), { maxLength: 50 })
      .map((nibbles) => Uint8Array.from(nibbles, ([high, low]) => high * 16 + low));
    await fc.assert(
      fc.asyncProperty(
        bytes,
        pairs,
        fc.boolean(),
        fc.nat(5),
        async (data, wanted, backward, limit) => {
          const fits = (at: number) =>
            wanted.every(([high, low], k) => {
              const byte = (data[at + k] ?? 0).toString(16).padStart(2, '0');
              return (high === '?' || high === byte[0]) && (low === '?' || low === byte[1]);
            });
          const all: { start: number; end: number }[] = [];
          for (let at = 0; at + wanted.length <= data.length; at++)
            if (fits(at)) all.push({ start: at, end: at + wanted.length });
          const found = await find(data, ofBytes(wanted.map((pair) => pair.join('')).join(' ')), {
            backward,
            limit,
            countAll: true,
          });
          const kept = backward ? all.slice(Math.max(0, all.length - limit)) : all.slice(0, limit);
          expect(found).toEqual({ matches: kept, count: all.length });
        },
      ),
    );
  });

  test.each([
    ['', 'There are no bytes to find: type hex digits such as 4D CF ?? 23.'],
    ['4', 'A byte has two hex digits, and the last one here has one.'],
    ['zz', "'z' is no hex digit; ? stands for any."],
  ])('%j is refused', async (pattern, message) => {
    expect(await find(new Uint8Array(4), ofBytes(pattern))).toBe(message);
  });

  test.each(['0x01 0x02', '01:02', '01-02', '0102'])('%s is read', async (pattern) => {
    expect(await find(Uint8Array.of(0, 1, 2), ofBytes(pattern))).toMatchObject({ count: 1 });
  });
});

describe('across the borders of pieces', () => {
  const places = [0, MIB - 3, MIB - 1, MIB, 2 * MIB - 2, 3 * MIB - 4];
  const data = new Uint8Array(3 * MIB).fill(0x2e);
  for (const place of places) data.set(utf8('needle'.slice(0, 4)), place);
  const starts = (found: unknown) =>
    (found as { matches: { start: number }[] }).matches.map(({ start }) => start);
  const expected = [0, MIB - 3, MIB, 2 * MIB - 2, 3 * MIB - 4].filter(
    (place) => String.fromCharCode(...data.subarray(place, place + 4)) === 'need',
  );

  test.each<[string, PlainQuery]>([
    ['bytes', ofBytes('6e 65 65 64')],
    ['wildcards', ofBytes('6e ?? 65 ?4')],
    ['text', ofText('need')],
    ['text of any case', ofText('NeEd', 'utf-8', true)],
    ['an expression', ofRegex('ne+d')],
  ])('%s are found once, from either end', async (_, query) => {
    expect(starts(await find(data, query))).toEqual(expected);
    expect(starts(await find(data, query, { backward: true }))).toEqual(expected);
    expect(starts(await find(data, query, { backward: true, limit: 2 }))).toEqual(
      expected.slice(-2),
    );
    expect(starts(await find(data, query, { start: 1, limit: 1 }))).toEqual(expected.slice(1, 2));
  });

  test('a start of the text is not the start of a piece', async () => {
    const lines = new Uint8Array(2 * MIB + 10).fill(0x61);
    expect(await find(lines, ofRegex('^aa'))).toEqual({
      matches: [{ start: 0, end: 2 }],
      count: 1,
    });
    expect(await find(lines, ofRegex('\\baaa'))).toMatchObject({ count: 1 });
  });
});

describe('text', () => {
  const encodings: TextEncodingName[] = ['utf-8', 'latin-1', 'utf-16le', 'utf-16be'];
  test.each(encodings)('in %s, as it stands and in any case', async (encoding) => {
    const data = Buffer.concat([Buffer.of(0), encode('Grüße ÉTÉ', encoding)]);
    expect(await find(data, ofText('Grüße', encoding))).toMatchObject({ count: 1 });
    expect(await find(data, ofText('grüße', encoding))).toMatchObject({ count: 0 });
    expect(await find(data, ofText('gRÜßE été', encoding, true))).toMatchObject({ count: 1 });
    expect(await find(data, ofText('', encoding))).toBe('There is no text to find.');
  });

  test('the case of one character never becomes another character', async () => {
    const data = Uint8Array.of(0xb5, 0x9c, 0xdf, 0x53);
    expect(await find(data, ofText('µ', 'latin-1', true))).toEqual({
      matches: [{ start: 0, end: 1 }],
      count: 1,
    });
    expect(await find(data, ofText('ß', 'latin-1', true))).toMatchObject({ count: 1 });
  });
});

describe('expressions', () => {
  test.each([
    ['a+', 'caaat a', [1, 4, 6, 7]],
    ['[0-9]{2,}', 'x12 345', [1, 3, 4, 7]],
    ['é', 'caf\u00e9', [3, 5]],
    ['(?<=x)y', 'xy yy', [1, 2]],
  ])('/%s/ in %j', async (source, text, flat) => {
    const matches = [];
    for (let k = 0; k < flat.length; k += 2) matches.push({ start: flat[k], end: flat[k + 1] });
    expect(await find(utf8(text), ofRegex(source))).toMatchObject({ matches });
  });

  test.each([
    ['(', /Unterminated group/],
    ['a*', 'The expression matches the empty text, which is everywhere.'],
    ['', 'There is no expression to find.'],
  ])('/%s/ is refused', async (source, message) => {
    expect(await find(utf8('aaa'), ofRegex(source))).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
  });
});

test('a search that is aborted stops', async () => {
  const pattern = patternOf(ofText('x'));
  if (!pattern.ok) throw new Error(pattern.error.message);
  const range = { start: 0, end: 10, limit: 1 };
  await expect(
    findMatches(memorySource(new Uint8Array(10)), pattern.value, range, AbortSignal.abort()),
  ).rejects.toThrow();
});
