/** What a CPython says of its objects, and what Strata reads of them through the expressions that a debugger evaluates. */
import { afterAll, describe, expect, it } from 'vitest';
import { openLive } from '#buffers/live/liveBuffer.ts';
import type { LiveBuffer } from '#buffers/live/liveBuffer.ts';
import type { LiveFailure } from '#buffers/live/liveMemory.ts';
import { PythonMemory } from '#buffers/live/pythonMemory.ts';
import { byteOffsetOf, elementCount, indexOfPosition } from '#shared/layout/strides.ts';
import type { ArrayDescription, BufferDescription } from '#shared/protocol/bufferView.ts';
import type { Result } from '#shared/result.ts';
import type { PythonProcess } from './pythonProcess.ts';
import { anyPython, fixture, fullPython, startPython } from './pythonProcess.ts';

const { signal } = new AbortController();
const started: PythonProcess[] = [];
afterAll(() => Promise.all(started.map((each) => each.end())));

function python(file: string, command: string): PythonProcess {
  const process = startPython(command, fixture(file));
  started.push(process);
  return process;
}

function open(
  process: PythonProcess,
  expression: string,
  allow = false,
): Promise<Result<LiveBuffer, LiveFailure>> {
  const memory = new PythonMemory(process, expression, { allow });
  return openLive({ name: expression, memory, onChange: () => undefined }, signal);
}

async function described(buffer: Result<LiveBuffer, LiveFailure>): Promise<BufferDescription> {
  if (!buffer.ok) throw new Error(JSON.stringify(buffer.error));
  const description = await buffer.value.describe();
  if (!description.ok) throw new Error(JSON.stringify(description.error));
  return description.value;
}

async function why(buffer: Promise<Result<LiveBuffer, LiveFailure>>): Promise<LiveFailure> {
  const found = await buffer;
  if (found.ok) throw new Error('it opened');
  return found.error;
}

/** The elements in C order, each read where its strides say. */
async function elementsOf(
  buffer: Result<LiveBuffer, LiveFailure>,
  array: ArrayDescription | undefined,
): Promise<string> {
  if (!buffer.ok || !array) throw new Error('there is no array');
  const { source } = buffer.value;
  const bytes = await source.read(0, source.byteLength, signal);
  if (!bytes.ok) throw new Error(bytes.error.message);
  const { itemsize } = array.dtype;
  const elements = Array.from({ length: elementCount(array.shape) }, (_, position) => {
    const at = byteOffsetOf({ ...array, itemsize }, indexOfPosition(array.shape, position));
    return Buffer.from(bytes.value.subarray(at, at + itemsize));
  });
  return Buffer.concat(elements).toString('hex');
}

/** An expression's value, as data. */
async function ask(process: PythonProcess, expression: string): Promise<unknown> {
  const text = await process.evaluate(`__import__('json').dumps(${expression})`);
  return JSON.parse(text.slice(1, -1).replaceAll('\\\\', '\\').replaceAll("\\'", "'"));
}

const hexes = '{name: value.hex() for name, value in expected.items()}';

