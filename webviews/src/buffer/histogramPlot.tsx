import { useEffect, useMemo, useState } from 'preact/hooks';
import type { NumberPart } from '#shared/protocol/bufferScan.ts';
import type { ArrayDescription, BufferViewRequests } from '#shared/protocol/bufferView.ts';
import type { Reply } from '#shared/protocol/wire.ts';
import { clamp } from '../kit/gridAxis.ts';
import { consume } from '../kit/keyboard.ts';
import type { PlotFrame } from '../kit/plotCanvas.tsx';
import { PlotCanvas, shortNumber, ticksBetween } from '../kit/plotCanvas.tsx';
import { formatCount, formatQuantity } from '#shared/quantities.ts';
import type { Leaf } from '#shared/layout/leaves.ts';
import type { BufferFailure, BufferModel } from './bufferModel.ts';
import { ScanFailure, ScanProgressBar } from './scanStates.tsx';
import { scanTarget } from './scanTarget.tsx';

const BINS = 96;
const MARGIN = { left: 56, right: 12, top: 12, bottom: 24 };

type Found = Reply<BufferViewRequests['histogram']>;

export interface PlotProps {
  readonly model: BufferModel;
  readonly array: ArrayDescription;
  readonly leaf: Leaf;
  readonly field: number;
  readonly part: NumberPart;
}

export function HistogramPlot(props: PlotProps) {
  const { model, array, field, part } = props;
  const scan = useMemo(() => model.scans.create<Found, BufferFailure>(), [model]);
  const [bin, setBin] = useState<number | undefined>(undefined);
  const [isLog, setLog] = useState(false);
  const { elements } = scanTarget(model, array, { selection: false, field });
  const description = model.description.value;
  const generation = description.kind === 'ready' ? description.value.generation : 0;
  const start = () => {
    scan.run((job, abort) => model.call('histogram', { job, elements, bins: BINS, part }, abort));
  };
  useEffect(start, [JSON.stringify(elements), part, generation]);
  useEffect(
    () => () => {
      scan.dispose();
    },
    [scan],
  );
  const state = scan.state.value;
  if (state.kind === 'failed') return <ScanFailure failure={state.failure} onRetry={start} />;
  if (state.kind !== 'done')
    return state.kind === 'running' ? (
      <ScanProgressBar
        label="Counting"
        {...state}
        onCancel={() => {
          scan.cancel();
        }}
      />
    ) : (
      <button type="button" class="link-button" onClick={start}>
        Count the elements
      </button>
    );
  const found = state.value;
  const counted = found.counts.reduce((sum, count) => sum + count, 0);
  const width = (found.high - found.low) / found.counts.length;
  const binText = (at: number) =>
    `${shortNumber(found.low + at * width)} to ${shortNumber(found.low + (at + 1) * width)}: ${formatQuantity(found.counts[at] ?? 0, 'element')}`;
  const binAt = (x: number, extent: number) =>
    clamp(
      Math.floor(((x - MARGIN.left) / (extent - MARGIN.left - MARGIN.right)) * found.counts.length),
      0,
      found.counts.length - 1,
    );
  return (
    <>
      <PlotCanvas
        label={`Histogram of ${formatQuantity(counted, 'element')} from ${shortNumber(found.low)} to ${shortNumber(found.high)}; arrow keys walk the bins`}
        draw={(frame) => {
          drawBars(frame, found, bin, isLog);
        }}
        onMove={(x, extent) => {
          setBin(x === undefined ? undefined : binAt(x, extent));
        }}
        onKeyDown={(event) => {
          const steps: Readonly<Record<string, number | undefined>> = {
            ArrowLeft: -1,
            ArrowRight: 1,
            Home: -Infinity,
            End: Infinity,
          };
          const step = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
          if (step === undefined) return;
          consume(event);
          setBin(
            clamp(
              (bin ?? (step > 0 ? -1 : found.counts.length)) + step,
              0,
              found.counts.length - 1,
            ),
          );
        }}
      />
      <div class="plot-line">
        <span role="status">
          {bin === undefined ? formatQuantity(counted, 'element') : binText(bin)}
        </span>
        {found.notFinite > 0 ? (
          <span class="secondary">{formatCount(found.notFinite)} NaN or infinite, in no bin</span>
        ) : null}
        <label class="check">
          <input
            type="checkbox"
            checked={isLog}
            onChange={(event) => {
              setLog(event.currentTarget.checked);
            }}
          />
          Logarithmic
        </label>
      </div>
    </>
  );
}

function drawBars(frame: PlotFrame, found: Found, chosen: number | undefined, isLog: boolean) {
  const { context, width, height, colour } = frame;
  const inner = {
    width: width - MARGIN.left - MARGIN.right,
    height: height - MARGIN.top - MARGIN.bottom,
  };
  const scale = (count: number) => (isLog ? Math.log10(count + 1) : count);
  const most = Math.max(1, ...found.counts);
  const y = (count: number) => MARGIN.top + inner.height * (1 - scale(count) / scale(most));
  const x = (at: number) => MARGIN.left + (inner.width * at) / found.counts.length;
  drawAxes(frame, {
    low: found.low,
    high: found.high,
    bottom: 0,
    top: most,
    y,
    countTicks: isLog
      ? Array.from({ length: Math.floor(Math.log10(most)) + 1 }, (_, power) => 10 ** power)
      : ticksBetween(0, most, 4),
  });
  context.fillStyle = colour('--vscode-charts-blue');
  found.counts.forEach((count, at) => {
    if (count === 0) return;
    context.globalAlpha = chosen === undefined || chosen === at ? 1 : 0.55;
    const top = Math.min(y(count), MARGIN.top + inner.height - 1);
    context.fillRect(
      x(at),
      top,
      Math.max(1, x(at + 1) - x(at) - 1),
      MARGIN.top + inner.height - top,
    );
  });
  context.globalAlpha = 1;
}

/** Labels below and beside, and faint lines across. */
export function drawAxes(
  { context, width, height, colour }: PlotFrame,
  axes: {
    readonly low: number;
    readonly high: number;
    readonly bottom: number;
    readonly top: number;
    readonly y: (value: number) => number;
    readonly countTicks?: readonly number[];
  },
): void {
  const inner = width - MARGIN.left - MARGIN.right;
  context.font = `11px ${colour('--vscode-font-family')}`;
  context.fillStyle = colour('--vscode-descriptionForeground');
  context.strokeStyle = colour('--vscode-foreground');
  context.lineWidth = 1;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const tick of axes.countTicks ?? ticksBetween(axes.bottom, axes.top, 5)) {
    const at = Math.round(axes.y(tick)) + 0.5;
    // A hint in every theme; the border of high contrast would outshine the values.
    context.globalAlpha = 0.12;
    context.beginPath();
    context.moveTo(MARGIN.left, at);
    context.lineTo(width - MARGIN.right, at);
    context.stroke();
    context.globalAlpha = 1;
    context.fillText(shortNumber(tick), MARGIN.left - 6, at);
  }
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const tick of ticksBetween(axes.low, axes.high, Math.max(2, Math.floor(inner / 90)))) {
    const share = axes.high === axes.low ? 0 : (tick - axes.low) / (axes.high - axes.low);
    context.fillText(shortNumber(tick), MARGIN.left + share * inner, height - MARGIN.bottom + 6);
  }
}

export const PLOT_MARGIN = MARGIN;
