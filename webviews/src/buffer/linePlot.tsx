import { useEffect, useMemo, useState } from 'preact/hooks';
import { dtypeText } from '#shared/layout/dtypeText.ts';
import { byteOffsetOf } from '#shared/layout/strides.ts';
import type { LaidElements } from '#shared/protocol/bufferScan.ts';
import type { ArrayDescription, BufferViewRequests } from '#shared/protocol/bufferView.ts';
import type { Reply } from '#shared/protocol/wire.ts';
import { clamp } from '../kit/gridAxis.ts';
import { consume } from '../kit/keyboard.ts';
import type { PlotFrame } from '../kit/plotCanvas.tsx';
import { PlotCanvas, shortNumber } from '../kit/plotCanvas.tsx';
import { formatCount } from '#shared/quantities.ts';
import type { Leaf } from '#shared/layout/leaves.ts';
import type { BufferFailure } from './bufferModel.ts';
import type { PlotProps } from './histogramPlot.tsx';
import { drawAxes, PLOT_MARGIN } from './histogramPlot.tsx';
import { ScanFailure, ScanProgressBar } from './scanStates.tsx';

const RUNS = 1600;

type Found = Reply<BufferViewRequests['series']>;

/** One axis as a line, the others standing at the selected element. Each column of pixels shows its extremes. */
export function LinePlot(props: PlotProps) {
  const { model, array, leaf, part } = props;
  const axes = array.shape.length;
  const [asked, setAxis] = useState(axes - 1);
  const axis = clamp(asked, 0, Math.max(0, axes - 1));
  const scan = useMemo(() => model.scans.create<Found, BufferFailure>(), [model]);
  const index = model.element.value?.index ?? array.shape.map(() => 0);
  const elements = lineOf(array, leaf, axis, index);
  const length = elements.shape[0] ?? 1;
  const description = model.description.value;
  const generation = description.kind === 'ready' ? description.value.generation : 0;
  const start = () => {
    scan.run((job, abort) => model.call('series', { job, elements, runs: RUNS, part }, abort));
  };
  useEffect(start, [JSON.stringify(elements), part, generation]);
  useEffect(
    () => () => {
      scan.dispose();
    },
    [scan],
  );
  const state = scan.state.value;
  const pairs = useMemo(
    () => (state.kind === 'done' ? new Float64Array(state.value.extremes) : undefined),
    [state],
  );
  const step = state.kind === 'done' ? state.value.step : 1;
  const runs = (pairs?.length ?? 0) / 2;
  const position = index[axis] ?? 0;
  const run = clamp(Math.floor(position / step), 0, Math.max(0, runs - 1));
  const go = (to: number) => {
    const next = [...index];
    next[axis] = clamp(to, 0, length - 1);
    model.selectElement(next);
  };
  const fixed = array.shape.map((_, k) => (k === axis ? ':' : String(index[k] ?? 0))).join(', ');
  return (
    <>
      {axes > 1 ? (
        <div class="pane-bar">
          <label class="axis-select">
            <span class="secondary">Along axis</span>
            <select
              aria-label="Along axis"
              value={String(axis)}
              onChange={(event) => {
                setAxis(Number(event.currentTarget.value));
              }}
            >
              {array.shape.map((size, k) => (
                <option key={k} value={String(k)}>{`${k} (${formatCount(size)})`}</option>
              ))}
            </select>
          </label>
          <span class="slice">[{fixed}]</span>
        </div>
      ) : null}
      {state.kind === 'failed' ? (
        <ScanFailure failure={state.failure} onRetry={start} />
      ) : !pairs ? (
        state.kind === 'running' ? (
          <ScanProgressBar
            label="Reading the line"
            {...state}
            onCancel={() => {
              scan.cancel();
            }}
          />
        ) : (
          <button type="button" class="link-button" onClick={start}>
            Read the line
          </button>
        )
      ) : (
        <>
          <PlotCanvas
            label={`Line of ${formatCount(length)} elements along axis ${axis}; arrow keys walk it`}
            draw={(frame) => {
              drawLine(frame, pairs, step, length, run);
            }}
            onPick={(x, _, width) => {
              const share = (x - PLOT_MARGIN.left) / (width - PLOT_MARGIN.left - PLOT_MARGIN.right);
              go(Math.round(clamp(share, 0, 1) * (length - 1)));
            }}
            onKeyDown={(event) => {
              const targets: Readonly<Record<string, number | undefined>> = {
                ArrowLeft: position - 1,
                ArrowRight: position + 1,
                PageUp: position - step * 50,
                PageDown: position + step * 50,
                Home: 0,
                End: length - 1,
              };
              const target = Object.hasOwn(targets, event.key) ? targets[event.key] : undefined;
              if (target === undefined) return;
              consume(event);
              go(target);
            }}
          />
          <div class="plot-line">
            <span role="status">
              Index {formatCount(position)}:{' '}
              {pairs[2 * run] === pairs[2 * run + 1]
                ? shortNumber(pairs[2 * run] ?? NaN)
                : `${shortNumber(pairs[2 * run] ?? NaN)} to ${shortNumber(pairs[2 * run + 1] ?? NaN)}`}
            </span>
            {step > 1 ? (
              <span class="secondary">
                each column shows the extremes of {formatCount(step)} elements
              </span>
            ) : null}
          </div>
        </>
      )}
    </>
  );
}

function lineOf(
  array: ArrayDescription,
  leaf: Leaf,
  axis: number,
  index: readonly number[],
): LaidElements {
  const start = index.map((position, k) => (k === axis ? 0 : position));
  return {
    dtype: dtypeText(leaf.dtype),
    shape: [array.shape[axis] ?? 1],
    strides: [array.strides[axis] ?? 0],
    offset: byteOffsetOf({ ...array, itemsize: array.dtype.itemsize }, start) + leaf.offset,
  };
}

function drawLine(
  frame: PlotFrame,
  pairs: Float64Array,
  step: number,
  length: number,
  chosen: number,
): void {
  const { context, width, height, colour } = frame;
  let low = Infinity;
  let high = -Infinity;
  for (const value of pairs) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) [low, high] = [0, 1];
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const inner = {
    width: width - PLOT_MARGIN.left - PLOT_MARGIN.right,
    height: height - PLOT_MARGIN.top - PLOT_MARGIN.bottom,
  };
  const y = (value: number) =>
    PLOT_MARGIN.top + inner.height * (1 - (clamp(value, low, high) - low) / (high - low));
  const x = (run: number) =>
    PLOT_MARGIN.left + (inner.width * (run * step)) / Math.max(1, length - 1);
  drawAxes(frame, { low: 0, high: Math.max(0, length - 1), bottom: low, top: high, y });
  context.strokeStyle = colour('--vscode-charts-blue');
  context.lineWidth = 1.5;
  context.beginPath();
  let isDown = false;
  for (let run = 0; 2 * run < pairs.length; run++) {
    const [least = NaN, most = NaN] = [pairs[2 * run], pairs[2 * run + 1]];
    // NaN leaves a gap.
    if (Number.isNaN(least)) {
      isDown = false;
      continue;
    }
    if (isDown) context.lineTo(x(run), y(least));
    else context.moveTo(x(run), y(least));
    if (most !== least) context.lineTo(x(run), y(most));
    isDown = true;
  }
  context.stroke();
  context.strokeStyle = colour('--vscode-focusBorder');
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(Math.round(x(chosen)) + 0.5, PLOT_MARGIN.top);
  context.lineTo(Math.round(x(chosen)) + 0.5, height - PLOT_MARGIN.bottom);
  context.stroke();
}
