import type { Data } from 'apache-arrow/data';
import { IntervalUnit, Precision, TimeUnit, Type } from 'apache-arrow/enum';
import { RecordBatchReader } from 'apache-arrow/ipc/reader';
import type { DataType } from 'apache-arrow/type';
import type { Field } from '#shared/protocol/engine.ts';
import {
  binaryText,
  dateText,
  dayTimeIntervalText,
  decimalText,
  doubleText,
  floatText,
  timestampText,
  timeText,
  yearMonthIntervalText,
} from './sparkText.ts';

/** Cells of one page of rows, as text. */
export interface CellTable {
  readonly rowCount: number;
  /** The value's text as Spark shows it, or null. */
  textAt(row: number, column: number): string | null;
  valueAt(row: number, column: number): CellValue;
}

/** A value with what is inside of it, as far as it is asked for. */
export interface CellValue {
  /** Spark's simple string. */
  readonly type: string;
  readonly text: string | null;
  /** Of arrays, maps and structs that are not null: elements by position, values by key, fields by name. */
  readonly children?: () => readonly { readonly name: string; readonly value: CellValue }[];
  /** The keys of a map, in the order of the children. */
  readonly keys?: () => readonly CellValue[];
}

/** Reads a page; throws on bytes that are no Arrow stream, which is a bug of the sender. */
export function readCellTable(arrow: ArrayBuffer, schema: readonly Field[]): CellTable {
  const batches = arrow.byteLength === 0 ? [] : [...RecordBatchReader.from(new Uint8Array(arrow))];
  const starts: number[] = [];
  let rowCount = 0;
  for (const batch of batches) {
    starts.push(rowCount);
    rowCount += batch.numRows;
  }
  const place = (row: number, column: number) => {
    let chunk = starts.length - 1;
    while (chunk > 0 && (starts[chunk] ?? 0) > row) chunk--;
    const data = batches[chunk]?.data.children[column];
    return { data, index: row - (starts[chunk] ?? 0), type: schema[column]?.type ?? '' };
  };
  return {
    rowCount,
    textAt(row, column) {
      const { data, index, type } = place(row, column);
      return data === undefined ? null : textOf(data, index, type);
    },
    valueAt(row, column) {
      const { data, index, type } = place(row, column);
      return data === undefined ? { type, text: null } : valueOf(data, index, type);
    },
  };
}

function valueOf(data: Data, index: number, sparkType: string): CellValue {
  const type: DataType = data.type;
  const value: CellValue = { type: sparkType, text: textOf(data, index, sparkType) };
  if (value.text === null) return value;
  const all = (child: Data | undefined, start: number, end: number, childType: string) =>
    child
      ? Array.from({ length: end - start }, (_, k) => valueOf(child, start + k, childType))
      : [];
  switch (type.typeId) {
    case Type.Struct: {
      // Spark's simple string does not quote names, so they are taken from Arrow's type.
      const { children: fields } = type as DataType & { children: readonly { name: string }[] };
      const types = structTypes(sparkType);
      const children = () =>
        data.children.map((child, field) => ({
          name: fields[field]?.name ?? '',
          value: valueOf(child, index, types[field] ?? ''),
        }));
      return { ...value, children };
    }
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList: {
      const { listSize } = type as DataType & { listSize: number };
      const isFixed = type.typeId === Type.FixedSizeList;
      const [start, end] = isFixed
        ? [index * listSize, (index + 1) * listSize]
        : bounds(data, index);
      const children = () =>
        all(data.children[0], start, end, elementType(sparkType)).map((element, k) => ({
          name: String(k),
          value: element,
        }));
      return { ...value, children };
    }
    case Type.Map: {
      const [keys, items] = data.children[0]?.children ?? [];
      const [start, end] = bounds(data, index);
      const [keyType = '', valueType = ''] = typeArguments(sparkType);
      return {
        ...value,
        keys: () => all(keys, start, end, keyType),
        children: () =>
          all(items, start, end, valueType).map((item, k) => ({
            name: keys ? nested(keys, start + k, keyType) : '',
            value: item,
          })),
      };
    }
    default:
      return value;
  }
}

interface WithUnit {
  readonly unit: TimeUnit;
}

