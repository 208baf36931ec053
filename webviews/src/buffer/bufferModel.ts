import type { ReadonlySignal, Signal } from '@preact/signals';
import { batch, computed, effect, signal } from '@preact/signals';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { formatElement } from '#shared/layout/elementText.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import type { StepOutcome, StepProblem, ViewState, ViewStep } from '#shared/layout/viewChain.ts';
import { firstView, runChain } from '#shared/layout/viewChain.ts';
import type { CompareWith } from '#shared/protocol/bufferCompare.ts';
import { byteOffsetOf, elementAtByte } from '#shared/layout/strides.ts';
import type {
  ArrayDescription,
  BufferDescription,
  BufferViewContract,
  BufferViewRequests,
  ReadFailure,
} from '#shared/protocol/bufferView.ts';
import { MAX_PAGE_BYTES } from '#shared/protocol/bufferView.ts';
import type { Caller, WireError } from '#shared/protocol/wire.ts';
import { callOver } from '#shared/protocol/wire.ts';
import type { Disposable, Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { Span } from '../kit/gridAxis.ts';
import type { CellPosition, GridSelection } from '../kit/gridSelection.ts';
import { selectCell } from '../kit/gridSelection.ts';
import type { ByteSelection } from '../kit/hexView.tsx';
import { createPageCache } from '../kit/pageCache.ts';
import type { PanelHost } from '../kit/panelHost.ts';
import type { ScrollPosition } from '../kit/scroller.tsx';
import type { Leaf } from '#shared/layout/leaves.ts';
import { leavesOf } from '#shared/layout/leaves.ts';
import type { ArrayView } from './arrayView.ts';
import {
  columnCountOf,
  fits,
  indexOfCell,
  rowCountOf,
  spansOfTile,
  tileKeys,
  tilingOf,
  usualView,
  viewShowing,
  windowOf,
} from './arrayView.ts';
import type { BufferEditing } from './bufferEditing.ts';
import { createBufferEditing } from './bufferEditing.ts';
import type { GridOptions, HexOptions, Mode } from './modes.ts';
import { USUAL_GRID, USUAL_HEX } from './modes.ts';
import { fractionOf, isFloat, numberText } from '#shared/layout/numberText.ts';
import type { SavedBufferState } from './savedState.ts';
import { readSavedState, USUAL_SHARE } from './savedState.ts';
import type { CellState, ElementRead, SelectedElement } from './elementState.ts';
import type { Changes } from './changes.ts';
import { createChanges } from './changes.ts';
import type { ScanJobs } from './scanJob.ts';
import { createScanJobs } from './scanJob.ts';
import { createMeasuredTexts } from './measuredTexts.ts';
import { shownArray } from './shownArray.ts';

export type BufferFailure = ReadFailure | WireError;
const HEX_PAGE_BYTES = 16 * 1024;
/** 16 MiB of hex and as much of elements, besides what is visible. */
const KEPT_HEX_PAGES = 1024;
const KEPT_TILES = 256;
export type Description =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: BufferDescription }
  | { readonly kind: 'failed'; readonly failure: BufferFailure };

export interface Panes {
  readonly grid: boolean;
  readonly hex: boolean;
}

