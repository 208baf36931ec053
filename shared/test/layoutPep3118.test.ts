import { describe, expect, test } from 'vitest';
import type { DType } from '#shared/layout/dtype.ts';
import { parseDType } from '#shared/layout/dtypeText.ts';
import { pep3118Format } from '#shared/layout/pep3118.ts';
import { readBufferTable } from './layoutTables.ts';

interface TypeTree {
  readonly str?: string;
  readonly itemsize: number;
  readonly fields?: readonly {
    readonly name: string;
    readonly offset: number;
    readonly dtype: TypeTree;
  }[];
  readonly subarray?: {
    readonly base: TypeTree;
    readonly shape: number[];
    readonly itemsize: number;
  };
}

const rows = readBufferTable('expect_pep3118.json') as {
  dtype: string;
  layout: TypeTree;
  format: string | { error: string; message: string };
}[];

function dtypeOf(tree: TypeTree): DType {
  if (tree.subarray)
    return { kind: 'subarray', ...tree.subarray, base: dtypeOf(tree.subarray.base) };
  if (tree.fields) {
    const fields = tree.fields.map((field) => ({ ...field, dtype: dtypeOf(field.dtype) }));
    return { kind: 'struct', itemsize: tree.itemsize, fields };
  }
  if (tree.str === '|O')
    return { kind: 'scalar', scalar: 'object', itemsize: 8, byteOrder: 'none' };
  const dtype = parseDType(tree.str!);
  if (!dtype.ok) throw new Error(dtype.error.message);
  return dtype.value;
}

describe('the buffer format is the one of NumPy', () => {
  test.each(rows)('$dtype', ({ layout, format }) => {
    const found = pep3118Format(dtypeOf(layout));
    if (typeof format === 'string') expect(found).toEqual({ ok: true, value: format });
    else expect(found).toMatchObject({ error: { message: format.message } });
  });
});

test('a field that the next record misaligns is not native', () => {
  const dtype = parseDType("[('b', '<f8'), ('a', '<i4')]");
  if (!dtype.ok) throw new Error(dtype.error.message);
  expect(pep3118Format(dtype.value, [])).toEqual({ ok: true, value: 'T{d:b:i:a:}' });
  expect(pep3118Format(dtype.value, [12])).toEqual({ ok: true, value: 'T{=d:b:@i:a:}' });
});
