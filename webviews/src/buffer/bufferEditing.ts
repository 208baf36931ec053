/** What someone does to bytes and elements, as edits. Edits go to the host one after another, in the order of the keys. */
import type { ReadonlySignal } from '@preact/signals';
import { computed, signal } from '@preact/signals';
import type { BufferEdit } from '#shared/edit/bufferEdit.ts';
import { deleteBytes, MOST_EDITS_AT_ONCE, replaceBytes } from '#shared/edit/bufferEdit.ts';
import { dtypeName } from '#shared/layout/dtypeText.ts';
import { parseElement } from '#shared/layout/elementParse.ts';
import { bytesOfPaste, tableOfPaste } from '#shared/layout/pasteText.ts';
import type { EditState } from '#shared/protocol/bufferEditing.ts';
import type { BufferDescription, BufferViewRequests } from '#shared/protocol/bufferView.ts';
import type { Caller } from '#shared/protocol/wire.ts';
import type { Span } from '../kit/gridAxis.ts';
import type { CellPosition, GridSelection } from '../kit/gridSelection.ts';
import { selectionSpans } from '../kit/gridSelection.ts';
import type { ByteSelection } from '../kit/hexView.tsx';
import { formatCount, formatQuantity } from '#shared/quantities.ts';
import type { Leaf } from '#shared/layout/leaves.ts';
import { failureMessage } from './failureMessage.ts';

/** The place of a cell's bytes in the file, and what they are. */
export interface CellPlace {
  readonly leaf: Leaf;
  readonly bytes: Span;
}

export interface EditingContext {
  readonly call: Caller<BufferViewRequests>;
  readonly description: () => BufferDescription | undefined;
  readonly redescribe: (description: BufferDescription) => void;
  readonly announce: (text: string) => void;
  readonly byteSelection: () => ByteSelection;
  readonly selectBytes: (selection: ByteSelection) => void;
  readonly byteAt: (byteOffset: number) => number | undefined;
  readonly cellSelection: () => GridSelection;
  readonly placeOfCell: (cell: CellPosition) => CellPlace | undefined;
  readonly gridSize: () => { readonly rowCount: number; readonly columnCount: number };
}

/** A cell that is being typed into. */
export interface CellDraft {
  readonly cell: CellPosition;
  readonly text: string;
  readonly problem: string;
}

export interface BufferEditing {
  readonly state: ReadonlySignal<EditState | undefined>;
  /** Why nothing can be changed; undefined where it can. */
  readonly whyReadOnly: ReadonlySignal<string | undefined>;
  readonly isInserting: ReadonlySignal<boolean>;
  /** The first of the two digits of a byte. */
  readonly nibble: ReadonlySignal<number | undefined>;
  readonly draft: ReadonlySignal<CellDraft | undefined>;
  /** What could not be done, until something else is. */
  readonly problem: ReadonlySignal<string>;
  /** Whether an answer with what the edits made is on its way. */
  isBusy(): boolean;
  isChanged(start: number, end: number): boolean;
  toggleInserting(): void;
  /** Shows what could not be done, in edits and around them. */
  tell(message: string): void;
  dismiss(): void;
  /** True where the key was one of editing. */
  byteKey(event: KeyboardEvent): boolean;
  leaveByte(): void;
  deleteSelected(): void;
  pasteBytes(text: string): void;
  /** Bytes again and again: over the selected ones, or as many new ones before them. */
  fillBytes(pattern: Uint8Array, way: 'over' | 'before' | 'after', count: number): Promise<boolean>;
  startCell(cell: CellPosition, text: string): void;
  typeCell(text: string): void;
  /** False where what was typed is no element: then the draft stays. */
  finishCell(): boolean;
  leaveCell(): void;
  pasteCells(text: string): void;
  fillCells(text: string): string | undefined;
}

const MOST_PASTED_BYTES = 64 * 1024 * 1024;

