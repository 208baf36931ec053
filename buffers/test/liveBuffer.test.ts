import { beforeEach, describe, expect, it } from 'vitest';
import { openLive } from '#buffers/live/liveBuffer.ts';
import type { LiveBuffer } from '#buffers/live/liveBuffer.ts';
import { nativeLayout } from '#buffers/live/nativeType.ts';
import { isPlainPath, readAnswer } from '#buffers/live/probeAnswer.ts';
import { layoutOfHeader } from '#buffers/live/probeLayout.ts';
import { PythonMemory } from '#buffers/live/pythonMemory.ts';
import { ReferencedMemory } from '#buffers/live/referencedMemory.ts';
import { FakeProgram, answer } from './fakeProgram.ts';
import type { Fault } from './fakeProgram.ts';

const KIB = 1024;
const { signal } = new AbortController();
const counted = (length: number) => Uint8Array.from({ length }, (_, at) => at % 251);

let program: FakeProgram;
let news: number;
beforeEach(() => {
  program = new FakeProgram(counted(700 * KIB));
  news = 0;
});

async function open(expression = 'a'): Promise<LiveBuffer> {
  const memory = new PythonMemory(program, expression, { allow: false, timeoutMs: 20 });
  const buffer = await openLive({ name: expression, memory, onChange: () => news++ }, signal);
  if (!buffer.ok) throw new Error(JSON.stringify(buffer.error));
  return buffer.value;
}

async function bytesAt(buffer: LiveBuffer, offset: number, length: number): Promise<string> {
  const bytes = await buffer.source.read(offset, length, signal);
  return bytes.ok ? Buffer.from(bytes.value).toString('hex') : bytes.error.message;
}

const hexOf = (bytes: Uint8Array, offset: number, length: number) =>
  Buffer.from(bytes.subarray(offset, offset + length)).toString('hex');

describe('pages of a live buffer', () => {
  it('come with the description, and are asked for by the fewest requests', async () => {
    const buffer = await open();
    expect(await bytesAt(buffer, 10, 100)).toBe(hexOf(program.bytes, 10, 100));
    expect(program.asked).toEqual(['describe']);
    expect(await bytesAt(buffer, 60 * KIB, 20 * KIB)).toBe(
      hexOf(program.bytes, 60 * KIB, 20 * KIB),
    );
    expect(await bytesAt(buffer, 64 * KIB, 100)).toBe(hexOf(program.bytes, 64 * KIB, 100));
    expect(program.asked).toEqual(['describe', `read ${64 * KIB}`]);
    const all = await buffer.source.read(0, program.bytes.length, signal);
    expect(all.ok && Buffer.compare(all.value, program.bytes)).toBe(0);
    expect(program.asked.slice(2)).toEqual([
      `read ${256 * KIB}`,
      `read ${256 * KIB}`,
      `read ${60 * KIB}`,
    ]);
  });

  it('are smaller where the debugger cuts its answers', async () => {
    program.fault = { kind: 'truncates', at: 65_536 };
    const buffer = await open();
    const all = await buffer.source.read(0, program.bytes.length, signal);
    expect(all.ok && Buffer.compare(all.value, program.bytes)).toBe(0);
    expect(Math.max(...program.asked.slice(-5).map((text) => Number(text.split(' ')[1])))).toBe(
      32 * KIB,
    );
  });

  it.each<[Fault, string]>([
    [{ kind: 'truncates', at: 600 }, 'The debugger cuts its answers, so the bytes can’t be read.'],
    [{ kind: 'silent' }, 'The debugger did not answer within 0.02 seconds.'],
    [
      { kind: 'raises', text: "NameError: name 'a' is not defined" },
      "a can’t be evaluated here: NameError: name 'a' is not defined",
    ],
    [
      { kind: 'raises', text: "'STRATA1:" },
      'The debugger cuts its answers, so the bytes can’t be read.',
    ],
    [{ kind: 'dies' }, 'The debugger could not be asked: the connection was closed'],
    [
      { kind: 'short' },
      `The program's answer can’t be used: it gave ${64 * KIB - 1} bytes instead of ${64 * KIB}.`,
    ],
  ])('fail with a sentence on %j, and are read when that is over', async (fault, message) => {
    const buffer = await open();
    program.fault = fault;
    expect(await bytesAt(buffer, 100 * KIB, 4)).toBe(message);
    program.fault = { kind: 'none' };
    expect(await bytesAt(buffer, 100 * KIB, 4)).toBe(hexOf(program.bytes, 100 * KIB, 4));
  });

  it('are not waited for once nobody wants them', async () => {
    const buffer = await open();
    program.fault = { kind: 'silent' };
    const abort = new AbortController();
    const reading = buffer.source.read(100 * KIB, 4, abort.signal);
    abort.abort();
    await expect(reading).rejects.toThrow();
  });
});

