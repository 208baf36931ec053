/** Chunks of DuckDB's vectors to Arrow record batches, whose fields say their Spark type in metadata. */
import type { Data } from 'apache-arrow';
import {
  Binary,
  Bool,
  DateDay,
  Decimal,
  Duration,
  Field as ArrowField,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  List,
  Map_,
  Null,
  RecordBatch,
  Schema,
  Struct,
  TimeNanosecond,
  TimestampMicrosecond,
  TimeUnit,
  Utf8,
  makeData,
} from 'apache-arrow';
import type { DataType as ArrowType } from 'apache-arrow';
// Types only: the library itself is loaded at the first query, or not at all.
import type {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBIntervalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
  DuckDBDataChunk,
  DuckDBValue,
} from '@duckdb/node-api';
import '#shared/protocol/wideSchemas.ts';
import type { DataType } from '#sql/plan/types.ts';
import { simpleString } from '#sql/plan/types.ts';
import { decoded, jsonOf } from './scalarFunctions/variant.ts';
import { formatCalendar } from '#sql/value/calendarInterval.ts';
import { structFieldNames } from './types.ts';

export interface OutputField {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
}

/** The metadata key under which a field carries its Spark type's simple string. */
export const sparkTypeKey = 'spark.type';

/** Arrow merges fields of one name, and loses the rows where their types differ. */
function distinctNames(fields: readonly OutputField[]): readonly string[] {
  const taken = new Set<string>();
  return fields.map(({ name }, index) => {
    let distinct = name;
    while (taken.has(distinct)) distinct = `${distinct}_${index + 1}`;
    taken.add(distinct);
    return distinct;
  });
}

/** The schema of a result's pages. Timestamps are instants with the session's zone to show them in. */
export function arrowSchema(fields: readonly OutputField[], timeZone: string): Schema {
  const names = distinctNames(fields);
  return new Schema(
    fields.map(
      (field, index) =>
        new ArrowField(
          names[index] ?? field.name,
          arrowType(field.type, timeZone),
          true,
          new Map([
            [sparkTypeKey, simpleString(field.type)],
            ...(names[index] === field.name ? [] : [['spark.name', field.name] as const]),
          ]),
        ),
    ),
    new Map([['spark.timeZone', timeZone]]),
  );
}

export function recordBatch(
  schema: Schema,
  fields: readonly OutputField[],
  chunk: DuckDBDataChunk,
): RecordBatch {
  const length = chunk.rowCount;
  const timeZone = schema.metadata.get('spark.timeZone') ?? 'UTC';
  const children = fields.map((field, index) =>
    dataOf(field.type, chunk.getColumnValues(index), timeZone),
  );
  const type = new Struct(schema.fields);
  return new RecordBatch(schema, makeData({ type, length, nullCount: 0, children }));
}

/** Intervals travel as their months and microseconds; calendar intervals as text. */
function arrowType(type: DataType, timeZone: string): ArrowType {
  switch (type.kind) {
    case 'void':
      return new Null();
    case 'boolean':
      return new Bool();
    case 'byte':
      return new Int8();
    case 'short':
      return new Int16();
    case 'int':
    case 'yearMonthInterval':
      return new Int32();
    case 'long':
      return new Int64();
    case 'float':
      return new Float32();
    case 'double':
      return new Float64();
    case 'decimal':
      return new Decimal(type.scale, type.precision, 128);
    case 'string':
    case 'variant':
    case 'calendarInterval':
      return new Utf8();
    case 'binary':
      return new Binary();
    case 'date':
      return new DateDay();
    case 'timestamp':
      return new TimestampMicrosecond(timeZone);
    case 'timestamp_ntz':
      return new TimestampMicrosecond();
    case 'time':
      return new TimeNanosecond();
    case 'dayTimeInterval':
      return new Duration(TimeUnit.MICROSECOND);
    case 'array':
      return new List(new ArrowField('element', arrowType(type.element, timeZone), true));
    case 'map':
      return new Map_(
        new ArrowField(
          'entries',
          new Struct<{ key: ArrowType; value: ArrowType }>([
            new ArrowField('key', arrowType(type.key, timeZone), false),
            new ArrowField('value', arrowType(type.value, timeZone), true),
          ]),
          false,
        ),
      );
    case 'struct':
      return new Struct(
        type.fields.map(
          (field) => new ArrowField(field.name, arrowType(field.type, timeZone), true),
        ),
      );
  }
}

type Values = readonly (DuckDBValue | undefined)[];

const isNull = (value: DuckDBValue | undefined): value is null | undefined =>
  value === null || value === undefined;

