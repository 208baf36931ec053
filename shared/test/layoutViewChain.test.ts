import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDType } from '#shared/layout/dtypeText.ts';
import { overlapsItself } from '#shared/layout/overlap.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import {
  byteOffsetOf,
  contiguityOf,
  contiguousStrides,
  elementCount,
  indexOfPosition,
} from '#shared/layout/strides.ts';
import type { ViewState, ViewStep } from '#shared/layout/viewChain.ts';
import { firstView, runChain, sourceBytes } from '#shared/layout/viewChain.ts';
import { parseStep, stepArgument, stepCode } from '#shared/layout/viewStepText.ts';
import { readBufferTable } from './layoutTables.ts';

interface ViewRow {
  readonly expr: string;
  readonly base: { readonly shape: number[]; readonly strides: number[]; readonly dtype: string };
  readonly is_view: boolean;
  readonly offset: number | null;
  readonly shape: number[];
  readonly strides: number[];
  readonly itemsize: number;
  readonly c: boolean;
  readonly f: boolean;
  readonly writeable: boolean;
  readonly self_overlap: boolean | null;
  readonly error?: [string, string] | string;
}

const rows = (readBufferTable('expect_views.json') as ViewRow[]).filter(
  (row) => row.error === undefined,
);

/** Python's expression as steps; undefined for what is none of ours (fancy indexing, astype, …). */
function stepsOf(expression: string): ViewStep[] | undefined {
  const call = /^np\.(broadcast_to|squeeze|expand_dims)\((.*)\)$/.exec(expression);
  if (call) {
    const [, name, inside = ''] = call;
    if (name === 'squeeze') return join(stepsOf(inside), step('squeeze', ''));
    const [, inner = '', argument = ''] = /^(.*),(\(.*\))$/.exec(inside) ?? [];
    return join(stepsOf(inner), step('broadcast', argument));
  }
  const strided = /^as_strided\((.*),(\([^)]*\),\([^)]*\))\)$/.exec(expression);
  if (strided) return join(stepsOf(strided[1] ?? ''), step('as_strided', strided[2] ?? ''));
  if (expression === 'A') return [];
  const method = /^(.*)\.(transpose|reshape|ravel|squeeze|view|copy|T)(?:\((.*)\))?$/.exec(
    expression,
  );
  if (method) {
    const [, inner = '', name = '', argument = ''] = method;
    if (name === 'T') return join(stepsOf(inner), step('transpose', ''));
    // Ravelling in another order is a reshape where it is a view.
    if (name === 'ravel' && argument !== '') return undefined;
    return join(stepsOf(inner), step(name as ViewStep['kind'], argument));
  }
  const slice = /^(A|.*[\])])(\[[-\d:,. None]+\])$/.exec(expression.replace('np.newaxis', 'None'));
  if (slice) return join(stepsOf(slice[1] ?? ''), step('slice', slice[2] ?? ''));
  return undefined;
}

function join(before: ViewStep[] | undefined, last: ViewStep | undefined): ViewStep[] | undefined {
  return before && last && [...before, last];
}

