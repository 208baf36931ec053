import { useEffect, useMemo } from 'preact/hooks';
import { dtypeText } from '#shared/layout/dtypeText.ts';
import type { LaidElements } from '#shared/protocol/bufferScan.ts';
import type { ArrayDescription, BufferViewRequests } from '#shared/protocol/bufferView.ts';
import type { Reply } from '#shared/protocol/wire.ts';
import { shortNumber } from '../kit/plotCanvas.tsx';
import { formatCount } from '#shared/quantities.ts';
import { windowOf, columnCountOf, rowCountOf } from './arrayView.ts';
import type { BufferFailure, BufferModel } from './bufferModel.ts';
import { failureMessage } from './failureMessage.ts';

/** What the row and the column of the selected cell hold. */
export function LineStatistics(props: {
  readonly model: BufferModel;
  readonly array: ArrayDescription;
}) {
  const { model, array } = props;
  const view = model.view.value;
  const { row, column } = model.gridSelection.value.active;
  const leaves = model.leaves.value;
  const leaf = leaves[view.columnAxis === null ? Math.min(column, leaves.length - 1) : 0];
  if (!leaf) return null;
  const laid = (
    rows: readonly [number, number],
    columns: readonly [number, number],
  ): LaidElements => {
    const window = windowOf(array, view, {
      rows: { start: rows[0], end: rows[1] },
      columns: { start: columns[0], end: columns[1] },
    });
    return {
      dtype: dtypeText(leaf.dtype),
      shape: window.shape,
      strides: window.strides,
      offset: window.offset + leaf.offset,
    };
  };
  const elementColumn = view.columnAxis === null ? 0 : column;
  return (
    <div class="line-statistics" role="group" aria-label="Statistics of row and column">
      {view.columnAxis === null ? null : (
        <Line
          model={model}
          label={`Row ${formatCount(row)}`}
          elements={laid([row, row + 1], [0, columnCountOf(array, view)])}
        />
      )}
      {view.rowAxis === null ? null : (
        <Line
          model={model}
          label={leaf.name === '' ? `Column ${formatCount(column)}` : leaf.name}
          elements={laid([0, rowCountOf(array, view)], [elementColumn, elementColumn + 1])}
        />
      )}
    </div>
  );
}

function Line(props: {
  readonly model: BufferModel;
  readonly label: string;
  readonly elements: LaidElements;
}) {
  const { model, elements } = props;
  const scan = useMemo(
    () => model.scans.create<Reply<BufferViewRequests['statistics']>, BufferFailure>(),
    [model],
  );
  const description = model.description.value;
  const generation = description.kind === 'ready' ? description.value.generation : 0;
  useEffect(() => {
    scan.run((job, abort) => model.call('statistics', { job, elements }, abort));
  }, [JSON.stringify(elements), generation]);
  useEffect(
    () => () => {
      scan.dispose();
    },
    [scan],
  );
  const state = scan.state.value;
  return (
    <span>
      <span class="secondary">{props.label}</span>{' '}
      {state.kind === 'failed'
        ? failureMessage(state.failure)
        : state.kind === 'done'
          ? textOf(state.value)
          : '…'}
    </span>
  );
}

function textOf({ statistics }: Reply<BufferViewRequests['statistics']>): string {
  if (!statistics) return 'has no numbers';
  const { min, max, mean, std, nan } = statistics;
  const number = (value: number | string | null) =>
    value === null ? '—' : typeof value === 'string' ? value : shortNumber(value);
  return `min ${number(min)} · max ${number(max)} · mean ${number(mean)} · std ${number(std)} · NaN ${formatCount(nan)}`;
}
