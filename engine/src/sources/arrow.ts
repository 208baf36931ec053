/**
 * Arrow and Feather files. DuckDB's library reads none, so their rows are written once, as lines of JSON that it
 * reads with the types that Arrow says.
 */
import { open, stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import type { Data, DataType as ArrowType, Field, RecordBatch, Schema } from 'apache-arrow';
import {
  compressionRegistry,
  CompressionType,
  Precision,
  RecordBatchReader,
  TimeUnit,
  Type,
} from 'apache-arrow';
import { decompress } from 'fzstd';
import { lz4Frame, lz4FrameLimit } from '#shared/lz4.ts';
import { localDateTime } from '#shared/protocol/sparkTime.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { DataType } from '#sql/plan/types.ts';
import {
  arrayType,
  binaryType,
  booleanType,
  byteType,
  dateType,
  decimalType,
  doubleType,
  floatType,
  intType,
  longType,
  maxDecimalPrecision,
  shortType,
  stringType,
  timeType,
  timestampNtzType,
  timestampType,
  voidType,
} from '#sql/plan/types.ts';
import { readJson, selectColumns } from '../duckdb/readers.ts';
import { duckType, structFieldNames } from '../duckdb/types.ts';
import { ArrowIndex } from './arrowIndex.ts';
import { unreadable, unsupportedColumn, unsupportedOption } from './failures.ts';
import { scratchFile } from './scratchFile.ts';
import type {
  ArrowRows,
  FileSet,
  Source,
  SourceColumn,
  SourceFailure,
  SourceReader,
} from './source.ts';

compressionRegistry.set(CompressionType.LZ4_FRAME, {
  decode: (bytes) => lz4Frame(bytes, lz4FrameLimit(bytes)),
});
compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => decompress(bytes) });

/** Rows that are written out before anything else has a turn. */
const rowsAtOnce = 4096;

class Unsupported extends Error {
  readonly column: string;
  readonly type: string;

  constructor(column: string, type: string) {
    super(`${column}: ${type}`);
    this.column = column;
    this.type = type;
  }
}

export async function arrowSource(
  files: FileSet,
  options: Readonly<Record<string, string>>,
  reader: SourceReader,
  rowsOnly: boolean,
): Promise<Result<Source, SourceFailure>> {
  const [option] = Object.entries(options);
  if (option) return fail(unsupportedOption('arrow', option[0], option[1]));
  try {
    const places = new Map<string, string>();
    let columns: readonly SourceColumn[] = [];
    for (const file of files.files) {
      const { schema, batches } = await batchesOf(file);
      const own = schema.fields.map((field) => columnOf(field));
      if (columns.length === 0) columns = own;
      const isAlike = own.every(({ name }, index) => columns[index]?.name === name);
      if (!isAlike || own.length !== columns.length)
        return fail(unreadable(file, 'Its columns are not those of the other files.'));
      const [only, other] = files.files;
      if (rowsOnly && only !== undefined && other === undefined) {
        await batches.return?.();
        return ok({
          ...sourceOf(files, columns, places),
          arrowRows: arrowRows(only, schema, columns),
        });
      }
      const lines = allLines(batches, own, reader, await rowCountOf(file, schema, reader));
      places.set(file, await scratchFile(reader.scratchFolder, 'jsonl', lines));
    }
    return ok(sourceOf(files, columns, places));
  } catch (error) {
    if (error instanceof Unsupported)
      return fail(unsupportedColumn(files.path, error.column, error.type));
    const message = error instanceof Error ? error.message : String(error);
    return fail(unreadable(files.path, message.split('\n', 1)[0] ?? ''));
  }
}

function sourceOf(
  files: FileSet,
  columns: readonly SourceColumn[],
  places: ReadonlyMap<string, string>,
): Source {
  return {
    columns,
    byteLength: files.byteLength,
    isSampled: false,
    scanSql(names, _timeZone, paths = files.files) {
      const wanted = new Set(names);
      const cells = columns.flatMap(({ name, type }, index) =>
        wanted.has(name)
          ? [
              {
                name: `c${index}`,
                type:
                  type.kind === 'binary'
                    ? 'VARCHAR'
                    : type.kind === 'map'
                      ? entriesOf(type)
                      : duckType(type),
              },
            ]
          : [],
      );
      const table = readJson(
        paths.map((path) => places.get(path) ?? path),
        [...cells, { name: 'row', type: 'BOOLEAN' }],
      );
      const list = names.map((name) => {
        const index = columns.findIndex((column) => column.name === name);
        const type = columns[index]?.type;
        if (!type) throw new Error('a column that the file does not have');
        const cell = `c${index}`;
        if (type.kind === 'binary') return [`unhex(${cell})`, name] as const;
        if (type.kind === 'map') return [`map_from_entries(${cell})`, name] as const;
        return [cell, name] as const;
      });
      return `SELECT ${list.length === 0 ? 'row AS one' : selectColumns(list)} FROM ${table}`;
    },
  };
}

