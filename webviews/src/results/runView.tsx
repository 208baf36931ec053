import { useEffect, useState } from 'preact/hooks';
import type { QueryProgress } from '#shared/protocol/engine.ts';
import { isArranged } from '#shared/protocol/arrangement.ts';
import type { Run } from '#shared/protocol/resultsView.ts';
import type { TableProgress } from '#shared/protocol/tables.ts';
import { formatBytes, formatCount, formatElapsed } from '#shared/quantities.ts';
import { SplitPanes } from '../kit/splitter.tsx';
import { Banner, EmptyState, ErrorState, LoadingState, ProgressLine } from '../kit/states.tsx';
import { failureText, type CallFailure } from '../kit/failureText.ts';
import { PlanView } from './planView.tsx';
import { CellPlace } from '../kit/cellPlace.tsx';
import { DataPane } from '../kit/dataPane.tsx';
import { QueryText } from '../kit/queryText.tsx';
import type { ResultsModel } from './resultsModel.ts';
import { USUAL_SHARE } from './resultsModel.ts';
import { SourceLink } from './sourceLink.tsx';
import type { RunModel } from './runModel.ts';

/** Everything below the tabs, for one run. */
export function RunView(props: { readonly model: ResultsModel; readonly run: RunModel }) {
  const { model, run } = props;
  const { grid, plan } = model.panes.value;
  const rows = <RowsPane key={run.runId} model={model} run={run} />;
  const tree = <PlanView key={run.runId} model={model} run={run} />;
  const now = run.run.value;
  return (
    <div
      role="tabpanel"
      id="run-panel"
      aria-label={now.title === '' ? 'Result' : now.title}
      class="panel-body"
    >
      {isUnderWay(now) || run.arranging.underWay.value ? (
        <ProgressLine
          label={isUnderWay(now) ? 'Running the query' : 'Sorting and filtering'}
          percent={isUnderWay(now) ? now.percent : (run.arrangeProgress.value?.percent ?? -1)}
        />
      ) : null}
      {grid && plan ? (
        <SplitPanes
          label="Rows and plan"
          share={model.share.value}
          usualShare={USUAL_SHARE}
          onShare={(share) => {
            model.setShare(share);
          }}
          first={rows}
          second={tree}
        />
      ) : grid ? (
        rows
      ) : (
        tree
      )}
      <RunStatus model={model} run={run} />
    </div>
  );
}

export function isUnderWay(run: Run): boolean {
  return run.status === 'queued' || run.status === 'running';
}

function RowsPane(props: { readonly model: ResultsModel; readonly run: RunModel }) {
  const { model, run } = props;
  const now = run.run.value;
  const again = {
    label: 'Run again',
    onClick: () => void model.call('repeatRun', { runId: run.runId }),
  };
  return (
    <section class="rows" aria-label="Rows" data-pane>
      <RowsContent model={model} run={run} again={again} now={now} />
    </section>
  );
}

/** Beside rows there is no room for the query: the piece alone is told. */
function fragmentOf(text: string, failure: CallFailure): string {
  if (failure.kind !== 'spark' || failure.start === undefined) return '';
  const fragment = text.slice(failure.start, failure.end).replace(/\s+/g, ' ').trim();
  const line = text.slice(0, failure.start).split('\n').length;
  return fragment === '' ? '' : `\nLine ${line}: ${fragment}`;
}