describe('a program that goes on', () => {
  it('is read at a stop only once somebody asks, and then shows the new bytes', async () => {
    const buffer = await open();
    program.bytes[3] = 255;
    buffer.stopped(false);
    expect([news, program.asked]).toEqual([1, ['describe']]);
    expect(await bytesAt(buffer, 3, 1)).toBe('03');
    expect(await buffer.source.refresh()).toEqual({ ok: true, value: { changed: true } });
    expect(buffer.source.generation).toBe(2);
    expect(await bytesAt(buffer, 3, 1)).toBe('ff');
    expect(program.asked).toEqual(['describe', 'describe']);
  });

  it('keeps what was read while it runs', async () => {
    const buffer = await open();
    buffer.running();
    const running = { kind: 'gone', message: 'The program is running.' };
    expect(await buffer.source.refresh()).toEqual({ ok: false, error: running });
    expect(await bytesAt(buffer, 5, 2)).toBe('0506');
    expect(await bytesAt(buffer, 100 * KIB, 2)).toBe(running.message);
    expect(program.asked).toEqual(['describe']);
  });

  it('shows nothing that was read across a step', async () => {
    const buffer = await open();
    const reading = bytesAt(buffer, 100 * KIB, 2);
    buffer.running();
    expect(await reading).toBe('The program went on while its memory was read.');
  });

  it('keeps what was read when it ended, and says so', async () => {
    const buffer = await open();
    buffer.ended('The debug session ended.');
    buffer.stopped(false);
    expect(await buffer.source.refresh()).toMatchObject({
      ok: false,
      error: { message: 'The debug session ended.' },
    });
    expect(await bytesAt(buffer, 5, 2)).toBe('0506');
    const description = await buffer.describe();
    expect(description.ok && description.value.byteLength).toBe(700 * KIB);
    expect(news).toBe(1);
  });

  it('waits for the user where it is told to', async () => {
    const buffer = await open();
    buffer.stopped(true);
    expect(await buffer.source.refresh()).toMatchObject({
      ok: false,
      error: { message: 'The program stopped again. Refresh reads it anew.' },
    });
    expect(program.asked).toEqual(['describe']);
    expect(await buffer.source.refresh()).toMatchObject({ ok: true });
    expect(program.asked).toEqual(['describe', 'describe']);
  });

  it('keeps the last bytes where the variable is not there at the next stop', async () => {
    const buffer = await open();
    program.fault = { kind: 'raises', text: 'NameError' };
    buffer.stopped(false);
    expect(await buffer.source.refresh()).toMatchObject({ ok: false });
    expect(await bytesAt(buffer, 5, 2)).toBe('0506');
    expect(buffer.source.generation).toBe(1);
  });

  it('is described anew where the name means something else now', async () => {
    const buffer = await open();
    program.becomes(counted(300 * KIB));
    expect(await bytesAt(buffer, 100 * KIB, 2)).toBe('The memory lies elsewhere now. Refresh.');
    expect(news).toBe(1);
    await buffer.source.refresh();
    expect(buffer.source.byteLength).toBe(300 * KIB);
    expect(await bytesAt(buffer, 100 * KIB, 2)).toBe(hexOf(program.bytes, 100 * KIB, 2));
  });
});