function entriesOf(type: DataType & { kind: 'map' }): string {
  return `STRUCT(k ${duckType(type.key)}, v ${duckType(type.value)})[]`;
}

/** A file, whose batches its footer lists, or a stream of them. */
async function batchesOf(
  path: string,
): Promise<{ schema: Schema; batches: AsyncIterableIterator<RecordBatch> }> {
  const file = await open(path, 'r');
  const head = Buffer.alloc(6);
  await file.read(head, 0, 6, 0);
  const mark = head.toString('latin1');
  if (mark.startsWith('FEA1')) {
    await file.close();
    throw new Error('Feather of its first version, which pyarrow no longer writes, is not read.');
  }
  const isFile = mark === 'ARROW1';
  if (!isFile) await file.close();
  const batches = isFile
    ? await RecordBatchReader.from(file)
    : await RecordBatchReader.from(createReadStream(path));
  await batches.open();
  return { schema: batches.schema, batches: batches as AsyncIterableIterator<RecordBatch> };
}

function columnOf(field: Field): SourceColumn {
  return { name: field.name, type: sparkType(field.type as ArrowType, field.name, 'column') };
}

/** As PySpark takes Arrow's types; unsigned integers, which Spark has none of, as the next wider ones. */
function sparkType(arrow: ArrowType, column: string, place: 'column' | 'inside'): DataType {
  const inside = (field: Field | undefined) => {
    if (!field) throw new Unsupported(column, Type[arrow.typeId]);
    return sparkType(field.type as ArrowType, column, 'inside');
  };
  const of = arrow as ArrowType & {
    readonly bitWidth: number;
    readonly isSigned: boolean;
    readonly precision: number;
    readonly scale: number;
    readonly timezone?: string | null;
    readonly dictionary: ArrowType;
    /** Null where there is nothing inside. */
    readonly children: readonly Field[];
  };
  const { children } = of;
  switch (arrow.typeId) {
    case Type.Null:
      return voidType;
    case Type.Bool:
      return booleanType;
    case Type.Int: {
      const widths = of.isSigned
        ? { 8: byteType, 16: shortType, 32: intType, 64: longType }
        : { 8: shortType, 16: intType, 32: longType, 64: decimalType(20, 0) };
      return widths[of.bitWidth as 8];
    }
    case Type.Float:
      return (of.precision as unknown) === Precision.DOUBLE ? doubleType : floatType;
    case Type.Decimal:
      if (of.precision > maxDecimalPrecision) throw new Unsupported(column, Type[arrow.typeId]);
      return decimalType(of.precision, of.scale);
    case Type.Utf8:
    case Type.LargeUtf8:
      return stringType;
    case Type.Binary:
    case Type.LargeBinary:
    case Type.FixedSizeBinary:
      if (place === 'inside') throw new Unsupported(column, `nested ${Type[arrow.typeId]}`);
      return binaryType;
    case Type.Date:
      return dateType;
    case Type.Timestamp:
      return of.timezone ? timestampType : timestampNtzType;
    case Type.Time:
      // Those of 32 bits Spark does not know.
      if (of.bitWidth !== 64) throw new Unsupported(column, `${Type[arrow.typeId]}32`);
      return timeType();
    case Type.Duration:
      return { kind: 'dayTimeInterval', first: 'day', last: 'second' };
    case Type.Dictionary:
      return sparkType(of.dictionary, column, place);
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList:
      return arrayType(inside(children[0]));
    case Type.Struct:
      return {
        kind: 'struct',
        fields: children.map((field) => ({
          name: field.name,
          type: inside(field),
          nullable: true,
        })),
      };
    case Type.Map: {
      if (place === 'inside') throw new Unsupported(column, `nested ${Type[arrow.typeId]}`);
      const [key, value] = (children[0]?.type as { children?: readonly Field[] }).children ?? [];
      return { kind: 'map', key: inside(key), value: inside(value), valueContainsNull: true };
    }
    default:
      throw new Unsupported(column, Type[arrow.typeId]);
  }
}

