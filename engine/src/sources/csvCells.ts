/** How a CSV cell becomes a value of its column's type. */
import { castSql, instantOf } from '../duckdb/casts.ts';
import { isUtc } from '../duckdb/context.ts';
import { localTime, namesOffset, numeral, timestampOf } from './csvInference.ts';
import { quoteString } from '../duckdb/quote.ts';
import { raise } from '../duckdb/runtimeError.ts';
import { duckType } from '../duckdb/types.ts';
import { nowhere } from '#sql/plan/range.ts';
import type { DataType } from '#sql/plan/types.ts';
import { stringType } from '#sql/plan/types.ts';

/** The DuckDB type in which the reader delivers a column; text where Spark's form is not DuckDB's. */
export function castTo(type: DataType, isSampled: boolean): string {
  const isDuckDbs = ['int', 'long', 'decimal', 'date', 'boolean'].includes(type.kind);
  return isDuckDbs && !isSampled ? duckType(type) : 'VARCHAR';
}

/** Whether a cell is not taken as the reader delivers it. */
export function isConverted(type: DataType, isSampled: boolean): boolean {
  return type.kind !== 'string' && castTo(type, isSampled) === 'VARCHAR';
}

export function csvCell(
  cell: string,
  type: DataType,
  options: { readonly isSampled: boolean; readonly timeZone: string },
): string {
  if (!isConverted(type, options.isSampled)) return cell;
  const value = valueOf(cell, type, options.timeZone);
  if (!options.isSampled) return value;
  const form = forms[type.kind];
  if (form === undefined) throw new Error('a type that is not inferred');
  const fitting = `CASE WHEN regexp_full_match(${cell}, ${quoteString(form)}) THEN ${value} END`;
  const misfit = `CASE WHEN ${cell} IS NOT NULL THEN ${raise('SAMPLE_SCHEMA_DISAGREES', nowhere)} END`;
  return `COALESCE(${fitting}, ${misfit})`;
}

/** Of a cell that has its type's form. */
function valueOf(cell: string, type: DataType, timeZone: string): string {
  switch (type.kind) {
    case 'timestamp':
      return instantCell(cell, timeZone);
    case 'double':
      return `COALESCE(TRY_CAST(${cell} AS DOUBLE), CAST(CASE WHEN ends_with(${cell}, 'Inf') THEN replace(${cell}, 'Inf', 'Infinity') ELSE rtrim(spark_trim_all(${cell}), 'dDfF') END AS DOUBLE))`;
    default:
      return `TRY_CAST(${cell} AS ${duckType(type)})`;
  }
}

/** Null where the cell is no value of the type. */
export function givenCell(cell: string, type: DataType, timeZone: string): string {
  if (type.kind === 'string') return cell;
  if (type.kind === 'timestamp') return instantCell(cell, timeZone);
  const value = castSql(cell, stringType, type, { mode: 'try', timeZone, range: nowhere });
  const form = givenForms[type.kind];
  if (form === undefined) return value;
  return `CASE WHEN regexp_full_match(${cell}, ${quoteString(form)}) THEN ${value} END`;
}

const integer = '[+-]?[0-9]+';

/** The forms of cells of a schema that was given, where the cast alone takes more. */
const givenForms: Readonly<Record<string, string>> = {
  byte: integer,
  short: integer,
  int: integer,
  long: integer,
  decimal: String.raw`[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?`,
  boolean: '(?i)true|false',
};

/** A time without an offset is of the session's zone. */
export function instantCell(cell: string, timeZone: string): string {
  const value = timestampOf(cell);
  if (isUtc(timeZone)) return value;
  return `CASE WHEN regexp_matches(${cell}, ${quoteString(namesOffset)}) THEN ${value} ELSE ${instantOf(value, timeZone)} END`;
}

/** What `csvInference` takes for a cell of the type, where DuckDB's casts alone take more. */
const forms: Readonly<Record<string, string>> = {
  int: integer,
  long: integer,
  decimal: integer,
  double: `${numeral}|NaN|-?Inf|-?Infinity`,
  date: '[0-9]{4}-[0-9]{2}-[0-9]{2}',
  boolean: '(?i)true|false',
  timestamp: localTime,
};
