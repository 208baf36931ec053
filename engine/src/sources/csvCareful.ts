/**
 * CSV that DuckDB does not read as Spark does: other encodings, quotes out of place, bad records that are to be
 * kept or dropped, patterns of times. The files are read here record by record, and written to the engine's own
 * folder in a form that leaves nothing open; DuckDB reads those.
 */
import type { DataType } from '#sql/plan/types.ts';
import { stringType } from '#sql/plan/types.ts';
import { csvCellType } from '#sql/value/csv.ts';
import { instantIn, parseDate, parseTimestamp } from '#sql/value/datetime.ts';
import { encodedCondition } from '../duckdb/runtimeError.ts';
import type { ParsedTime } from '../duckdb/scalarFunctions/dateTimeParse.ts';
import type { Site } from '../duckdb/scalarFunctions/scalarFunction.ts';
import { patternReader } from '../duckdb/scalarFunctions/textPatterns.ts';
import { misfit, textReader } from '../duckdb/scalarFunctions/typedReader.ts';
import { nowhere } from '#sql/plan/range.ts';
import { columnNames } from './csvHeader.ts';
import type { Found } from './csvInference.ts';
import { flags, inferredType, noted } from './csvInference.ts';
import type { CsvSyntax } from './csvRecord.ts';
import { csvRecord } from './csvRecord.ts';
import { quotedCell, scratchFile } from './scratchFile.ts';
import type { SourceColumn } from './source.ts';
import { linesOf, textOf } from './textStream.ts';

export interface CarefulCsv {
  readonly syntax: CsvSyntax;
  readonly encoding: string;
  readonly header: boolean;
  readonly multiLine: boolean;
  readonly lineBreak: string | undefined;
  readonly dateFormat: string | undefined;
  readonly timestampFormat: string | undefined;
  readonly timeFormat: string | undefined;
  /** What becomes of a record that does not fit. */
  readonly mode: 'permissive' | 'dropMalformed' | 'failFast';
  /** The column that keeps the text of such a record, where the schema has it. */
  readonly corruptName: string;
}

interface Row {
  readonly cells: readonly string[];
  /** The text of the record. */
  readonly raw: string;
}

/** The names that the first record gives, or `_c0` and on; undefined where there is no record. */
export async function carefulNames(
  files: readonly string[],
  csv: CarefulCsv,
): Promise<string[] | undefined> {
  for (const file of files) {
    for await (const { cells } of recordsOf(file, { ...csv, header: false })) {
      if (!csv.header) return cells.map((_, index) => `_c${index}`);
      // An empty cell of a header has no name.
      const { nullValue } = csv.syntax;
      return columnNames(cells.map((cell) => (cell === nullValue ? '' : cell)));
    }
  }
  return undefined;
}

export async function carefulTypes(
  files: readonly string[],
  names: readonly string[],
  csv: CarefulCsv,
): Promise<DataType[]> {
  const found: Found[] = names.map(() => ({ flags: 0, digitCount: 0 }));
  const times = timesOf(csv);
  for (const file of files) {
    for await (const { cells } of recordsOf(file, csv)) {
      for (const [index, before] of found.entries()) {
        const cell = cells[index];
        if (cell === undefined || cell === '' || cell === csv.syntax.nullValue) continue;
        const type = csvCellType(cell, {
          date: (text) => times.date(text, true) !== undefined,
          timestamp: (text) => times.timestamp(text, true) !== undefined,
        });
        if (type) found[index] = noted(before, type, cell);
      }
    }
  }
  return found.map((column) => {
    const type = inferredType(column);
    const isMixed = type.kind === 'timestamp' && column.flags !== flags.timestamp;
    return isMixed && !readsDatesAsTimes(csv) ? stringType : type;
  });
}

/** Whether a date as its pattern has it is a timestamp too. */
function readsDatesAsTimes({ dateFormat, timestampFormat }: CarefulCsv): boolean {
  const plain = 'yyyy-MM-dd yyyy-M-d yyyy-M-dd yyyy-MM-d yyyy-MM yyyy-M yyyy'.split(' ');
  return timestampFormat === undefined && (dateFormat === undefined || plain.includes(dateFormat));
}

/** Of a rewritten file: the cells, which of them were no values of their types, and the record's text. */
export const badColumn = 'bad';
export const rawColumn = 'raw';
export const cellColumn = (index: number) => `v${index}`;

/** In `bad`, between commas: the places of cells that fit no value, and `r` for another number of cells. */
const raggedMark = 'r';

/** Writes the file anew and gives its place; `columns` are those that the cells fill, in order. */
export async function rewritten(
  file: string,
  columns: readonly SourceColumn[],
  csv: CarefulCsv,
  folder: string,
): Promise<string> {
  return scratchFile(folder, 'csv', linesFor(file, columns, csv));
}

async function* linesFor(
  file: string,
  columns: readonly SourceColumn[],
  csv: CarefulCsv,
): AsyncGenerator<string> {
  const texts = columns.map(({ type }) => canonical(type, csv));
  const { nullValue } = csv.syntax;
  for await (const { cells, raw } of recordsOf(file, csv)) {
    const bad: string[] = cells.length === columns.length ? [] : [raggedMark];
    const line = texts.map((text, index) => {
      const cell = cells[index];
      if (cell === undefined || cell === nullValue) return '';
      const value = text(cell);
      if (value === undefined) bad.push(String(index));
      return value === undefined ? '' : quotedCell(value);
    });
    line.push(...(bad.length === 0 ? ['', ''] : [`",${bad.join(',')},"`, quotedCell(raw)]));
    yield `${line.join(',')}\n`;
  }
}

