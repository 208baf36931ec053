/** Arrow's types and the buffers that a column of each has (arrow.apache.org/docs/format/Columnar.html). */
import type { DType } from '#shared/layout/dtype.ts';
import type { Table } from './flatBuffer.ts';
import {
  FlatBufferError,
  int16,
  int32,
  int64,
  int8,
  tableAt,
  tables,
  text,
  vector,
} from './flatBuffer.ts';
import { scalar, uint8 } from './scalar.ts';

export interface ArrowField {
  readonly name: string;
  /** As Arrow prints it: `int32`, `timestamp[us, tz=UTC]`, `dictionary`. */
  readonly typeName: string;
  readonly buffers: readonly BufferKind[];
  readonly children: readonly ArrowField[];
  /** Of a dictionary-encoded field: the id of the batches that have its values, and their field. */
  readonly dictionary?: { readonly id: bigint; readonly values: ArrowField };
  readonly isView: boolean;
  /** Digits behind the point of a decimal. */
  readonly scale?: number;
  /** Items of each value of a list of fixed size. */
  readonly fixedLength?: number;
  /** Of a union: the type that stands for each child, where it is not the child's position. */
  readonly unionIds?: readonly number[];
}

/** One buffer of a column: its name, what an element of it is, and how a value is read through it. */
export interface BufferKind {
  readonly name: string;
  readonly dtype: DType;
  readonly note: string;
}

const validity: BufferKind = {
  name: 'validity',
  dtype: uint8,
  note: 'value i is null where bit i % 8 of byte i // 8 is 0, the lowest bit first; no bytes: none is null',
};

const data = (dtype: DType, note = 'value i is element i'): BufferKind => ({
  name: 'data',
  dtype,
  note,
});

const offsets = (bytes: 4 | 8): BufferKind => ({
  name: 'offsets',
  dtype: scalar('int', bytes),
  note: 'value i is what lies from offsets[i] to offsets[i + 1]',
});

const MAX_DEPTH = 64;
/** A field is a table of its own, which takes more than this. */
const LEAST_FIELD_BYTES = 8;
/** A type id is a signed byte. */
const MOST_UNION_TYPES = 128;
const MAX_NAME_BYTES = 16 * 2 ** 20;

/** The fields of a schema. Tables that several parents share would make a tree that has no end: they are counted. */
export function arrowFields(schema: Table): readonly ArrowField[] {
  const left = {
    fields: schema.view.byteLength / LEAST_FIELD_BYTES,
    nameBytes: MAX_NAME_BYTES,
  };
  return tables(schema, 1).map((field) => arrowField(field, left, 0));
}

function arrowField(
  field: Table,
  left: { fields: number; nameBytes: number },
  depth: number,
): ArrowField {
  if (depth > MAX_DEPTH) throw new FlatBufferError(`fields are nested deeper than ${MAX_DEPTH}`);
  const name = text(field, 0) ?? '';
  left.fields -= 1;
  left.nameBytes -= name.length;
  if (left.fields < 0 || left.nameBytes < 0)
    throw new FlatBufferError('the schema has more fields than its bytes hold');
  const children = tables(field, 5).map((child) => arrowField(child, left, depth + 1));
  const encoding = tableAt(field, 4);
  const own = typeOf(int8(field, 2), tableAt(field, 3), children);
  const plain = { name, children, ...own };
  if (!encoding) return plain;
  const index = tableAt(encoding, 1);
  const indexType = index
    ? scalar(int8(index, 1) === 0 ? 'uint' : 'int', int32(index, 0) / 8)
    : scalar('int', 4);
  return {
    name,
    typeName: `dictionary of ${own.typeName}`,
    buffers: [
      validity,
      { name: 'indices', dtype: indexType, note: 'value i is dictionary value indices[i]' },
    ],
    children: [],
    dictionary: { id: int64(encoding, 0), values: plain },
    isView: false,
  };
}

type TypeLayout = Pick<
  ArrowField,
  'typeName' | 'buffers' | 'isView' | 'scale' | 'fixedLength' | 'unionIds'
>;

const units = ['s', 'ms', 'us', 'ns'];

