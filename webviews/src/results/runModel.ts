import type { ReadonlySignal } from '@preact/signals';
import { computed, signal } from '@preact/signals';
import { isArranged } from '#shared/protocol/arrangement.ts';
import type { PlanNode, ResultPage } from '#shared/protocol/engine.ts';
import type { Run, SourcePlace, SourceReveal } from '#shared/protocol/resultsView.ts';
import type { TableProgress } from '#shared/protocol/tables.ts';
import { ok, type Disposable } from '#shared/result.ts';
import type { Arranging } from '../kit/arranging.ts';
import { createArranging } from '../kit/arranging.ts';
import type { DataRows } from '../kit/dataRows.ts';
import { createDataRows } from '../kit/dataRows.ts';
import type { Call, PlanState } from './resultsModel.ts';

export interface RunModel extends Disposable {
  readonly runId: number;
  readonly run: ReadonlySignal<Run>;
  /** When the newest news of the run came, by `performance.now()`, so that a clock can go on from it. */
  readonly changedAt: ReadonlySignal<number>;
  readonly rows: DataRows;
  readonly arranging: Arranging;
  /** Of what is sorted and filtered. */
  readonly arrangeProgress: ReadonlySignal<TableProgress | undefined>;
  readonly plan: ReadonlySignal<PlanState>;
  /** The query is being run once more, to be measured. */
  readonly measuring: ReadonlySignal<boolean>;
  readonly selectedNode: ReadonlySignal<string | undefined>;
  readonly selectedRule: ReadonlySignal<number>;
  /** Where the piece of the last node that was asked for stands. */
  readonly sourcePlace: ReadonlySignal<SourcePlace | undefined>;
  selectNode(id: string): void;
  selectRule(index: number): void;
  /** Selects the node's piece of the query in the editor that it came from. */
  showSource(piece: Pick<PlanNode, 'start' | 'end'>, reveal: SourceReveal): void;
  explain(): void;
  /** Runs the query once more and puts rows and times into the physical plan; called again, it stops that. */
  measure(): void;
  noteArranging(progress: TableProgress): void;
  /** Rows that came without being asked for. */
  noteFirstPage(page: ResultPage): void;
  retry(): void;
  update(run: Run): void;
}

const FIRST = { start: 0, end: 1 };

export function createRunModel(first: Run, call: Call): RunModel {
  const run = signal(first);
  const changedAt = signal(performance.now());
  let firstPage: ResultPage | undefined;
  const rows = createDataRows({
    schema: computed(() => run.value.schema),
    rowCount: keptOf(first) ?? first.rowCount,
    complete: first.complete || keptOf(first) !== undefined,
    isOver: () => run.value.status === 'lost' && keptOf(run.value) === undefined,
    load({ start, count }, abort) {
      const page = start === 0 ? firstPage : undefined;
      firstPage = undefined;
      return page
        ? Promise.resolve(ok(page))
        : call('readRows', { runId: first.runId, start, count }, abort);
    },
  });
  const arrangeProgress = signal<TableProgress | undefined>(undefined);
  const arranging = createArranging({
    async ask(arrangement, abort) {
      arrangeProgress.value = undefined;
      firstPage = undefined;
      const reply = await call('arrangeRun', { runId: first.runId, arrangement }, abort);
      if (!abort.aborted) arrangeProgress.value = undefined;
      if (reply.ok) rows.reset(reply.value.rowCount, reply.value.complete);
      return reply;
    },
  });
  // Of an earlier window, or of a panel that was closed.
  if (first.arrangement && isArranged(first.arrangement)) arranging.change(first.arrangement);
  const plan = signal<PlanState>({ kind: 'loading' });
  const measuring = signal(false);
  const selectedNode = signal<string | undefined>(undefined);
  const selectedRule = signal(0);
  const sourcePlace = signal<SourcePlace | undefined>(undefined);
  let sourceCall = new AbortController();
  let explained = false;
  let planCall = new AbortController();
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

  return {
    runId: first.runId,
    run,
    changedAt,
    rows,
    arranging,
    arrangeProgress,
    plan,
    measuring,
    selectedNode,
    selectedRule,
    selectNode: (id) => (selectedNode.value = id),
    sourcePlace,
    selectRule: (index) => (selectedRule.value = index),
    showSource({ start, end }, reveal) {
      sourceCall.abort();
      sourcePlace.value = undefined;
      if (run.value.sourceName === undefined || start === undefined || end === undefined) return;
      sourceCall = new AbortController();
      const { signal: stop } = sourceCall;
      void call('showSource', { runId: first.runId, start, end, reveal }, stop).then((reply) => {
        if (!stop.aborted && reply.ok) sourcePlace.value = reply.value.place;
      });
    },
    explain,
    measure,
    noteArranging: (progress) => (arrangeProgress.value = progress),
    noteFirstPage: (page) => (firstPage = page),
    retry() {
      rows.retry();
      if (plan.value.kind === 'failed') {
        explained = false;
        explain();
      }
    },
    update(next) {
      const before = run.value;
      run.value = next;
      changedAt.value = performance.now();
      // Its first rows are asked for before the grid is there to show them.
      if (before.schema.length === 0 && next.schema.length > 0) rows.show(FIRST, FIRST);
      const kept = keptOf(next);
      if (kept !== undefined) rows.note(kept, true);
      else if (!isArranged(arranging.shown.value)) rows.note(next.rowCount, next.complete);
      const repeated =
        (next.status === 'queued' || next.status === 'running') &&
        before.status !== 'queued' &&
        before.status !== 'running';
      if (repeated) {
        firstPage = undefined;
        arranging.forget();
        rows.reset(next.rowCount, next.complete);
        planCall.abort();
        measuring.value = false;
        explained = false;
        plan.value = { kind: 'loading' };
      }
    },
    dispose() {
      planCall.abort();
      sourceCall.abort();
      arranging.dispose();
      rows.dispose();
    },
  };
}

/** Rows of a result whose engine ended before all of them were kept. */
function keptOf({ status, keptRowCount }: Run): number | undefined {
  return status === 'lost' ? keptRowCount : undefined;
}