describe('writing', () => {
  it('changes the bytes where the old ones still stand', async () => {
    const buffer = await open();
    expect(await buffer.write(4, Buffer.from([9, 8]), signal)).toEqual({ ok: true });
    expect(hexOf(program.bytes, 3, 4)).toBe('03090806');
    expect(await bytesAt(buffer, 3, 4)).toBe('03090806');
    expect([buffer.source.generation, news]).toEqual([2, 1]);
    expect(program.asked).toEqual(['describe', 'write']);
  });

  it('changes nothing where others stand', async () => {
    const buffer = await open();
    program.bytes[4] = 77;
    expect(await buffer.write(4, Buffer.from([9]), signal)).toEqual({
      ok: false,
      error: {
        kind: 'gone',
        message: 'Nothing was written: the program has changed these bytes meanwhile. Refresh.',
      },
    });
    expect(program.bytes[4]).toBe(77);
  });

  it('is not asked of a program that runs', async () => {
    const buffer = await open();
    buffer.running();
    expect(await buffer.write(4, Buffer.from([9]), signal)).toMatchObject({ ok: false });
    expect(program.asked).toEqual(['describe']);
  });
});

it('lays a type over the bytes', async () => {
  const buffer = await open();
  const raw = {
    kind: 'dtype',
    type: '<u4',
    shape: '',
    order: 'C',
    offset: '',
    strides: '',
  } as const;
  const laid = await buffer.layRaw(raw);
  expect(laid.ok && laid.value.arrays[0]?.shape).toEqual([(700 * KIB) / 4]);
  expect(await buffer.layRaw({ ...raw, offset: '99999999' })).toMatchObject({
    ok: false,
    error: { kind: 'badLayout', field: 'offset' },
  });
});

it.each([
  ['a', true],
  ['self.data', true],
  ['größe._x1', true],
  ['a.b[0]["key"][-1].c', true],
  ['a[1:, ::-2, ..., None]', true],
  ['a[:]', true],
  ['f()', false],
  ['a[f()]', false],
  ['a[i]', false],
  ['a + b', false],
  ['a.b()', false],
  ['a\nb', false],
  ['[1]', false],
  ['a; b', false],
  ['', false],
  ['a if b else c', false],
])('%j gives the same object each time: %s', (expression, expected) => {
  expect(isPlainPath(expression)).toBe(expected);
});

it.each([
  ['as it is', answer({ a: 1 }, counted(3)), true],
  ['quoted', `'${answer({ a: 1 }, counted(3))}'`, true],
  ['printed', `${answer({ a: 1 }, counted(3))}\n`, true],
  ['without its end', answer({ a: 1 }, counted(300)).slice(0, -1), false],
  ['without its beginning', answer({ a: 1 }, counted(300)).slice(10), false],
  ['of another', 'ValueError("x")', false],
  ['empty', '', false],
])('an answer %s is read: %s', (_, text, expected) => {
  const read = readAnswer(text);
  expect(read.ok).toBe(expected);
  if (read.ok) expect([read.value.header, [...read.value.bytes]]).toEqual([{ a: 1 }, [0, 1, 2]]);
});

describe('a header that is not what was asked for', () => {
  const array = {
    name: '',
    segment: 0,
    offset: 0,
    dtype: { text: '|u1', itemsize: 1 },
    shape: [4],
    strides: [1],
    readonly: false,
    note: null,
  };
  const header = {
    class: 'x',
    segments: [{ label: 'x', bytes: 4, address: null, readonly: false }],
    arrays: [array],
    problems: [],
    facts: [],
    locked: null,
    print: 1,
  };

  it('is refused', () => {
    expect(layoutOfHeader(header)?.arrays[0]?.shape).toEqual([4]);
    const wrong: readonly object[] = [
      { segments: null },
      { segments: [{ bytes: -1 }] },
      { segments: [{ bytes: 2 ** 60 }] },
      { print: 'x' },
      { arrays: [{ ...array, segment: 7 }] },
      { arrays: [{ ...array, shape: [1.5] }] },
      { arrays: [{ ...array, strides: [] }] },
      { arrays: [{ ...array, dtype: null }] },
      { arrays: 'x' },
    ];
    for (const change of wrong)
      expect(layoutOfHeader({ ...header, ...change }), JSON.stringify(change)).toBeUndefined();
  });

  it('shows no element outside of its memory', () => {
    for (const change of [
      { shape: [5] },
      { offset: 1 },
      { strides: [-1] },
      { shape: [2], strides: [4] },
    ]) {
      const layout = layoutOfHeader({ ...header, arrays: [{ ...array, ...change }] });
      expect(layout?.arrays).toEqual([]);
      expect(layout?.problems.map(({ kind }) => kind)).toEqual(['outside-its-memory']);
    }
  });
});