function typeOf(
  kind: number,
  type: Table | undefined,
  children: readonly ArrowField[],
): TypeLayout {
  const of = (typeName: string, ...buffers: BufferKind[]): TypeLayout => ({
    typeName,
    buffers,
    isView: false,
  });
  const number = (field: number, missing = 0) => (type ? int32(type, field, missing) : missing);
  const short = (field: number, missing = 0) => (type ? int16(type, field, missing) : missing);
  const flag = (field: number) => (type ? int8(type, field) !== 0 : false);
  const bytes = (note: string) => data(uint8, note);
  const [child] = children;
  switch (kind) {
    case 1:
      return of('null');
    case 2: {
      const bits = number(0);
      if (![8, 16, 32, 64].includes(bits)) break;
      return of(
        `${flag(1) ? 'int' : 'uint'}${bits}`,
        validity,
        data(scalar(flag(1) ? 'int' : 'uint', bits / 8)),
      );
    }
    case 3: {
      const size = [2, 4, 8][short(0)];
      if (size === undefined) break;
      const name = { 2: 'halffloat', 4: 'float', 8: 'double' }[size] ?? 'float';
      return of(name, validity, data(scalar('float', size)));
    }
    case 4:
      return of(
        'binary',
        validity,
        offsets(4),
        bytes('the bytes of all values, one after another'),
      );
    case 5:
      return of(
        'string',
        validity,
        offsets(4),
        bytes('the UTF-8 of all values, one after another'),
      );
    case 6:
      return of(
        'bool',
        validity,
        data(uint8, 'value i is bit i % 8 of byte i // 8, the lowest bit first'),
      );
    case 7: {
      const width = number(2, 128) / 8;
      if (width <= 0) break;
      const layout = of(
        `decimal${width * 8}(${number(0)}, ${number(1)})`,
        validity,
        data(
          { kind: 'scalar', scalar: 'void', itemsize: width, byteOrder: 'none' },
          `value i is a little-endian integer of ${width} bytes, times 10^-${number(1)}`,
        ),
      );
      return { ...layout, scale: number(1) };
    }
    case 8:
      return short(0, 1) === 0
        ? of('date32[day]', validity, data(scalar('int', 4), 'value i is a day since 1970-01-01'))
        : of('date64[ms]', validity, data(time('datetime', 'ms')));
    case 9: {
      const unit = units[short(0, 1)] ?? 'ms';
      const width = number(1, 32) / 8;
      if (width !== 4 && width !== 8) break;
      return of(
        `time${width * 8}[${unit}]`,
        validity,
        data(scalar('int', width), `value i counts ${unit} since midnight`),
      );
    }
    case 10: {
      const unit = units[short(0)] ?? 's';
      const zone = type && text(type, 1);
      return of(
        `timestamp[${unit}${zone ? `, tz=${zone}` : ''}]`,
        validity,
        data(
          time('datetime', unit),
          zone ? `value i is an instant in UTC, shown in ${zone}` : 'value i is a local time',
        ),
      );
    }
    case 11: {
      const size = [4, 8, 16][short(0)];
      if (size === undefined) break;
      const layouts = [
        data(scalar('int', 4), 'value i counts months'),
        data(
          { kind: 'subarray', itemsize: 8, base: scalar('int', 4), shape: [2] },
          'days and milliseconds',
        ),
        data(
          {
            kind: 'struct',
            itemsize: 16,
            fields: [
              { name: 'months', offset: 0, dtype: scalar('int', 4) },
              { name: 'days', offset: 4, dtype: scalar('int', 4) },
              { name: 'nanoseconds', offset: 8, dtype: scalar('int', 8) },
            ],
          },
          'months, days and nanoseconds',
        ),
      ];
      const layout = layouts[short(0)];
      return layout ? of('interval', validity, layout) : of('interval', validity);
    }
    case 12:
      return of(`list<${child?.typeName ?? '?'}>`, validity, offsets(4));
    case 13:
      return of('struct', validity);
    case 14: {
      const types: BufferKind = {
        name: 'types',
        dtype: scalar('int', 1),
        note: 'which child has value i',
      };
      const places: BufferKind = {
        name: 'offsets',
        dtype: scalar('int', 4),
        note: 'where in that child value i is',
      };
      const layout = short(0) === 1 ? of('dense_union', types, places) : of('sparse_union', types);
      const ids = type
        ? vector(type, 1, 4)
            .slice(0, MOST_UNION_TYPES)
            .map((at) => type.view.getInt32(at, true))
        : [];
      return { ...layout, unionIds: ids };
    }
    case 15: {
      const width = number(0);
      if (width <= 0) break;
      return of(
        `fixed_size_binary[${width}]`,
        validity,
        data({ kind: 'scalar', scalar: 'void', itemsize: width, byteOrder: 'none' }),
      );
    }
    case 16:
      return {
        ...of(`fixed_size_list<${child?.typeName ?? '?'}>[${number(0)}]`, validity),
        fixedLength: number(0),
      };
    case 17:
      return of('map', validity, offsets(4));
    case 18: {
      const unit = units[short(0, 1)] ?? 'ms';
      return of(`duration[${unit}]`, validity, data(time('timedelta', unit)));
    }
    case 19:
      return of(
        'large_binary',
        validity,
        offsets(8),
        bytes('the bytes of all values, one after another'),
      );
    case 20:
      return of(
        'large_string',
        validity,
        offsets(8),
        bytes('the UTF-8 of all values, one after another'),
      );
    case 21:
      return of(`large_list<${child?.typeName ?? '?'}>`, validity, offsets(8));
    case 22:
      return of('run_end_encoded');
    case 23:
    case 24:
      return {
        typeName: kind === 23 ? 'binary_view' : 'string_view',
        buffers: [validity, views],
        isView: true,
      };
    case 25:
    case 26: {
      const dtype = scalar('int', kind === 25 ? 4 : 8);
      return of(
        kind === 25 ? 'list_view' : 'large_list_view',
        validity,
        { name: 'offsets', dtype, note: 'where value i begins' },
        { name: 'sizes', dtype, note: 'how long value i is' },
      );
    }
  }
  throw new FlatBufferError(`a column has the type ${kind}, which is not known`);
}

const views: BufferKind = {
  name: 'views',
  dtype: {
    kind: 'struct',
    itemsize: 16,
    fields: [
      { name: 'length', offset: 0, dtype: scalar('int', 4) },
      {
        name: 'prefix',
        offset: 4,
        dtype: { kind: 'scalar', scalar: 'bytes', itemsize: 4, byteOrder: 'none' },
      },
      { name: 'buffer', offset: 8, dtype: scalar('int', 4) },
      { name: 'offset', offset: 12, dtype: scalar('int', 4) },
    ],
  },
  note: 'value i has its first bytes in views[i]; one longer than 12 bytes lies in the data buffer that it names',
};

function time(kind: 'datetime' | 'timedelta', unit: string): DType {
  return { kind: 'scalar', scalar: kind, itemsize: 8, byteOrder: 'little', unit };
}
