import { render } from 'preact';
import { isArranged } from '#shared/protocol/arrangement.ts';
import type { TableState } from '#shared/protocol/tables.ts';
import type { Disposable } from '#shared/result.ts';
import { DataPane } from '../kit/dataPane.tsx';
import { ExportMenu } from '../kit/exportMenu.tsx';
import { CellPlace } from '../kit/cellPlace.tsx';
import { failureText } from '../kit/failureText.ts';
import { consume, cyclePanes, isCommand, takeFocus } from '../kit/keyboard.ts';
import type { PanelHost } from '../kit/panelHost.ts';
import { formatBytes, formatCount, formatQuantity } from '#shared/quantities.ts';
import { SplitPanes } from '../kit/splitter.tsx';
import { Banner, EmptyState, ErrorState, LoadingState, ProgressLine } from '../kit/states.tsx';
import { IconButton, Toolbar } from '../kit/toolbar.tsx';
import '../kit/theme.css';
import '../kit/grid.css';
import { ProfilePane } from './profilePane.tsx';
import './table.css';
import type { TableModel } from './tableModel.ts';
import { createTableModel, USUAL_SHARE } from './tableModel.ts';

/** A fact and its value stand beside one another. */
const PROFILE_PIXELS = 220;

export function mountTablePanel(element: HTMLElement, host: PanelHost): Disposable {
  const model = createTableModel(host);
  render(<TablePanel model={model} />, element);
  const focus = takeFocus(element);
  return {
    dispose() {
      focus.dispose();
      render(null, element);
      model.dispose();
    },
  };
}

function TablePanel(props: { readonly model: TableModel }) {
  const { model } = props;
  return (
    <main
      class="panel"
      aria-label={model.fileName.value === '' ? 'Table' : model.fileName.value}
      onKeyDown={(event) => {
        const root = event.currentTarget;
        if (isCommand(event, 'f')) {
          const inputs = root.querySelectorAll<HTMLElement>('.arrangement input');
          inputs[event.shiftKey ? 0 : 1]?.focus();
          consume(event);
          return;
        }
        if (isCommand(event, 'g')) {
          model.rows.goingTo.value = true;
          consume(event);
          return;
        }
        cyclePanes(root, event);
      }}
    >
      {model.closed.value ? (
        <Banner
          severity="warning"
          text="The connection to the editor is closed. What was read so far stays; reopen the file to go on."
        />
      ) : null}
      <Content model={model} />
    </main>
  );
}

function Content(props: { readonly model: TableModel }) {
  const { model } = props;
  const panel = model.panel.value;
  const table = model.table.value;
  if (panel.kind === 'failed') {
    const again = {
      label: 'Try again',
      onClick: () => {
        model.reload();
      },
    };
    const text = failureText(panel.failure);
    const title = panel.failure.kind === 'spark' ? 'The file could not be read' : text.title;
    return <ErrorState {...text} title={title} action={again} />;
  }
  if (panel.kind === 'stopped')
    return (
      <EmptyState
        icon="circle-slash"
        text="Reading was cancelled."
        detail="A file of this kind is read to its end before any of its rows can be found."
        action={{
          label: 'Read the file',
          onClick: () => {
            model.reload();
          },
        }}
      />
    );
  if (panel.kind === 'loading' || !table) return <LoadingState label="Opening the file…" />;
  if (table.schema.length === 0)
    return (
      <EmptyState
        icon="table"
        text="The file has no columns."
        detail="It is empty, or holds no more than its header’s bytes."
        action={{
          label: 'Reload',
          onClick: () => {
            model.reload();
          },
        }}
      />
    );
  return <Table model={model} table={table} />;
}

