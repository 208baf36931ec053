/** Values of Arrow columns, read through their buffers, against pyarrow (scripts/arrowValueFixtures.py). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { formatOf } from '#buffers/format/formats.ts';
import { openBuffer, openPart } from '#buffers/inspect.ts';
import { memorySource } from './memorySource.ts';

const folder = fileURLToPath(new URL('../../test-fixtures/arrow', import.meta.url));
const expected = JSON.parse(readFileSync(join(folder, 'expect.json'), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, readonly string[]>>>
>;

const { signal } = new AbortController();

async function open(name: string) {
  const opened = await openBuffer(join(folder, name));
  if (!opened.ok) throw new Error(opened.error.message);
  const described = await opened.value.describe();
  if (!described.ok) throw new Error(described.error.message);
  return { buffer: opened.value, description: described.value };
}

describe('every value of every column is what pyarrow reads', () => {
  test.each(Object.entries(expected))('%s', async (name, columns) => {
    const { buffer, description } = await open(name);
    expect(description.problems).toEqual([]);
    const read: Record<string, string[]> = {};
    for (const [column, values] of Object.entries(columns)) {
      read[column] = [];
      for (let element = 0; element < values.length; element++) {
        const reading = await buffer.readValue({ name: column, element });
        if (!reading.ok) throw new Error(reading.error.message);
        const told = reading.value;
        read[column].push(told?.text ?? told?.problem ?? 'no value');
        // What is said to be read there lies in the file.
        for (const { start = 0, end = 0 } of told?.steps ?? [])
          expect(0 <= start && start <= end && end <= description.byteLength).toBe(true);
      }
    }
    expect(read).toEqual(columns);
    buffer.dispose();
  });
});

describe('the way to a value', () => {
  const way = async (file: string, name: string, element: number) => {
    const { buffer } = await open(file);
    const reading = await buffer.readValue({ name, element });
    buffer.dispose();
    if (!reading.ok) throw new Error(reading.error.message);
    const { steps = [], text, position } = reading.value ?? {};
    return { position, text, steps: steps.map((step) => `${step.buffer}: ${step.text}`) };
  };

  test('of a text: its validity bit, its offsets, its bytes', async () => {
    expect(await way('every.arrow', 'batch 0/words', 3)).toEqual({
      position: 3,
      text: `"naïve 'quoted'\\n"`,
      steps: [
        'batch 0/words.validity: byte 0 is 29 = 0b00011101, bit 3 is 1: not null',
        'batch 0/words.offsets: offsets[3] is 1, offsets[4] is 17',
        'batch 0/words.data: bytes 1 to 16',
      ],
    });
  });

  test('of a null ends at its bit', async () => {
    expect((await way('every.arrow', 'batch 0/words', 1)).steps).toEqual([
      'batch 0/words.validity: byte 0 is 29 = 0b00011101, bit 1 is 0: null',
    ]);
  });

  test('through a dictionary', async () => {
    expect((await way('every.arrow', 'batch 0/codes', 3)).steps).toEqual([
      'batch 0/codes.validity: byte 0 is 27 = 0b00011011, bit 3 is 1: not null',
      'batch 0/codes.indices: indices[3] is 0',
      'dictionary of codes.validity: no bytes: no value is null',
      'dictionary of codes.offsets: offsets[0] is 0, offsets[1] is 1',
      'dictionary of codes.data: bytes 0 to 0',
    ]);
  });

  test('of a list: where its items are, and how the first of them is read', async () => {
    expect((await way('every.arrow', 'batch 0/lists', 0)).steps).toEqual([
      'batch 0/lists.validity: byte 0 is 27 = 0b00011011, bit 0 is 1: not null',
      'batch 0/lists.offsets: offsets[0] is 0, offsets[1] is 3',
      'batch 0/lists.item: items 0 to 2',
      'batch 0/lists.item.validity: byte 0 is 253 = 0b11111101, bit 0 is 1: not null',
      'batch 0/lists.item.data: data[0], 4 bytes',
    ]);
  });
});

describe('an element of a buffer belongs to a value', () => {
  const valueOf = async (name: string, element: number) => {
    const { buffer } = await open('every.arrow');
    const reading = await buffer.readValue({ name, element });
    buffer.dispose();
    return reading.ok ? reading.value?.position : undefined;
  };
  test.each([
    ['a byte of a text', 'batch 0/words.data', 5, 3],
    ['the first byte of the next', 'batch 0/words.data', 17, 4],
    ['an offset', 'batch 0/words.offsets', 2, 2],
    ['the last offset', 'batch 0/words.offsets', 5, 4],
    ['a byte of bits: its first value', 'batch 0/flags.data', 0, 0],
    ['an element of fixed width', 'batch 0/i64.data', 2, 2],
    ['an item of a list is a value of its own', 'batch 0/lists.item.data', 7, 7],
    ['padding', 'batch 0/flags.data', 1, undefined],
    ['bytes that only views name', 'batch 0/views.data 0', 3, undefined],
  ])('%s', async (_, name, element, position) => {
    expect(await valueOf(name, element)).toBe(position);
  });
});

test('a compressed buffer in a panel of its own tells its values too', async () => {
  const part = await openPart(join(folder, 'long.feather'), ['batch 0/w.offsets']);
  if (!part.ok) throw new Error(part.error.message);
  const reading = await part.value.readValue({ array: 0, element: 9 });
  expect(reading.ok && reading.value).toMatchObject({ column: 'batch 0/w', text: "'row 2'" });
  part.value.dispose();
});

/** Writers do so where compressing does not pay: the length is -1, and the bytes follow as they are. */
test('buffers of a compressed file that were left as they are lie in it like any other', async () => {
  const { buffer, description } = await open('lz4.arrow');
  const bytes = readFileSync(join(folder, 'lz4.arrow'));
  const left: string[] = [];
  /** By batch: the first buffer lies at the body's start. */
  const bodies = new Map<string, number>();
  for (const { name, size, data, unpack } of description.members ?? []) {
    if (!data || !unpack) continue;
    const prefix = data.start - 8;
    const [batch = ''] = /^[^/.]*/.exec(name) ?? [];
    const bodyStart = bodies.get(batch) ?? prefix;
    bodies.set(batch, bodyStart);
    if (data.start + size > data.end) continue;
    const unpacked = await unpack.open(buffer.source, signal);
    if (!unpacked.ok) throw new Error(unpacked.error.message);
    const plain = await unpacked.value.read(0, size);
    unpacked.value.dispose();
    if (!plain.ok) throw new Error(plain.error.message);
    bytes.writeBigInt64LE(-1n, prefix);
    bytes.set(plain.value, data.start);
    shorten(bytes, bodyStart, { start: prefix, end: data.end }, data.start + size);
    left.push(name);
  }
  buffer.dispose();
  expect(left.length).toBeGreaterThan(3);

  const described = await formatOf(bytes.subarray(0, 16), 'lz4.arrow').describe(
    memorySource(bytes),
    undefined,
  );
  if (!described.ok) throw new Error(described.error.message);
  const { arrays, members = [], problems, readValue } = described.value;
  expect(problems).toEqual([]);
  expect(arrays.map(({ name }) => name)).toEqual(left);
  expect(arrays.length + members.length).toBe(description.members?.length);
  for (const [at, array] of arrays.entries()) {
    const before = description.members?.find(({ name }) => name === array.name);
    expect(array).toMatchObject({ shape: before?.array?.shape, offset: before?.data?.start });
    const reading = await readValue?.({ array: at, element: 0 });
    expect(reading?.ok && reading.value?.column).toBe(array.name.replace(/\.[^.]*$/, ''));
  }
  for (const [name, values] of Object.entries(expected['lz4.arrow'] ?? {}))
    for (const [element, value] of values.entries())
      expect(await readValue?.({ name, element })).toMatchObject({ value: { text: value } });
});