export interface BufferModel extends Disposable {
  readonly description: ReadonlySignal<Description>;
  readonly mode: ReadonlySignal<Mode>;
  /** The array of the file, before any step. */
  readonly base: ReadonlySignal<ArrayDescription | undefined>;
  readonly steps: ReadonlySignal<readonly ViewStep[]>;
  readonly first: ReadonlySignal<ViewState | undefined>;
  readonly outcomes: ReadonlySignal<readonly Result<StepOutcome, StepProblem>[]>;
  readonly rawOpen: ReadonlySignal<boolean>;
  readonly findOpen: ReadonlySignal<boolean>;
  /** Whether the grid tells statistics of the selected row and column. */
  readonly lineStatistics: Signal<boolean>;
  /** What was found, in order, to be marked among the bytes. */
  readonly matches: ReadonlySignal<readonly Span[]>;
  /** Bytes that the user marked, in order. */
  readonly bookmarks: ReadonlySignal<readonly number[]>;
  readonly hexOptions: ReadonlySignal<HexOptions>;
  readonly gridOptions: ReadonlySignal<GridOptions>;
  readonly scans: ScanJobs;
  readonly changes: Changes;
  readonly editing: BufferEditing;
  /** Where the bytes of a cell stand in the file. */
  placeOfCell(cell: CellPosition): { readonly leaf: Leaf; readonly bytes: Span } | undefined;
  gridSize(): { readonly rowCount: number; readonly columnCount: number };
  readonly call: Caller<BufferViewRequests>;
  /** What the user asked to compare with, from outside the panel. */
  readonly compareWish: ReadonlySignal<CompareWith | undefined>;
  /** Whether the user asked, from outside the panel, to time copying against viewing. Who does it takes the wish. */
  readonly timingWish: Signal<boolean>;
  /** The array as the steps leave it, as far as its elements lie in the file: what grid, plots and counts show. */
  readonly array: ReadonlySignal<ArrayDescription | undefined>;
  readonly arrayIndex: ReadonlySignal<number>;
  readonly view: ReadonlySignal<ArrayView>;
  readonly leaves: ReadonlySignal<readonly Leaf[]>;
  readonly gridSelection: ReadonlySignal<GridSelection>;
  readonly hexSelection: ReadonlySignal<ByteSelection>;
  readonly element: ReadonlySignal<SelectedElement | undefined>;
  readonly panes: ReadonlySignal<Panes>;
  readonly share: ReadonlySignal<number>;
  readonly gridRevision: ReadonlySignal<number>;
  readonly hexRevision: ReadonlySignal<number>;
  readonly longestText: ReadonlySignal<readonly number[]>;
  readonly fractionDigits: ReadonlySignal<number>;
  /** The magnitude that nearly all elements that were read are below, for colour by value. */
  readonly greatest: ReadonlySignal<number>;
  /** What is shown may be older than the file; set when it changed or can't be read any more. */
  readonly staleness: ReadonlySignal<BufferFailure | 'changing' | undefined>;
  readonly readFailure: ReadonlySignal<BufferFailure | undefined>;
  readonly announcement: ReadonlySignal<string>;
  readonly goToOpen: ReadonlySignal<boolean>;
  gridScroll: ScrollPosition | undefined;
  hexScroll: ScrollPosition | undefined;
  byteAt(byteOffset: number): number | undefined;
  cell(row: number, column: number): CellState;
  readElement(): ElementRead | undefined;
  showBytes(bytes: Span): void;
  showCells(rows: Span, columns: Span): void;
  selectCells(selection: GridSelection): void;
  selectBytes(selection: ByteSelection): void;
  selectElement(index: readonly number[]): void;
  selectArray(arrayIndex: number): void;
  setView(view: ArrayView): void;
  togglePane(pane: keyof Panes): void;
  setMode(mode: Mode): void;
  setSteps(steps: readonly ViewStep[]): void;
  showMatches(matches: readonly Span[]): void;
  toggleBookmark(byteOffset: number): void;
  setHexOptions(change: Partial<HexOptions>): void;
  setGridOptions(change: Partial<GridOptions>): void;
  openRaw(open: boolean): void;
  openFind(open: boolean): void;
  /** Shows the comparison with another state of the file. */
  compareWith(wish: CompareWith): void;
  /** Shows the buffer as another description says; the bytes are the same. */
  redescribe(description: BufferDescription): void;
  setShare(share: number): void;
  openGoTo(open: boolean): void;
  announce(text: string): void;
  refresh(): void;
  retry(): void;
  readBytes(bytes: Span): Promise<Result<Uint8Array, BufferFailure>>;
}

