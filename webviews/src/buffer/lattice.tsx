import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatElement } from '#shared/layout/elementText.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import type { ViewState } from '#shared/layout/viewChain.ts';
import { sourceBytes } from '#shared/layout/viewChain.ts';
import { clamp } from '../kit/gridAxis.ts';
import { consume } from '../kit/keyboard.ts';
import { formatCount } from '#shared/quantities.ts';
import type { BufferModel } from './bufferModel.ts';

const MOST_ROWS = 8;
const MOST_COLUMNS = 10;
const LONGEST_TEXT = 9;

/** The last two axes of a view around the chosen element, as a grid of values with their byte offsets. */
export function Lattice(props: {
  readonly model: BufferModel;
  readonly state: ViewState;
  readonly index: readonly number[];
  readonly axis: number | undefined;
  readonly onSelect: (index: readonly number[]) => void;
}) {
  const { model, state, index, axis } = props;
  const { shape, strides } = state.layout;
  const axes = shape.length;
  const rowAxis = axes > 1 ? axes - 2 : undefined;
  const columnAxis = axes > 0 ? axes - 1 : undefined;
  const rows = spanAround(index, shape, rowAxis, MOST_ROWS);
  const columns = spanAround(index, shape, columnAxis, MOST_COLUMNS);
  const indexAt = (row: number, column: number) => {
    const at = [...index];
    if (rowAxis !== undefined) at[rowAxis] = row;
    if (columnAxis !== undefined) at[columnAxis] = column;
    return at;
  };
  const cells = useMemo(
    () => rows.flatMap((row) => columns.map((column) => indexAt(row, column))),
    [rows.join(), columns.join(), index.join(), state],
  );
  const texts = useTexts(model, state, cells);
  const body = useRef<HTMLDivElement>(null);
  const hasFocus = useRef(false);
  useEffect(() => {
    if (hasFocus.current && document.hasFocus())
      body.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [index.join()]);
  const move = (event: KeyboardEvent) => {
    const lengthOf = (which: number | undefined) => (which === undefined ? 1 : (shape[which] ?? 1));
    const row = rowAxis === undefined ? 0 : (index[rowAxis] ?? 0);
    const column = columnAxis === undefined ? 0 : (index[columnAxis] ?? 0);
    const targets: Readonly<Record<string, readonly [number, number] | undefined>> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      PageUp: [row - MOST_ROWS, column],
      PageDown: [row + MOST_ROWS, column],
      Home: [event.ctrlKey ? 0 : row, 0],
      End: [event.ctrlKey ? Infinity : row, Infinity],
    };
    const target = Object.hasOwn(targets, event.key) ? targets[event.key] : undefined;
    if (!target || event.altKey) return;
    consume(event);
    props.onSelect(
      indexAt(
        clamp(target[0], 0, lengthOf(rowAxis) - 1),
        clamp(target[1], 0, lengthOf(columnAxis) - 1),
      ),
    );
  };
  const fixed = index.slice(0, Math.max(0, axes - 2));
  const edge = (which: number | undefined) =>
    which === undefined
      ? undefined
      : `Axis ${which} · ${formatCount(shape[which] ?? 0)} · stride ${strides[which] ?? 0}`;
  return (
    <div class="lattice">
      <p class="secondary lattice-title">
        {fixed.length > 0 ? `[${fixed.join(', ')}, …] · ` : ''}
        {[edge(rowAxis), edge(columnAxis)].filter(Boolean).join(' × ') || 'one element'}
      </p>
      <div
        ref={body}
        role="grid"
        aria-label="Elements of the view"
        aria-rowcount={rowAxis === undefined ? 1 : (shape[rowAxis] ?? 1)}
        aria-colcount={columnAxis === undefined ? 1 : (shape[columnAxis] ?? 1)}
        class="lattice-grid"
        onKeyDown={move}
        onFocusIn={() => {
          hasFocus.current = true;
        }}
        onFocusOut={() => {
          hasFocus.current = false;
        }}
      >
        {rows.map((row, r) => (
          <div key={row} role="row" aria-rowindex={row + 1} class="lattice-row">
            {columns.map((column, c) => {
              const at = indexAt(row, column);
              const isChosen = at.every((position, k) => position === index[k]);
              const isOnAxis =
                axis !== undefined &&
                at.every((position, k) => k === axis || position === index[k]);
              return (
                <div
                  key={column}
                  role="gridcell"
                  aria-colindex={column + 1}
                  aria-selected={isChosen}
                  tabIndex={isChosen ? 0 : -1}
                  class={`lattice-cell${isChosen ? ' chosen' : ''}${isOnAxis ? ` on-axis axis-${axis % 6}` : ''}`}
                  title={`[${at.join(', ')}] at byte ${byteOf(state, at)}`}
                  onClick={() => {
                    hasFocus.current = true;
                    props.onSelect(at);
                  }}
                >
                  <span class="lattice-value">{texts[r * columns.length + c] ?? '·'}</span>
                  <span class="lattice-offset secondary">{byteOf(state, at)}</span>
                </div>
              );
            })}
            {columnAxis !== undefined && (columns.at(-1) ?? 0) + 1 < (shape[columnAxis] ?? 0) ? (
              <span role="presentation" class="lattice-more secondary">
                …
              </span>
            ) : null}
          </div>
        ))}
      </div>
      {rowAxis !== undefined && (rows.at(-1) ?? 0) + 1 < (shape[rowAxis] ?? 0) ? (
        <p class="lattice-more secondary">…</p>
      ) : null}
    </div>
  );
}

function byteOf(state: ViewState, index: readonly number[]): number {
  return index.reduce(
    (offset, position, k) => offset + position * (state.layout.strides[k] ?? 0),
    state.layout.offset,
  );
}

/** At most `most` positions of an axis, with the chosen one among them. */
function spanAround(
  index: readonly number[],
  shape: readonly number[],
  axis: number | undefined,
  most: number,
): number[] {
  if (axis === undefined) return [0];
  const length = shape[axis] ?? 1;
  const start = clamp(Math.floor((index[axis] ?? 0) / most) * most, 0, Math.max(0, length - most));
  return Array.from({ length: Math.min(most, length) }, (_, k) => start + k);
}

/** Values of some elements, read through whatever copies are between them and the file. */
function useTexts(
  model: BufferModel,
  state: ViewState,
  cells: readonly (readonly number[])[],
): readonly (string | undefined)[] {
  const [texts, setTexts] = useState<readonly (string | undefined)[]>([]);
  const generation =
    model.description.value.kind === 'ready' ? model.description.value.value.generation : 0;
  useEffect(() => {
    const run = { isCurrent: true };
    const read = async (index: readonly number[]) => {
      const places = sourceBytes(state, index);
      if (places.length === 0 || places.length > 1024) return undefined;
      const start = Math.min(...places);
      const end = Math.max(...places) + 1;
      if (end - start > 1024 * 1024) return undefined;
      const bytes = await model.readBytes({ start, end });
      if (!bytes.ok) return undefined;
      const element = Uint8Array.from(places, (place) => bytes.value[place - start] ?? 0);
      const text = formatElement(
        state.dtype,
        decodeElement(state.dtype, new DataView(element.buffer), 0),
      );
      return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
    };
    void Promise.all(cells.map(read)).then((found) => {
      if (run.isCurrent) setTexts(found);
    });
    return () => {
      run.isCurrent = false;
    };
  }, [cells, state, generation]);
  return texts;
}
