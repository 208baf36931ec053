import { render } from 'preact';
import { dtypeName, shapeText } from '#shared/layout/dtypeText.ts';
import type {
  ArrayDescription,
  BufferDescription,
  BufferProblem,
} from '#shared/protocol/bufferView.ts';
import type { Disposable } from '#shared/result.ts';
import { consume, cyclePanes, isCommand, isPlain, takeFocus } from '../kit/keyboard.ts';
import type { PanelHost } from '../kit/panelHost.ts';
import { formatBytes } from '#shared/quantities.ts';
import { SplitPanes } from '../kit/splitter.tsx';
import { Banner, ErrorState, LoadingState } from '../kit/states.tsx';
import { IconButton, Toolbar } from '../kit/toolbar.tsx';
import '../kit/theme.css';
import '../kit/grid.css';
import './buffer.css';
import { AddressLine } from './addressLine.tsx';
import type { BufferModel } from './bufferModel.ts';
import { createBufferModel } from './bufferModel.ts';
import { ComparePane } from './comparePane.tsx';
import { failureMessage } from './failureMessage.ts';
import { GoTo } from './goTo.tsx';
import { GridPane } from './gridPane.tsx';
import { HexPane } from './hexPane.tsx';
import { LayoutPane } from './layoutPane.tsx';
import type { Mode } from './modes.ts';
import { RawForm } from './rawForm.tsx';
import { PlotPane } from './plotPane.tsx';
import { StatisticsPane } from './statisticsPane.tsx';
import { USUAL_SHARE } from './savedState.ts';

export function mountBufferPanel(element: HTMLElement, host: PanelHost): Disposable {
  const model = createBufferModel(host);
  render(<BufferPanel model={model} />, element);
  const focus = takeFocus(element);
  return {
    dispose() {
      focus.dispose();
      render(null, element);
      model.dispose();
    },
  };
}

function BufferPanel(props: { readonly model: BufferModel }) {
  const { model } = props;
  const description = model.description.value;
  const openGoTo = () => {
    model.openGoTo(true);
  };
  return (
    <main
      class="panel"
      aria-label="Buffer inspector"
      onKeyDown={(event) => {
        if (cyclePanes(event.currentTarget, event) || description.kind !== 'ready') return;
        if (isCommand(event, 'f')) {
          // What is found is shown among the bytes.
          if (!model.panes.peek().hex) model.togglePane('hex');
          model.openFind(true);
          consume(event);
          return;
        }
        const typing = event.target instanceof HTMLInputElement;
        if (!isCommand(event, 'g') && (typing || !isPlain(event, 'g'))) return;
        openGoTo();
        consume(event);
      }}
    >
      {description.kind === 'loading' ? (
        <LoadingState label="Reading the file…" />
      ) : description.kind === 'failed' ? (
        <ErrorState
          title="The file can’t be shown"
          message={failureMessage(description.failure)}
          action={{
            label: 'Try again',
            onClick: () => {
              model.refresh();
            },
          }}
        />
      ) : (
        <Inspector model={model} description={description.value} onGoTo={openGoTo} />
      )}
      {model.goToOpen.value ? (
        <GoTo
          model={model}
          onClose={() => {
            model.openGoTo(false);
          }}
        />
      ) : null}
    </main>
  );
}

