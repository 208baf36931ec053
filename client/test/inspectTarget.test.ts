import { expect, test } from 'vitest';
import { byteCountOf, targetOf, typedTarget } from '#client/debug/inspectTarget.ts';

/** What the menus of VS Code pass. */
const variable = {
  container: { expensive: false, name: 'Locals', variablesReference: 4 },
  sessionId: 'a1',
  variable: {
    name: 'data',
    value: 'array([1, 2])',
    type: 'ndarray',
    evaluateName: 'self.data',
    variablesReference: 7,
    memoryReference: '0x10',
  },
};

test.each([
  ['a variable', variable, ['self.data', 'data', 'ndarray', '0x10', 'a1']],
  [
    'a variable without an expression',
    { sessionId: 'a1', variable: { name: 'x', value: '1', variablesReference: 0 } },
    ['x', 'x', '', undefined, 'a1'],
  ],
  ['a watch', { name: 'a[::2]', id: '5' }, ['a[::2]', 'a[::2]', '', undefined, undefined]],
  [
    'a variable of a notebook',
    { name: 'frame', type: 'DataFrame', fileName: 'x.ipynb' },
    ['frame', 'frame', 'DataFrame', undefined, undefined],
  ],
])('%s names what to inspect', (_, argument, expected) => {
  const target = targetOf(argument);
  expect([
    target?.expression,
    target?.name,
    target?.typeName,
    target?.memoryReference,
    target?.sessionId,
  ]).toEqual(expected);
});

test.each([[undefined], [null], ['text'], [5], [{}], [{ variable: null }], [{ name: ' ' }], [[]]])(
  '%j names nothing',
  (argument) => {
    expect(targetOf(argument)).toBeUndefined();
  },
);

test('a selection is an expression', () => {
  expect(typedTarget('  a.b \n')).toMatchObject({ expression: 'a.b', name: 'a.b' });
});

test.each([
  ['4096', 4096],
  ['0x1000', 4096],
  ['64 KiB', 65536],
  ['1M', 1048576],
  ['1,000,000', 1000000],
  ['12 bytes', 12],
  ['0', undefined],
  ['-4', undefined],
  ['ten', undefined],
  ['', undefined],
  ['1e3', undefined],
])('%j is %s bytes', (typed, expected) => {
  expect(byteCountOf(typed)).toBe(expected);
});
