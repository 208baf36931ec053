/**
 * Parquet, plain and uncompressed: row groups of some megabytes, one page a column in each, so that no more than a row
 * group is in memory. The format is parquet.apache.org's.
 */
import type { DType } from '#shared/layout/dtype.ts';
import { indexOfPosition } from '#shared/layout/strides.ts';
import type { ExportFailure } from '#shared/protocol/bufferExport.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { ArrayEncoder } from './exportArray.ts';
import type { ParquetColumn } from './parquetColumn.ts';
import { BOOLEAN, parquetColumns } from './parquetColumn.ts';
import { rowCutter, tableOf } from './tableColumns.ts';
import type { ThriftValue } from './thriftWriter.ts';
import { i32, i64, list, struct, text, thriftBytes } from './thriftWriter.ts';

const MAGIC = Buffer.from('PAR1', 'latin1');
const MOST_COLUMNS = 10_000;
const GROUP_BYTES = 16 * 1024 * 1024;
const PLAIN = 0;
const RLE = 3;

export function parquetEncoder(
  dtype: DType,
  shape: readonly number[],
): Result<ArrayEncoder, ExportFailure> {
  const table = tableOf(dtype, shape);
  if (table.columns.length > MOST_COLUMNS)
    return refuse(
      `${table.columns.length} columns are more than a Parquet file should have (${MOST_COLUMNS}); slice or reshape the array.`,
    );
  const columns: ParquetColumn[] = [];
  for (const { name, offset, dtype: element } of table.columns) {
    const described = parquetColumns(name, offset, element);
    if (!described.ok) return described;
    columns.push(...described.value);
  }
  if (columns.length === 0) return refuse('There are no columns to write.');
  return ok(new ParquetEncoder(table.indexAxes, table.rowShape, table.rowBytes, columns));
}

class ParquetEncoder implements ArrayEncoder {
  readonly #columns: readonly ParquetColumn[];
  readonly #rowShape: readonly number[];
  readonly #rowBytes: number;
  readonly #cut: (bytes: Uint8Array) => Uint8Array;
  #pages: Page[];
  #index: number[] = [];
  #groupRows = 0;
  #groupBytes = 0;
  #rowCount = 0;
  #position = 0;
  readonly #groups: ThriftValue[] = [];

  constructor(
    indexAxes: readonly number[],
    rowShape: readonly number[],
    rowBytes: number,
    columns: readonly ParquetColumn[],
  ) {
    this.#rowShape = rowShape;
    this.#rowBytes = rowBytes;
    this.#columns = [...indexAxes.map((axis) => this.#indexColumn(axis)), ...columns];
    this.#pages = this.#columns.map((column) => new Page(column));
    this.#cut = rowCutter(rowBytes);
  }

  begin(): Uint8Array {
    this.#position = MAGIC.length;
    return MAGIC;
  }

