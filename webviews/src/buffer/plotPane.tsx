import { useState } from 'preact/hooks';
import type { DType } from '#shared/layout/dtype.ts';
import { dtypeName } from '#shared/layout/dtypeText.ts';
import type { NumberPart } from '#shared/protocol/bufferScan.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import { EmptyState } from '../kit/states.tsx';
import type { BufferModel } from './bufferModel.ts';
import { HistogramPlot } from './histogramPlot.tsx';
import { ImagePlot } from './imagePlot.tsx';
import { LinePlot } from './linePlot.tsx';
import { FieldSelect } from './scanTarget.tsx';
import './plot.css';

type PlotKind = 'histogram' | 'line' | 'image';

const PARTS: readonly { readonly part: NumberPart; readonly label: string }[] = [
  { part: 'magnitude', label: 'Magnitude' },
  { part: 'phase', label: 'Phase' },
  { part: 'real', label: 'Real part' },
  { part: 'imaginary', label: 'Imaginary part' },
];

/** The array as a histogram, a line along one axis, or an image of two. */
export function PlotPane(props: {
  readonly model: BufferModel;
  readonly array: ArrayDescription | undefined;
}) {
  const { model, array } = props;
  const view = model.view.value;
  const canBeImage = view.rowAxis !== null && view.columnAxis !== null;
  const [asked, setAsked] = useState<PlotKind>(canBeImage ? 'image' : 'line');
  const [field, setField] = useState(0);
  const [part, setPart] = useState<NumberPart>('magnitude');
  const kind = asked === 'image' && !canBeImage ? 'line' : asked;
  const leaves = model.leaves.value;
  const leaf = leaves[Math.min(field, leaves.length - 1)];
  if (!array || !leaf || array.shape.includes(0) || !canPlot(leaf.dtype))
    return (
      <section class="pane" aria-label="Plot" data-pane>
        <div class="pane-bar" role="group" aria-label="Plot">
          <FieldSelect model={model} value={field} onChange={setField} />
        </div>
        <EmptyState
          icon="graph"
          text={
            leaf && array && !array.shape.includes(0)
              ? `${dtypeName(leaf.dtype)} has no numbers to plot.`
              : 'There are no elements to plot.'
          }
        />
      </section>
    );
  const isComplex = leaf.dtype.kind === 'scalar' && leaf.dtype.scalar === 'complex';
  const shownPart: NumberPart = isComplex ? part : 'value';
  const common = { model, array, leaf, field, part: shownPart };
  return (
    <section class="pane plot-pane" aria-label="Plot" data-pane>
      <div class="pane-bar" role="group" aria-label="Plot">
        <label class="axis-select">
          <span class="visually-hidden">Kind</span>
          <select
            aria-label="Kind of plot"
            value={kind}
            onChange={(event) => {
              setAsked(event.currentTarget.value as PlotKind);
            }}
          >
            <option value="image" disabled={!canBeImage}>
              Image
            </option>
            <option value="line">Line</option>
            <option value="histogram">Histogram</option>
          </select>
        </label>
        <FieldSelect model={model} value={field} onChange={setField} />
        {isComplex ? (
          <select
            aria-label="Part of the complex numbers"
            value={part}
            onChange={(event) => {
              setPart(event.currentTarget.value as NumberPart);
            }}
          >
            {PARTS.map((one) => (
              <option key={one.part} value={one.part}>
                {one.label}
              </option>
            ))}
          </select>
        ) : null}
      </div>
      {kind === 'histogram' ? (
        <HistogramPlot {...common} />
      ) : kind === 'line' ? (
        <LinePlot {...common} />
      ) : (
        <ImagePlot {...common} />
      )}
    </section>
  );
}

function canPlot(dtype: DType): boolean {
  const kinds = ['bool', 'int', 'uint', 'float', 'bfloat', 'complex', 'datetime', 'timedelta'];
  return dtype.kind === 'scalar' && kinds.includes(dtype.scalar);
}