function RowsContent(props: {
  readonly model: ResultsModel;
  readonly run: RunModel;
  readonly now: Run;
  readonly again: { readonly label: string; readonly onClick: () => void };
}) {
  const { model, run, now, again } = props;
  const hasColumns = now.schema.length > 0;
  if (now.status === 'failed' && !isPartial(now)) {
    const failure = now.failure ?? { kind: 'gone' as const };
    const spark = failure.kind === 'spark' ? failure : undefined;
    const { textStart = 0 } = now;
    return (
      <ErrorState {...failureText(failure)} action={again}>
        <QueryText text={now.text} start={spark?.start} end={spark?.end} />
        {spark && now.sourceName !== undefined ? (
          <SourceLink
            run={run}
            sourceName={now.sourceName}
            start={textStart + (spark.start ?? 0)}
            end={textStart + (spark.end ?? now.text.length)}
          />
        ) : null}
      </ErrorState>
    );
  }
  if (isUnderWay(now) && !hasColumns)
    return (
      <LoadingState
        label={now.status === 'queued' ? 'Waiting for its turn…' : 'Running…'}
        onCancel={() => void model.call('cancelRun', { runId: run.runId })}
      />
    );
  if (!hasColumns && now.status === 'cancelled')
    return (
      <EmptyState
        icon="circle-slash"
        text={`Cancelled after ${formatElapsed(now.elapsedMs)}, before there were rows.`}
        action={again}
      />
    );
  if (!hasColumns && now.status === 'lost')
    return (
      <EmptyState
        icon="debug-disconnect"
        text="The engine ended, and the rows with it."
        detail="The query is kept."
        action={again}
      />
    );
  if (now.isPlanOnly === true)
    return (
      <EmptyState
        icon="type-hierarchy-sub"
        text="This was explained, and not run."
        detail="Its plan stands beside."
        action={{ ...again, label: 'Run' }}
      />
    );
  if (!hasColumns)
    return <EmptyState icon="check" text="The statement is done. It returns no columns." />;
  const failure = run.rows.readFailure.value;
  return (
    <>
      {now.status === 'lost' ? (
        <Banner
          severity="warning"
          text={
            now.keptRowCount === undefined
              ? 'The engine ended. Rows that were read stay, greyed.'
              : `The engine ended before all rows were kept. The first ${formatCount(now.keptRowCount)} are here.`
          }
          action={again}
        />
      ) : null}
      {now.status === 'cancelled' ? (
        <Banner
          severity="info"
          text={`Cancelled after ${formatElapsed(now.elapsedMs)}. The rows below came before.`}
          action={again}
        />
      ) : null}
      {isPartial(now) && now.failure ? (
        <Banner
          severity="error"
          text={`${failureText(now.failure).title}: ${failureText(now.failure).message} The first ${formatCount(now.rowCount)} ${now.rowCount === 1 ? 'row' : 'rows'}, which came before, are below.`}
          action={again}
        />
      ) : failure && now.status !== 'lost' ? (
        <Banner
          severity="error"
          text={`${failureText(failure).title}: ${failureText(failure).message}${fragmentOf(now.text, failure)}`}
          action={{
            label: 'Try again',
            onClick: () => {
              run.retry();
            },
          }}
        />
      ) : null}
      <DataPane
        label={`Rows of ${now.title}`}
        rows={run.rows}
        arranging={isOver(now) ? undefined : run.arranging}
        target={{
          name: 'result',
          copyText: (text) => model.call('copyText', { text }),
          insertSql: (text) => model.call('insertSql', { text }),
          announce: (text) => {
            model.announce(text);
          },
        }}
        over={now.status === 'lost'}
        showsBar={model.showsFilter.value}
      />
      {run.rows.complete.value && run.rows.rowCount.value === 0 ? (
        <p class="no-rows">
          {isArranged(run.arranging.shown.value)
            ? 'No row meets the filter.'
            : 'The query returned no rows.'}
        </p>
      ) : null}
    </>
  );
}

/** It failed at a row after those that are here. */
function isPartial(run: Run): boolean {
  return run.status === 'failed' && run.schema.length > 0 && run.rowCount > 0;
}

/** Rows that can't be sorted any more: they are not all here. */
function isOver(run: Run): boolean {
  return run.status !== 'done';
}