function dataOf(type: DataType, values: Values, timeZone: string): Data {
  const length = values.length;
  const base = { length, ...validity(values) };
  switch (type.kind) {
    case 'void':
      return makeData({ type: new Null(), length });
    case 'boolean':
      return makeData({
        ...base,
        type: new Bool(),
        data: bitmap(length, (i) => values[i] === true),
      });
    case 'byte':
      return makeData({ ...base, type: new Int8(), data: Int8Array.from(values, numberOf) });
    case 'short':
      return makeData({ ...base, type: new Int16(), data: Int16Array.from(values, numberOf) });
    case 'int':
    case 'yearMonthInterval':
      return makeData({ ...base, type: new Int32(), data: Int32Array.from(values, numberOf) });
    case 'long':
      return makeData({ ...base, type: new Int64(), data: BigInt64Array.from(values, bigintOf) });
    case 'dayTimeInterval':
      return makeData({
        ...base,
        type: new Duration(TimeUnit.MICROSECOND),
        data: BigInt64Array.from(values, bigintOf),
      });
    case 'time':
      return makeData({
        ...base,
        type: new TimeNanosecond(),
        data: BigInt64Array.from(values, bigintOf),
      });
    case 'float':
      return makeData({ ...base, type: new Float32(), data: Float32Array.from(values, numberOf) });
    case 'double':
      return makeData({ ...base, type: new Float64(), data: Float64Array.from(values, numberOf) });
    case 'decimal':
      return makeData({
        ...base,
        type: new Decimal(type.scale, type.precision, 128),
        data: decimals(values),
      });
    case 'date':
      return makeData({
        ...base,
        type: new DateDay(),
        data: Int32Array.from(values, (value) =>
          isNull(value) ? 0 : (value as DuckDBDateValue).days,
        ),
      });
    case 'timestamp':
    case 'timestamp_ntz':
      return makeData({
        ...base,
        type:
          type.kind === 'timestamp'
            ? new TimestampMicrosecond(timeZone)
            : new TimestampMicrosecond(),
        data: BigInt64Array.from(values, (value) =>
          isNull(value) ? 0n : (value as unknown as DuckDBTimestampValue).micros,
        ),
      });
    case 'variant': {
      const { valueOffsets, data } = concatenated(values, (value) =>
        Buffer.from(jsonOf(decoded(value as string), timeZone)),
      );
      return makeData({ ...base, type: new Utf8(), valueOffsets, data });
    }
    case 'string':
    case 'calendarInterval': {
      const { valueOffsets, data } = concatenated(values, (value) =>
        Buffer.from(
          typeof value === 'string'
            ? value
            : formatCalendar(value as unknown as DuckDBIntervalValue),
        ),
      );
      return makeData({ ...base, type: new Utf8(), valueOffsets, data });
    }
    case 'binary': {
      const { valueOffsets, data } = concatenated(
        values,
        (value) => (value as unknown as DuckDBBlobValue).bytes,
      );
      return makeData({ ...base, type: new Binary(), valueOffsets, data });
    }
    case 'array': {
      const { valueOffsets, items } = flattened(
        values,
        (value) => (value as unknown as DuckDBListValue).items,
      );
      const child = dataOf(type.element, items, timeZone);
      const list = new List(new ArrowField('element', child.type, true));
      return makeData({ ...base, type: list, valueOffsets, child });
    }
    case 'map': {
      const { valueOffsets, items } = flattened(
        values,
        (value) => (value as DuckDBMapValue).entries,
      );
      const key = dataOf(
        type.key,
        items.map((entry) => entry.key),
        timeZone,
      );
      const value = dataOf(
        type.value,
        items.map((entry) => entry.value),
        timeZone,
      );
      const struct = new Struct<{ key: ArrowType; value: ArrowType }>([
        new ArrowField('key', key.type, false),
        new ArrowField('value', value.type, true),
      ]);
      const child = makeData({
        type: struct,
        length: items.length,
        nullCount: 0,
        children: [key, value],
      });
      return makeData({
        ...base,
        type: new Map_(new ArrowField('entries', struct, false)),
        valueOffsets,
        child,
      });
    }
    case 'struct': {
      const names = structFieldNames(type.fields);
      const children = type.fields.map((field, index) =>
        dataOf(
          field.type,
          values.map((value) =>
            isNull(value) ? null : (value as DuckDBStructValue).entries[names[index] ?? ''],
          ),
          timeZone,
        ),
      );
      const struct = new Struct(
        type.fields.map(
          (field, index) => new ArrowField(field.name, children[index]?.type ?? new Null(), true),
        ),
      );
      return makeData({ ...base, type: struct, children });
    }
  }
}

function bitmap(length: number, isSet: (index: number) => boolean): Uint8Array {
  const bytes = new Uint8Array((length + 7) >> 3);
  for (let i = 0; i < length; i++)
    if (isSet(i)) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (1 << (i & 7));
  return bytes;
}

function validity(values: Values): { nullCount: number; nullBitmap: Uint8Array | null } {
  let nullCount = 0;
  for (const value of values) if (isNull(value)) nullCount += 1;
  return {
    nullCount,
    nullBitmap: nullCount === 0 ? null : bitmap(values.length, (i) => !isNull(values[i])),
  };
}

function numberOf(value: DuckDBValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}

function bigintOf(value: DuckDBValue | undefined): bigint {
  return typeof value === 'bigint' ? value : 0n;
}

/** Little-endian two's complement of 128 bits, as four words each. */
function decimals(values: Values): Uint32Array {
  const words = new BigInt64Array(2 * values.length);
  values.forEach((value, i) => {
    if (isNull(value)) return;
    const unscaled = (value as DuckDBDecimalValue).value;
    words[2 * i] = BigInt.asIntN(64, unscaled);
    words[2 * i + 1] = BigInt.asIntN(64, unscaled >> 64n);
  });
  return new Uint32Array(words.buffer);
}

type Present = Exclude<DuckDBValue, null>;

function concatenated(
  values: Values,
  bytesOf: (value: Present) => Uint8Array,
): { valueOffsets: Int32Array; data: Uint8Array } {
  const valueOffsets = new Int32Array(values.length + 1);
  const parts: Uint8Array[] = [];
  let end = 0;
  values.forEach((value, i) => {
    if (!isNull(value)) {
      const part = bytesOf(value);
      parts.push(part);
      end += part.length;
    }
    valueOffsets[i + 1] = end;
  });
  return { valueOffsets, data: Buffer.concat(parts, end) };
}

function flattened<T>(
  values: Values,
  itemsOf: (value: Present) => readonly T[],
): { valueOffsets: Int32Array; items: T[] } {
  const valueOffsets = new Int32Array(values.length + 1);
  const items: T[] = [];
  values.forEach((value, i) => {
    if (!isNull(value)) for (const item of itemsOf(value)) items.push(item);
    valueOffsets[i + 1] = items.length;
  });
  return { valueOffsets, items };
}
