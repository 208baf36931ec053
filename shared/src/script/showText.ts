/** What `DataFrame.show()` prints (Spark's `Dataset.showString`): a frame of lines, or a block a row. */
import type { Cell, PageColumn } from '#shared/protocol/resultRows.ts';
import { cellText } from '#shared/protocol/resultRows.ts';
import type { SparkType } from '#shared/protocol/sparkType.ts';

const MIN_WIDTH = 3;

export interface ShowOptions {
  /** Rows that are shown; one more in `rows` says that there are more. */
  readonly rowCount: number;
  /** The longest text of a cell; 0 for all of it. */
  readonly truncate: number;
  readonly vertical: boolean;
}

export function showText(
  columns: readonly PageColumn[],
  timeZone: string,
  rows: readonly (readonly Cell[])[],
  { rowCount, truncate, vertical }: ShowOptions,
): string {
  const hasMore = rows.length > rowCount;
  const shown = rows.slice(0, rowCount);
  const header = columns.map(({ name }) => escaped(name));
  const cells = shown.map((row) =>
    columns.map(({ type }, at) =>
      cut(escaped(prettyText(row[at] ?? null, type, timeZone)), truncate),
    ),
  );
  const lines = vertical ? blocks(header, cells) : table(header, cells, truncate);
  if (hasMore) lines.push(`only showing top ${rowCount} ${rowCount === 1 ? 'row' : 'rows'}`);
  // Spark ends a whole table with a line break, and Python's print adds one to whatever it is given.
  const endsOpen = hasMore || (vertical && cells.length === 0);
  return `${lines.join('\n')}\n${endsOpen ? '' : '\n'}`;
}

function table(
  header: readonly string[],
  cells: readonly (readonly string[])[],
  truncate: number,
): string[] {
  const widths = header.map((name, at) =>
    Math.max(MIN_WIDTH, ...[name, ...cells.map((row) => row[at] ?? '')].map(widthOf)),
  );
  const rule = `+${widths.map((width) => '-'.repeat(width)).join('+')}+`;
  // Whole texts begin at the left, cut ones end at the right.
  const line = (row: readonly string[]) =>
    `|${row
      .map((text, at) => {
        const padding = ' '.repeat(Math.max(0, (widths[at] ?? 0) - widthOf(text)));
        return truncate > 0 ? padding + text : text + padding;
      })
      .join('|')}|`;
  return [rule, line(header), rule, ...cells.map(line), rule];
}

function blocks(header: readonly string[], cells: readonly (readonly string[])[]): string[] {
  if (cells.length === 0) return ['(0 rows)'];
  const nameWidth = Math.max(MIN_WIDTH, ...header.map(widthOf));
  const textWidth = Math.max(MIN_WIDTH, ...cells.flat().map(widthOf));
  return cells.flatMap((row, at) => [
    `-RECORD ${at}`.padEnd(nameWidth + textWidth + 5, '-'),
    ...row.map((text, column) => {
      const name = header[column] ?? '';
      const gap = (value: string, width: number) =>
        value + ' '.repeat(Math.max(0, width - widthOf(value)));
      return ` ${gap(name, nameWidth)} | ${gap(text, textWidth)} `;
    }),
  ]);
}

/** Characters that take two places in a terminal, as Spark counts them. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text)
    width += /[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦]/u.test(character) ? 2 : 1;
  return width;
}

function escaped(text: string): string {
  return text
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('\f', '\\f')
    .replaceAll('\b', '\\b')
    .replaceAll('\u000b', '\\v')
    .replaceAll('\u0007', '\\a');
}

function cut(text: string, truncate: number): string {
  const characters = Array.from(text);
  if (truncate <= 0 || characters.length <= truncate) return text;
  if (truncate < 4) return characters.slice(0, truncate).join('');
  return `${characters.slice(0, truncate - 3).join('')}...`;
}

/** A cell as `show` has it (Spark's `ToPrettyString`): NULL, bytes in base 16, structs in braces. */
export function prettyText(cell: Cell, type: SparkType, timeZone: string): string {
  if (cell === null) return 'NULL';
  switch (type.kind) {
    case 'array':
      return `[${(cell as readonly Cell[]).map((item) => prettyText(item, type.element, timeZone)).join(', ')}]`;
    case 'map':
      return `{${(cell as readonly (readonly [Cell, Cell])[])
        .map(
          ([key, value]) =>
            `${prettyText(key, type.key, timeZone)} -> ${prettyText(value, type.value, timeZone)}`,
        )
        .join(', ')}}`;
    case 'struct':
      return `{${(cell as readonly Cell[])
        .map((value, at) => {
          const field = type.fields[at];
          return field ? prettyText(value, field.type, timeZone) : '';
        })
        .join(', ')}}`;
    case 'decimal':
      return cellText(cell, type, timeZone);
    case 'atom':
      if (cell instanceof Uint8Array)
        return `[${Array.from(cell, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')}]`;
      if (type.name.startsWith('interval '))
        return intervalText(cellText(cell, type, timeZone), type.name);
      return cellText(cell, type, timeZone);
  }
}

/** `INTERVAL '1 02:00:00' DAY TO SECOND`, of the text that has all units of its kind. */
function intervalText(text: string, name: string): string {
  const [, first = '', last = first] = /^interval (\w+)(?: to (\w+))?$/.exec(name) ?? [];
  const units = `${first}${last === first ? '' : ` to ${last}`}`.toUpperCase();
  const sign = text.startsWith('-') ? '-' : '';
  const bare = text.replace(/^-/, '');
  const [years = '0', months = '0'] = bare.split('-');
  if (first === 'month') return `INTERVAL '${sign}${Number(years) * 12 + Number(months)}' MONTH`;
  if (first === 'year')
    return `INTERVAL '${sign}${last === 'year' ? years : `${years}-${months}`}' ${units}`;
  const [days = '0', clock = '0:0:0'] = bare.split(' ');
  const [hours = '0', minutes = '0', seconds = '0'] = clock.split(':');
  const sizes = [Number(days), Number(hours), Number(minutes)];
  const names = ['day', 'hour', 'minute', 'second'];
  const [from, to] = [names.indexOf(first), names.indexOf(last)];
  let whole = 0;
  const parts: string[] = [];
  for (const [at, size] of sizes.entries()) {
    whole = whole * (at === 1 ? 24 : 60) + size;
    if (at < from) continue;
    if (at > to) break;
    parts.push(at === 0 ? String(whole) : String(whole).padStart(2, '0'));
    whole = 0;
  }
  if (to === 3) {
    const [, fraction = ''] = seconds.split('.');
    const second = (Number.parseInt(seconds, 10) + whole * 60).toString();
    const tail = fraction.replace(/0+$/, '');
    parts.push(`${second.padStart(2, '0')}${tail === '' ? '' : `.${tail}`}`);
  }
  const [head = '', ...rest] = parts;
  const tail = rest.join(':');
  const shown = tail === '' ? head : `${head}${first === 'day' ? ' ' : ':'}${tail}`;
  return `INTERVAL '${sign}${shown}' ${units}`;
}