/** Lets the metadata, which lie before the batch's body, say that a buffer ends earlier. */
function shorten(
  bytes: Buffer,
  bodyStart: number,
  { start, end }: { readonly start: number; readonly end: number },
  newEnd: number,
): void {
  const place = new BigInt64Array([start - bodyStart, end - start].map(BigInt));
  const at = bytes.lastIndexOf(new Uint8Array(place.buffer), bodyStart);
  if (at < 0) throw new Error(`no metadata name the buffer at ${start}`);
  bytes.writeBigInt64LE(BigInt(newEnd - start), at + 8);
}

/** Whatever is broken is told in place of the value; nothing throws, and nothing long is read. */
test.each(['every.arrow', 'growing.arrows', 'lz4.arrow'])(
  '%s with any byte changed still tells of every column',
  async (name) => {
    const bytes = readFileSync(join(folder, name));
    const format = formatOf(bytes.subarray(0, 16), name);
    for (let at = 0; at < 120; at++) {
      const changed = Uint8Array.from(bytes);
      const place = Math.floor((at * bytes.length) / 120);
      changed[place] = (changed[place] ?? 0) ^ (at % 2 === 0 ? 0xff : 0x40);
      const described = await format.describe(memorySource(changed), undefined);
      for (const column of Object.keys(expected[name] ?? {}).slice(at % 5))
        for (const element of [0, 3]) {
          const wanted = { name: column, element };
          const reading = described.ok && (await described.value.readValue?.(wanted));
          if (!reading || !reading.ok || !reading.value) continue;
          const { text, problem } = reading.value;
          expect((text ?? problem)?.length ?? Infinity).toBeLessThan(20_000);
        }
    }
  },
);

test('a file of another format has no columns', async () => {
  const other = fileURLToPath(new URL('../../test-fixtures/formats/rgb.bmp', import.meta.url));
  const opened = await openBuffer(other);
  if (!opened.ok) throw new Error(opened.error.message);
  expect(await opened.value.readValue({ array: 0, element: 0 })).toEqual({ ok: true, value: null });
  opened.value.dispose();
});