  encode(bytes: Uint8Array): Uint8Array {
    const rows = this.#cut(bytes);
    const view = new DataView(rows.buffer, rows.byteOffset, rows.length);
    const parts: Uint8Array[] = [];
    for (let at = 0; at < rows.length; at += this.#rowBytes) {
      if (this.#rowShape.length > 1) this.#index = indexOfPosition(this.#rowShape, this.#rowCount);
      for (const page of this.#pages) this.#groupBytes += page.add(view, at);
      this.#groupRows++;
      this.#rowCount++;
      if (this.#groupBytes >= GROUP_BYTES) parts.push(...this.#flush());
    }
    return Buffer.concat(parts);
  }

  end(): Uint8Array {
    const parts = this.#groupRows > 0 ? this.#flush() : [];
    const footer = thriftBytes(
      struct([
        [1, i32(2)],
        [2, list(this.#schema())],
        [3, i64(this.#rowCount)],
        [4, list(this.#groups.length > 0 ? this.#groups : [])],
        [6, text('Strata')],
      ]),
    );
    const length = Buffer.alloc(4);
    length.writeUInt32LE(footer.length);
    return Buffer.concat([...parts, footer, length, MAGIC]);
  }

  #indexColumn(axis: number): ParquetColumn {
    return {
      name: `axis${axis}`,
      offset: 0,
      type: 2,
      isOptional: false,
      plain: () => {
        const bytes = new DataView(new ArrayBuffer(8));
        bytes.setBigInt64(0, BigInt(this.#index[axis] ?? 0), true);
        return new Uint8Array(bytes.buffer);
      },
    };
  }

  #schema(): ThriftValue[] {
    const root = struct([
      [4, text('schema')],
      [5, i32(this.#columns.length)],
    ]);
    return [
      root,
      ...this.#columns.map(({ name, type, isOptional, convertedType, logicalType }) =>
        struct([
          [1, i32(type)],
          [3, i32(isOptional ? 1 : 0)],
          [4, text(name)],
          [6, convertedType === undefined ? undefined : i32(convertedType)],
          [10, logicalType],
        ]),
      ),
    ];
  }

  #flush(): Uint8Array[] {
    const parts: Uint8Array[] = [];
    const chunks: ThriftValue[] = [];
    let groupLength = 0;
    for (const page of this.#pages) {
      const bytes = page.bytes();
      const { column } = page;
      parts.push(bytes);
      chunks.push(
        struct([
          [2, i64(this.#position)],
          [
            3,
            struct([
              [1, i32(column.type)],
              [2, list([i32(PLAIN), i32(RLE)])],
              [3, list([text(column.name)])],
              [4, i32(0)],
              [5, i64(this.#groupRows)],
              [6, i64(bytes.length)],
              [7, i64(bytes.length)],
              [9, i64(this.#position)],
            ]),
          ],
        ]),
      );
      this.#position += bytes.length;
      groupLength += bytes.length;
    }
    this.#groups.push(
      struct([
        [1, list(chunks)],
        [2, i64(groupLength)],
        [3, i64(this.#groupRows)],
      ]),
    );
    this.#groupRows = 0;
    this.#groupBytes = 0;
    this.#pages = this.#columns.map((column) => new Page(column));
    return parts;
  }
}

/** The values of one column in one row group. */
class Page {
  readonly column: ParquetColumn;
  readonly #values: Uint8Array[] = [];
  readonly #present: boolean[] = [];

  constructor(column: ParquetColumn) {
    this.column = column;
  }

  /** Returns about how many bytes that took. */
  add(view: DataView, rowStart: number): number {
    const value = this.column.plain(view, rowStart + this.column.offset);
    this.#present.push(value !== undefined);
    if (value) this.#values.push(value);
    return (value?.length ?? 0) + 1;
  }

  bytes(): Uint8Array {
    const values =
      this.column.type === BOOLEAN
        ? packBits(this.#values.map((value) => value[0] === 1))
        : Buffer.concat(this.#values);
    const levels = this.column.isOptional ? definitionLevels(this.#present) : new Uint8Array(0);
    const size = levels.length + values.length;
    const header = thriftBytes(
      struct([
        [1, i32(0)],
        [2, i32(size)],
        [3, i32(size)],
        [
          5,
          struct([
            [1, i32(this.#present.length)],
            [2, i32(PLAIN)],
            [3, i32(RLE)],
            [4, i32(RLE)],
          ]),
        ],
      ]),
    );
    return Buffer.concat([header, levels, values]);
  }
}

/** One bit-packed run of the hybrid encoding, with its length in front. */
function definitionLevels(present: readonly boolean[]): Uint8Array {
  const bits = packBits(present);
  const header: number[] = [];
  let rest = bits.length * 2 + 1;
  while (rest >= 0x80) {
    header.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 128);
  }
  header.push(rest);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length + bits.length);
  return Buffer.concat([length, Uint8Array.from(header), bits]);
}

function packBits(values: readonly boolean[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(values.length / 8));
  values.forEach((value, k) => {
    if (value) bytes[k >> 3] = (bytes[k >> 3] ?? 0) | (1 << (k & 7));
  });
  return bytes;
}

function refuse(message: string): Result<never, ExportFailure> {
  return fail({ kind: 'notExported', message });
}