/** Always the same place for rows, time, engine and cancel. */
function RunStatus(props: { readonly model: ResultsModel; readonly run: RunModel }) {
  const { model, run } = props;
  const now = run.run.value;
  const underWay = isUnderWay(now);
  const elapsed = useClock(underWay && now.status === 'running', run, now.elapsedMs);
  const { rows, arranging } = run;
  const rowCount = rows.rowCount.value;
  void rows.revision.value;
  const { active } = rows.selection.value;
  const field = now.schema[active.column];
  const cell = field && rowCount > active.row ? rows.cell(active.row, active.column) : undefined;
  return (
    <div class="status-line" role="region" aria-label="Status" data-pane>
      <span class="status-facts">
        {factsOf(now, rowCount, rows.complete.value, elapsed).map((fact) => (
          <span key={fact.label} title={fact.label}>
            {fact.text}
          </span>
        ))}
        {arranging.underWay.value ? (
          <span title="What runs">{arrangingText(run.arrangeProgress.value)}</span>
        ) : null}
        {isArranged(arranging.shown.value) ? (
          <span title="How the rows are shown">Sorted or filtered</span>
        ) : null}
      </span>
      {underWay || arranging.underWay.value ? (
        <button
          type="button"
          class="icon-button with-text"
          onClick={() => {
            if (arranging.underWay.value) arranging.cancel();
            else void model.call('cancelRun', { runId: run.runId });
          }}
        >
          <span aria-hidden="true" class="codicon codicon-debug-stop" />
          Cancel
        </button>
      ) : null}
      {field && cell?.kind === 'value' && model.panes.value.grid ? (
        <span class="status-cell">
          <CellPlace rows={rows} name={field.name} row={active.row} />
          <span class={`status-value${cell.text === null ? ' secondary' : ''}`}>
            {cell.text === null ? 'null' : cell.text === '' ? '""' : cell.text.slice(0, 400)}
          </span>
        </span>
      ) : null}
      <span class="visually-hidden" role="status">
        {model.announcement.value}
      </span>
    </div>
  );
}

function arrangingText(progress: TableProgress | undefined): string {
  if (!progress) return 'Sorting and filtering…';
  const parts = ['Sorting and filtering'];
  if (progress.percent >= 0) parts.push(`${progress.percent} %`);
  if (progress.diskByteLength > 0) parts.push(`${formatBytes(progress.diskByteLength)} on disk`);
  return parts.join(' · ');
}

function factsOf(now: Run, rowCount: number, complete: boolean, elapsedMs: number) {
  const facts: { label: string; text: string }[] = [];
  const words: Readonly<Record<Run['status'], string>> = {
    queued: 'Queued',
    running: 'Running',
    done: '',
    failed: 'Failed',
    cancelled: 'Cancelled',
    lost: 'Engine ended',
  };
  if (words[now.status] !== '') facts.push({ label: 'State', text: words[now.status] });
  if (now.status === 'running' && now.percent >= 0)
    facts.push({ label: 'Share done', text: `${Math.round(now.percent)} %` });
  if (now.status === 'running' && now.progress) facts.push(...progressFacts(now.progress));
  if (now.schema.length > 0 && (now.status !== 'running' || rowCount > 0))
    facts.push({
      label: complete ? 'Rows' : 'Rows known so far',
      text: `${formatCount(rowCount)}${complete ? '' : '+'} ${rowCount === 1 ? 'row' : 'rows'}`,
    });
  if (now.status !== 'queued') facts.push({ label: 'Time', text: formatElapsed(elapsedMs) });
  facts.push({ label: 'Engine', text: now.engine ?? 'local' });
  return facts;
}

function progressFacts(progress: QueryProgress) {
  const { rowCount, totalRowCount, byteLength, totalByteLength } = progress;
  const facts: { label: string; text: string }[] = [];
  if (totalRowCount > 0)
    facts.push({
      label: 'Rows read',
      text: `${formatCount(Math.min(rowCount, totalRowCount))} of about ${formatCount(totalRowCount)} rows`,
    });
  if (totalByteLength > 0)
    facts.push({
      label: 'Bytes read',
      text: `${formatBytes(byteLength)} of ${formatBytes(totalByteLength)}`,
    });
  return facts;
}

/** The run's time, going on by itself while it runs. */
function useClock(ticking: boolean, run: RunModel, elapsedMs: number): number {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!ticking) return undefined;
    const timer = setInterval(() => {
      tick((count) => count + 1);
    }, 100);
    return () => {
      clearInterval(timer);
    };
  }, [ticking]);
  return ticking ? elapsedMs + performance.now() - run.changedAt.value : elapsedMs;
}
