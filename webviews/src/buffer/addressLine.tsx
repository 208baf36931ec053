import { dtypeName } from '#shared/layout/dtypeText.ts';
import type { ArrayDescription, BufferDescription } from '#shared/protocol/bufferView.ts';
import { hexPair } from '../kit/hexRow.ts';
import { factorText, formatQuantity, hexOf } from '#shared/quantities.ts';
import type { BufferModel } from './bufferModel.ts';
import type { SelectedElement } from './elementState.ts';
import { ValueReadingLine } from './valueReading.tsx';

/** The heart of the panel: how the selected element's index becomes bytes, and what they say. */
export function AddressLine(props: {
  readonly model: BufferModel;
  readonly description: BufferDescription;
}) {
  const { model, description } = props;
  const array = model.array.value;
  const element = model.element.value;
  return (
    <div class="status-line address-line" role="region" aria-label="Selection">
      {array && element ? (
        <>
          <ElementAddress model={model} array={array} element={element} />
          <ValueReadingLine model={model} array={array} element={element} />
        </>
      ) : (
        <ByteAddress model={model} description={description} />
      )}
      <span class="visually-hidden" role="status">
        {model.announcement.value}
      </span>
    </div>
  );
}

const MOST_BYTES = 16;

function ElementAddress(props: {
  readonly model: BufferModel;
  readonly array: ArrayDescription;
  readonly element: SelectedElement;
}) {
  const { model, array, element } = props;
  void model.gridRevision.value;
  const read = model.readElement();
  const { leaf, bytes } = element;
  const isField = leaf.name !== '';
  const terms = element.index.map((position, axis) => ({
    axis,
    position,
    stride: array.strides[axis] ?? 0,
  }));
  return (
    <>
      <span class="address-index">
        [{element.index.length === 0 ? '()' : element.index.join(', ')}]
        {isField ? `.${leaf.name}` : ''}
      </span>
      <span aria-hidden="true" class="secondary">
        →
      </span>
      <span class="address-sum">
        <span title="Where the array begins">{array.offset}</span>
        {terms.map(({ axis, position, stride }) => (
          <span key={axis} title={`Axis ${axis}: index ${position} × stride ${stride} bytes`}>
            <span class="secondary"> + </span>
            {position}
            <span class="secondary">·</span>
            {factorText(stride)}
          </span>
        ))}
        {isField ? (
          <span title={`Where ${leaf.name} begins in the element`}>
            <span class="secondary"> + </span>
            {leaf.offset}
          </span>
        ) : null}
        {terms.length > 0 || isField ? (
          <>
            <span class="secondary"> = </span>
            {bytes.start}
          </>
        ) : null}
        <span class="secondary"> = </span>
        <strong>{hexOf(bytes.start)}</strong>
      </span>
      <span class="address-bytes" title={formatQuantity(bytes.end - bytes.start, 'byte')}>
        <span class="address-label">Bytes</span>
        {read ? bytesText(read.bytes) : '…'}
      </span>
      <span class="address-value">
        <span class="address-label">Value</span>
        <strong class="address-text">{read ? read.text : '…'}</strong>
        <span class="secondary">{dtypeName(leaf.dtype)}</span>
      </span>
    </>
  );
}

function ByteAddress(props: {
  readonly model: BufferModel;
  readonly description: BufferDescription;
}) {
  const { model, description } = props;
  void model.hexRevision.value;
  const { anchor, active } = model.hexSelection.value;
  const start = Math.min(anchor, active);
  const count = Math.max(anchor, active) + 1 - start;
  const region = description.regions.find((part) => part.start <= active && active < part.end);
  const value = model.byteAt(active);
  if (description.byteLength === 0) return <span class="secondary">No bytes</span>;
  return (
    <>
      <span class="address-index">
        {count === 1 ? hexOf(active) : `${hexOf(start)} – ${hexOf(start + count - 1)}`}
      </span>
      {region ? <span>{region.label}</span> : null}
      {count === 1 ? (
        <span class="address-value">
          <span class="address-label">Byte</span>
          {value === undefined ? (
            '…'
          ) : (
            <strong class="address-text">
              {value}
              {0x20 <= value && value < 0x7f ? ` '${String.fromCharCode(value)}'` : ''}
            </strong>
          )}
        </span>
      ) : (
        <span class="secondary">{formatQuantity(count, 'byte')}</span>
      )}
    </>
  );
}

function bytesText(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, MOST_BYTES), hexPair).join(' ');
  return bytes.byteLength > MOST_BYTES ? `${shown} …` : shown;
}
