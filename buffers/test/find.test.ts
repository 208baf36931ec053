import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findBytes } from '#buffers/scan/find.ts';
import { memorySource } from './memorySource.ts';

const MIB = 1024 * 1024;

function naive(bytes: Uint8Array, needle: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 0; at + needle.length <= bytes.length; at++)
    if (needle.every((byte, k) => bytes[at + k] === byte)) found.push(at);
  return found;
}

test('finds every place, overlapping ones too', async () => {
  const few = fc.uint8Array({ max: 2, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(
      few,
      fc.uint8Array({ max: 2, minLength: 1, maxLength: 4 }),
      async (bytes, needle) => {
        const offsets = naive(bytes, needle);
        const found = await findBytes(memorySource(bytes), needle, 10);
        expect(found).toEqual({
          ok: true,
          value: { count: offsets.length, offsets: offsets.slice(0, 10) },
        });
      },
    ),
  );
});

test.each([-4, -3, -2, -1, 0, 1])('finds what starts %d bytes from a border', async (distance) => {
  const bytes = new Uint8Array(3 * MIB);
  const needle = Uint8Array.of(1, 2, 3, 4);
  const places = [0, MIB + distance, 2 * MIB + distance, 3 * MIB - 4];
  for (const place of places) bytes.set(needle, place);
  const found = await findBytes(memorySource(bytes), needle, 100);
  expect(found).toEqual({ ok: true, value: { count: 4, offsets: places } });
});

test('an end at a border, or a needle longer than the file, is no failure', async () => {
  const ends = await findBytes(memorySource(new Uint8Array(MIB)), Uint8Array.of(0, 1), 10);
  expect(ends).toMatchObject({ value: { count: 0 } });
  const short = await findBytes(memorySource(new Uint8Array(2)), new Uint8Array(3), 10);
  expect(short).toMatchObject({ value: { count: 0 } });
});

test('stops when it is told to, and where a file ends early', async () => {
  const source = memorySource(new Uint8Array(100));
  await expect(findBytes(source, Uint8Array.of(1), 10, AbortSignal.abort())).rejects.toThrow();
  const shorter = { ...memorySource(new Uint8Array(50)), byteLength: 100 };
  expect(await findBytes(shorter, Uint8Array.of(1), 10)).toMatchObject({ ok: false });
});
