import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { inspect } from '#cli/commands/inspect.ts';
import type { CommandIo } from '#cli/command.ts';

const fixtures = fileURLToPath(new URL('../../test-fixtures/buffers/', import.meta.url));

/** Exit code 2 is a throw here, which the command line turns into one line. */
async function run(...args: string[]): Promise<string> {
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
  await inspect.run(args, io);
  return text;
}

async function json(...args: string[]): Promise<Record<string, unknown>> {
  return JSON.parse(await run(...args, '--output', 'json')) as Record<string, unknown>;
}

const records = ['records_bidh_native.bin', '--struct', '@bidh'];

describe('--axis', () => {
  test('tells the statistics of each line, as axis=1 does in NumPy', async () => {
    const text = await run('f_order_2d.npy', '--axis', '-1');
    expect(text.split('\n').slice(7, 10)).toEqual([
      'along axis 1',
      '[0, :]  count 4 · min 0 · max 3 · mean 1.5 · std 1.118033988749895 · zeros 1 · NaN 0 · inf 0',
      '[1, :]  count 4 · min 4 · max 7 · mean 5.5 · std 1.118033988749895 · zeros 0 · NaN 0 · inf 0',
    ]);
  });

  test('tells as many as the limit, and of a view its own', async () => {
    const text = await run(
      'f_order_2d.npy',
      '--slice',
      '[::-1, 1:]',
      '--axis',
      '0',
      '--limit',
      '2',
    );
    expect(text).toContain('\n[:, 0]  count 3 · min 1 · max 9 · mean 5 ');
    expect(text).toContain('\n[:, 1]  count 3 · min 2 · max 10 · mean 6 ');
    expect(text).toContain('\n… 1 more');
  });

  test('of records tells each field', async () => {
    const { along } = await json(...records, '--axis', '0');
    expect(along).toMatchObject({
      axis: 0,
      count: 1,
      lines: [
        { index: [null], field: 'f0', count: 5, min: 0, max: 4, mean: 2 },
        { field: 'f1', max: 4000, mean: 2000 },
        { field: 'f2', max: 1, mean: 0.5 },
        { field: 'f3', max: 4 },
      ],
    });
  });

  test('refuses an axis that the array lacks', async () => {
    await expect(run('f_order_2d.npy', '--axis', '2')).rejects.toThrow(
      '--axis 2 is out of bounds for an array of dimension 2',
    );
    await expect(run('f_order_2d.npy', '--axis', 'x')).rejects.toThrow('--axis takes');
  });
});

describe('--at', () => {
  // What struct.unpack_from gives of these bytes with `<` and with `>`.
  test.each([
    ['int16', 0, 0],
    ['int32', 65536000, 59395],
    ['int64', 65536000, 255099582545920],
    ['float32', 1.3635734469538535e-36, 8.323012228857251e-41],
    ['float64', 3.2379086e-316, 1.260359400043823e-309],
  ])('tells %s in both byte orders', async (name, little, big) => {
    const { at } = await json(...records, '--at', '20');
    expect(at).toMatchObject({
      offset: 20,
      bits: '00000000',
      types: expect.arrayContaining([{ name, little, big }]) as unknown,
    });
  });

  test('tells the struct that lies there', async () => {
    const { at } = await json(...records, '--at', '0x14');
    expect(at).toMatchObject({
      element: {
        index: [1],
        offset: 18,
        fields: [
          { name: 'f0', dtype: 'int8', offset: 18, value: 1 },
          { name: 'f1', dtype: 'int32', offset: 22, value: 1000 },
          { name: 'f2', dtype: 'float64', offset: 26, value: 0.25 },
          { name: 'f3', dtype: 'int16', offset: 34, value: 1 },
        ],
      },
    });
  });

  test('in text, with a dash where the bytes end before the type does', async () => {
    const text = await run('records_bidh_native.bin', '--at', '85');
    expect(text).toContain('at byte 85 = 0x55\n');
    expect(text).toMatch(/^int16 +-4096 +240$/m);
    expect(text).toMatch(/^int64 +— +—$/m);
    const element = (await run('f_order_2d.npy', '--at', '0x8c')).trimEnd().split('\n').slice(-2);
    expect(element).toEqual(['element [0, 1] from byte 140', '1  int32']);
  });

  test('has no element in a header, and no place behind the end', async () => {
    expect(await json('f_order_2d.npy', '--at', '0')).toMatchObject({
      at: { utf8: null, element: null },
    });
    await expect(run('f_order_2d.npy', '--at', '176')).rejects.toThrow('has 176 bytes');
  });
});

describe('--numbers and --digits', () => {
  test('print integers in hex, and floats as asked', async () => {
    expect(await run('f_order_2d.npy', '--numbers', 'hex')).toContain(
      '[0x00000008, 0x00000009, 0x0000000A, 0x0000000B]]',
    );
    const scientific = await run('f8_special.npy', '--numbers', 'scientific', '--digits', '2');
    expect(scientific.replaceAll(/ +/g, ' ')).toContain(
      '[ 0.00e+0, -0.00e+0, 1.00e+0, -1.50e+0, inf, -inf, nan, 3.33e-1, 1.80e+308,',
    );
    expect(await run(...records, '--digits', '3')).toMatch(/^1 +1 +1000 +0\.250 +1$/m);
  });

  test('refuse what they do not know', async () => {
    await expect(run('f8_special.npy', '--numbers', 'roman')).rejects.toThrow(
      "--numbers takes plain, hex, scientific; not 'roman'",
    );
    await expect(run('f8_special.npy', '--digits', '99')).rejects.toThrow('--digits takes 0 to 20');
  });
});