function Table(props: { readonly model: TableModel; readonly table: TableState }) {
  const { model, table } = props;
  const { rows, arranging, progress } = model;
  const changed = model.changed.value;
  const failure = rows.readFailure.value ?? table.failure;
  const copying = isCopying(table);
  const announce = (text: string) => {
    model.announce(text);
  };
  const tools = (
    <Toolbar label="Table">
      <IconButton
        icon="graph"
        label="Column profile"
        text="Profile"
        pressed={model.showsProfile.value}
        onClick={() => {
          model.toggleProfile();
        }}
      />
      <IconButton
        icon="play"
        label="Query this file"
        text="Query"
        onClick={() => void model.call('startQuery', {})}
      />
      <ExportMenu
        disabled={changed}
        rows={rows}
        name={model.fileName.value.replace(/\.[^.]*$/, '')}
        announce={announce}
        exportRows={() => model.call('exportRows', { arrangement: arranging.shown.value })}
        saveText={(format, text) => model.call('saveText', { format, text })}
      />
    </Toolbar>
  );
  const grid = (
    <section class="rows" aria-label="Rows" data-pane>
      <DataPane
        label={`Rows of ${model.fileName.value}`}
        rows={rows}
        arranging={changed ? undefined : arranging}
        target={{
          name: model.fileName.value.replace(/\.[^.]*$/, ''),
          copyText: (text) => model.call('copyText', { text }),
          insertSql: (text) => model.call('insertSql', { text }),
          announce,
        }}
        over={changed}
        showsBar
        tools={tools}
      />
      {rows.complete.value && rows.rowCount.value === 0 ? (
        <p class="no-rows">
          {isArranged(arranging.shown.value) ? 'No row meets the filter.' : 'The file has no rows.'}
        </p>
      ) : null}
    </section>
  );
  return (
    <>
      {arranging.underWay.value || copying ? (
        <ProgressLine
          label={copying ? 'Reading the file' : 'Sorting and filtering'}
          percent={progress.value?.percent ?? -1}
        />
      ) : !table.complete ? (
        <ProgressLine label="Finding the rows" percent={table.percent} />
      ) : null}
      {changed ? (
        <Banner
          severity="warning"
          text={`The file ${model.gone.value ? 'is no longer there' : 'has changed on disk'}. The rows below are those that were read before.`}
          action={{
            label: 'Reload',
            onClick: () => {
              model.reload();
            },
          }}
        />
      ) : failure && failure.kind !== 'closed' ? (
        <Banner
          severity="error"
          text={`${failureText(failure).title}: ${failureText(failure).message}`}
          action={{
            label: 'Try again',
            onClick: () => {
              if (table.failure) model.reload();
              else rows.retry();
            },
          }}
        />
      ) : null}
      <SplitPanes
        label="Rows and profile"
        smallest={PROFILE_PIXELS}
        share={model.share.value}
        usualShare={USUAL_SHARE}
        onShare={(share) => {
          model.setShare(share);
        }}
        first={grid}
        second={model.showsProfile.value ? <ProfilePane model={model} /> : undefined}
      />
      <Status model={model} table={table} />
    </>
  );
}

/** Always the same place for what is known of the rows, for what runs, and for cancel. */
function Status(props: { readonly model: TableModel; readonly table: TableState }) {
  const { model, table } = props;
  const { rows, arranging } = model;
  void rows.revision.value;
  const { active } = rows.selection.value;
  const field = table.schema[active.column];
  const cell = field && rows.cell(active.row, active.column);
  return (
    <div class="status-line" role="region" aria-label="Status" data-pane>
      <span class="status-facts">
        {factsOf(model, table).map(({ label, text }) => (
          <span key={label} title={label}>
            {text}
          </span>
        ))}
      </span>
      {arranging.underWay.value || isCopying(table) ? (
        <button
          type="button"
          class="icon-button with-text"
          onClick={() => {
            if (arranging.underWay.value) arranging.cancel();
            else model.stop();
          }}
        >
          <span aria-hidden="true" class="codicon codicon-debug-stop" />
          Cancel
        </button>
      ) : null}
      {field && cell?.kind === 'value' ? (
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

/** It has to be written anew before all of its rows can be found. */
function isCopying({ access, complete, failure }: TableState): boolean {
  return access === 'copy' && !complete && failure === undefined;
}

function factsOf(model: TableModel, table: TableState) {
  const facts: { label: string; text: string }[] = [];
  const { arranging } = model;
  const progress = model.progress.value;
  const arranged = model.arranged.value;
  const all = `${formatCount(table.rowCount)}${table.complete ? '' : '+'}`;
  // None is known of a file that is read to its end first.
  if (table.rowCount > 0 || table.complete)
    facts.push({
      label: 'Rows',
      text:
        arranged && arranged.rowCount !== table.rowCount
          ? `${formatCount(arranged.rowCount)} of ${all} rows`
          : `${all} ${table.rowCount === 1 && table.complete ? 'row' : 'rows'}`,
    });
  if (arranging.underWay.value || isCopying(table)) {
    const isSorting = arranging.underWay.value && progress?.isReading !== true;
    const parts = [isSorting ? 'Sorting and filtering' : 'Reading the file'];
    if (progress && progress.percent >= 0) parts.push(`${progress.percent} %`);
    if (progress && progress.diskByteLength > 0)
      parts.push(`${formatBytes(progress.diskByteLength)} on disk`);
    facts.push({ label: 'What runs', text: parts.join(' · ') });
  } else if (arranged)
    facts.push({
      label: 'The sorted and filtered copy',
      text: `${formatBytes(arranged.byteLength)} on disk`,
    });
  if (!table.complete && table.access === 'records')
    facts.push({ label: 'Looked through for rows', text: `Finding rows · ${table.percent} %` });
  facts.push({ label: 'Columns', text: formatQuantity(table.schema.length, 'column') });
  facts.push({ label: 'Size of the file', text: formatBytes(table.byteLength) });
  if (table.rowGroupCount !== undefined)
    facts.push({ label: 'Row groups', text: formatQuantity(table.rowGroupCount, 'row group') });
  if (table.isSampled)
    facts.push({
      label: 'The types of all rows are on their way',
      text: 'Types of the first rows',
    });
  return facts;
}
