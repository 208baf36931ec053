import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { npz } from '#buffers/format/npz.ts';
import { safetensors } from '#buffers/format/safetensors.ts';
import { openMember } from '#buffers/inspect.ts';
import { memorySource } from './memorySource.ts';
import type { ZipMember, ZipOptions } from './zipWriter.ts';
import { npyBytes, writeZip } from './zipWriter.ts';

let temporary: string;
const usualTemporary = process.env.TMPDIR;

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'strata-archives-'));
  process.env.TMPDIR = temporary;
});
afterAll(() => {
  if (usualTemporary === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = usualTemporary;
  rmSync(temporary, { recursive: true, force: true });
});

async function describeZip(bytes: Uint8Array) {
  const described = await npz.describe(memorySource(bytes), undefined);
  if (!described.ok) throw new Error(described.error.message);
  return described.value;
}

const values = [1, 2, 3.5];
const a: ZipMember = { name: 'a.npy', bytes: npyBytes(values) };

describe('an archive of any writer', () => {
  test.each<[name: string, members: ZipMember[], options: ZipOptions]>([
    ['plain', [a], {}],
    ['with a comment that looks like an end', [a], { comment: 'PK\x05\x06' + 'x'.repeat(30) }],
    ['with something in front of it', [a], { prefix: Buffer.alloc(1000, 'PK') }],
    ['with sizes behind the data', [{ ...a, descriptor: true }], {}],
    ['deflated with sizes behind the data', [{ ...a, descriptor: true, deflate: true }], {}],
    ['with 64-bit sizes', [{ ...a, zip64: true }], {}],
    ['with a 64-bit directory', [{ ...a, zip64: true }], { zip64: true }],
    ['with both in front of it', [{ ...a, zip64: true }], { zip64: true, prefix: Buffer.alloc(9) }],
  ])('%s', async (_, members, options) => {
    const bytes = writeZip(members, options);
    const described = await describeZip(bytes);
    expect(described.problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
    const [member] = described.members!;
    expect(member).toMatchObject({ name: 'a.npy', array: { name: 'a', shape: [3] } });
    const opened = await openMember(memorySource(bytes), member!);
    if (!opened.ok) throw new Error(opened.error.message);
    const read = await opened.value.source.read(128, 24);
    expect(read.ok && Array.from(new Float64Array(read.value.slice().buffer))).toEqual(values);
    opened.value.dispose();
    for (const array of described.arrays)
      expect(bytes.slice(array.offset, array.offset + 24)).toEqual(
        Uint8Array.from(Buffer.from(Float64Array.from(values).buffer)),
      );
  });

  test('lists members that are no arrays, without arrays of theirs', async () => {
    const text: ZipMember = { name: 'notes.txt', bytes: Buffer.from('hello'), deflate: true };
    const bytes = writeZip([text, a]);
    const described = await describeZip(bytes);
    expect(described.members!.map(({ name }) => name)).toEqual(['notes.txt', 'a.npy']);
    expect(described.arrays.map(({ name }) => name)).toEqual(['a']);
    const opened = await openMember(memorySource(bytes), described.members![0]!);
    const read = opened.ok && (await opened.value.source.read(0, 100));
    expect(read && read.ok && Buffer.from(read.value).toString()).toBe('hello');
    if (opened.ok) opened.value.dispose();
  });

  test('is inflated into a file that goes with it', async () => {
    const bytes = writeZip([{ ...a, deflate: true }]);
    const described = await describeZip(bytes);
    const opened = await openMember(memorySource(bytes), described.members![0]!);
    const [folder] = readdirSync(temporary);
    expect(existsSync(join(temporary, folder!, 'member'))).toBe(true);
    if (opened.ok) opened.value.dispose();
    await expect.poll(() => readdirSync(temporary)).toEqual([]);
  });
});

describe('an archive that lies', () => {
  const long = { name: 'b.npy', bytes: npyBytes(new Array<number>(2000).fill(7)), deflate: true };
  test.each<[name: string, member: ZipMember, listed: string | undefined, opened: string]>([
    ['a wrong checksum', { ...a, claims: { crc: 1 } }, 'bad-crc', ''],
    ['a wrong checksum, deflated', { ...long, claims: { crc: 1 } }, undefined, 'bad-crc'],
    ['a larger size', { ...long, claims: { size: 17_000 } }, undefined, 'corrupt-member'],
    [
      'a smaller size',
      { ...long, claims: { size: 16_127 } },
      'shape-exceeds-file',
      'corrupt-member',
    ],
    [
      'a size beyond all bounds',
      { ...long, claims: { size: 2 ** 40 }, zip64: true },
      'compression-bomb',
      'compression-bomb',
    ],
    [
      'a place behind the directory',
      { ...a, claims: { offset: 1_000_000 } },
      'member-outside-file',
      'unreadable',
    ],
    [
      'a place without a header',
      { ...a, claims: { offset: 3 } },
      'member-outside-file',
      'unreadable',
    ],
    ['a password', { ...a, flags: 1 }, 'encrypted-member', 'unreadable'],
  ])('of %s', async (_, member, listed, refused) => {
    const bytes = writeZip([member]);
    const described = await describeZip(bytes);
    const [problem] = described.problems.filter(({ severity }) => severity !== 'info');
    expect(problem?.kind).toBe(listed);
    const opened = await openMember(memorySource(bytes), described.members![0]!);
    expect(opened.ok ? '' : opened.error.kind).toBe(refused);
    if (opened.ok) opened.value.dispose();
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('never throws, whatever its bytes are', async () => {
    const whole = writeZip([a, { ...long, descriptor: true }], { zip64: true });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })), {
          maxLength: 8,
        }),
        fc.nat({ max: whole.length }),
        async (changes, length) => {
          const bytes = Uint8Array.from(whole);
          for (const [at, value] of changes) bytes[bytes.length - 1 - at] = value;
          for (const cut of [bytes, bytes.slice(0, length), bytes.slice(length)]) {
            const { arrays, problems, regions } = await describeZip(cut);
            for (const { offset, byteLength } of arrays)
              expect(offset + byteLength).toBeLessThanOrEqual(cut.length);
            for (const { start = 0, end = 0 } of [...problems, ...regions])
              expect(0 <= start && start <= end && end <= cut.length).toBe(true);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a safetensors header', () => {
  const write = (header: string, dataBytes: number) => {
    const text = Buffer.from(header);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(text.length));
    return Buffer.concat([length, text, Buffer.alloc(dataBytes)]);
  };
  const tensor = (start: number, end: number, shape = `[${end - start}]`, dtype = 'U8') =>
    `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${start},${end}]}`;

  test.each<[name: string, header: string, kinds: string[], names: string[]]>([
    ['in any order', `{"b":${tensor(4, 8)},"a":${tensor(0, 4)}}`, [], ['a', 'b']],
    ['with a gap', `{"a":${tensor(0, 2)},"b":${tensor(4, 8)}}`, ['gap'], ['a', 'b']],
    [
      'with an overlap',
      `{"a":${tensor(0, 5)},"b":${tensor(4, 8)}}`,
      ['overlapping-members'],
      ['a', 'b'],
    ],
    ['with bytes behind', `{"a":${tensor(0, 4)}}`, ['trailing-bytes'], ['a']],
    [
      'of one bad tensor',
      `{"a":${tensor(0, 9)},"b":${tensor(0, 8)}}`,
      ['offset-outside-file'],
      ['b'],
    ],
    ['backwards', `{"a":${tensor(8, 0, '[8]')}}`, ['bad-offsets'], []],
    ['of fractions', `{"a":${tensor(0, 8, '[1.5]')}}`, ['bad-shape'], []],
    ['of a smaller shape', `{"a":${tensor(0, 8, '[4]')}}`, ['shape-offsets-mismatch'], []],
    ['of an unknown dtype', `{"a":${tensor(0, 8, '[8]', 'toString')}}`, ['bad-dtype'], []],
    ['of no tensors', '[]', ['header-not-dict'], []],
    ['that is no JSON', '{"a":', ['header-not-json'], []],
    ['with a name of objects', `{"__proto__":${tensor(0, 8)}}`, [], ['__proto__']],
  ])('%s', async (_, header, kinds, names) => {
    const described = await safetensors.describe(
      memorySource(new Uint8Array(write(header, 8))),
      undefined,
    );
    if (!described.ok) throw new Error(described.error.message);
    expect(described.value.problems.map(({ kind }) => kind)).toEqual(kinds);
    expect(described.value.arrays.map(({ name }) => name)).toEqual(names);
  });
});
