import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Span } from './gridAxis.ts';
import { clamp, scrollToShow, uniformAxis, visibleSpan } from './gridAxis.ts';
import type { ByteTint } from './hexRow.ts';
import { columnInRun, groupClass, HexRow } from './hexRow.ts';
import type { HexEncoding } from './hexText.ts';
import type { MenuPlace } from './contextMenu.tsx';
import { menuPlaceOf } from './contextMenu.tsx';
import { consume } from './keyboard.ts';
import { useRowElements } from './rowElements.ts';
import type { ScrollPosition } from './scroller.tsx';
import { Scrollbars, useScroller } from './scroller.tsx';
import { indexesWith, placeOf, ROW_HEIGHT } from './virtualGrid.tsx';

const ROW_BASE = 4096;
const HEADER_HEIGHT = 24;
const WIDTHS = [16, 8, 4] as const;
/** As wide as each other in a font whose characters all are. */
const PROBES = ['0000000000', 'iiiiiiiiii', 'WWWWWWWWWW', '··········'];

/** Bytes `[anchor, active]` either way round; `active` has the focus. */
export interface ByteSelection {
  readonly anchor: number;
  readonly active: number;
}

export interface HexViewProps {
  readonly label: string;
  readonly byteLength: number;
  /** The byte's value, or undefined while it is not read. */
  readonly byteAt: (byteOffset: number) => number | undefined;
  readonly tintAt?: (byteOffset: number) => ByteTint | undefined;
  readonly revision: unknown;
  /** Bytes a row; as many of 16, 8 and 4 as there is room for where absent. */
  readonly width?: number | undefined;
  readonly groupBytes?: number;
  readonly encoding?: HexEncoding;
  readonly selection: ByteSelection;
  /** Bytes that belong together with the selected ones, such as the whole element. */
  readonly companions?: Span | undefined;
  readonly onSelect: (selection: ByteSelection) => void;
  readonly onVisible: (bytes: Span) => void;
  readonly onCopy: (selection: ByteSelection, event: ClipboardEvent) => void;
  /** Set where bytes may be changed. True where the key was one of editing. */
  readonly onEditKey?: (event: KeyboardEvent) => boolean;
  readonly onPaste?: (event: ClipboardEvent) => void;
  readonly onMenu?: (at: MenuPlace) => void;
  /** What stands in the active byte while only the first of its digits is typed. */
  readonly draft?: string | undefined;
  readonly initialScroll?: ScrollPosition | undefined;
  readonly onScroll?: (position: ScrollPosition) => void;
  readonly stale?: boolean;
}

