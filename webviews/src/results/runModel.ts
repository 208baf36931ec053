import type { ReadonlySignal } from '@preact/signals';
import { signal } from '@preact/signals';
import type { EngineFailure } from '#shared/protocol/engine.ts';
import type { Run } from '#shared/protocol/resultsView.ts';
import type { WireError } from '#shared/protocol/wire.ts';
import type { Disposable, Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { Span } from '../kit/gridAxis.ts';
import type { GridSelection } from '../kit/gridSelection.ts';
import { selectCell } from '../kit/gridSelection.ts';
import { createPageCache } from '../kit/pageCache.ts';
import type { ScrollPosition } from '../kit/scroller.tsx';
import { columnWidthFor } from '../kit/textWidth.ts';
import type { CellTable } from './arrowCells.ts';
import { readCellTable } from './arrowCells.ts';
import type { Call, PlanState } from './resultsModel.ts';

export const PAGE_ROWS = 256;
/** Pages of a result kept besides the visible ones: some 16,000 rows. */
const KEPT_PAGES = 64;
/** Cells that one copy may take; more belongs into an export. */
export const MAX_COPIED_CELLS = 1_000_000;

export type Cell =
  | { readonly kind: 'pending' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'value'; readonly text: string | null };

export interface RunModel extends Disposable {
  readonly runId: number;
  readonly run: ReadonlySignal<Run>;
  /** When the newest news of the run came, by `performance.now()`, so that a clock can go on from it. */
  readonly changedAt: ReadonlySignal<number>;
  readonly rowCount: ReadonlySignal<number>;
  readonly complete: ReadonlySignal<boolean>;
  /** Counts how often the query ran; pages of an earlier time are gone. */
  readonly attempt: ReadonlySignal<number>;
  /** Counts what arrived; cells are asked again when it moves. */
  readonly revision: ReadonlySignal<number>;
  readonly selection: ReadonlySignal<GridSelection>;
  readonly widths: ReadonlySignal<ReadonlyMap<number, number>>;
  /** Digits behind the point of the first page's doubles, so that points stand in one column. */
  readonly fractionDigits: ReadonlySignal<readonly number[]>;
  readonly plan: ReadonlySignal<PlanState>;
  /** The query is being run once more, to be measured. */
  readonly measuring: ReadonlySignal<boolean>;
  readonly selectedNode: ReadonlySignal<string | undefined>;
  readonly selectedRule: ReadonlySignal<number>;
  readonly readFailure: ReadonlySignal<EngineFailure | WireError | undefined>;
  scroll: ScrollPosition | undefined;
  cell(row: number, column: number): Cell;
  show(rows: Span): void;
  select(selection: GridSelection): void;
  selectNode(id: string): void;
  selectRule(index: number): void;
  resizeColumn(column: number, width: number | undefined): void;
  fitColumns(characterWidth: number): void;
  explain(): void;
  /** Runs the query once more and puts rows and times into the physical plan; called again, it stops that. */
  measure(): void;
  retry(): void;
  update(run: Run): void;
  readText(rows: Span, columns: Span): Promise<Result<string, EngineFailure | WireError>>;
  /** The rectangle's text if all of it is here already. */
  textNow(rows: Span, columns: Span): string | undefined;
}

export function createRunModel(first: Run, call: Call): RunModel {
  const run = signal(first);
  const changedAt = signal(performance.now());
  const rowCount = signal(first.rowCount);
  const complete = signal(first.complete);
  const revision = signal(0);
  const attempt = signal(0);
  const selection = signal(selectCell({ row: 0, column: 0 }));
  const widths = signal<ReadonlyMap<number, number>>(new Map());
  const fractionDigits = signal<readonly number[]>([]);
  const plan = signal<PlanState>({ kind: 'loading' });
  const measuring = signal(false);
  const selectedNode = signal<string | undefined>(undefined);
  const selectedRule = signal(0);
  const readFailure = signal<EngineFailure | WireError | undefined>(undefined);
  const dragged = new Map<number, number>();
  let fitted: ReadonlyMap<number, number> | undefined;
  let characters = 8;
  let explained = false;
  let planCall = new AbortController();

  const pages = createPageCache<CellTable, EngineFailure | WireError>({
    limit: KEPT_PAGES,
    async load(key, abort) {
      const start = Number(key) * PAGE_ROWS;
      const reply = await call('readRows', { runId: first.runId, start, count: PAGE_ROWS }, abort);
      if (!reply.ok) {
        if (reply.error.kind !== 'cancelled') readFailure.value = reply.error;
        return reply;
      }
      readFailure.value = undefined;
      const page = reply.value;
      if (page.knownRowCount > rowCount.value || page.complete) rowCount.value = page.knownRowCount;
      if (page.complete) complete.value = true;
      return ok(readCellTable(page.arrow, run.value.schema));
    },
    onChange() {
      revision.value++;
      if (fitted === undefined) fit();
    },
  });

  const tableOf = (row: number) => pages.peek(String(Math.floor(row / PAGE_ROWS)));
  const fit = () => {
    const page = pages.peek('0');
    if (page?.kind !== 'ready') return;
    const table = page.value;
    const sizes = new Map<number, number>();
    const digits: number[] = [];
    run.value.schema.forEach((field, column) => {
      let longest = Math.max(4, field.name.length + 1, field.type.length);
      let fraction = 0;
      const aligned = field.type === 'double' || field.type === 'float';
      for (let row = 0; row < table.rowCount; row++) {
        const text = table.textAt(row, column);
        longest = Math.max(longest, Math.min(48, text?.length ?? 0));
        if (aligned && text !== null) fraction = Math.max(fraction, fractionOf(text));
      }
      digits.push(Math.min(fraction, 8));
      sizes.set(column, columnWidthFor(longest + (aligned ? 2 : 0), characters));
    });
    fitted = sizes;
    fractionDigits.value = digits;
    widths.value = new Map([...sizes, ...dragged]);
  };
  const explain = () => {
    if (explained) return;
    explained = true;
    plan.value = { kind: 'loading' };
    planCall = new AbortController();
    void call('explainRun', { runId: first.runId }, planCall.signal).then((reply) => {
      plan.value = reply.ok
        ? { kind: 'ready', explanation: reply.value }
        : { kind: 'failed', failure: reply.error };
    });
  };
  const measure = () => {
    planCall.abort();
    if (measuring.value) {
      measuring.value = false;
      return;
    }
    planCall = new AbortController();
    measuring.value = true;
    const { signal: stop } = planCall;
    void call('explainRun', { runId: first.runId, analyze: true }, stop).then((reply) => {
      if (stop.aborted) return;
      measuring.value = false;
      if (reply.ok) plan.value = { kind: 'ready', explanation: reply.value };
      else if (reply.error.kind !== 'cancelled')
        plan.value = { kind: 'failed', failure: reply.error };
    });
  };
  const textNow = (rows: Span, columns: Span): string | undefined => {
    const lines: string[] = [];
    for (let row = rows.start; row < rows.end; row++) {
      const page = tableOf(row);
      if (page?.kind !== 'ready') return undefined;
      lines.push(lineOf(page.value, row % PAGE_ROWS, columns));
    }
    return lines.join('\n');
  };

  return {
    runId: first.runId,
    run,
    changedAt,
    rowCount,
    complete,
    revision,
    attempt,
    selection,
    widths,
    fractionDigits,
    plan,
    measuring,
    selectedNode,
    selectedRule,
    readFailure,
    scroll: undefined,
    cell(row, column) {
      const page = tableOf(row);
      if (page === undefined || page.kind === 'loading') return { kind: 'pending' };
      if (page.kind === 'failed') return { kind: 'failed' };
      if (row % PAGE_ROWS >= page.value.rowCount) return { kind: 'pending' };
      return { kind: 'value', text: page.value.textAt(row % PAGE_ROWS, column) };
    },
    show(rows) {
      if (run.value.status === 'lost' || rows.end <= rows.start) return;
      const keys: string[] = [];
      for (let at = Math.floor(rows.start / PAGE_ROWS); at * PAGE_ROWS < rows.end; at++)
        keys.push(String(at));
      pages.want(keys);
    },
    select: (next) => (selection.value = next),
    selectNode: (id) => (selectedNode.value = id),
    selectRule: (index) => (selectedRule.value = index),
    resizeColumn(column, width) {
      if (width === undefined) dragged.delete(column);
      else dragged.set(column, width);
      widths.value = new Map([...(fitted ?? []), ...dragged]);
    },
    fitColumns(characterWidth) {
      characters = characterWidth;
    },
    explain,
    measure,
    retry() {
      readFailure.value = undefined;
      pages.retry();
      if (plan.value.kind === 'failed') {
        explained = false;
        explain();
      }
    },
    update(next) {
      const before = run.value;
      run.value = next;
      changedAt.value = performance.now();
      rowCount.value = Math.max(next.rowCount, next.complete ? 0 : rowCount.value);
      complete.value = next.complete || complete.value;
      const repeated =
        (next.status === 'queued' || next.status === 'running') &&
        before.status !== 'queued' &&
        before.status !== 'running';
      if (repeated) {
        rowCount.value = next.rowCount;
        complete.value = next.complete;
        readFailure.value = undefined;
        pages.clear();
        attempt.value++;
        planCall.abort();
        measuring.value = false;
        explained = false;
        plan.value = { kind: 'loading' };
      }
      revision.value++;
    },
    textNow,
    async readText(rows, columns) {
      const lines: string[] = [];
      for (let at = Math.floor(rows.start / PAGE_ROWS); at * PAGE_ROWS < rows.end; at++) {
        const reply = await pages.read(String(at));
        if (!reply.ok) return reply;
        const start = Math.max(0, rows.start - at * PAGE_ROWS);
        const end = Math.min(reply.value.rowCount, rows.end - at * PAGE_ROWS);
        for (let row = start; row < end; row++) lines.push(lineOf(reply.value, row, columns));
      }
      return ok(lines.join('\n'));
    },
    dispose() {
      planCall.abort();
      pages.dispose();
    },
  };
}

function lineOf(table: CellTable, row: number, columns: Span): string {
  const cells: string[] = [];
  for (let column = columns.start; column < columns.end; column++)
    cells.push(table.textAt(row, column) ?? 'NULL');
  return cells.join('\t');
}

/** Digits behind the point; numbers in scientific form have no place in the column of points. */
export function fractionOf(text: string): number {
  if (/[EeNI]/.test(text)) return 0;
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}
