/** A result as a table for people: box lines, numbers to the right, nulls dim. */
import type { Cell, PageColumn } from '#shared/protocol/resultRows.ts';
import { cellText, hexText } from '#shared/protocol/resultRows.ts';

/** Rows whose widths decide the columns' widths; later ones are cut to fit, so that rows can stream. */
export const measuredRowCount = 1000;
const maxColumnWidth = 60;

export interface TableWriter {
  head(): string;
  rows(rows: readonly (readonly Cell[])[]): string;
  foot(): string;
}

export function tableWriter(
  columns: readonly PageColumn[],
  measured: readonly (readonly Cell[])[],
  options: { readonly timeZone: string; readonly isTerminal: boolean },
): TableWriter {
  const text = (cell: Cell, index: number) => visible(cell, columns[index], options.timeZone);
  const widths = columns.map((column, index) =>
    Math.min(
      maxColumnWidth,
      measured.reduce(
        (width, row) => Math.max(width, widthOf(text(row[index] ?? null, index))),
        Math.max(widthOf(column.name), 1),
      ),
    ),
  );
  const dim = (content: string) => (options.isTerminal ? `\u001b[2m${content}\u001b[22m` : content);
  const bold = (content: string) =>
    options.isTerminal ? `\u001b[1m${content}\u001b[22m` : content;
  const line = (left: string, middle: string, right: string) =>
    dim(`${left}${widths.map((width) => '─'.repeat(width + 2)).join(middle)}${right}`) + '\n';
  const edge = dim('│');
  const cellOf = (cell: Cell, index: number) => {
    const width = widths[index] ?? 1;
    const content = cut(text(cell, index), width);
    const padding = ' '.repeat(width - widthOf(content));
    const shown = cell === null ? dim(content) : content;
    return isNumeric(columns[index]) ? padding + shown : shown + padding;
  };
  const header = columns
    .map((column, index) => {
      const width = widths[index] ?? 1;
      const name = cut(column.name, width);
      const padding = ' '.repeat(width - widthOf(name));
      return isNumeric(column) ? padding + bold(name) : bold(name) + padding;
    })
    .join(` ${edge} `);
  return {
    head: () => `${line('┌', '┬', '┐')}${edge} ${header} ${edge}\n${line('├', '┼', '┤')}`,
    rows: (rows) =>
      rows.map((row) => `${edge} ${row.map(cellOf).join(` ${edge} `)} ${edge}\n`).join(''),
    foot: () => line('└', '┴', '┘'),
  };
}

function isNumeric(column: PageColumn | undefined): boolean {
  const type = column?.type;
  if (type?.kind === 'decimal') return true;
  return (
    type?.kind === 'atom' &&
    ['tinyint', 'smallint', 'int', 'bigint', 'float', 'double'].includes(type.name)
  );
}

/** Control characters would break the lines, or drive the reader's terminal. */
function visible(cell: Cell, column: PageColumn | undefined, timeZone: string): string {
  if (cell === null) return 'null';
  const text =
    cell instanceof Uint8Array
      ? hexText(cell)
      : cellText(cell, column?.type ?? { kind: 'atom', name: 'string' }, timeZone);
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, (character) => {
    const names: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };
    return names[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Columns of a terminal: wide forms take two, combining marks none. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x300 && /\p{Mn}|\p{Me}|\p{Cf}/u.test(character)) continue;
    width += isWide(code) ? 2 : 1;
  }
  return width;
}

function isWide(code: number): boolean {
  return (
    code >= 0x1100 &&
    (code <= 0x115f ||
      (0x2e80 <= code && code <= 0xa4cf) ||
      (0xac00 <= code && code <= 0xd7a3) ||
      (0xf900 <= code && code <= 0xfaff) ||
      (0xfe30 <= code && code <= 0xfe6f) ||
      (0xff00 <= code && code <= 0xff60) ||
      (0xffe0 <= code && code <= 0xffe6) ||
      (0x1f300 <= code && code <= 0x1faff) ||
      (0x20000 <= code && code <= 0x3fffd))
  );
}

function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
