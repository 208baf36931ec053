/** A row as a line of CSV or JSON, exactly as Spark's writers put it. */
import { csvOptionsFrom } from '#sql/value/csv.ts';
import { nowhere } from '#sql/plan/range.ts';
import type { DataType } from '#sql/plan/types.ts';
import { stringType } from '#sql/plan/types.ts';
import { localOf, stringOf } from './casts.ts';
import { isUtc } from './context.ts';
import { quoteIdentifier, quoteString } from './quote.ts';
import { toCsv } from './scalarFunctions/csvFunctions.ts';
import { toJson } from './scalarFunctions/jsonFunctions.ts';
import type { Signature } from './scalarFunctions/scalarFunction.ts';
import { scalarCall } from './scalarFunctions/scalarFunction.ts';

interface Column {
  readonly name: string;
  readonly type: DataType;
  /** The column itself, in the DuckDB type of its type. */
  readonly column: string;
}

interface Writing {
  readonly timeZone: string;
  readonly writerOptions: Readonly<Record<string, string>>;
}

interface WrittenLine {
  readonly line: string;
  /** The line above the others, where there is to be one. */
  readonly header: string;
  readonly functions: readonly Signature[];
}

/** DuckDB writes what both write alike; the rest is written by the functions behind `to_csv` and `to_json`. */
export function writtenLine(
  format: 'csv' | 'json',
  columns: readonly Column[],
  writing: Writing,
): WrittenLine {
  const { writerOptions: options } = writing;
  const header = format === 'csv' ? headerOf(columns, options) : 'line';
  const isPatterned = Object.keys(options).some((key) => /format$|^timezone$/.test(key));
  const types = format === 'csv' ? csvTypes : jsonTypes;
  const isPlain =
    !isPatterned &&
    options.ignorenullfields?.toLowerCase() !== 'false' &&
    columns.every(({ type }) => isAlike(type, types, format === 'json'));
  if (isPlain && format === 'csv') {
    return { line: csvLine(columns, writing), header, functions: [] };
  }
  const row = `struct_pack(${columns
    .map(({ name, column }) => `${quoteIdentifier(name)} := ${column}`)
    .join(', ')})`;
  if (isPlain) {
    const line = `CAST(json_merge_patch('{}', to_json(${row})) AS VARCHAR)`;
    return { line, header, functions: [] };
  }
  const functions: Signature[] = [];
  const fields = columns.map(({ name, type }) => ({ name, type, nullable: true }));
  const call = {
    arguments: [{ type: { kind: 'struct', fields } as const }],
    type: stringType,
    evalMode: 'ansi',
    range: nowhere,
  } as const;
  const lowering = {
    timeZone: writing.timeZone,
    noteFunction: (signature: Signature) => functions.push(signature),
  };
  const definition = format === 'csv' ? toCsv : toJson;
  const line = scalarCall(definition, [row], call, lowering, JSON.stringify(options));
  return { line, header, functions };
}

const whole = ['string', 'boolean', 'byte', 'short', 'int', 'long'];
const csvTypes: ReadonlySet<string> = new Set([
  ...whole,
  'float',
  'double',
  'decimal',
  'date',
  'timestamp',
  'timestamp_ntz',
]);
const jsonTypes: ReadonlySet<string> = new Set(whole);

function isAlike(type: DataType, types: ReadonlySet<string>, isNested: boolean): boolean {
  if (isNested && type.kind === 'array') return isAlike(type.element, types, true);
  if (isNested && type.kind === 'struct') {
    return type.fields.length > 0 && type.fields.every((field) => isAlike(field.type, types, true));
  }
  return types.has(type.kind);
}

function headerOf(columns: readonly Column[], options: Readonly<Record<string, string>>): string {
  const { separator, quote, escape } = csvOptionsFrom(options, true);
  const quotesAll = options.quoteall?.toLowerCase() === 'true';
  return columns
    .map(({ name }) => {
      const isSpecial = name.includes(separator) || name.includes(quote) || quotesAll;
      return isSpecial ? `${quote}${name.replaceAll(quote, `${escape}${quote}`)}${quote}` : name;
    })
    .join(separator);
}

function csvLine(
  columns: readonly Column[],
  { timeZone, writerOptions: options }: Writing,
): string {
  const { separator, quote, escape, nullValue, trimsStart, trimsEnd } = csvOptionsFrom(
    options,
    true,
  );
  const empty = options.emptyvalue ?? '""';
  const quotesAll = options.quoteall?.toLowerCase() === 'true';
  const escapesQuotes = options.escapequotes?.toLowerCase() !== 'false';
  const cells = columns.map(({ column, type }) => {
    let text = textOf(column, type, timeZone);
    if (type.kind === 'string') {
      if (trimsStart) text = `regexp_replace(${text}, '^[\\x00-\\x20]+', '')`;
      if (trimsEnd) text = `regexp_replace(${text}, '[\\x00-\\x20]+$', '')`;
    }
    const escaped = escape === quote ? text : replaced(text, escape, `${escape}${escape}`);
    const quoted = `${quoteString(quote)} || ${replaced(escaped, quote, `${escape}${quote}`)} || ${quoteString(quote)}`;
    const marks = [separator, ...(escapesQuotes ? [quote] : []), '\n', '\r'];
    const isSpecial = quotesAll
      ? 'true'
      : marks.map((mark) => `contains(${text}, ${quoteString(mark)})`).join(' OR ');
    const absent = quoteString(quotesAll ? `${quote}${nullValue}${quote}` : nullValue);
    return `CASE WHEN ${column} IS NULL THEN ${absent} WHEN ${text} = '' THEN ${quoteString(empty)} WHEN ${isSpecial} THEN ${quoted} ELSE ${text} END`;
  });
  return cells.join(` || ${quoteString(separator)} || `);
}

function replaced(text: string, from: string, to: string): string {
  return `replace(${text}, ${quoteString(from)}, ${quoteString(to)})`;
}

function textOf(column: string, type: DataType, timeZone: string): string {
  switch (type.kind) {
    case 'timestamp':
      return `${isoText(localOf(column, timeZone))} || ${offsetText(column, timeZone)}`;
    case 'timestamp_ntz':
      return isoText(column);
    default:
      return stringOf(column, type, { mode: 'ansi', timeZone, range: nowhere });
  }
}

function isoText(local: string): string {
  return `strftime(${local}, '%Y-%m-%dT%H:%M:%S.%g')`;
}

function offsetText(instant: string, timeZone: string): string {
  if (isUtc(timeZone)) return "'Z'";
  const minutes = `CAST((epoch(${localOf(instant, timeZone)}) - epoch(${instant})) / 60 AS BIGINT)`;
  return `(CASE WHEN ${minutes} = 0 THEN 'Z' ELSE printf('%s%02d:%02d', CASE WHEN ${minutes} < 0 THEN '-' ELSE '+' END, abs(${minutes}) // 60, abs(${minutes}) % 60) END)`;
}