export function createBufferEditing(context: EditingContext): BufferEditing {
  const isInserting = signal(false);
  const nibble = signal<number | undefined>(undefined);
  const draft = signal<CellDraft | undefined>(undefined);
  const problem = signal('');
  let last: Promise<unknown> = Promise.resolve();
  let running = 0;

  const state = computed(() => context.description()?.edit);
  const whyReadOnly = computed(() => {
    const description = context.description();
    if (!description) return 'There is nothing to edit yet.';
    const { edit, live } = description;
    if (edit) return edit.readOnly ?? undefined;
    return live?.whyReadOnly ?? 'This can only be read: it is no file that could be saved.';
  });
  const mayEdit = (): boolean => {
    const why = whyReadOnly.peek();
    if (why === undefined) return true;
    refuse(why);
    return false;
  };
  const refuse = (message: string) => {
    problem.value = message;
    context.announce(message);
  };
  const apply = (edits: readonly BufferEdit[], label: string): Promise<boolean> => {
    running++;
    const applied = last.then(async () => {
      const reply = await context.call('edit', { edits, label });
      running--;
      if (!reply.ok) {
        if (reply.error.kind !== 'cancelled')
          refuse(
            reply.error.kind === 'notEdited' ? reply.error.message : failureMessage(reply.error),
          );
        return false;
      }
      problem.value = '';
      // The next answer has this edit too; only the last one is worth reading everything again for.
      if (running === 0) context.redescribe(reply.value);
      return true;
    });
    last = applied;
    return applied;
  };
  const byteLength = () => context.description()?.byteLength ?? 0;
  const selectedBytes = (): Span => {
    const { anchor, active } = context.byteSelection();
    const end = Math.min(Math.max(anchor, active) + 1, byteLength());
    return { start: Math.min(anchor, active, end), end };
  };
  const moveTo = (byteOffset: number) => {
    const at = Math.max(0, byteOffset);
    context.selectBytes({ anchor: at, active: at });
  };

  const typeDigit = (digit: number) => {
    const { active } = context.byteSelection();
    const high = nibble.peek();
    if (high === undefined) {
      nibble.value = digit;
      context.announce(`${digit.toString(16).toUpperCase()}, second digit?`);
      return;
    }
    nibble.value = undefined;
    const value = high * 16 + digit;
    const end = isInserting.peek() ? active : Math.min(active + 1, byteLength());
    const edit = replaceBytes(active, end, Uint8Array.of(value));
    void apply([edit], isInserting.peek() ? 'Insert byte' : 'Change byte');
    // An inserted byte makes room behind itself, which the description does not have yet.
    if (active + 1 < byteLength()) moveTo(active + 1);
  };

  /** Bytes of one cell, or the reason why there are none. */
  const edited = (cell: CellPosition, text: string): BufferEdit | string => {
    const place = context.placeOfCell(cell);
    if (!place) return 'This cell has no bytes of its own.';
    const parsed = parseElement(place.leaf.dtype, text);
    if (!parsed.ok) return parsed.error.message;
    return replaceBytes(place.bytes.start, place.bytes.end, parsed.value);
  };
  const nameOf = ({ row, column }: CellPosition) =>
    `Row ${formatCount(row)}, column ${formatCount(column)}`;

  const fillCells = (text: string): string | undefined => {
    const { rows, columns } = selectionSpans(context.cellSelection());
    const edits: BufferEdit[] = [];
    for (let row = rows.start; row < rows.end; row++)
      for (let column = columns.start; column < columns.end; column++) {
        if (edits.length === MOST_EDITS_AT_ONCE)
          return `More than ${formatCount(MOST_EDITS_AT_ONCE)} cells can’t be filled in one step; select fewer.`;
        const edit = edited({ row, column }, text);
        if (typeof edit === 'string')
          return rows.end - rows.start === 1 && columns.end - columns.start === 1
            ? edit
            : `${nameOf({ row, column })}: ${edit}`;
        appendEdit(edits, edit);
      }
    if (mayEdit()) void apply(edits, edits.length === 1 ? 'Change element' : 'Fill elements');
    return undefined;
  };

  return {
    state,
    whyReadOnly,
    isInserting,
    nibble,
    draft,
    problem,
    isBusy: () => running > 0,
    isChanged(start, end) {
      const changed = state.value?.changed ?? [];
      let [low, high] = [0, changed.length / 2];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((changed[2 * middle + 1] ?? 0) <= start) low = middle + 1;
        else high = middle;
      }
      return (changed[2 * low] ?? Infinity) < end;
    },
    toggleInserting() {
      nibble.value = undefined;
      isInserting.value = !isInserting.peek();
      context.announce(isInserting.peek() ? 'Inserting bytes' : 'Overwriting bytes');
    },
    tell: refuse,
    dismiss: () => (problem.value = ''),
    byteKey(event) {
      const { key } = event;
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      if (/^[\da-f]$/i.test(key)) {
        if (mayEdit()) typeDigit(Number.parseInt(key, 16));
        return true;
      }
      if (key === 'Insert') {
        this.toggleInserting();
        return true;
      }
      if (key === 'Escape' && nibble.peek() !== undefined) {
        nibble.value = undefined;
        return true;
      }
      if (key !== 'Delete' && key !== 'Backspace') return false;
      if (nibble.peek() !== undefined) {
        nibble.value = undefined;
        return true;
      }
      const { anchor, active } = context.byteSelection();
      if (key === 'Backspace' && anchor === active) {
        if (active > 0 && mayEdit()) {
          void apply([deleteBytes(active - 1, active)], 'Delete byte');
          moveTo(active - 1);
        }
        return true;
      }
      this.deleteSelected();
      return true;
    },
    leaveByte: () => (nibble.value = undefined),
    deleteSelected() {
      const { start, end } = selectedBytes();
      if (start === end || !mayEdit()) return;
      context.announce(`Deleted ${formatQuantity(end - start, 'byte')}`);
      void apply([deleteBytes(start, end)], 'Delete bytes');
      moveTo(Math.min(start, byteLength() - (end - start) - 1));
    },
    pasteBytes(text) {
      if (text === '' || !mayEdit()) return;
      const { kind, bytes } = bytesOfPaste(text);
      if (bytes.length > MOST_PASTED_BYTES) {
        refuse(
          `${formatQuantity(bytes.length, 'byte')} are too many to paste; at most ${formatCount(MOST_PASTED_BYTES)} are.`,
        );
        return;
      }
      const { start } = selectedBytes();
      const end = isInserting.peek() ? start : Math.min(start + bytes.length, byteLength());
      context.announce(
        `${isInserting.peek() ? 'Inserted' : 'Pasted'} ${formatQuantity(bytes.length, 'byte')} ${kind === 'hex' ? 'from hex digits' : 'of text in UTF-8'}`,
      );
      void apply([replaceBytes(start, end, bytes)], 'Paste bytes');
    },
    async fillBytes(pattern, way, count) {
      if (!mayEdit() || pattern.length === 0) return false;
      const selected = selectedBytes();
      const { buffer } = new Uint8Array(pattern);
      const at = way === 'before' ? selected.start : selected.end;
      const edit: BufferEdit =
        way === 'over'
          ? { ...selected, bytes: buffer, length: selected.end - selected.start }
          : { start: at, end: at, bytes: buffer, length: count };
      return apply([edit], way === 'over' ? 'Fill bytes' : 'Insert bytes');
    },
    startCell(cell, text) {
      const place = context.placeOfCell(cell);
      if (!place || !mayEdit()) return;
      draft.value = { cell, text, problem: '' };
    },
    typeCell(text) {
      const now = draft.peek();
      if (!now) return;
      const edit = edited(now.cell, text);
      draft.value = { ...now, text, problem: typeof edit === 'string' ? edit : '' };
    },
    finishCell() {
      const now = draft.peek();
      if (!now) return true;
      const edit = edited(now.cell, now.text);
      if (typeof edit === 'string') {
        draft.value = { ...now, problem: edit };
        context.announce(edit);
        return false;
      }
      draft.value = undefined;
      void apply([edit], 'Change element');
      return true;
    },
    leaveCell: () => (draft.value = undefined),
    pasteCells(text) {
      if (text === '' || !mayEdit()) return;
      const table = tableOfPaste(text);
      const { rows, columns } = selectionSpans(context.cellSelection());
      const [one = ''] = table[0] ?? [];
      if (table.length === 1 && table[0]?.length === 1) {
        const why = fillCells(one);
        if (why !== undefined) refuse(`Nothing was pasted. ${why}`);
        return;
      }
      const size = context.gridSize();
      const width = Math.max(...table.map((cells) => cells.length));
      const room = {
        rows: size.rowCount - rows.start,
        columns: size.columnCount - columns.start,
      };
      if (table.length > room.rows || width > room.columns) {
        refuse(
          `Nothing was pasted. The clipboard has ${formatQuantity(table.length, 'row')} of ${formatQuantity(width, 'column')}, and from here on there are ${formatCount(room.rows)} and ${formatCount(room.columns)}.`,
        );
        return;
      }
      const edits: BufferEdit[] = [];
      for (const [r, cells] of table.entries())
        for (const [c, typed] of cells.entries()) {
          const cell = { row: rows.start + r, column: columns.start + c };
          const edit = edited(cell, typed);
          if (typeof edit === 'string') {
            refuse(`Nothing was pasted. ${nameOf(cell)}: ${edit}`);
            return;
          }
          appendEdit(edits, edit);
        }
      if (edits.length > MOST_EDITS_AT_ONCE) {
        refuse(
          `Nothing was pasted. More than ${formatCount(MOST_EDITS_AT_ONCE)} cells are too many for one step.`,
        );
        return;
      }
      context.announce(`Pasted ${formatQuantity(table.length, 'row')}`);
      void apply(edits, 'Paste elements');
    },
    fillCells,
  };
}

/** What is typed for a dtype, as a hint in an empty input. */
export function hintOf(leaf: Leaf | undefined): string {
  return leaf ? dtypeName(leaf.dtype) : '';
}

const MOST_JOINED = 1024;

/** Cells that lie side by side are one edit. */
function appendEdit(edits: BufferEdit[], edit: BufferEdit): void {
  const last = edits.at(-1);
  if (last?.end !== edit.start || last.length >= MOST_JOINED) {
    edits.push(edit);
    return;
  }
  const bytes = new Uint8Array(last.length + edit.length);
  bytes.set(new Uint8Array(last.bytes));
  bytes.set(new Uint8Array(edit.bytes), last.length);
  edits[edits.length - 1] = {
    start: last.start,
    end: edit.end,
    bytes: bytes.buffer,
    length: bytes.length,
  };
}