/** One value. Reads the buffers themselves: Arrow's own getters round timestamps and decimals to doubles. */
function textOf(data: Data, index: number, sparkType: string): string | null {
  if (!data.getValid(index)) return null;
  const type: DataType = data.type;
  const values = data.values as unknown;
  switch (type.typeId) {
    case Type.Null:
      return null;
    case Type.Bool:
      return bitAt(values as Uint8Array, data.offset + index) ? 'true' : 'false';
    case Type.Int:
      return integerText(at(values, index), sparkType);
    case Type.Float: {
      const { precision } = type as DataType & { precision: Precision };
      const value = Number(at(values, index));
      return precision === Precision.DOUBLE ? doubleText(value) : floatText(value);
    }
    case Type.Utf8:
    case Type.LargeUtf8:
      return utf8.decode(sliceOf(data, index));
    case Type.Binary:
    case Type.LargeBinary:
      return binaryText(sliceOf(data, index));
    case Type.FixedSizeBinary: {
      const { byteWidth } = type as DataType & { byteWidth: number };
      return binaryText(
        (values as Uint8Array).subarray(index * byteWidth, (index + 1) * byteWidth),
      );
    }
    case Type.Decimal: {
      const { scale, bitWidth } = type as DataType & { scale: number; bitWidth: number };
      return decimalText(unscaledAt(values as Uint32Array, index, bitWidth / 32), scale);
    }
    case Type.Date: {
      const value = at(values, index);
      return dateText(typeof value === 'bigint' ? Number(value / 86_400_000n) : value);
    }
    case Type.Timestamp: {
      const { unit, timezone } = type as DataType & WithUnit & { timezone?: string | null };
      return timestampText(microsOf(at(values, index), unit), timezone ?? undefined);
    }
    case Type.Time:
      return timeText(microsOf(at(values, index), (type as DataType & WithUnit).unit));
    case Type.Duration: {
      const micros = microsOf(at(values, index), (type as DataType & WithUnit).unit);
      return dayTimeIntervalText(micros, sparkType);
    }
    case Type.Interval:
      return intervalText(type as DataType & { unit: IntervalUnit }, values, index, sparkType);
    case Type.Struct: {
      const types = structTypes(sparkType);
      const texts = data.children.map((child, field) => nested(child, index, types[field] ?? ''));
      return `{${texts.join(', ')}}`;
    }
    case Type.List:
    case Type.LargeList: {
      const child = data.children[0];
      const [start, end] = bounds(data, index);
      return `[${elements(child, start, end, elementType(sparkType)).join(', ')}]`;
    }
    case Type.FixedSizeList: {
      const { listSize } = type as DataType & { listSize: number };
      const start = index * listSize;
      return `[${elements(data.children[0], start, start + listSize, elementType(sparkType)).join(', ')}]`;
    }
    case Type.Map: {
      const [keys, items] = data.children[0]?.children ?? [];
      const [start, end] = bounds(data, index);
      const [keyType = '', valueType = ''] = typeArguments(sparkType);
      const keyTexts = elements(keys, start, end, keyType);
      const valueTexts = elements(items, start, end, valueType);
      return `{${keyTexts.map((key, entry) => `${key} -> ${valueTexts[entry] ?? 'NULL'}`).join(', ')}}`;
    }
    case Type.Dictionary: {
      const dictionary = data.dictionary?.data[0] as Data | undefined;
      return dictionary ? textOf(dictionary, Number(at(values, index)), sparkType) : null;
    }
    default:
      return `(${Type[type.typeId]})`;
  }
}

const utf8 = new TextDecoder();

function at(values: unknown, index: number): number | bigint {
  return (values as ArrayLike<number | bigint>)[index] ?? 0;
}

function bitAt(bits: Uint8Array, index: number): boolean {
  return (((bits[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
}

/** Year-month intervals may come as the 32-bit count of months that they are. */
function integerText(value: number | bigint, sparkType: string): string {
  if (sparkType.startsWith('interval year') || sparkType === 'interval month')
    return yearMonthIntervalText(Number(value), sparkType);
  if (sparkType.startsWith('interval ')) return dayTimeIntervalText(BigInt(value), sparkType);
  return value.toString();
}

function intervalText(
  type: { readonly unit: IntervalUnit },
  values: unknown,
  index: number,
  sparkType: string,
): string {
  if (type.unit === IntervalUnit.YEAR_MONTH)
    return yearMonthIntervalText(Number(at(values, index)), sparkType);
  const days = Number(at(values, index * 2));
  const milliseconds = Number(at(values, index * 2 + 1));
  return dayTimeIntervalText(
    BigInt(days) * 86_400_000_000n + BigInt(milliseconds) * 1000n,
    sparkType,
  );
}

function bounds(data: Data, index: number): [start: number, end: number] {
  const offsets: unknown = data.valueOffsets;
  return [Number(at(offsets, index)), Number(at(offsets, index + 1))];
}

function sliceOf(data: Data, index: number): Uint8Array {
  const [start, end] = bounds(data, index);
  return (data.values as unknown as Uint8Array).subarray(start, end);
}

function unscaledAt(words: Uint32Array, index: number, wordCount: number): bigint {
  let value = 0n;
  for (let word = wordCount - 1; word >= 0; word--)
    value = (value << 32n) | BigInt(words[index * wordCount + word] ?? 0);
  return BigInt.asIntN(wordCount * 32, value);
}

function microsOf(value: number | bigint, unit: TimeUnit): bigint {
  const count = BigInt(value);
  if (unit === TimeUnit.SECOND) return count * 1_000_000n;
  if (unit === TimeUnit.MILLISECOND) return count * 1000n;
  return unit === TimeUnit.MICROSECOND ? count : count / 1000n;
}

function elements(child: Data | undefined, start: number, end: number, sparkType: string) {
  const texts: string[] = [];
  if (child) for (let i = start; i < end; i++) texts.push(nested(child, i, sparkType));
  return texts;
}

function nested(data: Data, index: number, sparkType: string): string {
  return textOf(data, index, sparkType) ?? 'NULL';
}

/** `array<int>` → `int` */
function elementType(sparkType: string): string {
  return typeArguments(sparkType)[0] ?? '';
}

/** The parts between the outermost angle brackets, split at their own commas. */
export function typeArguments(sparkType: string): string[] {
  const open = sparkType.indexOf('<');
  if (open < 0 || !sparkType.endsWith('>')) return [];
  const parts: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let i = open + 1; i < sparkType.length - 1; i++) {
    const character = sparkType[i];
    if (character === '<' || character === '(') depth++;
    else if (character === '>' || character === ')') depth--;
    else if (character === ',' && depth === 0) {
      parts.push(sparkType.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(sparkType.slice(start, -1));
  return parts;
}

/** `struct<a:int,b:array<int>>` → the fields' types. */
function structTypes(sparkType: string): string[] {
  return typeArguments(sparkType).map((field) => field.slice(field.indexOf(':') + 1).trim());
}

/** Whether Spark's `show` would put a value of this type to the right. */
export function isNumeric(sparkType: string): boolean {
  return /^(tinyint|smallint|int|bigint|float|double|decimal\b.*)$/.test(sparkType);
}
