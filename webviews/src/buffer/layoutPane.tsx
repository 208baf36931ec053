import { useEffect, useMemo, useState } from 'preact/hooks';
import { shapeText } from '#shared/layout/dtypeText.ts';
import { overlapsItself } from '#shared/layout/overlap.ts';
import { byteExtent, contiguityOf, elementCount } from '#shared/layout/strides.ts';
import { chainCode, stateText, timingCode } from '#shared/layout/viewCode.ts';
import type { ArrayOrigin } from '#shared/layout/viewCode.ts';
import type { ViewState } from '#shared/layout/viewChain.ts';
import type { BufferDescription } from '#shared/protocol/bufferView.ts';
import { factorText, formatBytes, formatCount } from '#shared/quantities.ts';
import { EmptyState } from '../kit/states.tsx';
import { IconButton } from '../kit/toolbar.tsx';
import type { BufferModel } from './bufferModel.ts';
import { Lattice } from './lattice.tsx';
import { MemoryStrip } from './memoryStrip.tsx';
import { StepList } from './stepList.tsx';
import { StructModes } from './structModes.tsx';
import './layout.css';

/** Shape and strides as a picture: the steps, the lattice they make, the memory it walks, the code that does it. */
export function LayoutPane(props: {
  readonly model: BufferModel;
  readonly description: BufferDescription;
}) {
  const { model, description } = props;
  const base = model.base.value;
  const first = model.first.value;
  const outcomes = model.outcomes.value;
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [axis, setAxis] = useState<number | undefined>(undefined);
  const [walk, setWalk] = useState(false);
  const last = outcomes.findLast((outcome) => outcome.ok);
  const state = last?.ok ? last.value.state : first;
  if (!base || !first || !state)
    return (
      <section class="pane" aria-label="Layout" data-pane>
        <EmptyState
          icon="symbol-array"
          text="There is no array, so there are no strides to show."
          detail="Lay a type over the bytes to see how it walks them."
        />
      </section>
    );
  const element = model.element.value;
  const isInFile = state.memory.kind === 'buffer';
  // The panel's own selection, where the last view lies in the file; a copy has one of its own.
  const wanted = isInFile && element ? element.index : chosen;
  const index = fitIndex(wanted, state.layout.shape);
  const select = (next: readonly number[]) => {
    if (isInFile) model.selectElement(next);
    else setChosen(next);
  };
  const origin: ArrayOrigin = {
    ...base,
    fileName: description.fileName,
    format: description.format,
    live: description.live,
    partOf: description.partOf,
  };
  const isEmpty = elementCount(state.layout.shape) === 0;
  return (
    <section class="pane layout-pane" aria-label="Layout" data-pane>
      <div class="layout-scroll">
        <div class="layout-columns">
          <StepList model={model} first={first} />
          <div class="layout-picture">
            <Facts state={state} axis={axis} onAxis={setAxis} index={index} />
            {isEmpty ? (
              <p class="layout-note">No elements: its shape is {shapeText(state.layout.shape)}.</p>
            ) : (
              <>
                <Lattice model={model} state={state} index={index} axis={axis} onSelect={select} />
                <div class="layout-heading">
                  <h2>Memory</h2>
                  <label class="check">
                    <input
                      type="checkbox"
                      checked={walk}
                      onChange={(event) => {
                        setWalk(event.currentTarget.checked);
                      }}
                    />
                    Walk
                  </label>
                </div>
                <MemoryStrip
                  state={state}
                  index={index}
                  axis={axis}
                  walk={walk}
                  onSelect={select}
                />
                {isInFile ? null : (
                  <p class="layout-note">
                    This is the memory of the copy. Grid, plots and statistics show the last view
                    before it.
                  </p>
                )}
              </>
            )}
          </div>
        </div>
        <Code model={model} origin={origin} first={first} />
        <StructModes dtype={base.dtype} />
      </div>
    </section>
  );
}

function fitIndex(index: readonly number[], shape: readonly number[]): readonly number[] {
  const fits =
    index.length === shape.length && index.every((position, axis) => position < (shape[axis] ?? 0));
  return fits ? index : shape.map(() => 0);
}

const CONTIGUITY = {
  C: 'C-contiguous',
  F: 'Fortran-contiguous',
  both: 'contiguous in C and Fortran order',
  strided: 'not contiguous',
} as const;