describe.runIf(anyPython !== undefined)('objects of the standard library', () => {
  const process = python('standard.py', anyPython ?? '');

  it('show the bytes and strides that CPython has', async () => {
    const expected = (await ask(process, hexes)) as Record<string, string>;
    const got: Record<string, string> = {};
    for (const name of Object.keys(expected)) {
      const buffer = await open(process, name);
      const { arrays, problems } = await described(buffer);
      expect(problems, name).toEqual([]);
      got[name] = await elementsOf(buffer, arrays[0]);
      const said = await ask(
        process,
        `[list(memoryview(${name}).shape), list(memoryview(${name}).strides), memoryview(${name}).itemsize]`,
      );
      const [array] = arrays;
      expect([array?.shape, array?.strides, array?.dtype.itemsize], name).toEqual(said);
    }
    expect(got).toEqual(expected);
    expect(Object.keys(expected).length).toBeGreaterThan(20);
  });

  it.each([
    ['some_bytes', 'bytes', 'its memory is read-only'],
    ['some_bytearray', 'bytearray', null],
    ['read_only', 'memoryview', 'its memory is read-only'],
    ['as_doubles', 'memoryview', null],
    ['c_points', '__main__.Point_Array_2', null],
  ])('%s is %s, read-only because: %s', async (name, objectClass, whyReadOnly) => {
    const { live } = await described(await open(process, name));
    expect(live?.objectClass).toBe(objectClass);
    expect(live?.whyReadOnly).toBe(whyReadOnly);
  });

  it('read a struct of ctypes field by field', async () => {
    const { arrays } = await described(await open(process, 'c_points'));
    expect(arrays[0]?.dtype).toMatchObject({
      kind: 'struct',
      itemsize: 16,
      fields: [
        { name: 'tag', offset: 0 },
        { name: 'x', offset: 8 },
      ],
    });
  });

  it('tell what has no buffer, and what is not there', async () => {
    expect(await why(open(process, 'a_list'))).toEqual({
      kind: 'gone',
      message: 'List has no buffer.',
    });
    expect(await why(open(process, 'a_text'))).toMatchObject({ message: 'Str has no buffer.' });
    expect(await why(open(process, 'not_there'))).toEqual({
      kind: 'gone',
      message: `not_there can’t be evaluated here: NameError("name 'not_there' is not defined")`,
    });
  });

  it('run no code of a class of the program before a button is pressed', async () => {
    expect((await why(open(process, 'loud'))).kind).toBe('userClass');
    expect((await why(open(process, 'own_bytes'))).kind).toBe('userClass');
    expect(await ask(process, 'Loud.ran')).toEqual([]);
    const allowed = await open(process, 'own_bytes', true);
    expect(await elementsOf(allowed, (await described(allowed)).arrays[0])).toBe('6f776e');
  });

  it('leave nothing exported and no name behind', async () => {
    await open(process, 'some_bytearray');
    expect(
      await ask(
        process,
        '[some_bytearray.extend(b"!"), sorted(n for n in globals() if "strata" in n.lower())]',
      ),
    ).toEqual([null, []]);
  });

  it('are read once where an expression makes a new one each time', async () => {
    const buffer = await open(process, 'bytes(flat)[::-1]');
    const { arrays, live } = await described(buffer);
    expect((await elementsOf(buffer, arrays[0])).slice(0, 8)).toBe('2f2e2d2c');
    expect(live?.whyReadOnly).toBe('the expression makes a new object each time');
    const long = await described(await open(process, 'bytes(5 * 1024 * 1024)'));
    expect(long.byteLength).toBe(4 * 1024 * 1024);
    expect(long.problems.map(({ kind }) => kind)).toEqual(['snapshot-cut']);
  });

  it('are written, and what stands there is checked', async () => {
    const buffer = await open(process, 'anonymous');
    if (!buffer.ok) throw new Error('it did not open');
    expect(await buffer.value.write(5, Buffer.from('!?'), signal)).toEqual({ ok: true });
    expect(await ask(process, 'anonymous[:8].hex()')).toBe(
      Buffer.from('pages!?\0').toString('hex'),
    );
    await buffer.value.source.refresh();
    await ask(process, 'anonymous.seek(0) and None');
    await process.evaluate('anonymous.__setitem__(slice(0, 1), b"P")');
    // What was read of these bytes is not what stands there now.
    expect(await buffer.value.write(0, Buffer.from('x'), signal)).toMatchObject({
      ok: false,
      error: { kind: 'gone' },
    });
    expect(await ask(process, 'anonymous[:5].decode()')).toBe('Pages');
  });
});