describe('memory by a reference', () => {
  /** A debugger with so much memory, of which a part can be read. */
  const debuggerOf = (bytes: Uint8Array, readable = bytes.length) => ({
    request(command: string, body: object): Promise<unknown> {
      const { offset, count, data } = body as { offset: number; count: number; data?: string };
      if (command === 'writeMemory') {
        bytes.set(Buffer.from(data ?? '', 'base64'), offset);
        return Promise.resolve({});
      }
      const part = bytes.subarray(offset, Math.max(offset, Math.min(offset + count, readable)));
      return Promise.resolve(
        part.length === 0
          ? { address: '0x0', unreadableBytes: count }
          : { address: '0x0', data: Buffer.from(part).toString('base64') },
      );
    },
  });
  const openMemory = async (bytes: Uint8Array, typeName: string, readable?: number) => {
    const layout = nativeLayout(typeName, '');
    const memory = new ReferencedMemory(debuggerOf(bytes, readable), {
      reference: '0x7ffe',
      byteLength: bytes.length,
      typeName,
      layout,
      canWrite: true,
    });
    const buffer = await openLive({ name: 'a', memory, onChange: () => news++ }, signal);
    if (!buffer.ok) throw new Error(JSON.stringify(buffer.error));
    return buffer.value;
  };

  it('is read in pages and written', async () => {
    const bytes = counted(300 * KIB);
    const buffer = await openMemory(bytes, 'unsigned char [307200]');
    expect(await bytesAt(buffer, 299 * KIB, 8)).toBe(hexOf(bytes, 299 * KIB, 8));
    expect(await buffer.write(1, Buffer.from([7]), signal)).toEqual({ ok: true });
    expect(bytes[1]).toBe(7);
  });

  it('has the type that the debugger names', async () => {
    const buffer = await openMemory(counted(48), 'const int [3][4]');
    const description = await buffer.describe();
    expect(description.ok && description.value.arrays[0]).toMatchObject({
      dtypeText: '<i4',
      shape: [3, 4],
    });
  });

  it('ends where it can’t be read', async () => {
    const buffer = await openMemory(counted(100), 'uint8_t [100]', 40);
    const description = await buffer.describe();
    expect(
      description.ok && [
        description.value.byteLength,
        description.value.problems.map(({ kind }) => kind),
      ],
    ).toEqual([40, ['shape-exceeds-file', 'unreadable-memory']]);
  });
});

it.each([
  ['int [10]', '', '=i', [10]],
  ['const std::uint8_t[2][3]', '', 'B', [2, 3]],
  ['unsigned long long', '', '=Q', []],
  ['double', '', '=d', []],
  ['[[f64; 3]; 2]', '', '=d', [2, 3]],
  ['u16', '', '=H', []],
  ['Float32Array', 'Float32Array(4) [1, 2, 3, 4]', '=f', [4]],
  ['ArrayBuffer(16)', '', 'B', [16]],
  ['int *', '', undefined, undefined],
  ['std::vector<int>', '', undefined, undefined],
  ['long [4]', '', undefined, undefined],
  ['__proto__', 'constructor(3)', undefined, undefined],
])('%s, shown as %j, is of format %s and shape %j', (typeName, value, format, shape) => {
  const layout = nativeLayout(typeName, value);
  expect([layout?.format, layout?.shape]).toEqual([format, shape]);
});
