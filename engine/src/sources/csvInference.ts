/**
 * The types that Spark 4.0 infers for CSV columns (`CSVInferSchema`, with `preferDate` on): int, bigint,
 * decimal(n,0), double, date, timestamp, boolean, else string. A cell counts only if it has the very form
 * that Spark's parser takes: DuckDB's own parser reads `1.7`, `1_000` and `0x1A` as integers.
 */
import { quoteIdentifier, quoteString } from '../duckdb/quote.ts';
import type { DataType } from '#sql/plan/types.ts';
import type { SourceReader } from './source.ts';
import {
  booleanType,
  dateType,
  decimalType,
  doubleType,
  intType,
  longType,
  stringType,
  timestampType,
} from '#sql/plan/types.ts';

export const flags = {
  int: 1,
  long: 2,
  decimal: 4,
  double: 8,
  date: 16,
  timestamp: 32,
  boolean: 64,
  string: 128,
};

// As Java's parser of doubles takes it: with blanks around it, and with a suffix.
export const numeral = String.raw`[\x00-\x20]*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[dDfF]?[\x00-\x20]*`;
export const localTime = String.raw`\d{4}-\d{1,2}(-\d{1,2}([ T]\d{1,2}:\d{1,2}(:\d{1,2}(\.\d{0,9})?)?( ?(Z|UTC|GMT|[+-]\d{1,2}(:\d{2})?))?)?)?`;

/** A text with a date and time, as an instant where it names an offset, else as the local time. */
export function timestampOf(cell: string): string {
  // As a TIMESTAMP DuckDB would drop the offset.
  return `CASE WHEN regexp_matches(${cell}, ${quoteString(namesOffset)}) THEN timezone('UTC', TRY_CAST(regexp_replace(${cell}, ' ?(UTC|GMT)$', 'Z') AS TIMESTAMPTZ))
    WHEN regexp_full_match(${cell}, '\\d{4}-\\d{1,2}') THEN TRY_CAST(${cell} || '-1' AS TIMESTAMP)
    ELSE TRY_CAST(${cell} AS TIMESTAMP) END`;
}

export const namesOffset = String.raw`[ T].*(Z|UTC|GMT|[+-]\d{1,2}(:\d{2})?)$`;

/** What a column's cells are, as far as they were read. */
export interface Found {
  /** The sum of the flags of its cells' types. */
  readonly flags: number;
  /** Of the longest integer that is no bigint. */
  readonly digitCount: number;
}

/** With one more cell of the type. */
export function noted({ flags: before, digitCount }: Found, type: DataType, cell: string): Found {
  const isNamed = type.kind in flags;
  const flag = isNamed ? flags[type.kind as keyof typeof flags] : flags.string;
  const digits = type.kind === 'decimal' ? cell.replace(/^[+-]?0*/, '').length : 0;
  return { flags: before | flag, digitCount: Math.max(digitCount, digits) };
}

/** From so many columns on, what is asked of each is compiled once, and not once for each. */
const wideColumnCount = 64;
/** Of all flags of a cell. */
const flagBits = 8;
const decimalColumnsAtOnce = 512;

/** What the rows of a table of texts hold. Throws what DuckDB throws. */
export async function inferredOf(
  names: readonly string[],
  from: string,
  reader: SourceReader,
): Promise<{ readonly rowCount: number; readonly found: Found[] }> {
  if (names.length >= wideColumnCount) return wideInferredOf(names, from, reader);
  const columns = names.flatMap((name) => {
    const { flag, digits } = cellFacts(quoteIdentifier(name));
    return [`COALESCE(bit_or(${flag}), 0)`, `COALESCE(max(${digits}), 0)`];
  });
  const [row = []] = await reader.rows(
    `SELECT ${['count(*)', ...columns].join(', ')} FROM ${from}`,
  );
  const found = names.map((_, index) => ({
    flags: Number(row[1 + 2 * index]),
    digitCount: Number(row[2 + 2 * index]),
  }));
  return { rowCount: Number(row[0]), found };
}

/**
 * A row's cells as one list, and what they are as one text of bits: to unnest lists that are so long takes a time
 * that grows with the square of their length.
 */
