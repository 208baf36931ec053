import { describe, expect, it } from 'vitest';
import { readModule } from '../../src/python/module.ts';
import { parsePython } from '../../src/python/pythonSource.ts';
import { bufferHover, bufferInlays } from '../../src/rules/buffers/bufferHover.ts';
import { loadedFileAt } from '../../src/rules/buffers/loadedFile.ts';

/** `|` marks the pointer. */
function hoverAt(marked: string): string | undefined {
  const offset = marked.indexOf('|');
  const module = readModule(parsePython(marked.replace('|', '')));
  return bufferHover(module, {}, offset)?.markdown;
}

function inlaysOf(source: string): readonly string[] {
  const module = readModule(parsePython(source));
  const range = { start: 0, end: source.length };
  return bufferInlays(module, {}, range, { viewOrCopy: true, arrayLayouts: true }).map(
    ({ offset, text }) => `${source.slice(0, offset).split('\n').at(-1) ?? ''} «${text}»`,
  );
}

const numpy = 'import numpy as np\n';

describe('hover on a buffer', () => {
  it.each([
    [
      'view = memoryview(bytearray(16))\n|view',
      '`memoryview` — format `B`, itemsize 1, shape `(16,)`, strides `(1,)`, contiguous, 16 bytes, writable',
    ],
    ['import struct\ndata = b"abc" * 4\n|data', '`bytes` — **12 bytes**'],
    [
      "from array import array\nvalues = array('i', [1, 2, 3])\n|values",
      "`array('i')` — **3 items**, 12 bytes, itemsize 4",
    ],
    [
      `${numpy}grid = np.zeros((2, 3), np.float32)\n|grid`,
      '`ndarray` of `float32` — shape `(2, 3)`, strides `(12, 4)`, C-contiguous, 24 bytes',
    ],
    [
      `${numpy}grid = np.zeros((2, 3)).T\n|grid`,
      '`ndarray` of `float64` — shape `(3, 2)`, strides `(8, 24)`, F-contiguous, 48 bytes',
    ],
    [`${numpy}part = np.arange(10)[::2]\n|part`, 'not contiguous'],
    [`${numpy}a = np.frombuffer(b'abcd', np.uint8)\n|a`, 'read-only'],
    ['view = memoryview(b"abc")\nview.release()\nx = |view', '**released**'],
  ])('%j says %j', (marked, text) => {
    expect(hoverAt(marked)).toContain(text);
  });

  it.each([
    ['view = memoryview(b"abcd")\nview.to|bytes()', '**Copy** of `view`, 4 bytes: '],
    ['view = memoryview(b"abcd")\nhalf = view[|1:3]', '**View** of `view`: '],
    ['import struct\ndata = b"abcd"\nhalf = data[1:|3]', '**Copy** of `data`, 2 bytes: '],
    [`${numpy}a = np.zeros(6)\nb = a.resh|ape(2, 3)`, '**View** of `a`: '],
    [`${numpy}a = np.zeros((2, 3)).T\nb = a.resh|ape(6)`, '**Copy** of `a`, 48 bytes: '],
    [`${numpy}a = np.zeros(6)\nb = a.ast|ype(np.float32)`, '**Copy** of `a`, 24 bytes: '],
    [`${numpy}a = np.zeros(6)\nb = a.vi|ew(np.uint8)`, '**View** of `a`: '],
    [`${numpy}b = np.arr|ay([1, 2, 3])`, '**Copy** of `[1, 2, 3]`, 24 bytes: '],
    [`${numpy}b = np.from|buffer(bytearray(8))`, '**View** of `bytearray(8)`: '],
  ])('%j says %j', (marked, text) => {
    expect(hoverAt(marked)).toContain(text);
  });

  it.each([
    'def f(view):\n    return |view',
    'view = memoryview(b"abc")\nif input():\n    view = 3\n|view',
    'class memoryview: ...\nview = memoryview(b"abc")\n|view',
  ])('%j shows nothing', (marked) => {
    expect(hoverAt(marked)).toBeUndefined();
  });
});

it('writes view, copy and layout behind the text where asked', () => {
  const source = `${numpy}grid = np.zeros((2, 3))\nflat = grid.reshape(6)\ndata = grid.tobytes()\n`;
  expect(inlaysOf(source)).toEqual([
    'grid «: float64 (2, 3)»',
    'flat «: float64 (6,)»',
    'flat = grid.reshape(6) «view»',
    'data = grid.tobytes() «copy, 48 bytes»',
  ]);
});

describe('a file that is loaded', () => {
  it.each([
    ["np.lo|ad('x.npy')", { function: 'load', path: 'x.npy', dtype: undefined }],
    [
      "np.memmap('d.bin', np.float|32, 'r')",
      { function: 'memmap', path: 'd.bin', dtype: 'float32' },
    ],
    ["np.fromfile('d.bin', dtype='<i|2')", { function: 'fromfile', path: 'd.bin', dtype: '<i2' }],
  ])('%j is %j', (marked, expected) => {
    const offset = numpy.length + marked.indexOf('|');
    const module = readModule(parsePython(numpy + marked.replace('|', '')));
    expect(loadedFileAt(module, offset)).toMatchObject(expected);
  });
});
