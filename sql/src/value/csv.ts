/** One line of CSV: its cells, and the types that Spark infers for them. */
import type { DataType } from '../plan/types.ts';
import {
  booleanType,
  dateType,
  decimalType,
  doubleType,
  intType,
  longType,
  stringType,
  timestampType,
} from '../plan/types.ts';
import { parseDate, parseTimestamp } from './datetime.ts';

export interface CsvOptions {
  readonly separator: string;
  readonly quote: string;
  readonly escape: string;
  readonly nullValue: string;
  /** What quotes around nothing mean, as long as it is not the value of a null, too. */
  readonly emptyValue: string;
  readonly trimsStart: boolean;
  readonly trimsEnd: boolean;
}

/** Options by their names in small letters. */
export function csvOptionsFrom(
  options: Readonly<Record<string, string>>,
  trims: boolean,
): CsvOptions {
  const flag = (key: string) => {
    const value = options[key]?.toLowerCase();
    return value === undefined ? trims : value === 'true';
  };
  const separator = options.sep ?? options.delimiter ?? ',';
  return {
    separator: separator === '\\t' ? '\t' : separator,
    quote: options.quote ?? '"',
    escape: options.escape ?? '\\',
    nullValue: options.nullvalue ?? '',
    emptyValue: options.emptyvalue ?? '',
    trimsStart: flag('ignoreleadingwhitespace'),
    trimsEnd: flag('ignoretrailingwhitespace'),
  };
}

/** A cell that is empty without quotes, or reads as null is written, is null. */
export function csvCells(line: string, options: CsvOptions): (string | null)[] {
  const cells: (string | null)[] = [];
  let at = 0;
  for (;;) {
    let cell: string;
    let isQuoted = false;
    let start = at;
    while (options.trimsStart && line[start] === ' ') start += 1;
    if (options.quote !== '' && line.startsWith(options.quote, start)) {
      const quoted = quotedCell(line, start, options);
      cell = quoted.text;
      at = quoted.end;
      isQuoted = true;
      while (at < line.length && !line.startsWith(options.separator, at)) at += 1;
    } else {
      const found = line.indexOf(options.separator, at);
      const end = found < 0 ? line.length : found;
      cell = line.slice(start, end);
      if (options.trimsEnd) cell = cell.replace(/ +$/, '');
      at = end;
    }
    if (isQuoted && cell === '') cell = options.emptyValue;
    const isNull = (!isQuoted && cell === '') || cell === options.nullValue;
    cells.push(isNull ? null : cell);
    if (at >= line.length) return cells;
    at += options.separator.length;
    if (at === line.length) {
      cells.push(null);
      return cells;
    }
  }
}

function quotedCell(
  line: string,
  start: number,
  { quote, escape }: CsvOptions,
): { readonly text: string; readonly end: number } {
  let text = '';
  let at = start + quote.length;
  while (at < line.length) {
    if (
      escape !== '' &&
      line.startsWith(escape, at) &&
      line.startsWith(quote, at + escape.length)
    ) {
      text += quote;
      at += escape.length + quote.length;
    } else if (line.startsWith(quote, at)) {
      return { text, end: at + quote.length };
    } else {
      text += line[at] ?? '';
      at += 1;
    }
  }
  return { text, end: at };
}

/** Undefined says nothing: the cell is null. */
export function csvCellType(
  cell: string | null,
  isTime: {
    readonly date: (text: string) => boolean;
    readonly timestamp: (text: string) => boolean;
  },
): DataType | undefined {
  if (cell === null || cell === '') return undefined;
  if (/^[+-]?\d+$/.test(cell)) {
    const value = BigInt(cell.replace('+', ''));
    if (BigInt.asIntN(32, value) === value) return intType;
    if (BigInt.asIntN(64, value) === value) return longType;
    const digits = String(value).replace('-', '').length;
    return digits <= 38 ? decimalType(digits, 0) : doubleType;
  }
  if (/^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[dDfF]?\s*$/.test(cell)) return doubleType;
  if (/^(NaN|[+-]?(Inf|Infinity))$/.test(cell)) return doubleType;
  if (isTime.date(cell)) return dateType;
  if (isTime.timestamp(cell)) return timestampType;
  return /^(true|false)$/i.test(cell) ? booleanType : stringType;
}

/** Where no pattern is given. */
export const plainTimes = {
  date: (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && parseDate(text) !== undefined,
  timestamp: (text: string) => /^\d{4}-\d/.test(text) && parseTimestamp(text) !== undefined,
};