async function wideInferredOf(names: readonly string[], from: string, reader: SourceReader) {
  const cells = names.map((name) => quoteIdentifier(name)).join(', ');
  const { flag } = cellFacts('cell', (bits) => `'${bits.toString(2).padStart(flagBits, '0')}'`);
  const marks = `array_to_string(list_transform([${cells}], lambda cell: ${flag}), '')`;
  const [row = []] = await reader.rows(
    `SELECT count(*), CAST(bit_or(CAST(${marks} AS BIT)) AS VARCHAR) FROM ${from}`,
  );
  const bits = typeof row[1] === 'string' ? row[1] : '';
  const found: Found[] = names.map((_, index) => {
    const place = index * flagBits;
    return { flags: parseInt(bits.slice(place, place + flagBits) || '0', 2), digitCount: 0 };
  });
  const decimals = names.flatMap((name, index) => {
    const type = inferredType(found[index] ?? { flags: 0, digitCount: 0 });
    return type.kind === 'decimal' ? [{ name, index }] : [];
  });
  for (let at = 0; at < decimals.length; at += decimalColumnsAtOnce) {
    const some = decimals.slice(at, at + decimalColumnsAtOnce);
    const maxima = some.map(({ name }) => {
      const { digits } = cellFacts(quoteIdentifier(name));
      return `COALESCE(max(${digits}), 0)`;
    });
    const [counts = []] = await reader.rows(`SELECT ${maxima.join(', ')} FROM ${from}`);
    some.forEach(({ index }, position) => {
      const flagSum = found[index]?.flags ?? 0;
      found[index] = { flags: flagSum, digitCount: Number(counts[position]) };
    });
  }
  return { rowCount: Number(row[0]), found };
}

function cellFacts(
  cell: string,
  written: (flag: number) => string = String,
): { readonly flag: string; readonly digits: string } {
  const of = (kind: keyof typeof flags) => written(flags[kind]);
  // A letter begins nothing but these, and most texts.
  const flag = `CASE WHEN ascii(${cell}) >= 65 THEN CASE WHEN ${cell} IN ('NaN', 'Inf', 'Infinity') THEN ${of('double')} WHEN lower(${cell}) IN ('true', 'false') THEN ${of('boolean')} ELSE ${of('string')} END
      WHEN ${cell} IS NULL THEN ${written(0)}
      WHEN regexp_full_match(${cell}, '[+-]?[0-9]{1,18}') THEN CASE WHEN CAST(${cell} AS BIGINT) BETWEEN -2147483648 AND 2147483647 THEN ${of('int')} ELSE ${of('long')} END
      WHEN regexp_full_match(${cell}, '[+-]?[0-9]+') THEN CASE WHEN TRY_CAST(${cell} AS INTEGER) IS NOT NULL THEN ${of('int')} WHEN TRY_CAST(${cell} AS BIGINT) IS NOT NULL THEN ${of('long')} WHEN length(ltrim(${cell}, '+-0')) <= 38 THEN ${of('decimal')} ELSE ${of('double')} END
      WHEN regexp_full_match(${cell}, ${quoteString(numeral)}) OR ${cell} IN ('-Inf', '-Infinity') THEN ${of('double')}
      WHEN regexp_full_match(${cell}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND TRY_CAST(${cell} AS DATE) IS NOT NULL THEN ${of('date')}
      WHEN regexp_full_match(${cell}, ${quoteString(localTime)}) AND ${timestampOf(cell)} IS NOT NULL THEN ${of('timestamp')}
      ELSE ${of('string')} END`;
  const digits = `CASE WHEN length(${cell}) > 18 AND regexp_full_match(${cell}, '[+-]?[0-9]+') THEN length(ltrim(${cell}, '+-0')) ELSE 0 END`;
  return { flag, digits };
}

/**
 * One row: for each column whether all of its cells are of the type that its first ones have, in a form
 * that is quick to check. Where it is not so, only the whole of `inferenceSql` can tell.
 */
export function confirmationSql(
  columns: readonly { readonly name: string; readonly type: DataType }[],
  from: string,
): string {
  const checks = columns.map(({ name, type }) => {
    const cell = quoteIdentifier(name);
    const isSame = (duckDbType: string) =>
      `CAST(TRY_CAST(${cell} AS ${duckDbType}) AS VARCHAR) = ${cell}`;
    const check: Readonly<Record<string, string>> = {
      int: isSame('INTEGER'),
      long: isSame('BIGINT'),
      date: isSame('DATE'),
      double: `regexp_full_match(${cell}, ${quoteString(numeral)})`,
      boolean: `lower(${cell}) IN ('true', 'false')`,
      timestamp: `(regexp_full_match(${cell}, ${quoteString(localTime)}) AND ${timestampOf(cell)} IS NOT NULL)`,
    };
    // A comparison with NULL counts as confirmed only where the cell itself is NULL.
    return `bool_and(${cell} IS NULL OR COALESCE(${check[type.kind] ?? 'FALSE'}, FALSE))`;
  });
  return `SELECT ${checks.join(', ')} FROM ${from}`;
}

export function inferredType({ flags: found, digitCount }: Found): DataType {
  const isOnly = (...kinds: (keyof typeof flags)[]) =>
    (found & ~kinds.reduce((sum, kind) => sum | flags[kind], 0)) === 0;
  // A column without any value is a string.
  if (found === 0) return stringType;
  if (isOnly('int')) return intType;
  if (isOnly('int', 'long')) return longType;
  if (isOnly('int', 'long', 'decimal')) return decimalType(Math.max(digitCount, 20), 0);
  if (isOnly('int', 'long', 'decimal', 'double')) return doubleType;
  if (isOnly('date')) return dateType;
  if (isOnly('date', 'timestamp')) return timestampType;
  if (isOnly('boolean')) return booleanType;
  return stringType;
}
