import type { ReadonlySignal, Signal } from '@preact/signals';
import { signal } from '@preact/signals';
import type { Field, ResultPage } from '#shared/protocol/engine.ts';
import type { Disposable, Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { CellTable, CellValue } from './arrowCells.ts';
import { readCellTable } from './arrowCells.ts';
import type { CallFailure } from './failureText.ts';
import type { Span } from './gridAxis.ts';
import type { GridSelection } from './gridSelection.ts';
import { selectCell } from './gridSelection.ts';
import { createPageCache } from './pageCache.ts';
import type { ScrollPosition } from './scroller.tsx';
import { columnWidthFor } from './textWidth.ts';

export const PAGE_ROWS = 256;
/** Pages kept besides the visible ones: some 16,000 rows. */
const KEPT_PAGES = 64;
/** Columns whose widths are fitted to the first page; further ones take the usual width. */
const FITTED_COLUMNS = 2048;
/** Cells that one copy may take; more belongs into an export. */
export const MAX_COPIED_CELLS = 1_000_000;

export type Cell =
  | { readonly kind: 'pending' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'value'; readonly text: string | null };

export interface PageRange {
  readonly start: number;
  readonly count: number;
  readonly columns: Span;
}

/** Rows that are read by pages as they are looked at, and how they are shown. */
export interface DataRows extends Disposable {
  readonly schema: ReadonlySignal<readonly Field[]>;
  readonly rowCount: ReadonlySignal<number>;
  readonly complete: ReadonlySignal<boolean>;
  /** Counts what arrived; cells are asked again when it moves. */
  readonly revision: ReadonlySignal<number>;
  /** Counts how often the rows became others. */
  readonly era: ReadonlySignal<number>;
  readonly selection: ReadonlySignal<GridSelection>;
  readonly widths: ReadonlySignal<ReadonlyMap<number, number>>;
  /** Digits behind the point of the first page's doubles, so that points stand in one column. */
  readonly fractionDigits: ReadonlySignal<readonly number[]>;
  readonly readFailure: ReadonlySignal<CallFailure | undefined>;
  /** The box that asks where to go is open. */
  readonly goingTo: Signal<boolean>;
  scroll: ScrollPosition | undefined;
  cell(row: number, column: number): Cell;
  /** What one cell holds in full, where it is here. */
  value(row: number, column: number): CellValue | undefined;
  show(rows: Span, columns: Span): void;
  select(selection: GridSelection): void;
  resizeColumn(column: number, width: number | undefined): void;
  fitColumns(characterWidth: number): void;
  retry(): void;
  /** More is known of the same rows. */
  note(rowCount: number, complete: boolean): void;
  /** Other rows from here on: what was read is dropped. */
  reset(rowCount: number, complete: boolean): void;
  /** One line a row, made of the values of a rectangle; what is not here is read first. */
  readLines(
    rows: Span,
    columns: Span,
    line: (values: readonly CellValue[], index: number) => string,
  ): Promise<Result<readonly string[], CallFailure>>;
  /** The same if all of it is here already. */
  linesNow(
    rows: Span,
    columns: Span,
    line: (values: readonly CellValue[], index: number) => string,
  ): readonly string[] | undefined;
}

export function createDataRows(options: {
  readonly schema: ReadonlySignal<readonly Field[]>;
  readonly rowCount: number;
  readonly complete: boolean;
  /** Columns of one page, where pages may be of some columns only. */
  readonly pageColumns?: number;
  load(range: PageRange, signal: AbortSignal): Promise<Result<ResultPage, CallFailure>>;
  /** Rows that ended with their engine are not asked for again. */
  isOver(): boolean;
}): DataRows {
  const { schema } = options;
  const pageColumns = options.pageColumns ?? Number.MAX_SAFE_INTEGER;
  const rowCount = signal(options.rowCount);
  const complete = signal(options.complete);
  const revision = signal(0);
  const era = signal(0);
  const selection = signal(selectCell({ row: 0, column: 0 }));
  const widths = signal<ReadonlyMap<number, number>>(new Map());
  const fractionDigits = signal<readonly number[]>([]);
  const readFailure = signal<CallFailure | undefined>(undefined);
  const dragged = new Map<number, number>();
  let fitted: ReadonlyMap<number, number> | undefined;
  let characters = 8;

  const pages = createPageCache<CellTable, CallFailure>({
    limit: KEPT_PAGES,
    async load(key, abort) {
      const [page = 0, block = 0] = key.split(' ').map(Number);
      const columns = {
        start: block * pageColumns,
        end: Math.min(block * pageColumns + pageColumns, schema.value.length),
      };
      const range = { start: page * PAGE_ROWS, count: PAGE_ROWS, columns };
      const fields = schema.value.slice(columns.start, columns.end);
      const reply = await options.load(range, abort);
      if (!reply.ok) {
        if (reply.error.kind !== 'cancelled') readFailure.value = reply.error;
        return reply;
      }
      readFailure.value = undefined;
      note(reply.value.knownRowCount, reply.value.complete);
      return ok(readCellTable(reply.value.arrow, fields));
    },
    onChange() {
      revision.value++;
      fit();
    },
  });

  const note = (count: number, isComplete: boolean) => {
    if (count > rowCount.value || isComplete) rowCount.value = count;
    if (isComplete) complete.value = true;
  };
  const blocksOf = (columns: Span): readonly number[] => {
    const first = Math.floor(columns.start / pageColumns);
    const last = Math.floor(Math.max(columns.start, columns.end - 1) / pageColumns);
    return Array.from({ length: last - first + 1 }, (_, k) => first + k);
  };
  const pageOf = (row: number, column: number) =>
    pages.peek(keyOf(Math.floor(row / PAGE_ROWS), Math.floor(column / pageColumns)));

  /** Widths from the first page of each block of columns, once. */
  const fit = () => {
    const sizes = new Map(fitted ?? []);
    const digits = [...fractionDigits.value];
    let isNew = false;
    const last = Math.min(schema.value.length, FITTED_COLUMNS);
    for (let start = 0; start < last; start += pageColumns) {
      const page = pages.peek(keyOf(0, start / pageColumns));
      if (page?.kind !== 'ready' || sizes.has(start)) continue;
      isNew = true;
      schema.value.slice(start, start + pageColumns).forEach((field, at) => {
        const { longest, fraction, isAligned } = extentOf(field, page.value, at);
        digits[start + at] = Math.min(fraction, 8);
        sizes.set(start + at, columnWidthFor(longest + (isAligned ? 2 : 0), characters));
      });
    }
    if (!isNew) return;
    fitted = sizes;
    fractionDigits.value = digits;
    widths.value = new Map([...sizes, ...dragged]);
  };
  const valuesOf = (row: number, columns: Span): readonly CellValue[] | undefined => {
    const values: CellValue[] = [];
    for (let column = columns.start; column < columns.end; column++) {
      const page = pageOf(row, column);
      if (page?.kind !== 'ready') return undefined;
      values.push(page.value.valueAt(row % PAGE_ROWS, column % pageColumns));
    }
    return values;
  };

  return {
    schema,
    rowCount,
    complete,
    revision,
    era,
    selection,
    widths,
    fractionDigits,
    readFailure,
    goingTo: signal(false),
    scroll: undefined,
    cell(row, column) {
      const page = pageOf(row, column);
      if (page === undefined || page.kind === 'loading') return { kind: 'pending' };
      if (page.kind === 'failed') return { kind: 'failed' };
      if (row % PAGE_ROWS >= page.value.rowCount) return { kind: 'pending' };
      return {
        kind: 'value',
        text: page.value.textAt(row % PAGE_ROWS, column % pageColumns),
      };
    },
    value(row, column) {
      const page = pageOf(row, column);
      if (page?.kind !== 'ready' || row % PAGE_ROWS >= page.value.rowCount) return undefined;
      return page.value.valueAt(row % PAGE_ROWS, column % pageColumns);
    },
    show(rows, columns) {
      if (options.isOver() || rows.end <= rows.start) return;
      const keys: string[] = [];
      for (let at = Math.floor(rows.start / PAGE_ROWS); at * PAGE_ROWS < rows.end; at++)
        keys.push(...blocksOf(columns).map((block) => keyOf(at, block)));
      pages.want(keys);
    },
    select: (next) => (selection.value = next),
    resizeColumn(column, width) {
      if (width === undefined) dragged.delete(column);
      else dragged.set(column, width);
      widths.value = new Map([...(fitted ?? []), ...dragged]);
    },
    fitColumns(characterWidth) {
      characters = characterWidth;
    },
    retry() {
      readFailure.value = undefined;
      pages.retry();
    },
    note,
    reset(count, isComplete) {
      rowCount.value = count;
      complete.value = isComplete;
      readFailure.value = undefined;
      pages.clear();
      era.value++;
    },
    linesNow(rows, columns, line) {
      const lines: string[] = [];
      for (let row = rows.start; row < rows.end; row++) {
        const values = valuesOf(row, columns);
        if (values === undefined) return undefined;
        lines.push(line(values, lines.length));
      }
      return lines;
    },
    async readLines(rows, columns, line) {
      const lines: string[] = [];
      for (let at = Math.floor(rows.start / PAGE_ROWS); at * PAGE_ROWS < rows.end; at++) {
        const blocks: { readonly table: CellTable; readonly columns: Span }[] = [];
        for (const block of blocksOf(columns)) {
          const reply = await pages.read(keyOf(at, block));
          if (!reply.ok) return reply;
          const first = block * pageColumns;
          blocks.push({
            table: reply.value,
            columns: {
              start: Math.max(columns.start, first) - first,
              end: Math.min(columns.end - first, pageColumns),
            },
          });
        }
        const start = Math.max(0, rows.start - at * PAGE_ROWS);
        const here = blocks[0]?.table.rowCount ?? 0;
        const end = Math.min(here, rows.end - at * PAGE_ROWS);
        for (let row = start; row < end; row++) {
          const values = blocks.flatMap(({ table, columns: part }) =>
            Array.from({ length: part.end - part.start }, (_, k) =>
              table.valueAt(row, part.start + k),
            ),
          );
          lines.push(line(values, lines.length));
        }
        if (here < PAGE_ROWS) break;
      }
      return ok(lines);
    },
    dispose() {
      pages.dispose();
    },
  };
}

function keyOf(page: number, block: number): string {
  return `${page} ${block}`;
}

function extentOf(field: Field, table: CellTable, column: number) {
  let longest = Math.max(4, field.name.length + 3, field.type.length);
  let fraction = 0;
  const isAligned = field.type === 'double' || field.type === 'float';
  for (let row = 0; row < table.rowCount; row++) {
    const text = table.textAt(row, column);
    longest = Math.max(longest, Math.min(48, text?.length ?? 0));
    if (isAligned && text !== null) fraction = Math.max(fraction, fractionOf(text));
  }
  return { longest: Math.min(longest, 48), fraction, isAligned };
}

/** Digits behind the point; numbers in scientific form have no place in the column of points. */
export function fractionOf(text: string): number {
  if (/[EeNI]/.test(text)) return 0;
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}
