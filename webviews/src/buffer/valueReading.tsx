import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ArrayDescription, ValueReading } from '#shared/protocol/bufferView.ts';
import { formatCount, hexOf } from '#shared/quantities.ts';
import type { BufferModel } from './bufferModel.ts';
import type { SelectedElement } from './elementState.ts';

/**
 * How the value that the selected element belongs to is read through the buffers of its column: each step leads to
 * its bytes.
 */
export function ValueReadingLine(props: {
  readonly model: BufferModel;
  readonly array: ArrayDescription;
  readonly element: SelectedElement;
}) {
  const { model, array } = props;
  const reading = useReading(model, array, props.element);
  if (!reading) return null;
  const { column, typeName, position, text, problem, steps } = reading;
  return (
    <ol class="value-reading" aria-label={`How value ${position} of ${column} is read`}>
      <li class="value-reading-of">
        <span class="address-index">
          {column}[{formatCount(position)}]
        </span>
        <span class="secondary">{typeName}</span>
      </li>
      {steps.map((step, at) => {
        const { start, end } = step;
        const name = shortName(step.buffer, column);
        return (
          <li key={at}>
            <span class="address-label">{name}</span>
            {start === undefined || end === undefined ? (
              <span>{step.text}</span>
            ) : (
              <button
                type="button"
                class="link-button"
                title={`Show the bytes from ${hexOf(start)}, in ${step.buffer}`}
                onClick={() => {
                  model.selectBytes({ anchor: Math.max(start, end - 1), active: start });
                }}
              >
                {step.text}
              </button>
            )}
          </li>
        );
      })}
      <li>
        <span class="address-label">Value</span>
        <strong class="address-text">{text ?? problem ?? ''}</strong>
      </li>
    </ol>
  );
}

/** Asked anew for each element; an answer that another element has overtaken is dropped. */
function useReading(
  model: BufferModel,
  array: ArrayDescription,
  element: SelectedElement,
): ValueReading | undefined {
  const reading = useSignal<ValueReading | undefined>(undefined);
  const base = model.base.value;
  const isOfColumn = base?.isOfColumn === true;
  // Steps change the index; where the bytes lie in the buffer says which element of it they are.
  const position = base ? Math.floor((element.byteOffset - base.offset) / base.dtype.itemsize) : 0;
  const description = model.description.value;
  const generation = description.kind === 'ready' ? description.value.generation : 0;
  const arrayIndex = model.arrayIndex.value;
  useEffect(() => {
    if (!isOfColumn) {
      reading.value = undefined;
      return undefined;
    }
    const asking = new AbortController();
    const wanted = { array: arrayIndex, element: position };
    void model.call('readValue', wanted, asking.signal).then((reply) => {
      if (!asking.signal.aborted) reading.value = (reply.ok && reply.value.reading) || undefined;
    });
    return () => {
      asking.abort();
    };
  }, [isOfColumn, arrayIndex, position, generation, array.name]);
  return isOfColumn ? reading.value : undefined;
}

/** Of the column's own buffers the last part of the name: `offsets`. */
function shortName(buffer: string, column: string): string {
  return buffer.startsWith(`${column}.`) ? buffer.slice(column.length + 1) : buffer;
}
