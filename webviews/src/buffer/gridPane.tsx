import { shapeText } from '#shared/layout/dtypeText.ts';
import type { ArrayDescription, BufferDescription } from '#shared/protocol/bufferView.ts';
import { formatCount } from '#shared/quantities.ts';
import { EmptyState } from '../kit/states.tsx';
import { IconButton } from '../kit/toolbar.tsx';
import { sliceText, withAxis, withIndex } from './arrayView.ts';
import type { BufferModel } from './bufferModel.ts';
import { ElementGrid } from './elementGrid.tsx';
import { PartList, PartPicker } from './partList.tsx';
import { LineStatistics } from './lineStatistics.tsx';
import { ValueBar } from './valueBar.tsx';

export function GridPane(props: {
  readonly model: BufferModel;
  readonly description: BufferDescription;
}) {
  const { model, description } = props;
  const array = model.array.value;
  const parts = description.parts ?? [];
  return (
    <section class="pane" aria-label="Grid" data-pane>
      {array === undefined && parts.length > 0 ? (
        <PartList model={model} parts={parts} />
      ) : array === undefined ? (
        <EmptyState
          icon="table"
          text="There is no array to show."
          detail={
            description.problems.length > 0
              ? 'The problems above say why. The bytes can be read in the hex view.'
              : `${description.formatLabel} says nothing of elements. The bytes can be read in the hex view.`
          }
        />
      ) : (
        <>
          <PartPicker model={model} parts={parts} />
          <AxisBar model={model} array={array} arrays={description.arrays} />
          <ValueBar model={model} array={array} />
          {array.note === undefined ? null : <p class="pane-note secondary">{array.note}</p>}
          {array.shape.includes(0) ? (
            <EmptyState
              icon="symbol-array"
              text={`This array has no elements: its shape is ${shapeText(array.shape)}.`}
            />
          ) : array.dtype.itemsize === 0 ? (
            <EmptyState
              icon="symbol-array"
              text="The elements of this array have no bytes: their item size is 0."
            />
          ) : (
            <ElementGrid key={model.arrayIndex.value} model={model} array={array} />
          )}
          {model.lineStatistics.value ? <LineStatistics model={model} array={array} /> : null}
        </>
      )}
    </section>
  );
}

/** Which array, which axes run over rows and columns, and where the others stand. */
function AxisBar(props: {
  readonly model: BufferModel;
  readonly array: ArrayDescription;
  readonly arrays: readonly ArrayDescription[];
}) {
  const { model, array, arrays } = props;
  const view = model.view.value;
  const axes = array.shape.map((length, axis) => ({ axis, length }));
  const fixed = axes.filter(({ axis }) => axis !== view.rowAxis && axis !== view.columnAxis);
  if (arrays.length < 2 && axes.length < 2) return null;
  return (
    <div class="pane-bar" role="group" aria-label="Axes">
      {arrays.length > 1 ? (
        <select
          aria-label="Array"
          value={String(model.arrayIndex.value)}
          onChange={(event) => {
            model.selectArray(Number(event.currentTarget.value));
          }}
        >
          {arrays.map(({ name }, index) => (
            <option key={index} value={String(index)}>
              {name === '' ? `Array ${index}` : name}
            </option>
          ))}
        </select>
      ) : null}
      {axes.length > 1 ? (
        <span class="axis-choice">
          <AxisSelect
            label="Rows"
            axes={axes}
            value={view.rowAxis ?? 0}
            onChange={(axis) => {
              model.setView(withAxis(view, 'rowAxis', axis));
            }}
          />
          {view.columnAxis === null ? null : (
            <AxisSelect
              label="Columns"
              axes={axes}
              value={view.columnAxis}
              onChange={(axis) => {
                model.setView(withAxis(view, 'columnAxis', axis));
              }}
            />
          )}
        </span>
      ) : null}
      {fixed.map(({ axis, length }) => (
        <IndexStepper
          key={axis}
          axis={axis}
          length={length}
          value={view.index[axis] ?? 0}
          onChange={(position) => {
            model.setView(withIndex(view, axis, position, length));
          }}
        />
      ))}
      {axes.length > 1 ? (
        <span class="slice" title="What the grid shows, as Python says it">
          {sliceText(view)}
        </span>
      ) : null}
    </div>
  );
}

function AxisSelect(props: {
  readonly label: string;
  readonly axes: readonly { readonly axis: number; readonly length: number }[];
  readonly value: number;
  readonly onChange: (axis: number) => void;
}) {
  return (
    <label class="axis-select">
      <span class="secondary">{props.label === 'Columns' ? '× Columns' : props.label}</span>
      <select
        value={String(props.value)}
        aria-label={`${props.label} show axis`}
        onChange={(event) => {
          props.onChange(Number(event.currentTarget.value));
        }}
      >
        {props.axes.map(({ axis, length }) => (
          <option key={axis} value={String(axis)}>
            {`${axis} (${formatCount(length)})`}
          </option>
        ))}
      </select>
    </label>
  );
}

function IndexStepper(props: {
  readonly axis: number;
  readonly length: number;
  readonly value: number;
  readonly onChange: (position: number) => void;
}) {
  const { axis, length, value } = props;
  const last = Math.max(0, length - 1);
  return (
    <span class="stepper" role="group" aria-label={`Index on axis ${axis}`}>
      <span class="secondary">Axis {axis}</span>
      <IconButton
        icon="chevron-left"
        label={`Previous index on axis ${axis}`}
        disabled={value === 0}
        onClick={() => {
          props.onChange(value - 1);
        }}
      />
      <input
        class="text-input stepper-input"
        type="text"
        inputMode="numeric"
        aria-label={`Index on axis ${axis}, 0 to ${last}`}
        value={String(value)}
        size={String(last).length + 1}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp') props.onChange(value + 1);
          else if (event.key === 'ArrowDown') props.onChange(value - 1);
        }}
        onChange={(event) => {
          const typed = Number(event.currentTarget.value.trim());
          if (Number.isSafeInteger(typed)) props.onChange(typed < 0 ? typed + length : typed);
          event.currentTarget.value = String(value);
        }}
      />
      <IconButton
        icon="chevron-right"
        label={`Next index on axis ${axis}`}
        disabled={value >= last}
        onClick={() => {
          props.onChange(value + 1);
        }}
      />
      <span class="secondary">/ {formatCount(length)}</span>
    </span>
  );
}