function step(kind: ViewStep['kind'], argument: string): ViewStep | undefined {
  const parsed = parseStep(kind, argument.replace(/'/g, ''));
  return parsed.ok ? parsed.value : undefined;
}

function viewOf(base: ViewRow['base']): ViewState {
  const dtype = parseDType(base.dtype);
  if (!dtype.ok) throw new Error(dtype.error.message);
  const byteLength = elementCount(base.shape) * dtype.value.itemsize;
  return firstView({ ...base, dtype: dtype.value, offset: 0 }, byteLength);
}

describe('a chain has the layout that NumPy gives', () => {
  const known = rows.flatMap((row) => {
    const steps = stepsOf(row.expr);
    return steps ? [{ ...row, steps }] : [];
  });
  test.each(known)('$expr', (row) => {
    const first = viewOf(row.base);
    const outcomes = runChain(first, row.steps);
    const last = outcomes.at(-1);
    if (last && !last.ok) throw new Error(last.error.message);
    const state = last?.value.state ?? first;
    const copied = outcomes.some((outcome) => outcome.ok && outcome.value.effect === 'copy');
    // An element without axes is a scalar in Python, which is no array any more.
    if (row.expr !== 'np.broadcast_to(A[0,0,0],(2,2))') expect(copied).toBe(!row.is_view);
    expect(state.layout).toMatchObject({
      shape: row.shape,
      strides: row.strides,
      itemsize: row.itemsize,
    });
    if (row.offset !== null) expect(state.layout.offset).toBe(row.offset);
    expect(state.isWriteable).toBe(row.writeable);
  });

  test('most of the table are chains', () => {
    expect(known.length).toBeGreaterThan(rows.length / 2);
  });
});

describe('a view of NumPy shares bytes between its elements where it does here', () => {
  test.each(rows.filter((row) => row.self_overlap !== null))('$expr', (row) => {
    expect(overlapsItself(row)).toBe(row.self_overlap);
  });
});

test('overlap is what counting every byte says', () => {
  const axis = fc.record({
    length: fc.integer({ min: 1, max: 4 }),
    stride: fc.integer({ min: -12, max: 12 }),
  });
  fc.assert(
    fc.property(
      fc.array(axis, { maxLength: 4 }),
      fc.integer({ min: 1, max: 5 }),
      (axes, itemsize) => {
        const layout: StridedLayout = {
          shape: axes.map(({ length }) => length),
          strides: axes.map(({ stride }) => stride),
          offset: 1000,
          itemsize,
        };
        const taken = new Set<number>();
        let count = 0;
        for (let position = 0; position < elementCount(layout.shape); position++)
          for (let byte = 0; byte < itemsize; byte++, count++)
            taken.add(byteOffsetOf(layout, indexOfPosition(layout.shape, position)) + byte);
        expect(overlapsItself(layout)).toBe(taken.size < count);
      },
    ),
    { numRuns: 500 },
  );
});

test('a huge view answers at once', () => {
  expect(overlapsItself({ shape: [1e9, 1e9], strides: [2, 2], itemsize: 2 })).toBe(true);
  expect(overlapsItself({ shape: [1e9, 1e9], strides: [2e9, 2], itemsize: 2 })).toBe(false);
});

/** `kind argument` a line, and the code or the exception that the last of them gives. */
function check(lines: readonly string[]): string {
  let state = firstView(
    {
      dtype: { kind: 'scalar', scalar: 'int', itemsize: 2, byteOrder: 'little' },
      shape: [3, 4, 5],
      strides: [40, 10, 2],
      offset: 0,
    },
    120,
  );
  let code = 'a';
  for (const line of lines) {
    const [, kind = '', argument = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
    const parsed = parseStep(kind as ViewStep['kind'], argument);
    if (!parsed.ok) return parsed.error.message;
    expect(parseStep(parsed.value.kind, stepArgument(parsed.value))).toEqual(parsed);
    const [outcome] = runChain(state, [parsed.value]);
    if (!outcome?.ok)
      return outcome?.error.kind === 'python-exception'
        ? `${outcome.error.exception}: ${outcome.error.message}`
        : (outcome?.error.message ?? '');
    code = stepCode(state, parsed.value, code);
    state = outcome.value.state;
    if (outcome.value.effect === 'copy') code += '*';
  }
  return `${code} ${JSON.stringify(state.layout.shape)} ${JSON.stringify(state.layout.strides)}`;
}

describe('steps as people type them', () => {
  test.each([
    [
      ['transpose', 'slice ::2', 'reshape 6, 4'],
      'ValueError: cannot reshape array of size 36 into shape (6,4)',
    ],
    [['transpose', 'reshape 6, 10'], 'a.T.reshape(6, 10)* [6,10] [20,2]'],
    [['reshape 6, 10, order=F'], "a.reshape(6, 10, order='F')* [6,10] [2,12]"],
    [['transpose 0, 1'], "ValueError: axes don't match array"],
    [['transpose 0, 1, 1'], 'ValueError: repeated axis in transpose'],
    [
      ['transpose 0, 1, 3'],
      'numpy.exceptions.AxisError: axis 3 is out of bounds for array of dimension 3',
    ],
    [['transpose 0, -1, 1'], 'a.transpose(0, -1, 1) [3,5,4] [40,2,10]'],
    [['newaxis 1'], 'np.expand_dims(a, 1) [3,1,4,5] [40,40,10,2]'],
    [['newaxis 4'], 'numpy.exceptions.AxisError: axis 4 is out of bounds for array of dimension 4'],
    [
      ['squeeze 0'],
      'ValueError: cannot select an axis to squeeze out which has size not equal to one',
    ],
    [['view u1'], "a.view('u1') [3,4,10] [40,10,1]"],
    [
      ['view <i4'],
      'ValueError: When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis of the array.',
    ],
    [['slice :, :, :4', 'view <i4'], "a[:, :, :4].view('<i4') [3,4,2] [40,10,4]"],
    [
      ['transpose', 'view u1'],
      'ValueError: To change to a dtype of a different size, the last axis must be contiguous',
    ],
    [
      ['slice 0, 0, 0', 'view u1'],
      'ValueError: Changing the dtype of a 0d array is only supported if the itemsize is unchanged',
    ],
    [['view O'], 'TypeError: Cannot change data-type for array of references.'],
    [
      ['field x'],
      'IndexError: only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices',
    ],
    [['slice 3'], 'IndexError: index 3 is out of bounds for axis 0 with size 3'],
    [['slice ::0'], 'ValueError: slice step cannot be zero'],
    [['cast B'], "memoryview(a).cast('B') [120] [1]"],
    [['cast B, shape=[2, 60]'], 'TypeError: memoryview: cast must be 1D -> ND or ND -> 1D'],
    [['cast i'], 'TypeError: memoryview: cannot cast between two non-byte formats'],
    [
      ['cast B', 'cast d, shape=[5, 3]'],
      "memoryview(a).cast('B').cast('d', shape=[5, 3]) [5,3] [24,8]",
    ],
    [
      ['cast B', 'cast d, shape=[5, 3]', 'slice 0'],
      'NotImplementedError: multi-dimensional sub-views are not implemented',
    ],
    [
      ['cast B', 'cast d, shape=[5, 3]', 'transpose'],
      "np.asarray(memoryview(a).cast('B').cast('d', shape=[5, 3])).T [3,5] [8,24]",
    ],
    [
      ['as_strided (4, 4), (2, 2)'],
      'np.lib.stride_tricks.as_strided(a, (4, 4), (2, 2)) [4,4] [2,2]',
    ],
    [['as_strided (4,), (2, 2)'], 'ValueError: mismatch in length of strides and shape'],
    [
      ['as_strided (61,), (2,)'],
      'NumPy does not check this, and would reach bytes 0 to 122 of a buffer of 120: shape (61,) with strides (2,).',
    ],
    [['broadcast 2, 3, 4, 5'], 'np.broadcast_to(a, (2, 3, 4, 5)) [2,3,4,5] [0,40,10,2]'],
    [
      ['broadcast 4, 5'],
      'ValueError: input operand has more dimensions than allowed by the axis remapping',
    ],
    [
      ['broadcast 2, 3, 4, 6'],
      'ValueError: operands could not be broadcast together with remapped shapes [original->remapped]: (3,4,5)  and requested shape (2,3,4,6)',
    ],
    [['broadcast ()'], 'ValueError: cannot broadcast a non-scalar to a scalar array'],
    [['broadcast -1, 3, 4, 5'], 'ValueError: all elements of broadcast shape must be non-negative'],
    [['slice ::2', 'ravel'], 'a[::2].ravel()* [40] [2]'],
    [['copy F'], "a.copy(order='F')* [3,4,5] [2,6,24]"],
    [['reshape six'], 'A shape is whole numbers: 6, -1'],
  ])('%o', (lines, expected) => {
    expect(check(lines)).toBe(expected);
  });
});

test('through copies and views each element keeps the bytes it came from', () => {
  const base = { shape: [3, 4], strides: [16, 4], offset: 8, itemsize: 4 };
  const first = firstView(
    { ...base, dtype: { kind: 'scalar', scalar: 'int', itemsize: 4, byteOrder: 'little' } },
    56,
  );
  const chain = (lines: readonly string[]) => {
    const steps = lines.map((line) => {
      const [kind = '', argument = ''] = line.split(' ');
      const parsed = parseStep(kind as ViewStep['kind'], argument);
      if (!parsed.ok) throw new Error(parsed.error.message);
      return parsed.value;
    });
    const last = runChain(first, steps).at(-1);
    if (!last?.ok) throw new Error('the chain fails');
    return last.value.state;
  };
  const transposed = chain(['transpose', 'reshape 12']);
  expect(transposed.memory.kind).toBe('copy');
  expect(sourceBytes(transposed, [1])).toEqual([24, 25, 26, 27]);
  const twice = chain(['transpose', 'reshape 12', 'slice ::-1', 'copy C', 'view u1']);
  expect(sourceBytes(twice, [0])).toEqual([8 + 11 * 4]);
  expect(contiguityOf(twice.layout)).toBe('both');
  expect(contiguousStrides(twice.layout.shape, 1, 'C')).toEqual(twice.layout.strides);
});
