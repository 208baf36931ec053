import { useEffect, useMemo, useState } from 'preact/hooks';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { formatElement } from '#shared/layout/elementText.ts';
import { dtypeName, parseDType } from '#shared/layout/dtypeText.ts';
import type { DType } from '#shared/layout/dtype.ts';
import type { ElementStatistics, UniqueValues } from '#shared/protocol/bufferScan.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import type { Reply } from '#shared/protocol/wire.ts';
import type { BufferViewRequests } from '#shared/protocol/bufferView.ts';
import { formatCount } from '#shared/quantities.ts';
import { EmptyState } from '../kit/states.tsx';
import type { BufferFailure, BufferModel } from './bufferModel.ts';
import { fractionOf } from '#shared/layout/numberText.ts';
import { ScanFailure, ScanProgressBar } from './scanStates.tsx';
import { FieldSelect, scanTarget } from './scanTarget.tsx';

const MOST_UNIQUE_SHOWN = 200;
/** Distinct values are counted at once only where they can't be many. */
const SMALL_ITEM = 2;

/** Extremes, mean, deviation and counts of the whole array or of the selection, in the worker. */
export function StatisticsPane(props: {
  readonly model: BufferModel;
  readonly array: ArrayDescription | undefined;
}) {
  const { model, array } = props;
  const [selection, setSelection] = useState(false);
  const [field, setField] = useState(0);
  const scan = useMemo(
    () => model.scans.create<Reply<BufferViewRequests['statistics']>, BufferFailure>(),
    [model],
  );
  const counting = useMemo(
    () => model.scans.create<Reply<BufferViewRequests['unique']>, BufferFailure>(),
    [model],
  );
  useEffect(
    () => () => {
      scan.dispose();
      counting.dispose();
    },
    [scan, counting],
  );
  const target = array && scanTarget(model, array, { selection, field });
  const key = JSON.stringify(target?.elements);
  const description = model.description.value;
  const generation = description.kind === 'ready' ? description.value.generation : 0;
  const dtype = target ? parseDType(target.elements.dtype) : undefined;
  const itemsize = dtype?.ok ? dtype.value.itemsize : 0;
  const start = () => {
    if (!target) return;
    scan.run((job, abort) => model.call('statistics', { job, elements: target.elements }, abort));
  };
  const count = () => {
    if (!target) return;
    counting.run((job, abort) =>
      model.call('unique', { job, elements: target.elements, limit: MOST_UNIQUE_SHOWN }, abort),
    );
  };
  useEffect(() => {
    start();
    if (itemsize > 0 && itemsize <= SMALL_ITEM) count();
    else counting.cancel();
  }, [key, generation]);
  if (!array || !target || array.dtype.itemsize === 0)
    return (
      <section class="pane" aria-label="Statistics" data-pane>
        <EmptyState icon="graph" text="There is no array to count." />
      </section>
    );
  const state = scan.state.value;
  const unique = counting.state.value;
  return (
    <section class="pane" aria-label="Statistics" data-pane>
      <div class="pane-bar" role="group" aria-label="What is counted">
        <label class="check">
          <input
            type="radio"
            name="statistics-of"
            checked={!selection}
            onChange={() => {
              setSelection(false);
            }}
          />
          Whole array
        </label>
        <label class="check">
          <input
            type="radio"
            name="statistics-of"
            checked={selection}
            onChange={() => {
              setSelection(true);
            }}
          />
          Selection
        </label>
        <FieldSelect model={model} value={field} onChange={setField} />
      </div>
      <div class="statistics">
        {state.kind === 'running' ? (
          <ScanProgressBar
            label="Reading the elements"
            {...state}
            onCancel={() => {
              scan.cancel();
            }}
          />
        ) : state.kind === 'failed' ? (
          <ScanFailure failure={state.failure} onRetry={start} />
        ) : state.kind === 'done' ? (
          state.value.statistics ? (
            <Facts statistics={state.value.statistics} />
          ) : (
            <p class="secondary">
              {dtype?.ok ? dtypeName(dtype.value) : 'This type'} has no numbers. Distinct values can
              be counted.
            </p>
          )
        ) : (
          <p>
            Stopped.{' '}
            <button type="button" class="link-button" onClick={start}>
              Count again
            </button>
          </p>
        )}
        <h2>Distinct values</h2>
        {unique.kind === 'running' ? (
          <ScanProgressBar
            label="Counting distinct values"
            {...unique}
            onCancel={() => {
              counting.cancel();
            }}
          />
        ) : unique.kind === 'failed' ? (
          <ScanFailure failure={unique.failure} onRetry={count} />
        ) : unique.kind === 'done' && dtype?.ok ? (
          <Unique found={unique.value} dtype={dtype.value} />
        ) : (
          <button type="button" class="link-button" onClick={count}>
            Count distinct values
          </button>
        )}
      </div>
    </section>
  );
}