/** The panel's whole state. One selection, told as a cell, as an element and as bytes. */
export function createBufferModel(host: PanelHost): BufferModel {
  const saved = readSavedState(host.restore());
  const description = signal<Description>({ kind: 'loading' });
  const arrayIndex = signal(saved?.arrayIndex ?? 0);
  const view = signal<ArrayView>(saved?.view ?? { rowAxis: null, columnAxis: null, index: [] });
  const gridSelection = signal(selectCell(saved?.cell ?? { row: 0, column: 0 }));
  const hexSelection = signal<ByteSelection>(saved?.bytes ?? { anchor: 0, active: 0 });
  const element = signal<SelectedElement | undefined>(undefined);
  const panes = signal<Panes>(saved?.panes ?? { grid: true, hex: true });
  const share = signal(saved?.share ?? USUAL_SHARE);
  const gridRevision = signal(0);
  const hexRevision = signal(0);
  const texts = createMeasuredTexts();
  const staleness = signal<BufferFailure | 'changing' | undefined>(undefined);
  const readFailure = signal<BufferFailure | undefined>(undefined);
  const announcement = signal('');
  const goToOpen = signal(false);
  const rawOpen = signal(false);
  const findOpen = signal(false);
  const lineStatistics = signal(false);
  const mode = signal<Mode>(saved?.mode ?? 'grid');
  const steps = signal<readonly ViewStep[]>(saved?.steps ?? []);
  const matches = signal<readonly Span[]>([]);
  const bookmarks = signal<readonly number[]>(saved?.bookmarks ?? []);
  const hexOptions = signal<HexOptions>(saved?.hexOptions ?? USUAL_HEX);
  const gridOptions = signal<GridOptions>(saved?.gridOptions ?? USUAL_GRID);
  const compareWish = signal<CompareWith | undefined>(undefined);
  const timingWish = signal(false);
  const scans = createScanJobs();
  const changes = createChanges(HEX_PAGE_BYTES);
  const saveTick = signal(0);
  let gridScroll = saved?.gridScroll;
  let hexScroll = saved?.hexScroll;

  const ready = computed(() =>
    description.value.kind === 'ready' ? description.value.value : undefined,
  );
  const base = computed(() => ready.value?.arrays[arrayIndex.value]);
  const first = computed(
    () => base.value && ready.value && firstView(base.value, ready.value.byteLength),
  );
  const outcomes = computed(() => (first.value ? runChain(first.value, steps.value) : []));
  const array = computed(() => base.value && shownArray(base.value, outcomes.value));
  const leaves = computed(() => (array.value ? leavesOf(array.value.dtype) : []));
  const layout = computed<StridedLayout | undefined>(
    () => array.value && { ...array.value, itemsize: array.value.dtype.itemsize },
  );

  const compareWith = (wish: CompareWith) => {
    batch(() => {
      mode.value = 'compare';
      panes.value = { ...panes.peek(), grid: true };
      compareWish.value = { ...wish };
    });
  };
  /** The newest generation that there is, as far as was told. */
  let told = 0;
  const end = callOver<BufferViewContract>(host.port, {
    changed: ({ generation, edited }) => {
      told = Math.max(told, generation);
      // The answer to the edit describes what it made.
      if (editing.isBusy() || generation === ready.peek()?.generation) return;
      refresh(edited !== true);
    },
    progress: (event) => {
      scans.progress(event);
    },
    compareWith: (wish) => {
      compareWith(wish);
    },
    timeCopy() {
      if (array.peek() === undefined) {
        announcement.value = 'There is no array to copy. Lay a type over the bytes first.';
        return;
      }
      batch(() => {
        mode.value = 'layout';
        panes.value = { ...panes.peek(), grid: true };
        timingWish.value = true;
      });
    },
    reveal: ({ start, end: stop }) => {
      const byteLength = ready.peek()?.byteLength ?? 0;
      if (byteLength === 0) return;
      if (!panes.peek().hex) panes.value = { ...panes.peek(), hex: true };
      const last = Math.min(Math.max(start, stop - 1), byteLength - 1);
      selectBytes({ anchor: last, active: Math.min(start, byteLength - 1) });
    },
  });
  const { call } = end;

  /** Drops a reply of another generation; a newer one means that the file changed and the event is on its way. */
  const current = <T extends { readonly generation: number }>(
    reply: Result<T, BufferFailure>,
  ): Result<T, BufferFailure> => {
    if (!reply.ok) {
      if (reply.error.kind !== 'cancelled') readFailure.value = reply.error;
      return reply;
    }
    const known = ready.peek()?.generation;
    if (known !== undefined && reply.value.generation !== known) {
      if (reply.value.generation > known && !editing.isBusy()) refresh();
      return fail({ kind: 'cancelled' });
    }
    readFailure.value = undefined;
    return reply;
  };
  const hexPages = createPageCache<Uint8Array, BufferFailure>({
    limit: KEPT_HEX_PAGES,
    async load(key, abort) {
      const offset = Number(key) * HEX_PAGE_BYTES;
      const reply = current(await call('readBytes', { offset, length: HEX_PAGE_BYTES }, abort));
      return reply.ok ? ok(new Uint8Array(reply.value.bytes)) : reply;
    },
    onChange: () => hexRevision.value++,
    onReplace(key, before, now) {
      if (ready.peek()?.live) changes.replacePage(Number(key), before, now);
    },
  });
  const tiles = createPageCache<DataView, BufferFailure>({
    limit: KEPT_TILES,
    async load(key, abort) {
      const shown = array.peek();
      if (shown === undefined) return fail({ kind: 'cancelled' });
      const now = view.peek();
      const window = windowOf(shown, now, spansOfTile(shown, now, tilingOf(shown, now), key));
      const reply = current(await call('readElements', window, abort));
      return reply.ok ? ok(new DataView(reply.value.bytes)) : reply;
    },
    onChange() {
      measureTiles();
      gridRevision.value++;
    },
    onReplace(key, before, now) {
      if (ready.peek()?.live) changes.replaceTile(key, before, now);
    },
  });

  const byteAt = (byteOffset: number): number | undefined => {
    const page = hexPages.peek(String(Math.floor(byteOffset / HEX_PAGE_BYTES)));
    return page?.kind === 'ready' ? page.value[byteOffset % HEX_PAGE_BYTES] : undefined;
  };
  const readBytes = async (bytes: Span): Promise<Result<Uint8Array, BufferFailure>> => {
    const all = new Uint8Array(bytes.end - bytes.start);
    for (let at = Math.floor(bytes.start / HEX_PAGE_BYTES); at * HEX_PAGE_BYTES < bytes.end; at++) {
      const page = await hexPages.read(String(at));
      if (!page.ok) return page;
      const pageStart = at * HEX_PAGE_BYTES;
      const from = Math.max(bytes.start, pageStart);
      const to = Math.min(bytes.end, pageStart + page.value.byteLength);
      if (to > from)
        all.set(page.value.subarray(from - pageStart, to - pageStart), from - bytes.start);
    }
    return ok(all);
  };

  /** The place of an element in its tile, if the tile is here. */
  const tileAt = (row: number, column: number) => {
    const shown = array.peek();
    if (shown === undefined) return undefined;
    const now = view.peek();
    const tiling = tilingOf(shown, now);
    const elementColumn = now.columnAxis === null ? 0 : column;
    const key = `${Math.floor(row / tiling.rows)}:${Math.floor(elementColumn / tiling.columns)}`;
    const page = tiles.peek(key);
    if (page?.kind !== 'ready') return { page };
    const window = spansOfTile(shown, now, tiling, key);
    const width = window.columns.end - window.columns.start;
    const position = (row - window.rows.start) * width + (elementColumn - window.columns.start);
    return { page, key, byteOffset: position * shown.dtype.itemsize };
  };
  const leafOf = (column: number): Leaf | undefined =>
    leaves.peek()[view.peek().columnAxis === null ? column : 0];
  const cell = (row: number, column: number): CellState => {
    const leaf = leafOf(column);
    const place = tileAt(row, column);
    if (!leaf || !place?.page || place.page.kind === 'loading') return { kind: 'pending' };
    if (place.page.kind === 'failed' || place.byteOffset === undefined) return { kind: 'failed' };
    const from = place.byteOffset + leaf.offset;
    if (from + leaf.dtype.itemsize > place.page.value.byteLength) return { kind: 'pending' };
    const value = decodeElement(leaf.dtype, place.page.value, from);
    const text = numberText(leaf.dtype, value, gridOptions.peek());
    const changed = changes.isTileChanged(place.key, from, leaf.dtype.itemsize);
    return { kind: 'value', text, number: typeof value === 'number' ? value : Number.NaN, changed };
  };
  const measureTiles = () => {
    const shown = array.peek();
    if (shown === undefined) return;
    const now = view.peek();
    const tiling = tilingOf(shown, now);
    const here = wantedTiles.filter((key) => tiles.peek(key)?.kind === 'ready');
    const measured = here.map((key) => {
      const { rows, columns } = spansOfTile(shown, now, tiling, key);
      const end = now.columnAxis === null ? leaves.peek().length : columns.end;
      return { key, rows, columns: { start: columns.start, end } };
    });
    texts.measure(measured, {
      cell,
      slotOf: (column) => (now.columnAxis === null ? column : 0),
      digitsOf: (text, column) => (isFloat(leafOf(column)?.dtype) ? fractionOf(text) : 0),
    });
  };
  let wantedTiles: readonly string[] = [];
  const resetTiles = () => {
    texts.forgetAll();
    wantedTiles = [];
    changes.forgetTiles();
    tiles.clear();
  };

  const describeElement = (index: readonly number[], leaf: Leaf): SelectedElement | undefined => {
    const shown = layout.peek();
    if (shown === undefined) return undefined;
    const byteOffset = byteOffsetOf(shown, index);
    const start = byteOffset + leaf.offset;
    return { index, leaf, byteOffset, bytes: { start, end: start + leaf.dtype.itemsize } };
  };
  const selectCells = (selection: GridSelection) => {
    batch(() => {
      gridSelection.value = selection;
      const leaf = leafOf(selection.active.column);
      const found = leaf && describeElement(indexOfCell(view.peek(), selection.active), leaf);
      element.value = found;
      if (found && found.bytes.end > found.bytes.start)
        hexSelection.value = { anchor: found.bytes.end - 1, active: found.bytes.start };
    });
  };
  const elementOfByte = (byteOffset: number): SelectedElement | undefined => {
    const shown = layout.peek();
    const at = shown && elementAtByte(shown, byteOffset);
    if (!at) return undefined;
    const within = leaves
      .peek()
      .find(
        (leaf) =>
          leaf.offset <= at.byteInElement && at.byteInElement < leaf.offset + leaf.dtype.itemsize,
      );
    const whole: Leaf = { name: '', offset: 0, dtype: array.peek()?.dtype ?? EMPTY };
    return describeElement(at.index, within ?? whole);
  };
  const showElement = (found: SelectedElement) => {
    const place = viewShowing(view.peek(), found.index);
    if (place.view !== view.peek()) setViewOnly(place.view);
    const leafColumn = leaves.peek().findIndex((leaf) => leaf.name === found.leaf.name);
    const column = view.peek().columnAxis === null ? Math.max(0, leafColumn) : place.column;
    gridSelection.value = selectCell({ row: place.row, column });
  };
  const selectBytes = (selection: ByteSelection) => {
    batch(() => {
      hexSelection.value = selection;
      const found = elementOfByte(selection.active);
      element.value = found;
      if (found) showElement(found);
    });
  };
  const setViewOnly = (next: ArrayView) => {
    const before = view.peek();
    view.value = next;
    if (before.rowAxis !== next.rowAxis || before.columnAxis !== next.columnAxis) {
      resetTiles();
      return;
    }
    // The same axes at another index: widths stay, so that stepping through slices does not jump.
    wantedTiles = [];
    texts.forgetTiles();
    tiles.clear();
  };

  let describing = new AbortController();
  const refresh = (isStale = true) => {
    describing.abort();
    describing = new AbortController();
    const { signal: abort } = describing;
    if (isStale && ready.peek() !== undefined) staleness.value = 'changing';
    void call('describe', {}, abort).then((reply) => {
      if (abort.aborted) return;
      if (reply.ok) batch(() => accept(reply.value));
      else if (ready.peek() === undefined)
        description.value = { kind: 'failed', failure: reply.error };
      else staleness.value = reply.error;
    });
  };
  const accept = (next: BufferDescription) => {
    const before = array.peek();
    const oldBase = base.peek();
    description.value = { kind: 'ready', value: next };
    if (next.bookmarks && !saved) bookmarks.value = next.bookmarks;
    // Steps were taken from an array that is another one now.
    const newBase = next.arrays[arrayIndex.peek()];
    if (oldBase && JSON.stringify(oldBase) !== JSON.stringify(newBase)) steps.value = [];
    staleness.value = undefined;
    readFailure.value = undefined;
    if (next.arrays[arrayIndex.peek()] === undefined) arrayIndex.value = 0;
    const after = array.peek();
    const last = Math.max(0, next.byteLength - 1);
    const { anchor, active } = hexSelection.peek();
    hexSelection.value = { anchor: Math.min(anchor, last), active: Math.min(active, last) };
    changes.forget();
    hexPages.invalidate();
    if (after === undefined) {
      element.value = undefined;
      resetTiles();
      return;
    }
    const sameLayout = before !== undefined && JSON.stringify(before) === JSON.stringify(after);
    if (!sameLayout) {
      if (!fits(view.peek(), after)) view.value = usualView(after);
      if (before !== undefined) gridSelection.value = selectCell({ row: 0, column: 0 });
      resetTiles();
      const { row, column } = gridSelection.peek().active;
      const inside =
        row < rowCountOf(after, view.peek()) && column < columnCountOf(after, view.peek());
      if (!inside) gridSelection.value = selectCell({ row: 0, column: 0 });
      if (before !== undefined || saved) element.value = elementOfByte(hexSelection.peek().active);
      else if (!after.shape.includes(0)) selectCells(gridSelection.peek());
    } else tiles.invalidate();
  };

  const placeOfCell = (position: CellPosition) => {
    const leaf = leafOf(position.column);
    const found = leaf && describeElement(indexOfCell(view.peek(), position), leaf);
    return found && found.bytes.end > found.bytes.start ? found : undefined;
  };
  const gridSize = () => {
    const shown = array.peek();
    const now = view.peek();
    return shown === undefined
      ? { rowCount: 0, columnCount: 0 }
      : { rowCount: rowCountOf(shown, now), columnCount: columnCountOf(shown, now) };
  };
  const editing = createBufferEditing({
    call,
    description: () => ready.value,
    redescribe: (next) => {
      batch(() => {
        accept(next);
      });
      if (told > next.generation) refresh(false);
    },
    announce: (text) => (announcement.value = text),
    byteSelection: () => hexSelection.peek(),
    selectBytes: (selection) => {
      selectBytes(selection);
    },
    byteAt: (byteOffset) => byteAt(byteOffset),
    cellSelection: () => gridSelection.peek(),
    placeOfCell,
    gridSize,
  });

  const readFromTile = (selected: SelectedElement): ElementRead | undefined => {
    const place = viewShowing(view.value, selected.index);
    if (place.view !== view.value) return undefined;
    const tile = tileAt(place.row, place.column);
    if (tile?.page?.kind !== 'ready' || tile.byteOffset === undefined) return undefined;
    const { leaf } = selected;
    const data = tile.page.value;
    const from = tile.byteOffset + leaf.offset;
    if (from + leaf.dtype.itemsize > data.byteLength) return undefined;
    const bytes = new Uint8Array(data.buffer, data.byteOffset + from, leaf.dtype.itemsize);
    return { bytes, text: textOf(leaf, data, from) };
  };
  /** Without a grid on screen no tile is read; the element's own bytes are. */
  const readFromBytes = ({ leaf, bytes: place }: SelectedElement): ElementRead | undefined => {
    void hexRevision.value;
    const length = place.end - place.start;
    if (length > HEX_PAGE_BYTES) return undefined;
    const bytes = new Uint8Array(length);
    for (let k = 0; k < length; k++) {
      const byte = byteAt(place.start + k);
      if (byte === undefined) return undefined;
      bytes[k] = byte;
    }
    return { bytes, text: textOf(leaf, new DataView(bytes.buffer), 0) };
  };
  const stopReading = effect(() => {
    const selected = element.value;
    if (selected === undefined || (panes.value.grid && mode.value === 'grid')) return;
    const { start, end } = selected.bytes;
    if (end - start > HEX_PAGE_BYTES || byteAt(start) !== undefined) return;
    void readBytes({ start, end }).then((read) => {
      if (read.ok) hexRevision.value++;
    });
  });

  host.port.onClose(() => {
    if (ready.peek() !== undefined) staleness.value = { kind: 'closed' };
    else description.value = { kind: 'failed', failure: { kind: 'closed' } };
  });
  refresh();
  const stopSaving = effect(() => {
    void saveTick.value;
    if (description.value.kind !== 'ready') return;
    const { partOf } = description.value.value;
    const next: SavedBufferState = {
      ...(partOf?.uri === undefined ? {} : { part: { uri: partOf.uri, names: partOf.names } }),
      arrayIndex: arrayIndex.value,
      view: view.value,
      cell: gridSelection.value.active,
      bytes: hexSelection.value,
      panes: panes.value,
      share: share.value,
      mode: mode.value,
      steps: steps.value,
      bookmarks: bookmarks.value,
      hexOptions: hexOptions.value,
      gridOptions: gridOptions.value,
      ...(gridScroll ? { gridScroll } : {}),
      ...(hexScroll ? { hexScroll } : {}),
    };
    host.save(next);
  });

  return {
    description,
    mode,
    base,
    steps,
    first,
    outcomes,
    rawOpen,
    findOpen,
    lineStatistics,
    matches,
    bookmarks,
    hexOptions,
    gridOptions,
    scans,
    changes,
    editing,
    placeOfCell,
    gridSize,
    call,
    compareWish,
    timingWish,
    array,
    arrayIndex,
    view,
    leaves,
    gridSelection,
    hexSelection,
    element,
    panes,
    share,
    gridRevision,
    hexRevision,
    longestText: texts.longest,
    fractionDigits: texts.fractionDigits,
    greatest: texts.greatest,
    staleness,
    readFailure,
    announcement,
    goToOpen,
    get gridScroll() {
      return gridScroll;
    },
    set gridScroll(position) {
      gridScroll = position;
      saveTick.value++;
    },
    get hexScroll() {
      return hexScroll;
    },
    set hexScroll(position) {
      hexScroll = position;
      saveTick.value++;
    },
    byteAt,
    cell,
    readElement() {
      const selected = element.value;
      if (selected === undefined) return undefined;
      return readFromTile(selected) ?? readFromBytes(selected);
    },
    showBytes(bytes) {
      const keys: string[] = [];
      for (let at = Math.floor(bytes.start / HEX_PAGE_BYTES); at * HEX_PAGE_BYTES < bytes.end; at++)
        keys.push(String(at));
      hexPages.want(keys);
    },
    showCells(rows, columns) {
      const shown = array.peek();
      if (shown === undefined || shown.dtype.itemsize > MAX_PAGE_BYTES) return;
      const now = view.peek();
      const span = now.columnAxis === null ? { start: 0, end: 1 } : columns;
      wantedTiles = tileKeys(tilingOf(shown, now), rows, span);
      tiles.want(wantedTiles);
    },
    selectCells,
    selectBytes,
    selectElement(index) {
      const leaf = leaves.peek()[0];
      const found = leaf && describeElement(index, leaf);
      if (!found) return;
      batch(() => {
        showElement(found);
        selectCells(gridSelection.peek());
      });
    },
    selectArray(next) {
      batch(() => {
        arrayIndex.value = next;
        steps.value = [];
        const shown = array.peek();
        if (shown === undefined) return;
        view.value = usualView(shown);
        gridScroll = undefined;
        resetTiles();
        selectCells(selectCell({ row: 0, column: 0 }));
      });
    },
    setView(next) {
      batch(() => {
        const before = view.peek();
        setViewOnly(next);
        const moved = before.rowAxis !== next.rowAxis || before.columnAxis !== next.columnAxis;
        const kept = element.peek();
        if (moved && kept) showElement(kept);
        selectCells(selectCell(gridSelection.peek().active));
      });
    },
    togglePane(pane) {
      const next = { ...panes.value, [pane]: !panes.value[pane] };
      panes.value = next.grid || next.hex ? next : { grid: pane === 'hex', hex: pane === 'grid' };
    },
    setMode(next) {
      batch(() => {
        const isShown = panes.peek().grid && mode.peek() === next;
        mode.value = next;
        // A second press of the same button leaves the bytes alone on screen.
        if (isShown && !panes.peek().hex) return;
        panes.value = { ...panes.peek(), grid: !isShown };
      });
    },
    setSteps(next) {
      batch(() => {
        const before = array.peek();
        steps.value = next;
        const after = array.peek();
        if (after === undefined || JSON.stringify(before) === JSON.stringify(after)) return;
        if (!fits(view.peek(), after)) view.value = usualView(after);
        gridScroll = undefined;
        resetTiles();
        const kept = after.shape.includes(0)
          ? undefined
          : elementOfByte(hexSelection.peek().active);
        element.value = kept;
        if (kept) showElement(kept);
        else if (!after.shape.includes(0)) selectCells(selectCell({ row: 0, column: 0 }));
      });
    },
    showMatches: (found) => (matches.value = found),
    toggleBookmark(byteOffset) {
      const kept = bookmarks.peek();
      const isSet = kept.includes(byteOffset);
      bookmarks.value = isSet
        ? kept.filter((mark) => mark !== byteOffset)
        : [...kept, byteOffset].sort((a, b) => a - b);
      void call('keepBookmarks', { bookmarks: bookmarks.value });
      announcement.value = `${isSet ? 'Removed the bookmark' : 'Bookmarked byte'} ${byteOffset}`;
    },
    setHexOptions: (change) => (hexOptions.value = { ...hexOptions.peek(), ...change }),
    setGridOptions(change) {
      batch(() => {
        gridOptions.value = { ...gridOptions.peek(), ...change };
        // Widths and points belong to the texts of before.
        texts.forgetTexts();
        measureTiles();
        gridRevision.value++;
      });
    },
    compareWith,
    openRaw: (open) => (rawOpen.value = open),
    openFind: (open) => (findOpen.value = open),
    redescribe(next) {
      batch(() => {
        accept(next);
      });
    },
    setShare: (next) => (share.value = next),
    openGoTo: (open) => (goToOpen.value = open),
    announce: (text) => (announcement.value = text),
    refresh: () => {
      refresh();
    },
    retry() {
      readFailure.value = undefined;
      hexPages.retry();
      tiles.retry();
    },
    readBytes,
    dispose() {
      stopSaving();
      stopReading();
      describing.abort();
      end.dispose();
      hexPages.dispose();
      tiles.dispose();
    },
  };
}

const EMPTY = { kind: 'scalar', scalar: 'void', itemsize: 0, byteOrder: 'none' } as const;

function textOf(leaf: Leaf, view: DataView, byteOffset: number): string {
  return formatElement(leaf.dtype, decodeElement(leaf.dtype, view, byteOffset));
}
