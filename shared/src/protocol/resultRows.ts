/**
 * Pages of a result, read: Arrow IPC to cells, and cells to text. One codec for the command line and for
 * tests; knows nothing of where a page came from.
 */
import type { RecordBatch } from 'apache-arrow';
import { tableFromIPC } from 'apache-arrow';
import type { ShellForm } from './engine.ts';
import './wideSchemas.ts';
import { localDateTime, timeOfDayText, timestampText } from './sparkTime.ts';
import type { SparkType } from './sparkType.ts';
import { parseSparkType } from './sparkType.ts';

/**
 * A cell: boolean, number (tinyint to int, float, double), bigint (bigint, and the unscaled value of a
 * decimal, the days of a date, the microseconds of a timestamp, the nanoseconds of a time of day, months and
 * microseconds of intervals),
 * string, bytes, an array, `[key, value]` pairs of a map, or the fields of a struct in order.
 */
export type Cell = null | boolean | number | bigint | string | Uint8Array | readonly Cell[];

export interface PageColumn {
  readonly name: string;
  readonly type: SparkType;
}

export interface DecodedPage {
  readonly columns: readonly PageColumn[];
  readonly timeZone: string;
  readonly rows: readonly (readonly Cell[])[];
}

export function decodePage(arrow: ArrayBuffer): DecodedPage {
  const table = tableFromIPC(new Uint8Array(arrow));
  const columns = table.schema.fields.map((field) => ({
    // Fields of one name travel under names of their own.
    name: field.metadata.get('spark.name') ?? field.name,
    type: parseSparkType(field.metadata.get('spark.type') ?? 'string'),
  }));
  const rows = table.batches.flatMap((batch) => rowsOf(batch, columns));
  return { columns, timeZone: table.schema.metadata.get('spark.timeZone') ?? 'UTC', rows };
}

function rowsOf(batch: RecordBatch, columns: readonly PageColumn[]): Cell[][] {
  // A batch without rows may come without the fields of its structs.
  if (batch.numRows === 0) return [];
  const readers = columns.map((column, index) => {
    const data = batch.data.children[index];
    if (!data) throw new Error(`the page has no column ${index}`);
    return reader(data, column.type);
  });
  return Array.from({ length: batch.numRows }, (_, row) => readers.map((read) => read(row)));
}

const utf8 = new TextDecoder();

/** What is needed of Arrow's `Data`, whose own type says `any` of most of it. */
interface Column {
  readonly values: unknown;
  readonly valueOffsets: Int32Array;
  readonly offset: number;
  readonly children: readonly Column[];
  getValid(row: number): boolean;
}

