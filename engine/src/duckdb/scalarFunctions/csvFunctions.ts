/** Lines of CSV, read and written. */
import type { DataType } from '#sql/plan/types.ts';
import { csvCells, csvOptionsFrom } from '#sql/value/csv.ts';
import type { ScalarFunction, Site, Value } from './scalarFunction.ts';
import { timeWriters } from './timeWriters.ts';
import type { Read } from './typedReader.ts';
import { misfit, textReader } from './typedReader.ts';
import { valueString } from './valueString.ts';

export const fromCsv: ScalarFunction = {
  name: 'from_csv',
  prepare(site) {
    const options = JSON.parse(site.extra) as Readonly<Record<string, string>>;
    if (site.type.kind !== 'struct') throw new Error('a line of CSV is a struct');
    const { fields } = site.type;
    const corruptName = options.columnnameofcorruptrecord ?? '_corrupt_record';
    const corrupt = fields.findIndex((field) => field.name === corruptName);
    const columns = fields.filter((_, index) => index !== corrupt);
    const readers = columns.map((field) => cellReader(field.type, site, options));
    const syntax = csvOptionsFrom(options, false);
    const isStrict = options.mode?.toUpperCase() === 'FAILFAST';
    const { comment } = options;
    const isNothing = (line: string) =>
      line === '' || (comment !== undefined && comment !== '' && line.startsWith(comment));
    return (line: string) => {
      if (!isStrict && isNothing(line)) return fields.map(() => null);
      const cells = csvCells(line, syntax);
      let isBad = cells.length !== columns.length;
      const values = readers.map((read, index): Value => {
        const cell = cells[index] ?? null;
        const value = cell === null ? null : read(cell);
        if (value === misfit) isBad = true;
        return value === misfit ? null : value;
      });
      if (isBad && isStrict) {
        return site.raise('MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION', line, 'FAILFAST');
      }
      if (corrupt < 0) return values;
      return [...values.slice(0, corrupt), isBad ? line : null, ...values.slice(corrupt)];
    };
  },
};

function cellReader(
  type: DataType,
  site: Site,
  options: Readonly<Record<string, string>>,
): (cell: string) => Read {
  const read = textReader(type, { site, options });
  // Java's parsers of fractions pass over blanks around a number.
  if (type.kind === 'float' || type.kind === 'double') return (cell) => read(cell.trim());
  return read;
}

export const toCsv: ScalarFunction = {
  name: 'to_csv',
  prepare(site) {
    const options = JSON.parse(site.extra) as Readonly<Record<string, string>>;
    const [type] = site.parameterTypes;
    if (type?.kind !== 'struct') throw new Error('a line of CSV is a struct');
    const syntax = csvOptionsFrom(options, true);
    const empty = options.emptyvalue ?? '""';
    const escapesQuotes = options.escapequotes?.toLowerCase() !== 'false';
    const quotesAll = options.quoteall?.toLowerCase() === 'true';
    const writers = type.fields.map((field) => cellWriter(field.type, site, options));
    const { separator, quote, escape, nullValue } = syntax;
    const written = (value: Value, index: number): string => {
      if (value === null) return quotesAll ? `${quote}${nullValue}${quote}` : nullValue;
      let text = writers[index]?.(value) ?? '';
      if (syntax.trimsStart) text = text.replace(/^[^\u0021-\uffff]+/, '');
      if (syntax.trimsEnd) text = text.replace(/[^\u0021-\uffff]+$/, '');
      if (text === '') return empty;
      const hasQuotes = quote !== '' && text.includes(quote) && escapesQuotes;
      const isSpecial = text.includes(separator) || hasQuotes || /[\n\r]/.test(text) || quotesAll;
      if (!isSpecial) return text;
      const escaped = escape === quote ? text : text.replaceAll(escape, `${escape}${escape}`);
      return `${quote}${escaped.replaceAll(quote, `${escape}${quote}`)}${quote}`;
    };
    return (row: readonly Value[]) => row.map(written).join(separator);
  },
};

function cellWriter(
  type: DataType,
  site: Site,
  options: Readonly<Record<string, string>>,
): (value: Value) => string {
  const times = timeWriters(site, options);
  switch (type.kind) {
    case 'date':
      return (value) => times.date(value as number);
    case 'timestamp':
      return (value) => times.timestamp(value as bigint);
    case 'timestamp_ntz':
      return (value) => times.timestampNtz(value as bigint);
    case 'time':
      return (value) => times.time(value as bigint);
    default:
      return valueString(type, site.timeZone);
  }
}