/** Shape, strides and the sum of the chosen element, an axis a chip: hovering one shows its steps everywhere. */
function Facts(props: {
  readonly state: ViewState;
  readonly index: readonly number[];
  readonly axis: number | undefined;
  readonly onAxis: (axis: number | undefined) => void;
}) {
  const { state, index, axis } = props;
  const { layout } = state;
  const { start, end } = byteExtent(layout);
  const overlap = useMemo(() => overlapsItself(layout), [layout]);
  const touched = elementCount(layout.shape) * layout.itemsize;
  const sum = index.reduce(
    (offset, position, k) => offset + position * (layout.strides[k] ?? 0),
    layout.offset,
  );
  const facts = [
    CONTIGUITY[contiguityOf(layout)],
    overlap === true
      ? 'elements share bytes'
      : overlap === false
        ? 'no two elements share a byte'
        : 'whether elements share bytes is too much to work out',
    state.isWriteable ? 'writeable' : 'read-only',
    `bytes ${formatCount(start)} to ${formatCount(end)}`,
    `${formatBytes(touched)} of elements in ${formatBytes(end - start)}`,
  ];
  return (
    <div class="layout-facts">
      <p class="layout-state">{stateText(state)}</p>
      <p class="secondary">{facts.join(' · ')}</p>
      <p class="layout-sum">
        <span title="Where the view begins">{layout.offset}</span>
        {layout.shape.map((length, k) => (
          <span key={k}>
            <span class="secondary"> + </span>
            <button
              type="button"
              class={`axis-chip axis-${k % 6}${axis === k ? ' current' : ''}`}
              aria-pressed={axis === k}
              title={`Axis ${k}: ${formatCount(length)} long, a step is ${layout.strides[k] ?? 0} bytes`}
              onMouseEnter={() => {
                props.onAxis(k);
              }}
              onMouseLeave={() => {
                props.onAxis(undefined);
              }}
              onFocus={() => {
                props.onAxis(k);
              }}
              onBlur={() => {
                props.onAxis(undefined);
              }}
            >
              {index[k] ?? 0}·{factorText(layout.strides[k] ?? 0)}
            </button>
          </span>
        ))}
        <span class="secondary"> = </span>
        <strong>{sum}</strong>
      </p>
    </div>
  );
}

function Code(props: {
  readonly model: BufferModel;
  readonly origin: ArrayOrigin;
  readonly first: ViewState;
}) {
  const { model, origin, first } = props;
  const steps = model.steps.value;
  const outcomes = model.outcomes.value;
  const code = chainCode(origin, first, steps, outcomes);
  const [timing, setTiming] = useState<{ text: string; failed: boolean } | undefined>(undefined);
  useEffect(() => {
    setTiming(undefined);
  }, [code]);
  const isComplete = outcomes.every((outcome) => outcome.ok);
  const time = async () => {
    setTiming({ text: 'Timing…', failed: false });
    const script = timingCode(origin, first, steps);
    const reply = await model.call('timeCopy', { code: script, label: origin.fileName });
    setTiming(
      reply.ok
        ? {
            text:
              reply.value.output ??
              'The script is open beside. It is not run, because this workspace is not trusted.',
            failed: false,
          }
        : {
            text: 'message' in reply.error ? reply.error.message : 'It was not run.',
            failed: true,
          },
    );
  };
  const isWished = model.timingWish.value;
  useEffect(() => {
    if (!isWished) return;
    model.timingWish.value = false;
    if (isComplete) void time();
    else setTiming({ text: 'A step has no result, so there is nothing to time.', failed: true });
  }, [isWished]);
  return (
    <div class="layout-code">
      <div class="layout-heading">
        <h2>Code</h2>
        <IconButton
          icon="copy"
          label="Copy the code"
          onClick={() => {
            void navigator.clipboard.writeText(code).then(
              () => {
                model.announce('Copied the code');
              },
              () => {
                model.announce('The clipboard could not be reached');
              },
            );
          }}
        />
        <IconButton
          icon="watch"
          label="Time copy against view"
          text="Time copy against view"
          disabled={!isComplete}
          onClick={() => void time()}
        />
      </div>
      <pre class="code" tabIndex={0} aria-label="Python code of the chain">
        {code}
      </pre>
      {timing ? (
        <pre class={`code timing${timing.failed ? ' failed' : ''}`} role="status">
          {timing.text}
        </pre>
      ) : null}
    </div>
  );
}