/** Reads raw buffers: Arrow's own accessors turn microseconds into rounded milliseconds. */
function reader(data: Column, type: SparkType): (row: number) => Cell {
  const { values } = data;
  const orNull =
    (read: (row: number) => Cell) =>
    (row: number): Cell =>
      data.getValid(row) ? read(row) : null;
  switch (type.kind) {
    case 'decimal': {
      const words = values as Uint32Array;
      return orNull((row) => {
        const word = (index: number) => BigInt(words[4 * row + index] ?? 0);
        return BigInt.asIntN(128, word(0) | (word(1) << 32n) | (word(2) << 64n) | (word(3) << 96n));
      });
    }
    case 'array': {
      const child = data.children[0];
      if (!child) throw new Error('an array column has no elements');
      const read = reader(child, type.element);
      return orNull((row) => between(data, row).map(read));
    }
    case 'map': {
      const entries = data.children[0];
      const [keys, items] = entries?.children ?? [];
      if (!keys || !items) throw new Error('a map column has no entries');
      const [readKey, readValue] = [reader(keys, type.key), reader(items, type.value)];
      return orNull((row) => between(data, row).map((at) => [readKey(at), readValue(at)]));
    }
    case 'struct': {
      const readers = type.fields.map((field, index) => {
        const child = data.children[index];
        if (!child) throw new Error(`a struct column has no field ${index}`);
        return reader(child, field.type);
      });
      return orNull((row) => readers.map((read) => read(row)));
    }
    case 'atom':
      break;
  }
  switch (type.name) {
    case 'void':
      return () => null;
    case 'boolean': {
      const bits = values as Uint8Array;
      return orNull((row) => {
        const bit = row + data.offset;
        return (((bits[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1;
      });
    }
    case 'string':
    case 'variant':
    case 'interval':
    case 'binary': {
      const bytes = values as Uint8Array;
      const offsets = data.valueOffsets;
      const isText = type.name !== 'binary';
      return orNull((row) => {
        const slice = bytes.subarray(offsets[row], offsets[row + 1]);
        return isText ? utf8.decode(slice) : slice.slice();
      });
    }
    case 'date':
      return orNull((row) => BigInt((values as Int32Array)[row] ?? 0));
    default: {
      const items = values as Readonly<Record<number, number | bigint>>;
      return orNull((row) => items[row] ?? null);
    }
  }
}

function between(data: Column, row: number): number[] {
  const offsets = data.valueOffsets;
  const start = offsets[row] ?? 0;
  const length = (offsets[row + 1] ?? start) - start;
  return Array.from({ length }, (_, index) => start + index);
}

/** A cell as JSON: decimals and bigints are strings, so are dates and times; bytes are base 16. */
export function cellJson(cell: Cell, type: SparkType, timeZone: string): unknown {
  if (cell === null) return null;
  switch (type.kind) {
    case 'array':
      return (cell as readonly Cell[]).map((item) => cellJson(item, type.element, timeZone));
    case 'map':
      return Object.fromEntries(
        (cell as readonly (readonly [Cell, Cell])[]).map(([key, value]) => [
          cellText(key, type.key, timeZone),
          cellJson(value, type.value, timeZone),
        ]),
      );
    case 'struct':
      return Object.fromEntries(
        type.fields.map((field, index) => [
          field.name,
          cellJson((cell as readonly Cell[])[index] ?? null, field.type, timeZone),
        ]),
      );
    default:
      break;
  }
  if (typeof cell === 'boolean') return cell;
  if (typeof cell === 'number' && Number.isFinite(cell)) return cell;
  if (cell instanceof Uint8Array) return hexText(cell);
  return cellText(cell, type, timeZone);
}

/** A cell as Spark's cast to string has it; nested values in the form of {@link hiveText}. */
export function cellText(cell: Cell, type: SparkType, timeZone: string): string {
  if (cell === null) return 'NULL';
  if (type.kind === 'decimal') return decimalText(cell as bigint, type.scale);
  if (type.kind !== 'atom') return nestedText(cell, type, timeZone);
  if (cell instanceof Uint8Array) return utf8.decode(cell);
  if (type.name.startsWith('interval '))
    return intervalText(BigInt(cell as bigint | number), type.name);
  if (type.name.startsWith('time(')) return timeOfDayText(cell as bigint);
  switch (type.name) {
    case 'double':
      return doubleText(cell as number);
    case 'float':
      return doubleText(cell as number, Math.fround);
    case 'date':
      return localDateTime((cell as bigint) * 86_400_000_000n).date;
    case 'timestamp':
      return timestampText(cell as bigint, timeZone);
    case 'timestamp_ntz':
      return timestampText(cell as bigint, 'UTC');
    default:
      return String(cell);
  }
}

/** A row as the spark-sql shell prints it: tabs between cells, `NULL`, nested values in Hive's form. */
export function hiveText(
  row: readonly Cell[],
  columns: readonly PageColumn[],
  timeZone: string,
): string {
  return row
    .map((cell, index) => cellText(cell, columns[index]?.type ?? voidType, timeZone))
    .join('\t');
}

/** As {@link hiveText}, in the form that the shell has for the rows of some commands. */
export function shellText(
  row: readonly Cell[],
  columns: readonly PageColumn[],
  timeZone: string,
  form: ShellForm | undefined,
): string {
  if (form === undefined) return hiveText(row, columns, timeZone);
  const texts = row.map((cell, index) =>
    cell === null ? '' : cellText(cell, columns[index]?.type ?? voidType, timeZone),
  );
  return form === 'secondColumn'
    ? (texts[1] ?? '')
    : texts.map((text) => text.padEnd(20)).join('\t');
}

const voidType: SparkType = { kind: 'atom', name: 'void' };

function nestedText(cell: Cell, type: SparkType, timeZone: string): string {
  if (cell === null) return 'null';
  switch (type.kind) {
    case 'array':
      return `[${(cell as readonly Cell[]).map((item) => nestedText(item, type.element, timeZone)).join(',')}]`;
    case 'map':
      return `{${(cell as readonly (readonly [Cell, Cell])[])
        .map(
          ([key, value]) =>
            `${nestedText(key, type.key, timeZone)}:${nestedText(value, type.value, timeZone)}`,
        )
        .sort()
        .join(',')}}`;
    case 'struct':
      return `{${type.fields
        .map(
          (field, index) =>
            `"${field.name}":${nestedText((cell as readonly Cell[])[index] ?? null, field.type, timeZone)}`,
        )
        .join(',')}}`;
    default: {
      const text = cellText(cell, type, timeZone);
      return type.kind === 'atom' && type.name === 'string' ? `"${text}"` : text;
    }
  }
}

export function decimalText(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  return scale > 0 ? `${sign}${digits.slice(0, point)}.${digits.slice(point)}` : sign + digits;
}

/** Java's `Double.toString` and, rounding by `Math.fround`, `Float.toString`. */
export function doubleText(value: number, round: (value: number) => number = Number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponentText = '0'] = shortest(Math.abs(value), round).split('e');
  const sign = value < 0 ? '-' : '';
  const digits = mantissa.replace('.', '');
  const exponent = Number(exponentText);
  if (exponent < -3 || 7 <= exponent)
    return `${sign}${digits[0] ?? '0'}.${digits.slice(1) || '0'}E${exponent}`;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

/** The fewest digits that round to the value, in exponential form. */
function shortest(value: number, round: (value: number) => number): string {
  if (round === Number) return value.toExponential();
  for (let digits = 0; digits < 17; digits++) {
    const text = value.toExponential(digits);
    if (round(Number(text)) === value) return text.replace(/\.?0+e/, 'e');
  }
  return value.toExponential();
}

export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

/** `1-2` of year to month, `1 02:03:04.000000000` of day to second, whatever the type's fields, as Hive has it. */
function intervalText(value: bigint, name: string): string {
  const sign = value < 0n ? '-' : '';
  const size = value < 0n ? -value : value;
  if (/^interval (year|month)/.test(name)) return `${sign}${size / 12n}-${size % 12n}`;
  const two = (part: bigint) => part.toString().padStart(2, '0');
  const seconds = size / 1_000_000n;
  const clock = `${two((seconds / 3600n) % 24n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  const nanos = ((size % 1_000_000n) * 1000n).toString().padStart(9, '0');
  return `${sign}${seconds / 86_400n} ${clock}.${nanos}`;
}
