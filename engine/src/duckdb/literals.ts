import type { DataType } from '#sql/plan/types.ts';
import { typeSql } from '#sql/plan/types.ts';
import type { LiteralValue } from '#sql/plan/unresolved.ts';
import type { Range } from '#sql/plan/range.ts';
import { quoteIdentifier, quoteString } from './quote.ts';
import { refuse } from './refusal.ts';
import { duckType, structFieldNames } from './types.ts';

/** A constant with exactly the DuckDB type of its Spark type. */
export function literalSql(value: LiteralValue, type: DataType, range: Range): string {
  if (value === null) return `CAST(NULL AS ${duckType(type)})`;
  switch (type.kind) {
    case 'boolean':
      return value === true ? 'TRUE' : 'FALSE';
    case 'byte':
    case 'short':
    case 'int':
    case 'long':
    case 'yearMonthInterval':
    case 'dayTimeInterval':
    case 'time':
      return `CAST(${quoteString(String(value))} AS ${duckType(type)})`;
    case 'float':
    case 'double':
      return `CAST('${numeral(value)}' AS ${duckType(type)})`;
    case 'decimal':
      return `CAST('${decimalText(value as bigint, type.scale)}' AS ${duckType(type)})`;
    case 'string':
      return quoteString(String(value));
    case 'binary': {
      const bytes = value as Uint8Array;
      return `unhex('${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}')`;
    }
    case 'date':
      return `(DATE '1970-01-01' + CAST(${String(value)} AS INTEGER))`;
    case 'timestamp':
    case 'timestamp_ntz':
      return `make_timestamp(CAST(${String(value)} AS BIGINT))`;
    case 'array':
      if (!Array.isArray(value)) break;
      return `CAST([${value.map((item: LiteralValue) => literalSql(item, type.element, range)).join(', ')}] AS ${duckType(type)})`;
    case 'map': {
      if (!Array.isArray(value)) break;
      const entries = value as readonly (readonly [LiteralValue, LiteralValue])[];
      const list = (items: readonly LiteralValue[], of: DataType) =>
        `[${items.map((item) => literalSql(item, of, range)).join(', ')}]`;
      const keys = list(
        entries.map(([key]) => key),
        type.key,
      );
      const values = list(
        entries.map(([, item]) => item),
        type.value,
      );
      return `CAST(MAP(${keys}, ${values}) AS ${duckType(type)})`;
    }
    case 'struct': {
      if (!Array.isArray(value)) break;
      const items = value as readonly LiteralValue[];
      const names = structFieldNames(type.fields);
      const fields = type.fields.map(
        (field, index) =>
          `${quoteIdentifier(names[index] ?? '')}: ${literalSql(items[index] ?? null, field.type, range)}`,
      );
      return `{${fields.join(', ')}}`;
    }
    default:
      break;
  }
  throw refuse('UNSUPPORTED_LITERAL', `A literal of type ${typeSql(type)}`, range);
}

function numeral(value: LiteralValue): string {
  const number = Number(value);
  if (Number.isNaN(number)) return 'NaN';
  if (!Number.isFinite(number)) return number > 0 ? 'Infinity' : '-Infinity';
  return Object.is(number, -0) ? '-0.0' : String(number);
}

function decimalText(unscaledValue: bigint, scale: number): string {
  const sign = unscaledValue < 0n ? '-' : '';
  const digits = (unscaledValue < 0n ? -unscaledValue : unscaledValue)
    .toString()
    .padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${sign}${digits.slice(0, point)}${scale > 0 ? '.' : ''}${digits.slice(point)}`;
}
