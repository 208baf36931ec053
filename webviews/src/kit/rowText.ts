/** Rows as text to paste: tabs, CSV, JSON, Markdown, or VALUES that Spark SQL reads back as they were. */
import { backquoted, stringLiteral } from '#shared/protocol/arrangement.ts';
import type { Field } from '#shared/protocol/engine.ts';
import { ddlType, quoteName } from '#shared/protocol/sparkDdl.ts';
import { parseSparkType } from '#shared/protocol/sparkType.ts';
import type { CellValue } from './arrowCells.ts';
import { isNumeric } from './arrowCells.ts';

export type RowFormat = 'tabs' | 'csv' | 'json' | 'markdown' | 'values' | 'insert';

export interface RowText {
  /** One row; `index` counts the lines from 0. */
  readonly line: (values: readonly CellValue[], index: number) => string;
  /** The lines together. */
  readonly whole: (lines: readonly string[]) => string;
}

export const rowFormats: readonly { readonly format: RowFormat; readonly label: string }[] = [
  { format: 'csv', label: 'CSV' },
  { format: 'json', label: 'JSON' },
  { format: 'markdown', label: 'Markdown' },
  { format: 'values', label: 'VALUES' },
  { format: 'insert', label: 'INSERT … VALUES' },
];

/** `name` is what the rows are of, where the text names a table. */
export function rowText(format: RowFormat, fields: readonly Field[], name: string): RowText {
  const names = fields.map((field) => field.name);
  switch (format) {
    case 'tabs':
      return {
        line: (values) => values.map(({ text }) => text ?? 'NULL').join('\t'),
        whole: (lines) => lines.join('\n'),
      };
    case 'csv':
      return {
        line: (values) => values.map(csvCell).join(','),
        whole: (lines) => [names.map(quotedCell).join(','), ...lines, ''].join('\n'),
      };
    case 'json':
      return {
        line: (values) =>
          `{${values.map((value, k) => `${JSON.stringify(names[k] ?? '')}: ${jsonText(value)}`).join(', ')}}`,
        whole: (lines) =>
          lines.length === 0 ? '[]\n' : `[\n${lines.map((line) => `  ${line}`).join(',\n')}\n]\n`,
      };
    case 'markdown':
      return {
        line: (values) => markdownRow(values.map(({ text }) => text ?? 'null')),
        whole: (lines) =>
          [
            markdownRow(names),
            `|${fields.map(({ type }) => (isNumeric(type) ? ' ---: ' : ' --- ')).join('|')}|`,
            ...lines,
            '',
          ].join('\n'),
      };
    case 'values':
      return {
        line: (values, index) =>
          `  (${values.map((value) => (index === 0 ? typed(value) : literal(value))).join(', ')})`,
        whole: (lines) =>
          lines.length === 0
            ? ''
            : `VALUES\n${lines.join(',\n')}\nAS rows(${names.map(quoteName).join(', ')})`,
      };
    case 'insert':
      return {
        line: (values) => `  (${values.map(literal).join(', ')})`,
        whole: (lines) =>
          lines.length === 0
            ? ''
            : `INSERT INTO ${backquoted(name)} (${names.map(backquoted).join(', ')}) VALUES\n${lines.join(',\n')};\n`,
      };
  }
}

/** Null is an empty cell, and an empty text one of quotes, as the engine reads them back. */
function csvCell({ text }: CellValue): string {
  if (text === null) return '';
  return text === '' ? '""' : quotedCell(text);
}

function quotedCell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function markdownRow(cells: readonly string[]): string {
  const safe = cells.map((cell) =>
    cell.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/\r?\n/g, '<br>'),
  );
  return `| ${safe.join(' | ')} |`;
}

/** Numbers with all of their digits; what JSON has no number for is a text. */
function jsonText(value: CellValue): string {
  const { type, text, children } = value;
  if (text === null) return 'null';
  if (children) {
    const inside = children();
    if (type.startsWith('array'))
      return `[${inside.map((each) => jsonText(each.value)).join(', ')}]`;
    return `{${inside.map((each) => `${JSON.stringify(each.name)}: ${jsonText(each.value)}`).join(', ')}}`;
  }
  if (type === 'boolean' || (isNumeric(type) && !/NaN|Infinity/.test(text))) return text;
  return JSON.stringify(text);
}

/** The first row of VALUES says what type each column has, where its literal does not. */
function typed(value: CellValue): string {
  const text = literal(value);
  const isOwn = value.text !== null && value.children === undefined;
  return isOwn ? text : `CAST(${text} AS ${ddlType(parseSparkType(value.type))})`;
}

/** A literal of exactly the value's type. */
function literal(value: CellValue): string {
  const { type, text, children, keys } = value;
  if (text === null) return 'NULL';
  if (children) {
    const inside = children();
    if (type.startsWith('array'))
      return `array(${inside.map((each) => literal(each.value)).join(', ')})`;
    if (type.startsWith('map')) {
      const names = keys?.() ?? [];
      return `map(${inside.flatMap((each, k) => [literal(names[k] ?? each.value), literal(each.value)]).join(', ')})`;
    }
    return `named_struct(${inside.flatMap(({ name, value: field }) => [stringLiteral(name), literal(field)]).join(', ')})`;
  }
  const suffixes: Readonly<Record<string, string>> = {
    tinyint: 'Y',
    smallint: 'S',
    int: '',
    bigint: 'L',
    float: 'F',
    double: 'D',
  };
  if (/NaN|Infinity/.test(text) && (type === 'float' || type === 'double'))
    return `${type}(${stringLiteral(text)})`;
  const suffix = suffixes[type];
  if (suffix !== undefined) {
    // The smallest bigint has no literal of its own sign.
    if (text === '-9223372036854775808') return `(-9223372036854775807L - 1L)`;
    return `${text}${suffix}`;
  }
  if (type.startsWith('decimal')) return `CAST('${text}' AS ${type.toUpperCase()})`;
  if (type === 'boolean' || type.startsWith('interval')) return text;
  if (type.startsWith('time(')) return `CAST('${text}' AS ${type.toUpperCase()})`;
  if (type === 'variant') return `parse_json(${stringLiteral(text)})`;
  if (type === 'date' || type === 'timestamp' || type === 'timestamp_ntz')
    return `${type.toUpperCase()}'${text}'`;
  if (type === 'binary') return `X'${text.replace(/[[\] ]/g, '')}'`;
  const collation = /^string( collate \w+)$/.exec(type)?.[1] ?? '';
  return stringLiteral(text) + collation.toUpperCase();
}
