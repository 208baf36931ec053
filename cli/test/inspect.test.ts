import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspect } from '#cli/commands/inspect.ts';
import type { CommandIo } from '#cli/command.ts';

const fixtures = fileURLToPath(new URL('../../test-fixtures/buffers/', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-inspect-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Exit code 2 is a throw here, which the command line turns into one line. */
async function run(...args: string[]) {
  let text = '';
  const io: CommandIo = {
    cwd: fixtures,
    env: {},
    isTerminal: false,
    signal: new AbortController().signal,
    out: (chunk) => {
      text += String(chunk);
      return Promise.resolve();
    },
    err: () => undefined,
    readInput: () => Promise.resolve(''),
  };
  try {
    return { code: await inspect.run(args, io), text };
  } catch (error) {
    return { code: 2, text: (error as Error).message };
  }
}

async function json(...args: string[]): Promise<Record<string, unknown>> {
  const { code, text } = await run(...args, '--output', 'json');
  return { code, ...(JSON.parse(text) as Record<string, unknown>) };
}

describe('text', () => {
  test('starts with what the array is, then its values', async () => {
    const { code, text } = await run('f_order_2d.npy', '--stats');
    expect(text).toBe(
      [
        'f_order_2d.npy NumPy array, version 1.0 · 176 B',
        '(3, 4) int32 · F · little-endian · 48 B · header 128 B',
        '',
        '[[ 0,  1,  2,  3],',
        ' [ 4,  5,  6,  7],',
        ' [ 8,  9, 10, 11]]',
        '',
        'count 12 · min 0 · max 11 · mean 5.5 · std 3.452052529534663 · zeros 1 · NaN 0 · inf 0',
        '',
      ].join('\n'),
    );
    expect(code).toBe(0);
  });

  test('shows records as a table', async () => {
    const { text } = await run('records_bidh_native.bin', '--struct', '@bidh');
    expect(text).toContain('(5,) struct of 4 fields · C · little-endian · 90 B');
    expect(text).toContain('\n0     0      0      0.0      0\n');
  });

  test('shows a hostile file as bytes with its problem', async () => {
    const { code, text } = await run('bad_magic.npy');
    expect(text).toContain('00000000  93 4e 55 4d 50 58');
    expect(text).toContain('error: the file does not start with the magic');
    expect(code).toBe(1);
  });

  test('shows the edges of a large array, and one plane of one with many axes', async () => {
    writeFileSync(join(folder, 'large.bin'), new Uint8Array(1_000_000));
    const large = (shape: string) =>
      run(join(folder, 'large.bin'), '--dtype', 'u1', '--shape', shape);
    expect((await large('1000,1000')).text).toContain('[[0, 0, 0, …, 0, 0, 0],');
    expect((await large('10,10,10,10,10,10')).text).toContain('[0, 0, 0, 0, :, :]\n[[0, 0, 0, …');
    expect((await large('1000000,1')).text.split('\n').length).toBeLessThan(15);
  });

  test('never lets a name or a message of the file move the cursor', async () => {
    const header = "{'descr': [('\\x1b[2J\\n', '<i4')], 'fortran_order': False, 'shape': (0,)}";
    const name = join(folder, 'bad\u001b[31m\nname.npy');
    writeFileSync(
      name,
      `\x93NUMPY\x01\x00${String.fromCharCode(header.length)}\x00${header}`,
      'latin1',
    );
    const { text } = await run(name);
    // eslint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(text.replaceAll('\n', '')).not.toMatch(/[\x00-\x1f\x7f]/);
    expect(text.split('\n')[0]).toContain('\\u{a}name.npy');
  });
});

describe('JSON', () => {
  test('has the array, its values and statistics', async () => {
    expect(await json('int_be_i2_i8.npy', '--stats')).toMatchObject({
      code: 0,
      file: 'int_be_i2_i8.npy',
      size: 160,
      format: 'npy',
      arrays: [
        {
          name: '',
          dtype: '>i8',
          shape: [2, 2],
          strides: [16, 8],
          offset: 128,
          order: 'C',
          byteOrder: 'big',
        },
      ],
      stats: { count: 4, nan: 0, inf: 0 },
      problems: [],
    });
  });

  test('has values that JSON lacks as objects', async () => {
    expect(await json('f8_special.npy')).toMatchObject({
      values: [
        0,
        { $f: '-0' },
        1,
        -1.5,
        { $f: 'inf' },
        { $f: '-inf' },
        { $f: 'nan' },
        1 / 3,
        Number.MAX_VALUE,
        5e-324,
        0.1 + 0.2,
        2 ** 53 + 2,
      ],
    });
  });

  test('has structs with their fields', async () => {
    expect(await json('struct_titles.npy')).toMatchObject({
      arrays: [
        {
          dtype: "[(('Title A', 'a'), '<i4'), (('Title B', 'b'), '<i8')]",
          descr: [
            [['Title A', 'a'], '<i4'],
            [['Title B', 'b'], '<i8'],
          ],
          itemsize: 12,
          fields: [
            { name: 'a', title: 'Title A', offset: 0 },
            { name: 'b', title: 'Title B', offset: 4 },
          ],
        },
      ],
      values: [{ a: 1, b: 2 }],
    });
  });

  test('has records as struct.unpack gives them', async () => {
    expect(await json('records_bidh_packed.bin', '--struct', '<bidh')).toMatchObject({
      arrays: [{ shape: [5], strides: [15], struct: { size: 15 } }],
      values: [
        [0, 0, 0, 0],
        [1, 1000, 0.25, 1],
        [2, 2000, 0.5, 2],
        [3, 3000, 0.75, 3],
        [4, 4000, 1, 4],
      ],
    });
  });

  test('has no more values than the limit', async () => {
    const { values } = await json('raw_all_bytes.bin', '--limit', '3');
    expect(values).toEqual([0, 1, 2]);
  });

  test('has the problem of a hostile file, and no array', async () => {
    expect(await json('bad_object_reduce.npy')).toMatchObject({
      code: 1,
      arrays: [],
      values: null,
      problems: [{ kind: 'object-dtype', severity: 'error' }],
    });
  });
});

describe('an array laid over the bytes', () => {
  test('starts at an offset and tells of what is behind it', async () => {
    expect(await json('raw_offset_3_f4.bin', '--dtype', '<f4', '--offset', '3')).toMatchObject({
      code: 0,
      arrays: [{ shape: [5], offset: 3 }],
      problems: [{ kind: 'trailing-bytes', start: 23, end: 24 }],
    });
  });

  test.each<[name: string, args: string[], shape: number[], values: unknown[]]>([
    ['order', ['--shape', '2,3', '--order', 'F'], [2, 3], [0, 2, 4, 1, 3, 5]],
    [
      'strides',
      ['--shape', '(3, 2)', '--strides', '-1,0', '--offset', '2'],
      [3, 2],
      [2, 2, 1, 1, 0, 0],
    ],
    ['a slice', ['--shape', '[2, 3]', '--slice', '[::-1, ::2]'], [2, 3], [3, 5, 0, 2]],
    ['a slice of an index', ['--shape', '2,3', '--slice', '-1, ...'], [2, 3], [3, 4, 5]],
    ['no axes', ['--shape', '()', '--offset', '7'], [], [7]],
  ])('by %s', async (_, args, shape, values) => {
    expect(await json('raw_all_bytes.bin', '--dtype', 'u1', ...args)).toMatchObject({
      arrays: [{ shape }],
      values,
    });
  });

  test.each<[args: string[], kind: string]>([
    [['--shape', '257'], 'shape-exceeds-file'],
    [['--shape', '99999999999,99999999999'], 'shape-exceeds-file'],
    [['--shape=-1'], 'negative-dimension'],
    [['--offset', '257'], 'offset-outside-file'],
    [['--shape', '2', '--strides', '256'], 'strides-outside-file'],
    [['--shape', '2', '--strides=-1'], 'strides-outside-file'],
    [['--shape', '2', '--strides', '1,1'], 'bad-strides'],
    [['--slice', '256'], 'index-out-of-bounds'],
    [['--slice', '0,0'], 'too-many-indices'],
    [['--slice', '::0'], 'zero-step'],
  ])('%j does not fit', async (args, kind) => {
    const { code, problems } = await json('raw_all_bytes.bin', ...args);
    expect(problems).toMatchObject([{ kind, severity: 'error' }]);
    expect(code).toBe(1);
  });
});

describe('what cannot run says why in one line', () => {
  test.each<[args: string[], message: RegExp]>([
    [[], /which file/],
    [['a.npy', 'b.npy'], /one file at a time/],
    [['none.npy'], /cannot read 'none.npy': there is no such file \(ENOENT\)/],
    [['.'], /it is a folder/],
    [['one.npy', '--member', 'a'], /'one.npy' has no members/],
    [['stored.npz', '--member', 'c'], /has no member 'c'; it has a.npy, b.npy, names.npy$/],
    [['one.npy', '--reshape=two'], /--reshape: A shape is whole numbers/],
    [['one.npy', '--export', 'a.txt'], /--export takes a file that ends in .npy, .csv or .parquet/],
    [['one.npy', '--find', ''], /needs something to find/],
    [['one.npy', '--find', 'hex:0'], /pairs of hex digits/],
    [['f_order_2d.npy', '--compare', 'absent.npy'], /cannot read 'absent.npy'/],
    [['one.npy', '--fast'], /there is no option '--fast'/],
    [['one.npy', '--dtype'], /--dtype needs a value/],
    [['one.npy', '--dtype', 'O'], /pickled/],
    [['one.npy', '--dtype', 'f3'], /does not exist/],
    [['one.npy', '--struct', '<P'], /'<P': bad char in struct format, at character 2/],
    [['one.npy', '--dtype', 'u1', '--struct', 'B'], /give one/],
    [['one.npy', '--strides', '8'], /needs a --shape/],
    [['one.npy', '--shape', '2;3'], /integers like 2,3/],
    [['one.npy', '--order', 'A'], /takes C or F/],
    [['one.npy', '--offset=-1'], /byte offset/],
    [['one.npy', '--slice', 'x'], /no index, slice/],
    [['one.npy', '--limit', '1e9'], /--limit/],
    [['one.npy', '--output', 'xml'], /text or json/],
  ])('%j', async (args, message) => {
    const { code, text } = await run(...args);
    expect(text).toMatch(message);
    expect(text).not.toContain('\n');
    expect(code).toBe(2);
  });

  test('and a file that is not there is not created', () => {
    expect(existsSync(join(fixtures, 'none.npy'))).toBe(false);
  });
});

describe('a member', () => {
  test('of an archive is listed', async () => {
    const { code, text } = await run('stored.npz');
    expect(text).toBe(
      [
        'stored.npz NumPy archive (.npz), 3 members · 808 B',
        '',
        'a      (3, 4) int32    176 B  from byte 163',
        'b      (3, 3) float64  200 B  from byte 374',
        'names  (2,) U2         144 B  from byte 613',
        '',
      ].join('\n'),
    );
    expect(code).toBe(0);
    expect(await json('stored.npz')).toMatchObject({
      arrays: [{ name: 'a', offset: 163 }, { name: 'b' }, { name: 'names' }],
      members: [{ name: 'a.npy', method: 0, dataOffset: 35 }, {}, { array: { shape: [2] } }],
    });
  });

  test('that is stored is an array of the file', async () => {
    const { text } = await run('stored.npz', '--member', 'b');
    expect(text).toContain('stored.npz › b NumPy archive');
    expect(text).toContain('(3, 3) float64 · F · little-endian · 72 B · from byte 374');
    expect(await json('stored.npz', '--member', 'names.npy', '--stats')).toMatchObject({
      code: 0,
      arrays: [{ name: 'names', offset: 613 }],
      values: ['x', 'yy'],
      problems: [],
    });
  });

  test('that is deflated is inflated', async () => {
    expect(await json('nested_names.npz', '--member', '日本', '--slice', '1')).toMatchObject({
      format: 'npy',
      size: 176,
      view: { shape: [4], offset: 144 },
      values: [4, 5, 6, 7],
      problems: [],
    });
  });

  test('of a safetensors file is a tensor', async () => {
    expect(await json('model.safetensors', '--member', 'bf', '--stats')).toMatchObject({
      arrays: [{ name: 'bf', dtype: 'bfloat16', pep3118: null }],
      values: [1, -2.5, 3.140625],
      stats: { min: -2.5, max: 3.140625 },
    });
    expect((await run('model.safetensors', '--member', 'bf')).text).toContain('[ 1.0, -2.5, 3.14]');
  });

  test('can be laid anew', async () => {
    const args = [
      'stored.npz',
      '--member',
      'a',
      '--dtype',
      'u1',
      '--offset',
      '128',
      '--shape',
      '5',
    ];
    expect(await json(...args)).toMatchObject({ size: 176, values: [0, 0, 0, 0, 1] });
  });

  test.each<[file: string, member: string, kind: string]>([
    ['bomb_1000to1.npz', 'bomb', 'compression-bomb'],
    ['bzip2_member.npz', 'a', 'unsupported-compression'],
    ['bad_npz_members.npz', 'o', 'object-dtype'],
    ['bad_zip_crc.npz', 'a', 'bad-crc'],
  ])('%s › %s has its problem', async (file, member, kind) => {
    const { code, problems } = await json(file, '--member', member);
    expect(problems).toMatchObject([{ kind, severity: 'error' }]);
    expect(code).toBe(1);
  });

  test('without a problem does not have those of others', async () => {
    expect(await json('bad_zip_crc.npz', '--member', 'b')).toMatchObject({ code: 0, problems: [] });
  });
});

describe('find', () => {
  test.each<[what: string, offsets: number[]]>([
    ['feff', [254]],
    ['0xFEFF', [254]],
    ['fe ff', [254]],
    ['text:ab', [97]],
    ['ab', [171]],
    ['hello', []],
    ['XYZ', [88]],
  ])('%s', async (what, offsets) => {
    expect(await json('raw_all_bytes.bin', '--find', what)).toMatchObject({
      code: 0,
      find: { count: offsets.length, offsets },
    });
  });

  test('tells the places in text, as many as the limit', async () => {
    writeFileSync(join(folder, 'many.bin'), 'ab'.repeat(1000));
    const { text } = await run(join(folder, 'many.bin'), '--find', 'text:ab', '--limit', '2');
    expect(text).toContain('61 62 is there 1,000 times\n00000000  0\n00000002  2\n… 998 more');
  });

  test('searches a deflated member as it is inflated', async () => {
    const found = await json('nested_names.npz', '--member', 'arr_0', '--find', 'text:NUMPY');
    expect(found).toMatchObject({ find: { count: 1, offsets: [1] } });
  });
});

test('an element of megabytes is named instead of decoded', async () => {
  const path = join(folder, 'wide.npy');
  const header = "{'descr': [('a', '|u1', (2000000000,))], 'fortran_order': False, 'shape': (1,)}";
  const start = `\x93NUMPY\x01\x00${String.fromCharCode(header.length)}\x00${header}`;
  writeFileSync(path, start, 'latin1');
  truncateSync(path, start.length + 2_000_000_000);
  expect(await json(path, '--stats')).toMatchObject({
    arrays: [{ shape: [1], itemsize: 2_000_000_000 }],
    values: null,
    problems: [{ kind: 'element-too-large' }],
  });
  expect((await run(path)).text).toContain('00000000  93 4e 55');
});

describe('steps', () => {
  test('reshape says whether it is a view or a copy, and shows its values', async () => {
    const viewed = await json('f_order_2d.npy', '--slice', '::-1, 1:3', '--reshape', '6');
    expect(viewed).toMatchObject({
      view: { shape: [6], strides: [4], offset: 0 },
      steps: [
        { code: 'a[::-1, 1:3]', effect: 'view' },
        { code: 'a.reshape(6)', effect: 'copy' },
      ],
      values: [9, 10, 5, 6, 1, 2],
    });
    expect((await run('f_order_2d.npy', '--reshape', '4, 3, order=F')).text).toContain(
      "a.reshape(4, 3, order='F') → view",
    );
  });

  test('cast is memoryview.cast, with CPython’s own refusals', async () => {
    expect(await json('f_order_2d.npy', '--cast', 'B')).toMatchObject({
      code: 1,
      problems: [{ message: 'TypeError: memoryview: casts are restricted to C-contiguous views' }],
    });
    expect(await json('f_order_2d.npy', '--slice', ':, 0', '--cast', 'B')).toMatchObject({
      view: { dtype: '|u1', shape: [12] },
      values: [0, 0, 0, 0, 4, 0, 0, 0, 8, 0, 0, 0],
    });
  });

  test('reshape that does not fit says what NumPy says', async () => {
    expect(await json('f_order_2d.npy', '--reshape', '7, 2')).toMatchObject({
      problems: [{ message: 'ValueError: cannot reshape array of size 12 into shape (7,2)' }],
    });
  });
});

describe('compare', () => {
  test('says that a file is the same, and where values differ', async () => {
    const same = await run('f_order_2d.npy', '--compare', 'f_order_2d.npy');
    expect(same.code).toBe(0);
    expect(same.text).toContain('The same values as f_order_2d.npy: 12 compared.');
    const other = join(folder, 'other.npy');
    expect((await run('f_order_2d.npy', '--export', other)).code).toBe(0);
    const bytes = readFileSync(other);
    bytes.writeInt32LE(100, bytes.length - 4);
    writeFileSync(other, bytes);
    expect(await json('f_order_2d.npy', '--compare', other)).toMatchObject({
      code: 1,
      compare: {
        mode: 'values',
        equal: false,
        count: 1,
        compared: 12,
        differences: [{ position: 11, here: '11', there: '100' }],
      },
    });
  });
});

describe('export', () => {
  test('to .npy keeps values, and to .csv writes a table', async () => {
    const npy = join(folder, 'copy.npy');
    await run('f_order_2d.npy', '--slice', '1:', '--export', npy);
    expect(await json(npy)).toMatchObject({
      arrays: [{ shape: [2, 4], order: 'C' }],
      values: [4, 5, 6, 7, 8, 9, 10, 11],
    });
    const csv = join(folder, 'copy.csv');
    await run('f_order_2d.npy', '--slice', '1:', '--export', csv);
    expect(readFileSync(csv, 'utf8')).toBe('0,1,2,3\n4,5,6,7\n8,9,10,11\n');
  });
});

describe('--index', () => {
  const file = fileURLToPath(new URL('../../test-fixtures/arrow/every.arrow', import.meta.url));

  test('tells how a value of a column is read', async () => {
    const { code, text } = await run(file, '--member', 'batch 0/words', '--index', '3');
    expect(text.split('\n').slice(1)).toEqual([
      '',
      'batch 0/words.validity  byte 0 is 29 = 0b00011101, bit 3 is 1: not null  from byte 6,280',
      'batch 0/words.offsets   offsets[3] is 1, offsets[4] is 17  from byte 6,300',
      'batch 0/words.data      bytes 1 to 16  from byte 6,313',
      `value                   "naïve 'quoted'\\n"`,
      '',
    ]);
    expect(code).toBe(0);
  });

  test('as JSON', async () => {
    const { reading } = await json(file, '--member', 'batch 1/codes', '--index', '2');
    expect(reading).toMatchObject({ column: 'batch 1/codes', position: 2, text: "'x'" });
  });

  test.each([
    [
      [file, '--index', '3'],
      '--index needs a column: give it with --member; it has dictionary of codes, batch 0/i8,',
    ],
    [[file, '--member', 'batch 0/i8', '--index', '5'], "has no value 5 of 'batch 0/i8'"],
    [[file, '--member', 'nothing', '--index', '0'], "has no value 0 of 'nothing'"],
    [[file, '--index', '-1'], '--index takes the place of a value in its column'],
    [
      ['int_i4.npy', '--index', '0'],
      'has no columns; --index is for Arrow, and --slice for arrays',
    ],
  ])('says what is wrong: %#', async (args, message) => {
    const { code, text } = await run(...args);
    expect(code).toBe(2);
    expect(text).toContain(message);
  });
});

describe('what the panel does, the command line does too', () => {
  test('steps of every kind, in the order that they are given, with their Python', async () => {
    const found = await json(
      'f_order_2d.npy',
      ...['--step', 'transpose 1, 0', '--slice', '[::2]', '--step', 'ravel'],
    );
    expect(found).toMatchObject({
      steps: [
        { code: 'a.transpose(1, 0)', effect: 'view' },
        { code: 'a[::2]', effect: 'view' },
        { code: 'a.ravel()' },
      ],
      view: { shape: [6] },
      values: [0, 4, 8, 2, 6, 10],
    });
    expect(found.code).toContain('c = b[::2]  # view');
    const { code, text } = await run('one.npy', '--step', 'view <i2');
    expect([code, text]).toEqual([1, expect.stringContaining('ValueError: ')]);
    expect((await run('one.npy', '--step', 'turn 1')).text).toMatch(/steps are transpose, slice/);
  });

  test.each([
    ['hex:?? ff', [254]],
    ['regex:[\\x00-\\x01]{2}', [0]],
    ['value:7', [7]],
    ['value:254..300', [254, 255]],
    ['latin-1:ÿ', [255]],
  ])('find %s', async (what, offsets) => {
    expect(await json('raw_all_bytes.bin', '--find', what)).toMatchObject({
      find: { count: offsets.length, offsets },
    });
  });

  test('find NaN, text in any case, and say what is wrong with a query', async () => {
    expect(await json('f8_special.npy', '--find', 'value:nan')).toMatchObject({
      find: { count: 1, offsets: [176] },
    });
    expect(await json('f8_special.npy', '--find', 'numpy', '--ignore-case')).toMatchObject({
      find: { count: 1, offsets: [1], ends: [6] },
    });
    expect(await run('one.npy', '--find', 'regex:(')).toMatchObject({ code: 2 });
    expect(await run('one.npy', '--find', 'value:x')).toMatchObject({ code: 2 });
  });

  test('a histogram and distinct values', async () => {
    const found = await json('f_order_2d.npy', '--histogram', '3', '--unique', '--limit', '2');
    expect(found).toMatchObject({
      histogram: { counts: [4, 4, 4], low: 0, high: 11, notFinite: 0 },
      unique: { distinct: 12 },
    });
    const { text } = await run('f_order_2d.npy', '--histogram', '3', '--unique');
    expect(text).toMatch(/4 {2}█{40}[^]*12 distinct values/);
  });

  test.each([
    ['csv', '0,1,2,3\n4,5,6,7\n8,9,10,11\n'],
    ['json', '[[0,1,2,3],[4,5,6,7],[8,9,10,11]]\n'],
    ['numpy', "np.array([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]], dtype='<i4')\n"],
  ])('copies as %s', async (format, expected) => {
    expect(await run('f_order_2d.npy', '--as', format)).toEqual({ code: 0, text: expected });
  });

  test('copies the fields of records as columns', async () => {
    const { text } = await run('struct_mixed_endian.npy', '--as', 'csv');
    const { arrays } = (await json('struct_mixed_endian.npy')) as {
      arrays: { fields: { name: string }[] }[];
    };
    expect(text.split('\n')[0]).toBe(arrays[0]!.fields.map(({ name }) => name).join());
  });

  test('a tolerance is that of numpy.isclose', async () => {
    const [one, other] = ['one.bin', 'other.bin'].map((name) => join(folder, name));
    writeFileSync(one!, Float64Array.of(1, Number.NaN, 100));
    writeFileSync(other!, Float64Array.of(1.001, Number.NaN, 100.5));
    const raw = [one!, '--dtype', '<f8', '--compare', other!];
    expect(await json(...raw, '--tolerance', '0.01')).toMatchObject({ compare: { count: 1 } });
    expect(await json(...raw, '--tolerance', '0.01,0.01')).toMatchObject({ code: 0 });
    expect(await run(...raw, '--tolerance', '-1')).toMatchObject({ code: 2 });
  });

  test('elements said as C and as the buffer protocol say them', async () => {
    const c = await json(
      'records_bidh_native_tailpad.bin',
      '--dtype',
      'struct { char b; int i; };',
    );
    const python = await json('records_bidh_native_tailpad.bin', '--dtype', 'T{c:b:i:i:}');
    const places = (found: Record<string, unknown>) =>
      (found.arrays as { fields: { name: string; offset: number }[] }[])[0]!.fields.map(
        ({ name, offset }) => [name, offset],
      );
    expect(places(c)).toEqual([
      ['b', 0],
      ['i', 4],
    ]);
    expect(places(python)).toEqual(places(c));
  });

  test('suggests what raw bytes may be, as options to give', async () => {
    const path = join(folder, 'values_f4.bin');
    writeFileSync(
      path,
      Float32Array.from({ length: 64 }, (_, at) => at / 3),
    );
    const { suggestions } = (await json(path)) as {
      suggestions: { options: string[]; reason: string }[];
    };
    const [first] = suggestions;
    expect(first!.reason).not.toBe('');
    expect(await json(path, ...first!.options)).toMatchObject({ code: 0 });
  });
});
