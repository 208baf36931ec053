import { contiguousStrides, elementCount } from '#shared/layout/strides.ts';
import { byteOrderOf, dtypeText, parseDType } from '#shared/layout/dtypeText.ts';
import type {
  ArrayDescription,
  BufferDescription,
  BufferViewContract,
  BufferViewRequests,
} from '#shared/protocol/bufferView.ts';
import type { Answers } from '#shared/protocol/wire.ts';
import { fail, ok } from '#shared/result.ts';
import type { FakeHost } from './fakeHost.ts';
import { find, histogramOf, layRaw, seriesOf, statisticsOf, uniqueOf } from './fakeScans.ts';
import { fakeHost } from './fakeHost.ts';

/** A file of any size: its bytes are computed when they are asked for. */
export interface FakeFile {
  readonly description: BufferDescription;
  readonly byteAt: (byteOffset: number) => number;
}

export function arrayOf(options: {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly offset?: number;
  readonly order?: 'C' | 'F';
  readonly name?: string;
}): ArrayDescription {
  const parsed = parseDType(options.dtype);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const dtype = parsed.value;
  const order = options.order ?? 'C';
  return {
    name: options.name ?? '',
    dtype,
    dtypeText: dtypeText(dtype),
    shape: options.shape,
    strides: contiguousStrides(options.shape, dtype.itemsize, order),
    offset: options.offset ?? 128,
    order: options.shape.length < 2 ? 'both' : order,
    byteOrder: byteOrderOf(dtype),
    byteLength: elementCount(options.shape) * dtype.itemsize,
  };
}

/** An .npy file around one array; `fill` writes element `position` in the order of the file. */
export function npyFile(
  fileName: string,
  array: ArrayDescription,
  fill: (view: DataView, position: number) => void,
): FakeFile {
  const { itemsize } = array.dtype;
  const header = npyHeader(array);
  const element = new DataView(new ArrayBuffer(Math.max(1, itemsize)));
  let filled = -1;
  return {
    description: {
      fileName,
      byteLength: array.offset + array.byteLength,
      generation: 1,
      format: 'npy',
      formatLabel: 'NumPy array, version 1.0',
      arrays: [array],
      regions: [
        { label: 'magic', start: 0, end: 6 },
        { label: 'version', start: 6, end: 8 },
        { label: 'header length', start: 8, end: 10 },
        { label: 'header', start: 10, end: array.offset },
        { label: 'data', start: array.offset, end: array.offset + array.byteLength },
      ],
      problems: [],
    },
    byteAt(byteOffset) {
      if (byteOffset < array.offset) return header[byteOffset] ?? 0x20;
      const position = Math.floor((byteOffset - array.offset) / itemsize);
      if (position !== filled) {
        fill(element, position);
        filled = position;
      }
      return element.getUint8((byteOffset - array.offset) % itemsize);
    },
  };
}

function npyHeader(array: ArrayDescription): Uint8Array {
  const shape = array.shape.length === 1 ? `${array.shape.join('')},` : array.shape.join(', ');
  const fortran = array.order === 'F' ? 'True' : 'False';
  const text = `{'descr': '${array.dtypeText}', 'fortran_order': ${fortran}, 'shape': (${shape}), }`;
  const bytes = new Uint8Array(array.offset).fill(0x20);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, array.offset - 10, 0]);
  bytes.set(new TextEncoder().encode(text).subarray(0, array.offset - 11), 10);
  bytes[array.offset - 1] = 0x0a;
  return bytes;
}

export function answersFor(file: FakeFile): Answers<BufferViewRequests> {
  const { description } = file;
  const { generation, byteLength } = description;
  const bytesOf = (start: number, length: number) => {
    const bytes = new Uint8Array(length);
    for (let i = 0; i < length; i++) bytes[i] = file.byteAt(start + i);
    return bytes;
  };
  return {
    describe: () => ok(description),
    readBytes({ offset, length }) {
      if (offset >= byteLength) return fail({ kind: 'outOfRange', byteLength });
      const bytes = bytesOf(offset, Math.min(length, byteLength - offset));
      return ok({ generation, bytes: bytes.buffer });
    },
    readElements({ shape, strides, offset, itemsize }) {
      const [rows, columns] = shape;
      const bytes = new Uint8Array(rows * columns * itemsize);
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++)
          bytes.set(
            bytesOf(offset + row * strides[0] + column * strides[1], itemsize),
            (row * columns + column) * itemsize,
          );
      return ok({ generation, bytes: bytes.buffer });
    },
    statistics: ({ elements }) => ok({ generation, statistics: statisticsOf(file, elements) }),
    unique: ({ elements, limit }) => ok({ generation, ...uniqueOf(file, elements, limit) }),
    histogram: ({ elements, bins }) => ok({ generation, ...histogramOf(file, elements, bins) }),
    series: ({ elements, runs }) => ok({ generation, ...seriesOf(file, elements, runs) }),
    find: (request) => ok({ generation, ...find(file, request) }),
    readValue: () => ok({ generation, reading: null }),
    layRaw: ({ layout }) => layRaw(file, layout),
    suggestLayouts: () => ok([]),
    edit: () => fail({ kind: 'notEdited', message: 'This file can only be read.' }),
    keepLayout: () => ok({}),
    keepBookmarks: () => ok({}),
    compare: () => fail({ kind: 'notCompared', message: 'Nothing was selected to compare with.' }),
    exportArray: ({ name, format }) => ok({ fileName: `${name}.${format}`, writtenBytes: 1024 }),
    openPart: () => ok({}),
    timeCopy: () => ok({ output: null }),
  };
}

export function bufferHost(
  file: FakeFile,
  overrides: Partial<Answers<BufferViewRequests>> = {},
  saved?: object,
): FakeHost<BufferViewContract> {
  return fakeHost<BufferViewContract>({ ...answersFor(file), ...overrides }, saved);
}