describe.runIf(fullPython !== undefined)('arrays of NumPy', () => {
  const process = python('numpyArrays.py', fullPython ?? '');

  it('show the bytes and strides that NumPy has', async () => {
    const expected = (await ask(process, hexes)) as Record<string, string>;
    const got: Record<string, string> = {};
    for (const name of Object.keys(expected)) {
      const buffer = await open(process, name);
      const { arrays, problems } = await described(buffer);
      expect(problems, name).toEqual([]);
      const said = await ask(
        process,
        `[list(${name}.shape), list(${name}.strides), ${name}.itemsize]`,
      );
      const [array] = arrays;
      expect([array?.shape, array?.strides, array?.dtype.itemsize], name).toEqual(said);
      got[name] = await elementsOf(buffer, array);
    }
    expect(got).toEqual(expected);
    expect(Object.keys(expected).length).toBeGreaterThan(25);
  });

  it.each([
    ['view', 'not contiguous', 'view of float64 (120,)'],
    ['transposed', 'Fortran-contiguous', 'view of float64 (120,)'],
    ['fortran', 'Fortran-contiguous', 'owns its memory'],
    ['window', 'not contiguous', 'view of uint16 (14,) over memoryview'],
    ['big_endian', 'C-contiguous and Fortran-contiguous', 'owns its memory'],
  ])('%s is %s, %s', async (name, contiguity, base) => {
    const { live } = await described(await open(process, name));
    const facts = Object.fromEntries((live?.facts ?? []).map(({ label, text }) => [label, text]));
    expect(facts).toEqual({ contiguity, base });
  });

  it.each([
    ['big_endian', '>f4'],
    ['dates', '<M8[D]'],
    ['ticks', '<m8[25s]'],
    ['texts', '<U7'],
    ['long_doubles', '<f16'],
    ['records', "[('id', '|u1'), ('xyz', '>f4', (3,)), ('when', '<M8[s]')]"],
    ['aligned', "[('a', '|i1'), ('', '|V7'), ('b', '<f8')]"],
    ['out_of_order', "[('b', '<f8'), ('a', '<i4'), ('', '|V4')]"],
    ['overlapping', "[('a', '<i4')]"],
  ])('%s is of %s', async (name, dtype) => {
    expect((await described(await open(process, name))).arrays[0]?.dtypeText).toBe(dtype);
  });

  it('show the base of a view beside it', async () => {
    const { arrays } = await described(await open(process, 'view'));
    expect(arrays.map(({ name, shape }) => [name, shape])).toEqual([
      ['', [2, 2, 2, 3]],
      ['base', [120]],
    ]);
  });

  it('show references as bytes and follow none', async () => {
    for (const name of ['pickled', 'half_pickled']) {
      const { problems, live } = await described(await open(process, name));
      expect(problems.map(({ kind }) => kind)).toEqual(['object-dtype']);
      expect(live?.whyReadOnly).toBe('its memory is read-only');
    }
  });

  it('read nothing beyond the memory of the base', async () => {
    const { arrays, problems } = await described(await open(process, 'beyond'));
    expect(arrays.map(({ name }) => name)).toEqual(['base']);
    expect(problems.map(({ kind }) => kind)).toEqual(['outside-its-memory']);
  });

  it('show the mask of a masked array', async () => {
    const buffer = await open(process, 'masked');
    const { arrays } = await described(buffer);
    expect(arrays.map(({ name }) => name)).toEqual(['data', 'mask']);
    expect(await elementsOf(buffer, arrays[1])).toBe('000100');
  });

  it('call no method of an own class', async () => {
    expect((await why(open(process, 'own_array'))).kind).toBe('userClass');
    const allowed = await open(process, 'own_array', true);
    expect((await described(allowed)).arrays[0]?.shape).toEqual([2, 3, 4, 5]);
    expect(await ask(process, 'OwnArray.ran')).toEqual([]);
  });

  it('are written where a view leads', async () => {
    const buffer = await open(process, 'fortran_part');
    if (!buffer.ok) throw new Error('it did not open');
    const array = (await described(buffer)).arrays[0];
    if (!array) throw new Error('there is no array');
    const at = byteOffsetOf({ ...array, itemsize: 4 }, [0, 0]);
    expect(await buffer.value.write(at, new Uint8Array([7, 0, 0, 0]), signal)).toEqual({
      ok: true,
    });
    expect(await ask(process, '[int(fortran_part[0, 0]), int(fortran[1, 5])]')).toEqual([7, 7]);
  });

  it('say that they moved when the name means another array', async () => {
    let news = 0;
    const memory = new PythonMemory(process, 'halves', { allow: false });
    const buffer = await openLive({ name: 'halves', memory, onChange: () => news++ }, signal);
    if (!buffer.ok) throw new Error('it did not open');
    await process.evaluate('globals().update(halves=np.zeros(200000))');
    const late = await buffer.value.source.readUncached(0, 4, signal);
    // The few bytes were read with the description; more of them are asked for.
    expect(late.ok).toBe(true);
    buffer.value.stopped(false);
    await buffer.value.source.refresh();
    await process.evaluate('globals().update(halves=np.ones(300000))');
    expect(await buffer.value.source.read(400_000, 100, signal)).toMatchObject({ ok: false });
    expect(news).toBe(2);
    await buffer.value.source.refresh();
    expect(buffer.value.source.byteLength).toBe(2_400_000);
  });
});

