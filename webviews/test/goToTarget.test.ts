import { expect, test } from 'vitest';
import { parseGoTo } from '#webviews/buffer/goToTarget.ts';
import { arrayOf } from './fakeBuffer.ts';

const cube = arrayOf({ dtype: '<f4', shape: [1024, 768, 3] });
const vector = arrayOf({ dtype: '<f8', shape: [100] });

test.each([
  ['3, 1, 0', cube, { kind: 'element', index: [3, 1, 0] }],
  ['[-1, 5, 2]', cube, { kind: 'element', index: [1023, 5, 2] }],
  ['(7,)', cube, { kind: 'element', index: [7, 8, 2] }],
  ['12', vector, { kind: 'element', index: [12] }],
  ['12', cube, { kind: 'offset', byteOffset: 12 }],
  ['@12', vector, { kind: 'offset', byteOffset: 12 }],
  ['0x8C', cube, { kind: 'offset', byteOffset: 140 }],
  ['0xffff', cube, { kind: 'problem', message: 'The last byte is at 0x3E7' }],
  [
    '9999, 0',
    cube,
    { kind: 'problem', message: 'Index 9999 is out of bounds for axis 0 with size 1024' },
  ],
  ['1, 2, 3, 4', cube, { kind: 'problem', message: 'The array has 3 axes, not 4' }],
  [
    '1, 2',
    undefined,
    { kind: 'problem', message: 'There is no array to go into; 0x… goes to an offset' },
  ],
  ['', cube, { kind: 'problem', message: 'An index such as 3, 1, 0 or an offset such as 0x80' }],
  [
    '1, x',
    cube,
    { kind: 'problem', message: 'An index such as 3, 1, 0 or an offset such as 0x80' },
  ],
])('%s', (text, array, expected) => {
  const index = array === cube ? [0, 8, 2] : [0];
  expect(parseGoTo(text, { array, index, byteLength: 1000 })).toEqual(expected);
});