async function* recordsOf(file: string, csv: CarefulCsv): AsyncGenerator<Row> {
  let isHeader = csv.header;
  const rows = csv.multiLine ? spanningRecords(file, csv) : lineRecords(file, csv);
  for await (const row of rows) {
    if (!isHeader) yield row;
    isHeader = false;
  }
}

async function* lineRecords(
  file: string,
  { syntax, encoding, lineBreak }: CarefulCsv,
): AsyncGenerator<Row> {
  for await (const line of linesOf(textOf(file, encoding), lineBreak)) {
    if (isBlank(line) || (syntax.comment !== '' && line.startsWith(syntax.comment))) continue;
    yield { cells: csvRecord(line, 0, syntax, '').cells, raw: line };
  }
}

function isBlank(line: string): boolean {
  return !/[\u0021-\uffff]/.test(line);
}

/** Records that line breaks within quotes run through. One that the text read so far cuts waits for more. */
async function* spanningRecords(
  file: string,
  { syntax, encoding, lineBreak }: CarefulCsv,
): AsyncGenerator<Row> {
  let text = '';
  let at = 0;
  let found = lineBreak;
  const read = function* (isLast: boolean): Generator<Row> {
    while (at < text.length) {
      found ??= /\r\n|\n|\r(?!$)/.exec(text)?.[0] ?? (isLast ? '\n' : undefined);
      if (found === undefined) return;
      if (text.startsWith(found, at)) {
        at += found.length;
        continue;
      }
      if (syntax.comment !== '' && text.startsWith(syntax.comment, at)) {
        const end = text.indexOf(found, at);
        if (end < 0 && !isLast) return;
        at = end < 0 ? text.length : end + found.length;
        continue;
      }
      const record = csvRecord(text, at, syntax, found);
      const { end, isOpen } = record;
      if (isOpen && !isLast) return;
      const whole = text.slice(at, end);
      // A line break within quotes is always one character.
      const cells =
        found === '\n'
          ? record.cells
          : record.cells.map((cell) => cell.replaceAll(found ?? '', '\n'));
      yield { cells, raw: whole.endsWith(found) ? whole.slice(0, -found.length) : whole };
      at = end;
    }
  };
  for await (const piece of textOf(file, encoding)) {
    text = text.slice(at) + piece;
    at = 0;
    yield* read(false);
  }
  yield* read(true);
}

/** What a cell is as a value of the type, in the one form that DuckDB's cast takes; undefined for none. */
function canonical(type: DataType, csv: CarefulCsv): (cell: string) => string | undefined {
  if (type.kind === 'string') return (cell) => cell;
  if (type.kind === 'date') {
    const { date } = timesOf(csv);
    return (cell) => date(cell, false);
  }
  if (type.kind === 'timestamp' || type.kind === 'timestamp_ntz') {
    const { timestamp } = timesOf(csv);
    return (cell) => timestamp(cell, false);
  }
  const options = csv.timeFormat === undefined ? {} : { timeformat: csv.timeFormat };
  const read = textReader(type, { site: siteOf(type), options });
  const isFraction = type.kind === 'double' || type.kind === 'float';
  return (cell) => {
    const value = read(isFraction ? cell.trim() : cell);
    if (value === misfit || value === null) return undefined;
    if (type.kind === 'decimal' && typeof value === 'bigint') return decimalText(value, type.scale);
    if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
    return typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : undefined;
  };
}

function decimalText(unscaled: bigint, scale: number): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const at = digits.length - scale;
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, at)}${scale > 0 ? `.${digits.slice(at)}` : ''}`;
}

interface Times {
  /** `strictly` as the inference of types has it. */
  readonly date: (text: string, strictly: boolean) => string | undefined;
  readonly timestamp: (text: string, strictly: boolean) => string | undefined;
}

function timesOf({ dateFormat, timestampFormat }: CarefulCsv): Times {
  const readDate = dateFormat === undefined ? undefined : byPattern(dateFormat);
  const readTimestamp = timestampFormat === undefined ? undefined : byPattern(timestampFormat);
  return {
    date(text, strictly) {
      const parsed = readDate?.(text);
      if (readDate) return parsed && isoOf(parsed.local).slice(0, -16);
      if (strictly && !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
      const days = parseDate(text);
      return days === undefined ? undefined : isoOf(BigInt(days) * 86_400_000_000n).slice(0, -16);
    },
    timestamp(text, strictly) {
      if (readTimestamp) {
        const parsed = readTimestamp(text);
        return parsed && zonedIso(parsed.local, parsed.zone);
      }
      if (strictly && !/^\d{4}-\d/.test(text)) return undefined;
      const parsed = parseTimestamp(text);
      return parsed && zonedIso(parsed.micros, parsed.zone);
    },
  };
}

function byPattern(pattern: string): (text: string) => ParsedTime | undefined {
  return patternReader(siteOf(stringType), pattern);
}

function zonedIso(local: bigint, zone: string | undefined): string | undefined {
  if (zone === undefined) return isoOf(local);
  const instant = instantIn(zone, local);
  return instant === undefined ? undefined : `${isoOf(instant)}Z`;
}

/** `2024-01-31 10:20:30.123456`. */
function isoOf(micros: bigint): string {
  const second = 1_000_000n;
  const fraction = ((micros % second) + second) % second;
  const milliseconds = Number((micros - fraction) / 1000n);
  const [day = '', clock = ''] = new Date(milliseconds).toISOString().split('T');
  return `${day} ${clock.slice(0, 8)}.${String(fraction).padStart(6, '0')}`;
}

function siteOf(type: DataType): Site {
  return {
    mode: 'ansi',
    timeZone: 'UTC',
    extra: '',
    parameterTypes: [stringType],
    type,
    raise: (condition, ...parameters) => {
      throw new Error(encodedCondition(condition, nowhere, parameters));
    },
  };
}
