/** What people write for a type, read as CPython, NumPy and a C compiler read it. */
import { describe, expect, test } from 'vitest';
import { parseCStruct } from '#shared/layout/cStruct.ts';
import type { DType } from '#shared/layout/dtype.ts';
import { dtypeText } from '#shared/layout/dtypeText.ts';
import { parsePep3118 } from '#shared/layout/pep3118Parse.ts';
import { parseRawLayout } from '#shared/layout/rawLayout.ts';
import type { RawLayoutText } from '#shared/protocol/bufferView.ts';
import { readBufferTable } from './layoutTables.ts';

interface TypeTree {
  readonly itemsize: number;
  readonly str?: string;
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

/** Names, offsets and sizes, which is all that a format has to keep. */
function skeleton(dtype: DType | TypeTree): unknown {
  const fields = 'fields' in dtype ? dtype.fields : undefined;
  if (fields) return fields.map((field) => [field.name, field.offset, skeleton(field.dtype)]);
  if ('subarray' in dtype) return [skeleton(dtype.subarray.base), dtype.subarray.shape];
  if ('base' in dtype) return [skeleton(dtype.base), dtype.shape];
  return dtype.itemsize;
}

describe('a format of the buffer protocol is read as NumPy wrote it', () => {
  const rows = (
    readBufferTable('expect_pep3118.json') as { dtype: string; layout: TypeTree; format: unknown }[]
  ).filter(({ format }) => typeof format === 'string' && format !== 'O');
  test.each(rows)('$format', ({ layout, format }) => {
    const found = parsePep3118(format as string);
    if (!found.ok) throw new Error(found.error.message);
    expect(skeleton(found.value)).toEqual(skeleton(layout));
  });

  test.each([
    ['T{i:a:=d:b:}', "[('a', '<i4'), ('b', '<f8')]"],
    ['i', '<i4'],
    ['<l', '<i4'],
    ['l', '<i8'],
    ['>3h', "('>i2', (3,))"],
    ['(2,3)f', "('<f4', (2, 3))"],
    ['bi', "[('f0', '|i1'), ('', '|V3'), ('f1', '<i4')]"],
    ['id', "[('f0', '<i4'), ('', '|V4'), ('f1', '<f8')]"],
    ['di', "[('f0', '<f8'), ('f1', '<i4'), ('', '|V4')]"],
    ['T{b:x:d:y:}:p:', "[('p', [('x', '|i1'), ('', '|V7'), ('y', '<f8')])]"],
    ['^bi', "[('f0', '|i1'), ('f1', '<i4')]"],
    ['2w', '<U2'],
    ['Zd', '<c16'],
    ['4x', '|V4'],
    ['O', undefined],
    ['T{i', undefined],
    ['i}', undefined],
    ['y', undefined],
    ['99999999999i', undefined],
    ['<n', undefined],
    ['(2,x)i', undefined],
    ['T{i:a:i:a:}', undefined],
  ])('%s', (format, expected) => {
    const found = parsePep3118(format);
    expect(found.ok ? dtypeText(found.value) : undefined).toBe(expected);
  });
});

describe('a struct as in C', () => {
  test.each([
    ['struct { int32_t id; double price; };', "[('id', '<i4'), ('', '|V4'), ('price', '<f8')]"],
    ['char name[8]; uint16_t n;', "[('name', '|S8'), ('n', '<u2')]"],
    [
      'struct p { char c; long long x; char d; };',
      "[('c', '|S1'), ('', '|V7'), ('x', '<i8'), ('d', '|S1'), ('', '|V7')]",
    ],
    ['#pragma pack(1)\nstruct { char c; double x; }', "[('c', '|S1'), ('x', '<f8')]"],
    ['struct { char c; double x; } __attribute__((packed));', "[('c', '|S1'), ('x', '<f8')]"],
    ['#pragma endian big\nu32 a; f64 b[2];', "[('a', '>u4'), ('', '|V4'), ('b', '>f8', (2,))]"],
    [
      'typedef struct { float x, y; } point; struct line { point from, to; uint8_t tag[3]; };',
      "[('from', [('x', '<f4'), ('y', '<f4')]), ('to', [('x', '<f4'), ('y', '<f4')]), ('tag', '|u1', (3,)), ('', '|V1')]",
    ],
    [
      'struct { struct { short a; } in; /* why */ unsigned b; // end\n }',
      "[('in', [('a', '<i2')]), ('', '|V2'), ('b', '<u4')]",
    ],
    [
      'long unsigned int a; bool ok; wchar_t w[4];',
      "[('a', '<u8'), ('ok', '|b1'), ('', '|V3'), ('w', '<U4'), ('', '|V4')]",
    ],
    ['char rows[2][4];', "[('rows', '|S4', (2,))]"],
  ])('%s', (text, expected) => {
    const found = parseCStruct(text);
    expect(found.ok ? dtypeText(found.value) : found.error.message).toBe(expected);
  });

  test.each([
    ['', 'There is no struct: struct { int32_t id; double x; }'],
    ['struct { int *p; }', 'A pointer says nothing of the bytes that it points to.'],
    ['struct { int a : 3; }', 'Bit-fields have no bytes of their own.'],
    ['struct { union { int a; } u; }', 'A union has no single layout: choose one of its members.'],
    ['struct { thing a; }', "'thing' is no type that is known here."],
    ['struct { int a[n]; }', "An array needs a length as a number, not 'n'."],
    ['struct { int a; int a; }', "The field 'a' is there twice."],
    ['struct { int a', "Here ';' is needed before the end."],
    ['struct { }', 'The struct has no bytes.'],
    ['#pragma pack(2)\nstruct { int a; }', 'Only a packing of 1 is read, not #pragma pack(2)'],
  ])('%s is refused', (text, message) => {
    expect(parseCStruct(text)).toMatchObject({ error: { message } });
  });
});

describe('the form', () => {
  const form = (change: Partial<RawLayoutText>) =>
    parseRawLayout({
      kind: 'dtype',
      type: '<f4',
      shape: '',
      order: 'C',
      offset: '',
      strides: '',
      ...change,
    });

  test('reads shapes, offsets and strides as people write them', () => {
    expect(form({ shape: '(2, 3)', offset: '0x10', strides: '-12, 4' })).toMatchObject({
      value: { shape: [2n, 3n], offset: 16n, strides: [-12n, 4n] },
    });
    expect(form({ shape: '1_000' })).toMatchObject({ value: { shape: [1000n] } });
    expect(form({})).not.toHaveProperty('value.shape');
    expect(form({ kind: 'struct', type: '<i' })).toMatchObject({
      value: { dtype: { kind: 'scalar', itemsize: 4 } },
    });
  });

  test.each<[Partial<RawLayoutText>, string]>([
    [{ type: '' }, 'type'],
    [{ type: 'nonsense' }, 'type'],
    [{ kind: 'struct', type: '4' }, 'type'],
    [{ kind: 'struct', type: '4x' }, 'type'],
    [{ kind: 'c', type: 'int' }, 'type'],
    [{ shape: 'two' }, 'shape'],
    [{ shape: '-1' }, 'shape'],
    [{ offset: '1, 2' }, 'offset'],
    [{ strides: '4' }, 'strides'],
    [{ strides: 'x' }, 'strides'],
  ])('%o names the field that is wrong', (change, field) => {
    expect(form(change)).toMatchObject({ error: { kind: 'badLayout', field } });
  });
});
