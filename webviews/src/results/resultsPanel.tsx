import { render } from 'preact';
import type { Disposable } from '#shared/result.ts';
import { consume, cyclePanes, isCommand, takeFocus } from '../kit/keyboard.ts';
import type { PanelHost } from '../kit/panelHost.ts';
import { Banner, EmptyState, LoadingState } from '../kit/states.tsx';
import type { Tab } from '../kit/tabs.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { IconButton, Toolbar } from '../kit/toolbar.tsx';
import { ExportMenu } from '../kit/exportMenu.tsx';
import '../kit/theme.css';
import '../kit/grid.css';
import './planPicture.css';
import './results.css';
import type { ResultsModel } from './resultsModel.ts';
import { createResultsModel } from './resultsModel.ts';
import type { RunModel } from './runModel.ts';
import { isUnderWay, RunView } from './runView.tsx';

export function mountResultsPanel(element: HTMLElement, host: PanelHost): Disposable {
  const model = createResultsModel(host, window.innerWidth);
  render(<ResultsPanel model={model} />, element);
  const focus = takeFocus(element);
  return {
    dispose() {
      focus.dispose();
      render(null, element);
      model.dispose();
    },
  };
}

function ResultsPanel(props: { readonly model: ResultsModel }) {
  const { model } = props;
  const runs = model.runs.value;
  const run = model.selected.value;
  const { grid, plan } = model.panes.value;
  return (
    <main
      class="panel"
      aria-label="Results"
      onKeyDown={(event) => {
        if (run && isCommand(event, 'f') && run.run.value.schema.length > 0) {
          model.showFilter();
          consume(event);
          return;
        }
        if (run && isCommand(event, 'g') && run.run.value.schema.length > 0) {
          run.rows.goingTo.value = true;
          consume(event);
          return;
        }
        cyclePanes(event.currentTarget, event);
      }}
    >
      {run === undefined ? null : (
        <header class="results-header" data-pane>
          <Tabs
            label="Runs"
            tabs={runs.map(tabOf)}
            selected={String(run.runId)}
            panelId="run-panel"
            onSelect={(id) => {
              model.select(Number(id));
            }}
            onClose={(id) => {
              model.close(Number(id));
            }}
          />
          <Toolbar label="Result">
            <IconButton
              icon="table"
              label="Grid"
              text="Grid"
              pressed={grid}
              onClick={() => {
                model.togglePane('grid');
              }}
            />
            <IconButton
              icon="list-tree"
              label="Plan"
              text="Plan"
              pressed={plan}
              onClick={() => {
                model.togglePane('plan');
              }}
            />
            <IconButton
              icon="filter"
              label="Filter"
              keys="Ctrl+F"
              pressed={model.showsFilter.value}
              disabled={run.run.value.schema.length === 0}
              onClick={() => {
                model.toggleFilter();
              }}
            />
            <IconButton
              icon="refresh"
              label="Run again"
              disabled={isUnderWay(run.run.value)}
              onClick={() => void model.call('repeatRun', { runId: run.runId })}
            />
            <ExportMenu
              disabled={run.run.value.status !== 'done' || run.run.value.schema.length === 0}
              rows={run.rows}
              name="result"
              announce={(text) => {
                model.announce(text);
              }}
              exportRows={() =>
                model.call('exportRun', {
                  runId: run.runId,
                  arrangement: run.arranging.shown.value,
                })
              }
              saveText={(format, text) => model.call('saveText', { format, text })}
            />
          </Toolbar>
        </header>
      )}
      {model.state.value === 'closed' ? (
        <Banner
          severity="warning"
          text="The connection to the editor is closed. What was read so far stays; reopen the panel to go on."
        />
      ) : null}
      {run ? (
        <RunView model={model} run={run} />
      ) : model.state.value === 'loading' ? (
        <LoadingState label="Loading runs…" />
      ) : (
        <EmptyState
          icon="table"
          text="Results of Spark SQL queries appear here."
          detail="Pick CSV, JSON or Parquet files and write a query over them. Nothing needs to be installed."
          action={{
            label: 'Run Spark SQL on files…',
            onClick: () => void model.call('startQuery', {}),
          }}
        />
      )}
    </main>
  );
}

function tabOf(model: RunModel): Tab {
  const run = model.run.value;
  const id = String(run.runId);
  const label = run.title === '' ? `Query ${run.runId}` : run.title;
  const tooltip = run.text;
  const signs: Readonly<Record<string, [icon: string, status: string] | undefined>> = {
    queued: ['clock', 'queued'],
    running: ['loading', 'running'],
    failed: ['error', 'failed'],
    cancelled: ['circle-slash', 'cancelled'],
    lost: ['debug-disconnect', 'engine ended'],
  };
  const sign = signs[run.status];
  if (sign === undefined) return { id, label, tooltip };
  const [icon, status] = sign;
  return {
    id,
    label,
    tooltip,
    status,
    icon: icon === 'loading' ? 'loading codicon-modifier-spin' : icon,
  };
}