function Facts(props: { readonly statistics: ElementStatistics }) {
  const { statistics } = props;
  const infinite = statistics.positiveInfinite + statistics.negativeInfinite;
  const facts: readonly (readonly [string, string, string?])[] = [
    ['Elements', formatCount(statistics.count)],
    ['Min', valueText(statistics.min), 'of the finite elements'],
    ['Max', valueText(statistics.max), 'of the finite elements'],
    ['Mean', valueText(statistics.mean)],
    ['Standard deviation', valueText(statistics.std), 'of the population, as numpy.std has it'],
    ['Zeros', statistics.zeros === null ? '—' : formatCount(statistics.zeros)],
    ['NaN', formatCount(statistics.nan)],
    [
      'Infinities',
      infinite === 0
        ? '0'
        : `${formatCount(statistics.positiveInfinite)} inf, ${formatCount(statistics.negativeInfinite)} -inf`,
    ],
  ];
  const digits = Math.max(...facts.map(([, value]) => fractionOf(value)));
  return (
    <dl class="facts">
      {facts.map(([name, value, hint]) => (
        <div key={name} class="fact-row">
          <dt class="secondary" title={hint}>
            {name}
          </dt>
          <dd>{value + ' '.repeat(roomBehind(value, digits))}</dd>
        </div>
      ))}
    </dl>
  );
}

function Unique(props: { readonly found: UniqueValues; readonly dtype: DType }) {
  const { found, dtype } = props;
  if (found.distinct === null)
    return <p class="secondary">There are more than 100,000 distinct values.</p>;
  const view = new DataView(found.bytes);
  const most = found.counts[0] ?? 1;
  return (
    <>
      <p class="secondary">
        {formatCount(found.distinct)} distinct
        {found.counts.length < found.distinct
          ? `, the ${formatCount(found.counts.length)} most frequent`
          : ''}
      </p>
      <table class="unique">
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col">Count</th>
            <th scope="col">
              <span class="visually-hidden">Share of the most frequent</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {found.counts.map((count, position) => (
            <tr key={position}>
              <td>
                {(position + 1) * dtype.itemsize <= view.byteLength
                  ? formatElement(dtype, decodeElement(dtype, view, position * dtype.itemsize))
                  : ''}
              </td>
              <td>{formatCount(count)}</td>
              <td aria-hidden="true">
                <svg class="share-bar">
                  <rect width={`${(100 * count) / most}%`} height="8" y="4" />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Spaces that bring the decimal point of a number below those of others; what has no digits ends where they do. */
function roomBehind(text: string, digits: number): number {
  if (digits === 0 || !/^-?[\d,.]+$/.test(text)) return 0;
  return digits - fractionOf(text) + (text.includes('.') ? 0 : 1);
}

function valueText(value: number | string | null): string {
  if (value === null) return '—';
  return typeof value === 'string' ? value : String(value);
}
