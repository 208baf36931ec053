import { useLayoutEffect, useRef } from 'preact/hooks';
import { consume } from '../kit/keyboard.ts';
import type { CellDraft } from './bufferEditing.ts';
import type { BufferModel } from './bufferModel.ts';

/** The input in the place of a cell. What is wrong with its text is said while one types. */
export function CellEditor(props: { readonly model: BufferModel; readonly draft: CellDraft }) {
  const { model, draft } = props;
  const { editing } = model;
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    input.current?.focus({ preventScroll: true });
    input.current?.select();
    // A key that began the cell is in it already and must not be written over by the next one.
    if (draft.text.length === 1) input.current?.setSelectionRange(1, 1);
  }, []);
  return (
    <>
      <input
        ref={input}
        class="cell-editor"
        type="text"
        tabIndex={0}
        aria-label={`Value of row ${draft.cell.row}, column ${draft.cell.column}`}
        aria-invalid={draft.problem !== ''}
        aria-describedby="cell-problem"
        autocomplete="off"
        spellcheck={false}
        value={draft.text}
        onInput={(event) => {
          editing.typeCell(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') editing.leaveCell();
          else if (event.key === 'Enter' || event.key === 'Tab') {
            if (editing.finishCell()) {
              const back = event.shiftKey ? -1 : 1;
              move(model, event.key === 'Enter' ? back : 0, event.key === 'Tab' ? back : 0);
            }
          } else return;
          consume(event);
        }}
      />
      <span
        id="cell-problem"
        role="status"
        class={`cell-problem${draft.problem === '' ? ' visually-hidden' : ''}`}
      >
        {draft.problem}
      </span>
    </>
  );
}

/** To the cell below after Enter, and beside it after Tab, as in a spreadsheet. */
function move(model: BufferModel, rows: number, columns: number): void {
  const { rowCount, columnCount } = model.gridSize();
  const { row, column } = model.gridSelection.peek().active;
  const cell = {
    row: Math.max(0, Math.min(rowCount - 1, row + rows)),
    column: Math.max(0, Math.min(columnCount - 1, column + columns)),
  };
  model.selectCells({ anchor: cell, active: cell });
}