function arrowRows(path: string, schema: Schema, columns: readonly SourceColumn[]): ArrowRows {
  return {
    index: (byteLength, onProgress) => new ArrowIndex(path, byteLength, schema, onProgress),
    lines: (batch, names, start, end) => linesOf(batch, columns, new Set(names), start, end),
  };
}

/** To tell the share of them that was converted; 0 where nobody wants to know. */
async function rowCountOf(
  path: string,
  schema: Schema,
  { onConverted, signal }: SourceReader,
): Promise<number> {
  if (!onConverted) return 0;
  const { size } = await stat(path);
  const index = new ArrowIndex(path, size, schema, () => undefined);
  await index.build(signal ?? new AbortController().signal);
  return index.rowCount;
}

async function* allLines(
  batches: AsyncIterable<RecordBatch>,
  columns: readonly SourceColumn[],
  { signal, onConverted }: SourceReader,
  totalRowCount: number,
): AsyncIterable<string> {
  const all = new Set(columns.map(({ name }) => name));
  let rowCount = 0;
  let byteLength = 0;
  for await (const batch of batches) {
    for (let start = 0; start < batch.numRows; start += rowsAtOnce) {
      const end = Math.min(start + rowsAtOnce, batch.numRows);
      let lines = '';
      for (const line of linesOf(batch, columns, all, start, end)) lines += line;
      yield lines;
      rowCount += end - start;
      byteLength += lines.length;
      onConverted?.({ rowCount, totalRowCount, byteLength });
      // Whoever cancels is heard between two pieces.
      await new Promise(setImmediate);
      signal?.throwIfAborted();
    }
  }
}

function* linesOf(
  batch: RecordBatch,
  columns: readonly SourceColumn[],
  names: ReadonlySet<string>,
  start: number,
  end: number,
): Iterable<string> {
  const writers = columns.flatMap(({ name, type }, index) => {
    if (!names.has(name)) return [];
    const data = batch.data.children[index];
    if (!data) throw new Error(`a batch has no column ${index}`);
    return [{ key: `"c${index}":`, write: writerOf(data, type) }];
  });
  for (let row = start; row < end; row++) {
    let line = '{"row":true';
    for (const { key, write } of writers) {
      const text = write(row);
      if (text !== undefined) line += `,${key}${text}`;
    }
    yield `${line}}\n`;
  }
}

/** A cell as JSON; undefined for null. */
type Writer = (row: number) => string | undefined;

const utf8 = new TextDecoder();

function writerOf(data: Data, type: DataType): Writer {
  const write = valueWriter(data, type);
  if (data.nullCount === 0 && data.typeId !== Type.Null) return write;
  return (row) => (data.typeId !== Type.Null && data.getValid(row) ? write(row) : undefined);
}