function Inspector(props: {
  readonly model: BufferModel;
  readonly description: BufferDescription;
  readonly onGoTo: () => void;
}) {
  const { model, description } = props;
  const { editing } = model;
  const { grid, hex } = model.panes.value;
  const array = model.array.value;
  const mode = model.mode.value;
  const mainPane =
    mode === 'layout' ? (
      <LayoutPane model={model} description={description} />
    ) : mode === 'plot' ? (
      <PlotPane model={model} array={array} />
    ) : mode === 'compare' ? (
      <ComparePane model={model} description={description} />
    ) : mode === 'statistics' ? (
      <StatisticsPane model={model} array={array} />
    ) : (
      <GridPane model={model} description={description} />
    );
  const hexPane = <HexPane model={model} description={description} />;
  const hasParts = description.parts?.some(({ canOpen }) => canOpen) ?? false;
  const showsMain = grid && (array !== undefined || hasParts || mode === 'compare' || !hex);
  const facts = factsOf(description, array, model.base.value);
  const staleness = model.staleness.value;
  const readFailure = model.readFailure.value;
  return (
    <>
      <header class="buffer-header" data-pane>
        <h1
          class="buffer-facts"
          title={[
            description.fileName,
            ...facts.map(({ label, text }) => `${label}: ${text}`),
          ].join('\n')}
        >
          <strong class="buffer-name">{description.fileName}</strong>
          {facts.map(({ label, text }) => (
            <span key={label} class="fact-item">
              <span aria-hidden="true"> · </span>
              {text}
            </span>
          ))}
        </h1>
        <Toolbar label="View">
          {MODE_BUTTONS.map(({ id, icon, label }) => (
            <IconButton
              key={id}
              icon={icon}
              label={label}
              text={label}
              pressed={showsMain && mode === id}
              disabled={array === undefined && id !== 'compare' && !(hasParts && id === 'grid')}
              onClick={() => {
                model.setMode(id);
              }}
            />
          ))}
          <IconButton
            icon="file-binary"
            label="Hex"
            text="Hex"
            pressed={hex}
            onClick={() => {
              model.togglePane('hex');
            }}
          />
          {editing.whyReadOnly.value === undefined ? null : (
            <span class="read-only" title={editing.whyReadOnly.value}>
              <span aria-hidden="true" class="codicon codicon-lock" />
              <span class="read-only-text">read-only</span>
              <span class="visually-hidden">: {editing.whyReadOnly.value}</span>
            </span>
          )}
          <IconButton
            icon="symbol-structure"
            label="Lay a type over the bytes"
            pressed={model.rawOpen.value}
            onClick={() => {
              model.openRaw(!model.rawOpen.value);
            }}
          />
          <IconButton
            icon="target"
            label="Go to index or offset"
            keys="g or Ctrl+G"
            onClick={props.onGoTo}
          />
        </Toolbar>
      </header>
      {staleness && staleness !== 'changing' ? (
        <Banner
          severity="warning"
          text={`${failureMessage(staleness)} What was read before is shown, greyed.`}
          action={{
            label: 'Refresh',
            onClick: () => {
              model.refresh();
            },
          }}
        />
      ) : null}
      {readFailure && !staleness ? (
        <Banner
          severity="error"
          text={`Some bytes could not be read. ${failureMessage(readFailure)}`}
          action={{
            label: 'Try again',
            onClick: () => {
              model.retry();
            },
          }}
        />
      ) : null}
      {editing.state.value?.conflict ? (
        <Banner
          severity="warning"
          text="Another program changed this file under your unsaved edits. Saving asks before it writes over that; reverting shows the file as it is."
          action={{
            label: 'Compare',
            onClick: () => {
              model.compareWith({ kind: 'disk' });
            },
          }}
        />
      ) : null}
      {editing.problem.value === '' ? null : (
        <Banner
          severity="warning"
          text={editing.problem.value}
          action={{
            label: 'Dismiss',
            onClick: () => {
              editing.dismiss();
            },
          }}
        />
      )}
      {editing.state.value?.isCut ? (
        <Banner
          severity="info"
          text="More places were changed than are marked here; all of them are saved."
        />
      ) : null}
      <Problems model={model} problems={description.problems} />
      {model.rawOpen.value ? <RawForm model={model} description={description} /> : null}
      <div class="panel-body">
        {showsMain && hex ? (
          <SplitPanes
            label="Both panes"
            share={model.share.value}
            usualShare={USUAL_SHARE}
            onShare={(share) => {
              model.setShare(share);
            }}
            first={mainPane}
            second={hexPane}
          />
        ) : showsMain ? (
          mainPane
        ) : (
          hexPane
        )}
      </div>
      <AddressLine model={model} description={description} />
    </>
  );
}

const MODE_BUTTONS: readonly {
  readonly id: Mode;
  readonly icon: string;
  readonly label: string;
}[] = [
  { id: 'grid', icon: 'table', label: 'Grid' },
  { id: 'layout', icon: 'symbol-array', label: 'Layout' },
  { id: 'plot', icon: 'graph', label: 'Plot' },
  { id: 'statistics', icon: 'symbol-numeric', label: 'Statistics' },
  { id: 'compare', icon: 'diff', label: 'Compare' },
];

function Problems(props: {
  readonly model: BufferModel;
  readonly problems: readonly BufferProblem[];
}) {
  const { model, problems } = props;
  if (problems.length === 0) return null;
  return (
    <div class="problems" role="region" aria-label="Problems of the file" tabIndex={0}>
      {problems.map((problem, index) => {
        const { start, end } = problem;
        return (
          <Banner
            key={index}
            severity={problem.severity}
            text={problem.message}
            action={
              start === undefined
                ? undefined
                : {
                    label: 'Show bytes',
                    onClick: () => {
                      model.selectBytes({
                        anchor: Math.max(start, (end ?? start) - 1),
                        active: start,
                      });
                    },
                  }
            }
          />
        );
      })}
    </div>
  );
}

const ORDERS: Readonly<Record<ArrayDescription['order'], string>> = {
  C: 'C order',
  F: 'Fortran order',
  both: 'contiguous',
  strided: 'strided',
};

const BYTE_ORDERS: Readonly<Record<ArrayDescription['byteOrder'], string | undefined>> = {
  little: 'little-endian',
  big: 'big-endian',
  mixed: 'mixed byte order',
  none: undefined,
};

function factsOf(
  description: BufferDescription,
  array: ArrayDescription | undefined,
  base: ArrayDescription | undefined,
) {
  const facts: { label: string; text: string }[] = [];
  const { live } = description;
  if (array) {
    facts.push(
      { label: 'Shape and dtype', text: `${shapeText(array.shape)} ${dtypeName(array.dtype)}` },
      { label: 'Order of the elements', text: ORDERS[array.order] },
    );
    const byteOrder = BYTE_ORDERS[array.byteOrder];
    if (byteOrder && !live) facts.push({ label: 'Byte order', text: byteOrder });
  } else facts.push({ label: 'Format', text: description.formatLabel });
  if (live) facts.push({ label: 'Class of the object', text: live.objectClass }, ...live.facts);
  facts.push({
    label: live ? 'Size of the memory' : 'Size of the file',
    text: formatBytes(description.byteLength),
  });
  if (!live && base && description.arrays.length === 1)
    facts.push({ label: 'Bytes before the first element', text: `header ${base.offset} B` });
  if (array && array.strides.length > 0)
    facts.push({ label: 'Strides in bytes', text: `strides ${shapeText(array.strides)}` });
  return facts;
}
