import { useMemo, useState } from 'preact/hooks';
import { MOST_COPIED_CELLS } from '#shared/layout/copyText.ts';
import type { DType } from '#shared/layout/dtype.ts';
import { dtypeName } from '#shared/layout/dtypeText.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import type { MenuPlace } from '../kit/contextMenu.tsx';
import { clamp, sizedAxis } from '../kit/gridAxis.ts';
import type { CellView } from '../kit/gridRow.ts';
import { selectionSpans } from '../kit/gridSelection.ts';
import { formatCount, formatQuantity } from '#shared/quantities.ts';
import { columnWidthFor, dataCharacterWidth } from '../kit/textWidth.ts';
import { VirtualGrid } from '../kit/virtualGrid.tsx';
import { columnCountOf, rowCountOf } from './arrayView.ts';
import type { BufferModel } from './bufferModel.ts';
import { fractionOf, isFloat } from '#shared/layout/numberText.ts';
import { CellEditor } from './cellEditor.tsx';
import { copySelectedCells } from './copySelection.ts';
import { EditMenu } from './editMenu.tsx';
import { FillCellsForm } from './fillForm.tsx';

const PENDING: CellView = { text: '', pending: true };
const UNREAD: CellView = {
  text: '—',
  tone: 'error',
  align: 'end',
  tooltip: 'This could not be read',
};
const WIDEST_TEXT = 48;
/** A longer name is cut, and whole in the tooltip: it must not push the values apart. */
const WIDEST_HEADER = 24;

/** The array's elements on a grid: two of its axes, or one and the fields of its struct. */
export function ElementGrid(props: {
  readonly model: BufferModel;
  readonly array: ArrayDescription;
}) {
  const { model, array } = props;
  const view = model.view.value;
  const leaves = model.leaves.value;
  const character = useMemo(dataCharacterWidth, []);
  const [dragged, setDragged] = useState<ReadonlyMap<number, number>>(new Map());
  const [menu, setMenu] = useState<MenuPlace>();
  const [filling, setFilling] = useState(false);
  const rowCount = rowCountOf(array, view);
  const columnCount = columnCountOf(array, view);
  const longest = model.longestText.value;
  const overAxis = view.columnAxis !== null;
  const digits = model.fractionDigits.value;
  const options = model.gridOptions.value;
  const greatest = options.heat ? model.greatest.value : 0;
  const columns = useMemo(() => {
    const widthOf = (slot: number, header: number) =>
      columnWidthFor(
        Math.max(
          usualLength(leaves[slot]?.dtype),
          header,
          Math.min(WIDEST_TEXT, longest[slot] ?? 0) + (digits > 0 ? 1 : 0),
        ),
        character,
      );
    const sizes = new Map<number, number>();
    if (!overAxis)
      leaves.forEach((leaf, column) => {
        const header =
          Math.min(WIDEST_HEADER, Math.max(leaf.name.length, dtypeName(leaf.dtype).length)) + 1;
        sizes.set(column, widthOf(column, header));
      });
    for (const [column, width] of dragged) sizes.set(column, width);
    return sizedAxis(columnCount, widthOf(0, formatCount(columnCount).length), sizes);
  }, [columnCount, longest, leaves, overAxis, dragged, character, digits]);
  const isNumber = (column: number) => {
    const dtype = leaves[overAxis ? 0 : column]?.dtype;
    const kinds: readonly string[] = [
      'bool',
      'int',
      'uint',
      'float',
      'bfloat',
      'complex',
      'timedelta',
    ];
    return dtype?.kind === 'scalar' && kinds.includes(dtype.scalar);
  };
  const cell = (row: number, column: number): CellView => {
    const found = model.cell(row, column);
    if (found.kind === 'pending') return PENDING;
    if (found.kind === 'failed') return UNREAD;
    const { text } = found;
    const leaf = leaves[overAxis ? 0 : column];
    const room = isFloat(leaf?.dtype) && !text.includes('e') ? digits - fractionOf(text) : 0;
    // Where there is no point, the number ends where the points stand.
    const pointRoom = room > 0 && digits > 0 && fractionOf(text) === 0 ? 1 : 0;
    return {
      text,
      align: isNumber(column) ? 'end' : 'start',
      ...(/nan|inf|NaT/.test(text) && isNumberLike(leaf?.dtype) ? { tone: 'mark' as const } : {}),
      ...(options.heat && Number.isFinite(found.number) && greatest > 0
        ? { heat: clamp(found.number / greatest, -1, 1) }
        : {}),
      ...(room > 0 ? { fractionRoom: room + pointRoom } : {}),
      ...marksOf(row, column, found.changed),
    };
  };
  const { editing } = model;
  const draft = editing.draft.value;
  const isReadOnly = editing.whyReadOnly.value !== undefined;
  const hasEdits = (editing.state.value?.changed.length ?? 0) > 0;
  const marksOf = (row: number, column: number, changed: boolean): Partial<CellView> => {
    if (changed) return { changed: true, tooltip: 'Changed since the last stop' };
    const place = hasEdits ? model.placeOfCell({ row, column }) : undefined;
    return place && editing.isChanged(place.bytes.start, place.bytes.end)
      ? { changed: true, tooltip: 'Changed and not saved' }
      : {};
  };
  const start = (text?: string) => {
    const { active } = model.gridSelection.peek();
    const found = model.cell(active.row, active.column);
    if (found.kind === 'value') editing.startCell(active, text ?? model.readElement()?.text ?? '');
  };
  const hasLines = !overAxis;
  return (
    <>
      <VirtualGrid
        label={`Elements of ${array.name === '' ? 'the array' : array.name}`}
        rowCount={rowCount}
        columns={columns}
        columnHeader={(column) => {
          const leaf = leaves[column];
          if (!hasLines || !leaf)
            return {
              text: formatCount(column),
              tooltip: `Axis ${view.columnAxis ?? 0}, index ${formatCount(column)}`,
              align: isNumber(column) ? 'end' : 'start',
            };
          return {
            text: leaf.name === '' ? 'Value' : leaf.name,
            detail: dtypeName(leaf.dtype),
            tooltip: `${leaf.name} · ${dtypeName(leaf.dtype)} · byte ${leaf.offset} of the element`,
            align: isNumber(column) ? 'end' : 'start',
          };
        }}
        rowHeader={(row) => (view.rowAxis === null ? '()' : formatCount(row))}
        rowHeaderWidth={Math.ceil(Math.max(3, formatCount(rowCount - 1).length) * character) + 17}
        cell={cell}
        source={`${model.arrayIndex.value} ${JSON.stringify(view)}`}
        revision={`${model.gridRevision.value} ${editing.state.value?.changed.join() ?? ''} ${digits} ${JSON.stringify(options)} ${greatest}`}
        selection={model.gridSelection.value}
        onSelect={(selection) => {
          if (editing.draft.peek() && !editing.finishCell()) return;
          model.selectCells(selection);
        }}
        onVisible={(rows, visible) => {
          model.showCells(rows, visible);
        }}
        onResizeColumn={(column, width) => {
          const next = new Map(dragged);
          if (width === undefined) next.delete(column);
          else next.set(column, width);
          setDragged(next);
        }}
        onCopy={(selection, event) => {
          const { rows, columns: across } = selectionSpans(selection);
          copyCells(model, rows, across, event);
        }}
        onActivate={() => {
          start();
        }}
        {...(isReadOnly
          ? {}
          : { onEditKey: (event: KeyboardEvent) => editKey(model, event, start) })}
        onPaste={(event) => {
          editing.pasteCells(event.clipboardData?.getData('text/plain') ?? '');
        }}
        onMenu={setMenu}
        editor={
          draft ? (
            <CellEditor
              key={`${draft.cell.row} ${draft.cell.column}`}
              model={model}
              draft={draft}
            />
          ) : undefined
        }
        initialScroll={model.gridScroll}
        onScroll={(position) => {
          model.gridScroll = position;
        }}
        stale={model.staleness.value !== undefined}
      />
      {menu ? (
        <EditMenu
          model={model}
          of="elements"
          at={menu}
          onEdit={() => {
            start();
          }}
          onFill={() => {
            setFilling(true);
          }}
          onClose={() => {
            setMenu(undefined);
          }}
        />
      ) : null}
      {filling ? (
        <FillCellsForm
          model={model}
          onClose={() => {
            setFilling(false);
          }}
        />
      ) : null}
    </>
  );
}

