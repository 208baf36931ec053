import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import type { LaidElements } from '#shared/protocol/bufferScan.ts';
import { dtypeText } from '#shared/layout/dtypeText.ts';
import { selectionSpans } from '../kit/gridSelection.ts';
import { windowOf } from './arrayView.ts';
import type { BufferModel } from './bufferModel.ts';
import { laidOf } from './shownArray.ts';

/** What a scan is of: all elements, or the selected rectangle; of a struct always one field. */
export interface ScanTarget {
  readonly elements: LaidElements;
  readonly label: string;
}

export function scanTarget(
  model: BufferModel,
  array: ArrayDescription,
  part: { readonly selection: boolean; readonly field: number },
): ScanTarget {
  const leaves = model.leaves.value;
  const leaf = leaves[Math.min(part.field, leaves.length - 1)];
  const whole = laidOf(array);
  const field =
    leaf && leaf.name !== ''
      ? { dtype: dtypeText(leaf.dtype), offset: whole.offset + leaf.offset }
      : { dtype: whole.dtype, offset: whole.offset };
  if (!part.selection) return { elements: { ...whole, ...field }, label: leaf?.name ?? '' };
  const { rows, columns } = selectionSpans(model.gridSelection.value);
  const view = model.view.value;
  const window = windowOf(array, view, {
    rows,
    columns: view.columnAxis === null ? { start: 0, end: 1 } : columns,
  });
  return {
    elements: {
      dtype: field.dtype,
      shape: window.shape,
      strides: window.strides,
      offset: window.offset + (leaf?.offset ?? 0),
    },
    label: leaf?.name ?? '',
  };
}

/** A choice among the fields of a struct; nothing where there is only one. */
export function FieldSelect(props: {
  readonly model: BufferModel;
  readonly value: number;
  readonly onChange: (field: number) => void;
}) {
  const leaves = props.model.leaves.value;
  if (leaves.length < 2) return null;
  return (
    <label class="axis-select">
      <span class="secondary">Field</span>
      <select
        aria-label="Field"
        value={String(props.value)}
        onChange={(event) => {
          props.onChange(Number(event.currentTarget.value));
        }}
      >
        {leaves.map((leaf, position) => (
          <option key={position} value={String(position)}>
            {leaf.name}
          </option>
        ))}
      </select>
    </label>
  );
}
