/** The line of Python that opens an array, by where the array comes from. */
import { expect, test } from 'vitest';
import { parseDType } from '#shared/layout/dtypeText.ts';
import { loadCode, timingCode, type ArrayOrigin } from '#shared/layout/viewCode.ts';
import { firstView } from '#shared/layout/viewChain.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';

const float = parseDType('<f4');
if (!float.ok) throw new Error(float.error.message);
const array: ArrayDescription = {
  name: '',
  dtype: float.value,
  dtypeText: '<f4',
  shape: [3, 2],
  strides: [-8, 4],
  offset: 16,
  order: 'strided',
  byteOrder: 'little',
  byteLength: 24,
};

const origin = (part: Partial<ArrayOrigin>): ArrayOrigin => ({
  ...array,
  fileName: 'a.npy',
  format: 'npy',
  ...part,
});
const standIn = "np.ndarray((3, 2), '<f4', np.ones(24, np.uint8), offset=16, strides=(-8, 4))";

test.each([
  [{}, "np.load('a.npy', mmap_mode='r')"],
  [
    { fileName: 'a.dat', format: 'raw' },
    "np.ndarray((3, 2), '<f4', np.memmap('a.dat', np.uint8, 'r'), offset=16, strides=(-8, 4))",
  ],
  [{ fileName: 'w[0]', live: { objectClass: 'numpy.ndarray' } }, 'np.asarray(w[0])'],
  [{ fileName: 'b', live: { objectClass: 'bytes' } }, 'np.asarray(memoryview(b))'],
  [{ fileName: 'df', name: 'x', live: { objectClass: 'pandas.DataFrame' } }, standIn],
  [{ partOf: { fileName: 'z.npz', format: 'npz', names: ['x.npy'] } }, "np.load('z.npz')['x']"],
  [
    { format: 'decoded', partOf: { fileName: 'h.h5', format: 'hdf5', names: ['g/x'] } },
    "h5py.File('h.h5')['g/x'][...]",
  ],
  [{ format: 'decoded', partOf: { fileName: 'p.png', format: 'png', names: ['pixels'] } }, standIn],
] satisfies [Partial<ArrayOrigin>, string][])('%j', (part, code) => {
  expect(loadCode(origin(part))).toBe(code);
});

test('what is timed of a program is other memory of the same layout', () => {
  const view = firstView(array, 24);
  const live = origin({ fileName: 'w', live: { objectClass: 'numpy.ndarray' } });
  expect(timingCode(live, view, [])).toContain(`source = ${standIn}`);
});