/** Enter and F2 edit what is there, a character begins anew, Delete does nothing: an element can't be taken out. */
function editKey(
  model: BufferModel,
  event: KeyboardEvent,
  start: (text?: string) => void,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === 'F2') {
    start();
    return true;
  }
  // `g` goes to an index wherever no text is expected.
  const isText = model.leaves.peek().some(({ dtype }) => isTextLike(dtype));
  const begins = isText
    ? /^[^\s]$/u.test(event.key) && event.key !== 'g'
    : /^[-+.\d]$/.test(event.key);
  if (!begins) return false;
  start(event.key);
  return true;
}

/** Characters that values of the type usually take, so that columns keep their width when the values arrive. */
function usualLength(dtype: DType | undefined): number {
  if (dtype?.kind !== 'scalar') return 4;
  switch (dtype.scalar) {
    case 'float':
    case 'bfloat':
      return 8;
    case 'complex':
      return 16;
    case 'int':
    case 'uint':
      return dtype.itemsize === 1 ? 4 : 6;
    case 'bool':
      return 5;
    case 'datetime':
      return 10;
    default:
      return 4;
  }
}

function isTextLike(dtype: ArrayDescription['dtype']): boolean {
  return dtype.kind === 'scalar' && ['unicode', 'bytes', 'void', 'bool'].includes(dtype.scalar);
}

function isNumberLike(dtype: ArrayDescription['dtype'] | undefined): boolean {
  if (dtype?.kind === 'subarray') return isNumberLike(dtype.base);
  const kinds: readonly string[] = ['float', 'bfloat', 'complex', 'datetime', 'timedelta'];
  return dtype?.kind === 'scalar' && kinds.includes(dtype.scalar);
}

/** Copies what is here as it is shown; elements that were never shown are read first. */
function copyCells(
  model: BufferModel,
  rows: { readonly start: number; readonly end: number },
  columns: { readonly start: number; readonly end: number },
  event: ClipboardEvent,
) {
  const count = (rows.end - rows.start) * (columns.end - columns.start);
  // What is not here is read first; what is too much is said.
  if (count > MOST_COPIED_CELLS) {
    copySelectedCells(model, 'tsv');
    return;
  }
  const lines: string[] = [];
  for (let row = rows.start; row < rows.end; row++) {
    const texts: string[] = [];
    for (let column = columns.start; column < columns.end; column++) {
      const found = model.cell(row, column);
      if (found.kind !== 'value') {
        copySelectedCells(model, 'tsv');
        return;
      }
      texts.push(found.text);
    }
    lines.push(texts.join('\t'));
  }
  event.clipboardData?.setData('text/plain', lines.join('\n'));
  model.announce(`Copied ${formatQuantity(count, 'element')}`);
}