function valueWriter(data: Data, type: DataType): Writer {
  const values = data.values as ArrayLike<number | bigint> & Uint8Array;
  const { unit, precision, scale, bitWidth, byteWidth, listSize } = data.type as unknown as {
    readonly unit: TimeUnit;
    readonly precision: Precision;
    readonly scale: number;
    readonly bitWidth: number;
    readonly byteWidth: number;
    readonly listSize: number;
  };
  const orNull = (write: Writer) => (row: number) => write(row) ?? 'null';
  const children = data.children as readonly Data[];
  const bounds = (row: number): [number, number] => {
    const offsets = data.valueOffsets as unknown as ArrayLike<number | bigint>;
    return [Number(offsets[row]), Number(offsets[row + 1])];
  };
  switch (data.typeId) {
    case Type.Bool:
      return (row) => {
        const bit = data.offset + row;
        return String((((values[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1);
      };
    case Type.Int:
      return type.kind === 'decimal'
        ? (row) => `"${String(values[row])}"`
        : (row) => String(values[row]);
    case Type.Float: {
      const isHalf = precision === Precision.HALF;
      return (row) => {
        const value = isHalf ? halfFloat(Number(values[row])) : Number(values[row]);
        return Number.isFinite(value) && !Object.is(value, -0)
          ? String(value)
          : `"${numberName(value)}"`;
      };
    }
    case Type.Decimal: {
      const words = data.values as unknown as Uint32Array;
      const count = bitWidth / 32;
      return (row) => {
        let value = 0n;
        for (let k = count - 1; k >= 0; k--)
          value = (value << 32n) | BigInt(words[row * count + k] ?? 0);
        return `"${decimalDigits(BigInt.asIntN(bitWidth, value), scale)}"`;
      };
    }
    case Type.Utf8:
    case Type.LargeUtf8:
      return (row) => JSON.stringify(utf8.decode(values.subarray(...bounds(row))));
    case Type.Binary:
    case Type.LargeBinary:
      return (row) => `"${Buffer.from(values.subarray(...bounds(row))).toString('hex')}"`;
    case Type.FixedSizeBinary: {
      return (row) => {
        const bytes = values.subarray(row * byteWidth, (row + 1) * byteWidth);
        return `"${Buffer.from(bytes).toString('hex')}"`;
      };
    }
    case Type.Date:
      return (row) => {
        const value = values[row] ?? 0;
        const days = typeof value === 'bigint' ? value / 86_400_000n : BigInt(value);
        return `"${localDateTime(days * 86_400_000_000n).date}"`;
      };
    case Type.Timestamp:
      return (row) => {
        const { date, time } = localDateTime(microsOf(BigInt(values[row] ?? 0), unit));
        return `"${date} ${time}"`;
      };
    case Type.Time: {
      const nanosPerUnit = unit === TimeUnit.NANOSECOND ? 1n : 1000n;
      return (row) => String(BigInt(values[row] ?? 0) * nanosPerUnit);
    }
    case Type.Duration:
      return (row) => String(microsOf(BigInt(values[row] ?? 0), unit));
    case Type.Dictionary: {
      const dictionary = data.dictionary?.data[0] as Data | undefined;
      const write = dictionary && writerOf(dictionary, type);
      return (row) => write?.(Number(values[row]));
    }
    case Type.Struct: {
      const fields = type.kind === 'struct' ? type.fields : [];
      const names = structFieldNames(fields);
      const writers = children.map((child, k) =>
        orNull(writerOf(child, fields[k]?.type ?? stringType)),
      );
      return (row) =>
        `{${writers.map((write, k) => `${JSON.stringify(names[k])}:${write(row)}`).join(',')}}`;
    }
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList: {
      const [child] = children;
      const element = type.kind === 'array' ? type.element : stringType;
      const write = child && orNull(writerOf(child, element));
      return (row) => {
        const isFixed = data.typeId === Type.FixedSizeList;
        const [start, end] = isFixed ? [row * listSize, (row + 1) * listSize] : bounds(row);
        const cells: string[] = [];
        for (let k = start; write && k < end; k++) cells.push(write(k));
        return `[${cells.join(',')}]`;
      };
    }
    case Type.Map: {
      const [key, value] = (children[0]?.children ?? []) as readonly Data[];
      const types = type.kind === 'map' ? type : { key: stringType, value: stringType };
      const writeKey = key && orNull(writerOf(key, types.key));
      const writeValue = value && orNull(writerOf(value, types.value));
      return (row) => {
        const [start, end] = bounds(row);
        const cells: string[] = [];
        for (let k = start; writeKey && writeValue && k < end; k++)
          cells.push(`{"k":${writeKey(k)},"v":${writeValue(k)}}`);
        return `[${cells.join(',')}]`;
      };
    }
    default:
      throw new Error(`no value of Arrow's type ${Type[data.typeId]} can be written`);
  }
}

function microsOf(value: bigint, unit: TimeUnit): bigint {
  if (unit === TimeUnit.SECOND) return value * 1_000_000n;
  if (unit === TimeUnit.MILLISECOND) return value * 1000n;
  if (unit === TimeUnit.MICROSECOND) return value;
  // Towards the past, as Spark cuts nanoseconds off.
  return value / 1000n - (value % 1000n < 0n ? 1n : 0n);
}

function decimalDigits(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  if (scale <= 0) return `${sign}${digits}${'0'.repeat(-scale)}`;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function numberName(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value === 0 ? '-0.0' : value < 0 ? '-Infinity' : 'Infinity';
}

function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