describe.runIf(fullPython !== undefined)('columns of pandas and Arrow', () => {
  const process = python('columns.py', fullPython ?? '');
  const parts =
    '{e: {name: value.hex() for name, value in parts.items()} for e, parts in expected.items()}';

  it('show the parts that they are made of', async () => {
    const expected = (await ask(process, parts)) as Record<string, Record<string, string>>;
    const got: Record<string, Record<string, string>> = {};
    for (const expression of Object.keys(expected)) {
      const buffer = await open(process, expression);
      const { arrays, live } = await described(buffer);
      expect(live?.whyReadOnly, expression).not.toBeNull();
      got[expression] = {};
      for (const array of arrays)
        if (array.name !== 'base') got[expression][array.name] = await elementsOf(buffer, array);
    }
    expect(got).toEqual(expected);
  });

  it('say how a value is read through them', async () => {
    const { arrays } = await described(await open(process, 'strings'));
    expect(arrays.map(({ name, note }) => [name, note])).toEqual([
      ['validity', 'one bit a value, set where there is one, the lowest first'],
      ['offsets', 'value i is data[offsets[i]:offsets[i + 1]]'],
      ['data', undefined],
    ]);
    expect((await described(await open(process, 'later'))).arrays[0]?.note).toBe(
      'the column begins at value 1',
    );
  });

  it('show the first of very many columns, and say so', async () => {
    const { arrays, problems, byteLength } = await described(await open(process, 'wide'));
    expect([arrays.length, byteLength]).toEqual([512, 2 * 3000 * 8]);
    expect(problems.map(({ kind }) => kind)).toEqual(['more-arrays']);
  });

  it('tell an index that has no bytes', async () => {
    expect(await why(open(process, 'counted'))).toMatchObject({
      message: 'A RangeIndex computes its values and has no bytes.',
    });
  });
});

describe.runIf(fullPython !== undefined)('tensors', () => {
  const process = python('tensors.py', fullPython ?? '');

  it('show their elements in the storage that they are views of, and are written', async () => {
    const expected = (await ask(process, hexes)) as Record<string, string>;
    const got: Record<string, string> = {};
    for (const name of Object.keys(expected)) {
      const buffer = await open(process, name);
      got[name] = await elementsOf(buffer, (await described(buffer)).arrays[0]);
    }
    expect(got).toEqual(expected);
    const buffer = await open(process, 'part');
    const { arrays, byteLength, live } = await described(buffer);
    expect(arrays[0]).toMatchObject({ shape: [3, 3], strides: [24, 8], offset: 24 });
    expect([byteLength, live?.facts[0]?.text]).toEqual([96, 'storage of 96 bytes on cpu']);
    if (!buffer.ok) throw new Error('it did not open');
    expect(await buffer.value.write(24, Buffer.from([0, 0, 128, 63]), signal)).toEqual({
      ok: true,
    });
    expect(await ask(process, '[float(_numbers[1, 0])]')).toEqual([1]);
  });

  it('have the types of torch', async () => {
    expect((await described(await open(process, 'brain_floats'))).arrays[0]?.dtypeText).toBe(
      'bfloat16',
    );
  });
});