/** Offset, bytes and their ASCII, virtual for files of any size. Takes 16, 8 or 4 bytes a row as there is room. */
export function HexView(props: HexViewProps) {
  const frame = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLSpanElement>(null);
  const hasFocus = useRef(false);
  const dragging = useRef(false);
  const [measured, setMeasured] = useState({ width: 0, character: 8.4, isMonospaced: true });
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const measure = () => {
      const [digits = 84, ...others] = [...(probe.current?.children ?? [])].map(
        (line) => line.getBoundingClientRect().width,
      );
      const character = digits / 10;
      const isMonospaced = others.every((width) => Math.abs(width - digits) < 0.5);
      setMeasured((old) =>
        old.width === element.clientWidth &&
        old.character === character &&
        old.isMonospaced === isMonospaced
          ? old
          : { width: element.clientWidth, character, isMonospaced },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);

  const digits = offsetDigits(props.byteLength);
  const groupBytes = props.groupBytes ?? 1;
  const encoding = props.encoding ?? 'ascii';
  const fits = (width: number) =>
    rowCharacters(width, digits, groupBytes) * measured.character + 36 <= measured.width;
  const bytesPerRow = props.width ?? WIDTHS.find(fits) ?? 4;
  const rows = uniformAxis(Math.ceil(props.byteLength / bytesPerRow), ROW_HEIGHT);
  const scroller = useScroller({
    contentWidth: rowCharacters(bytesPerRow, digits, groupBytes) * measured.character + 24,
    contentHeight: rows.length,
    frozenWidth: 0,
    initial: props.initialScroll,
    onScroll: props.onScroll,
  });
  const { position, height } = scroller;
  const visible = visibleSpan(rows, position.top, height);
  const { active, anchor } = props.selection;
  const selected = { start: Math.min(active, anchor), end: Math.max(active, anchor) + 1 };
  const activeRow = Math.floor(active / bytesPerRow);

  useLayoutEffect(() => {
    props.onVisible({
      start: visible.start * bytesPerRow,
      end: Math.min(visible.end * bytesPerRow, props.byteLength),
    });
  }, [visible.start, visible.end, bytesPerRow, props.byteLength]);
  const shown = useRef(props.initialScroll ? `${active}` : '');
  const reveal = () => {
    const top = rows.offsetOf(activeRow);
    scroller.scrollTo({ top: scrollToShow(position.top, height - 12, top, top + ROW_HEIGHT) });
  };
  useLayoutEffect(() => {
    if (height === 0 || measured.width === 0 || shown.current === `${active}`) return;
    shown.current = `${active}`;
    reveal();
  }, [active, height === 0, measured.width === 0]);
  // A narrower pane has shorter rows: the bytes at its top stay there.
  const rowBytes = useRef(0);
  useLayoutEffect(() => {
    if (measured.width === 0) return;
    const before = rowBytes.current;
    rowBytes.current = bytesPerRow;
    if (before === 0 || before === bytesPerRow) return;
    const topRow = Math.floor((Math.floor(position.top / ROW_HEIGHT) * before) / bytesPerRow);
    scroller.scrollTo({ top: topRow * ROW_HEIGHT });
  }, [bytesPerRow, measured.width === 0]);
  useLayoutEffect(() => {
    const top = rows.offsetOf(activeRow);
    if (measured.width > 0 && scroller.showedBefore(top, top + ROW_HEIGHT)) reveal();
  }, [height]);
  const baseRow = Math.floor(visible.start / ROW_BASE) * ROW_BASE;
  useRowElements(
    body,
    () => new HexRow(),
    indexesWith(visible, activeRow, rows.count).map((row) => {
      const start = row * bytesPerRow;
      const end = Math.min(start + bytesPerRow, props.byteLength);
      return {
        row,
        top: (placeOf(row, visible) - baseRow) * ROW_HEIGHT,
        start,
        end,
        bytesPerRow,
        groupBytes,
        encoding,
        isMonospaced: measured.isMonospaced,
        digits,
        byteAt: props.byteAt,
        tintAt: props.tintAt,
        revision: props.revision,
        selectedStart: clamp(selected.start, start, end),
        selectedEnd: clamp(selected.end, start, end),
        companionStart: clamp(props.companions?.start ?? end, start, end),
        companionEnd: clamp(props.companions?.end ?? end, start, end),
        active: row === activeRow ? active : -1,
        draft: row === activeRow ? props.draft : undefined,
      };
    }),
  );
  useLayoutEffect(() => {
    if (!hasFocus.current || !document.hasFocus()) return;
    const target = grid.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (target !== document.activeElement) target?.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (props.onEditKey?.(event)) {
      consume(event);
      return;
    }
    const menu = props.onMenu && menuPlaceOf(event);
    if (menu) {
      props.onMenu(menu);
      consume(event);
      return;
    }
    const pageRows = Math.max(1, Math.floor(height / ROW_HEIGHT) - 1);
    const next = moveByte(props.selection, event, {
      byteLength: props.byteLength,
      bytesPerRow,
      pageRows,
    });
    if (next === undefined) return;
    props.onSelect(next);
    consume(event);
  };
  const byteUnder = (event: MouseEvent): number | undefined => {
    const target = event.target instanceof Element ? event.target : null;
    const row = Number(target?.closest('[role="row"]')?.getAttribute('aria-rowindex')) - 2;
    const run = target?.closest<HTMLElement>('.hex-character');
    const byte = target?.closest('.hex-byte[role="gridcell"]');
    if (run) return row * bytesPerRow + columnInRun(run, event.clientX);
    return byte ? row * bytesPerRow + Number(byte.getAttribute('aria-colindex')) - 2 : undefined;
  };

  return (
    <div
      ref={frame}
      class={`grid-frame hex${props.stale ? ' stale' : ''}`}
      onWheel={scroller.onWheel}
      onFocusIn={() => {
        hasFocus.current = true;
      }}
      onFocusOut={(event) => {
        const next = event.relatedTarget;
        if (next instanceof Node && grid.current?.contains(next)) return;
        if (event.target instanceof Node && event.target.isConnected) hasFocus.current = false;
      }}
      onCopy={(event) => {
        if (props.byteLength === 0) return;
        props.onCopy(props.selection, event);
        consume(event);
      }}
      onPaste={(event) => {
        if (!props.onPaste) return;
        props.onPaste(event);
        consume(event);
      }}
    >
      <span ref={probe} aria-hidden="true" class="hex-probe">
        {PROBES.map((text) => (
          <span key={text}>{text}</span>
        ))}
      </span>
      <div
        ref={grid}
        role="grid"
        aria-label={props.label}
        aria-rowcount={rows.count + 1}
        aria-colcount={bytesPerRow + 2}
        aria-multiselectable="true"
        aria-readonly={props.onEditKey ? 'false' : 'true'}
        class="grid"
        onKeyDown={onKeyDown}
      >
        <div
          role="row"
          aria-rowindex={1}
          class="grid-header hex-header"
          style={{ height: `${HEADER_HEIGHT}px` }}
        >
          <div
            role="presentation"
            class="hex-line"
            style={{ transform: `translateX(${-position.left}px)` }}
          >
            <span role="columnheader" aria-colindex={1} class="hex-offset">
              {'Offset'.padEnd(digits)}
            </span>
            {Array.from({ length: bytesPerRow }, (_, column) => (
              <span
                key={column}
                role="columnheader"
                aria-colindex={column + 2}
                class={`hex-byte${groupClass(column, groupBytes)}`}
              >
                {column.toString(16).toUpperCase().padStart(2, '0')}
              </span>
            ))}
            <span role="columnheader" aria-colindex={bytesPerRow + 2} class="hex-text">
              {encoding === 'ascii' ? 'ASCII' : 'UTF-8'}
            </span>
          </div>
        </div>
        <div
          ref={scroller.viewport}
          role="presentation"
          class="grid-viewport"
          onPointerDown={(event) => {
            const byte = byteUnder(event);
            if (event.button !== 0 || byte === undefined) return;
            dragging.current = true;
            hasFocus.current = true;
            props.onSelect({ anchor: event.shiftKey ? anchor : byte, active: byte });
            event.preventDefault();
            grid.current
              ?.querySelector<HTMLElement>('[tabindex="0"]')
              ?.focus({ preventScroll: true });
          }}
          onContextMenu={(event) => {
            if (!props.onMenu) return;
            const byte = byteUnder(event);
            if (byte !== undefined && (byte < selected.start || byte >= selected.end))
              props.onSelect({ anchor: byte, active: byte });
            props.onMenu({ x: event.clientX, y: event.clientY });
            consume(event);
          }}
          onPointerMove={(event) => {
            if (!dragging.current || event.buttons !== 1) return;
            const byte = byteUnder(event);
            if (byte !== undefined && byte !== active) props.onSelect({ anchor, active: byte });
          }}
          onPointerUp={() => {
            dragging.current = false;
          }}
        >
          <div
            ref={body}
            role="presentation"
            class="grid-rows"
            style={{
              transform: `translate(${-position.left}px, ${baseRow * ROW_HEIGHT - position.top}px)`,
            }}
          />
        </div>
      </div>
      <Scrollbars scroller={scroller} top={HEADER_HEIGHT} />
    </div>
  );
}

/** Where a key takes the selected bytes; undefined for a key that does not move them. */
export function moveByte(
  selection: ByteSelection,
  press: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  size: { readonly byteLength: number; readonly bytesPerRow: number; readonly pageRows: number },
): ByteSelection | undefined {
  if (press.altKey) return undefined;
  const { active } = selection;
  const { byteLength, bytesPerRow } = size;
  const last = Math.max(0, byteLength - 1);
  const toEnd = press.ctrlKey || press.metaKey;
  const rowStart = active - (active % bytesPerRow);
  if (toEnd && press.key.toLowerCase() === 'a') return { anchor: 0, active: last };
  if (press.key === 'Escape')
    return selection.anchor === active ? undefined : { anchor: active, active };
  const vertical = (rows: number) => {
    const target = active + rows * bytesPerRow;
    if (target < 0) return rows === -1 ? active : active % bytesPerRow;
    return target > last ? (rows === 1 ? active : last) : target;
  };
  const targets: Readonly<Record<string, number | undefined>> = {
    ArrowLeft: active - 1,
    ArrowRight: active + 1,
    ArrowUp: vertical(-1),
    ArrowDown: vertical(1),
    PageUp: vertical(-size.pageRows),
    PageDown: vertical(size.pageRows),
    Home: toEnd ? 0 : rowStart,
    End: toEnd ? last : rowStart + bytesPerRow - 1,
  };
  const target = Object.hasOwn(targets, press.key) ? targets[press.key] : undefined;
  if (target === undefined) return undefined;
  const next = clamp(target, 0, last);
  return { anchor: press.shiftKey ? selection.anchor : next, active: next };
}

function offsetDigits(byteLength: number): number {
  const digits = Math.max(1, byteLength - 1).toString(16).length;
  return Math.max(6, digits + (digits % 2));
}

/** Characters of a row: offset, gap, the bytes with the gaps between their groups, gap, text. */
function rowCharacters(bytesPerRow: number, digits: number, groupBytes: number): number {
  const bytes =
    groupBytes === 1
      ? bytesPerRow * 3 + Math.floor((bytesPerRow - 1) / 8)
      : bytesPerRow * 2 + Math.ceil(bytesPerRow / groupBytes);
  return digits + 2 + bytes + 1 + bytesPerRow;
}
