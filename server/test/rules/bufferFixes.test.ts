import { expect, it } from 'vitest';
import { readModule } from '../../src/python/module.ts';
import { parsePython } from '../../src/python/pythonSource.ts';
import { checkModule } from '../../src/rules/rules.ts';

/** The text after the preferred repair of the first finding that has one, and what is found then. */
function repaired(source: string) {
  const find = (text: string) =>
    checkModule(readModule(parsePython(text)), {
      pythonVersion: [3, 12],
      installedVersion: (name) => (name === 'pandas' ? [3, 1, 1] : undefined),
      fileSize: (path) => (path === 'kept.bin' ? 8 : undefined),
    });
  const fix = find(source).find(({ fixes }) => fixes?.length)?.fixes?.[0];
  const edits = [...(fix?.edits ?? [])].sort((a, b) => b.start - a.start);
  const text = edits.reduce(
    (before, { start, end, text: put }) => before.slice(0, start) + put + before.slice(end),
    source,
  );
  return { text, left: find(text).map(({ rule }) => rule) };
}

const numpy = 'import numpy as np\n';

it.each([
  [
    "import struct\nb = bytearray(16)\nstruct.pack_into('QdQ', b, 0, 1, 2.0, 3)\n",
    "import struct\nb = bytearray(24)\nstruct.pack_into('QdQ', b, 0, 1, 2.0, 3)\n",
  ],
  ["import struct\nstruct.pack('bQ', 1, 2)\n", "import struct\nstruct.pack('@bQ', 1, 2)\n"],
  [
    "from array import array\nv = memoryview(array('i', [1]))\nv.cast('f')\n",
    "from array import array\nv = memoryview(array('i', [1]))\nv.cast('B').cast('f')\n",
  ],
  ['memoryview("text")\n', 'memoryview("text".encode())\n'],
  ['x = [1, 2]\nmemoryview(x)\n', 'x = [1, 2]\nmemoryview(bytes(x))\n'],
  [
    'import pandas as pd\ns = pd.Series([1, 2])\nmemoryview(s)\n',
    'import pandas as pd\ns = pd.Series([1, 2])\nmemoryview(s.to_numpy())\n',
  ],
  [
    `${numpy}a = np.frombuffer(b'abcd', np.uint8)\na[0] = 1\n`,
    `${numpy}a = np.frombuffer(b'abcd', np.uint8).copy()\na[0] = 1\n`,
  ],
  [
    'import ctypes\n(ctypes.c_char * 4).from_buffer(bytes(4))\n',
    'import ctypes\n(ctypes.c_char * 4).from_buffer_copy(bytes(4))\n',
  ],
  [
    'def f():\n    b = bytearray(4)\n    view = memoryview(b)\n    del b[0]\n',
    'def f():\n    b = bytearray(4)\n    view = memoryview(b)\n    view.release()\n    del b[0]\n',
  ],
  [
    `${numpy}image = np.zeros(3, np.uint8)\nimage *= 1.5\n`,
    `${numpy}image = np.zeros(3, np.uint8)\nimage = image * 1.5\n`,
  ],
  [
    `${numpy}m = np.memmap('kept.bin', mode='w+', shape=(8,))\n`,
    `${numpy}m = np.memmap('kept.bin', mode='r+', shape=(8,))\n`,
  ],
  [
    'class Matrix:\n    def __buffer__(self):\n        return memoryview(self.data)\n',
    'class Matrix:\n    def __buffer__(self, flags: int):\n        return memoryview(self.data)\n',
  ],
])('repairs %j', (source, expected) => {
  expect(repaired(source)).toEqual({ text: expected, left: [] });
});
