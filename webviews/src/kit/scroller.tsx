import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { clamp } from './gridAxis.ts';
import { consume } from './keyboard.ts';

export interface ScrollPosition {
  readonly left: number;
  readonly top: number;
}

export interface Scroller {
  /** Whether `[start, end)` was in sight before the viewport last changed its height. */
  readonly showedBefore: (start: number, end: number) => boolean;
  readonly viewport: RefObject<HTMLDivElement | null>;
  /** Pixels of the viewport that rows and cells may use. */
  readonly width: number;
  readonly height: number;
  readonly position: ScrollPosition;
  readonly contentWidth: number;
  readonly contentHeight: number;
  readonly scrollTo: (position: Partial<ScrollPosition>) => void;
  readonly onWheel: (event: WheelEvent) => void;
}

/** Room kept below and beside the content, so that an overlaid scrollbar never hides the last row. */
const SCROLLBAR_SIZE = 12;
const LINE_HEIGHT = 22;

/**
 * Scrolling by number instead of by a tall element: browsers stop at some 33 million pixels, which are
 * 1.5 million rows. `frozenWidth` is what a row header takes from the viewport's width.
 */
export function useScroller(options: {
  readonly contentWidth: number;
  readonly contentHeight: number;
  readonly frozenWidth: number;
  readonly initial?: ScrollPosition | undefined;
  readonly onScroll?: ((position: ScrollPosition) => void) | undefined;
}): Scroller {
  const viewport = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [asked, setAsked] = useState<ScrollPosition>(options.initial ?? { left: 0, top: 0 });
  useLayoutEffect(() => {
    const element = viewport.current;
    if (element === null) return undefined;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);

  const width = Math.max(0, size.width - options.frozenWidth);
  const height = size.height;
  const overflowsX = options.contentWidth > width;
  const overflowsY = options.contentHeight > height;
  const contentWidth = options.contentWidth + (overflowsY ? SCROLLBAR_SIZE : 0);
  const contentHeight = options.contentHeight + (overflowsX ? SCROLLBAR_SIZE : 0);
  const keep = (position: ScrollPosition): ScrollPosition => ({
    left: Math.round(clamp(position.left, 0, Math.max(0, contentWidth - width))),
    top: Math.round(clamp(position.top, 0, Math.max(0, contentHeight - height))),
  });
  // Before the first layout nothing is known of the size, and a restored position must not be cut to it.
  const position = size.height === 0 ? asked : keep(asked);
  const latest = useRef(position);
  latest.current = position;

  const scrollTo = (next: Partial<ScrollPosition>) => {
    const target = keep({ ...latest.current, ...next });
    if (target.left === latest.current.left && target.top === latest.current.top) return;
    latest.current = target;
    setAsked(target);
    options.onScroll?.(target);
  };
  const heights = useRef({ now: 0, before: 0 });
  if (heights.current.now !== height)
    heights.current = { now: height, before: heights.current.now };
  return {
    showedBefore: (start, end) =>
      position.top <= start && end <= position.top + heights.current.before,
    viewport,
    width,
    height,
    position,
    contentWidth,
    contentHeight,
    scrollTo,
    onWheel(event) {
      if (event.ctrlKey) return;
      const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? LINE_HEIGHT : height;
      const sideways = event.shiftKey && event.deltaX === 0;
      scrollTo({
        left: latest.current.left + (sideways ? event.deltaY : event.deltaX) * unit,
        top: latest.current.top + (sideways ? 0 : event.deltaY) * unit,
      });
      consume(event);
    },
  };
}

/** Both bars, laid over the viewport's edges. Hidden from screen readers: keys move, and the grid says where. */
export function Scrollbars(props: { readonly scroller: Scroller; readonly top: number }) {
  const { scroller } = props;
  return (
    <>
      <Bar
        direction="vertical"
        inset={props.top}
        extent={scroller.height}
        content={scroller.contentHeight}
        position={scroller.position.top}
        onMove={(top) => {
          scroller.scrollTo({ top });
        }}
      />
      <Bar
        direction="horizontal"
        inset={0}
        extent={scroller.width}
        content={scroller.contentWidth}
        position={scroller.position.left}
        onMove={(left) => {
          scroller.scrollTo({ left });
        }}
      />
    </>
  );
}

const SMALLEST_THUMB = 24;

function Bar(props: {
  readonly direction: 'vertical' | 'horizontal';
  readonly inset: number;
  readonly extent: number;
  readonly content: number;
  readonly position: number;
  readonly onMove: (position: number) => void;
}) {
  const [grip, setGrip] = useState<number | undefined>(undefined);
  const hidden = props.content <= props.extent || props.extent <= 0;
  if (hidden) return null;
  const vertical = props.direction === 'vertical';
  const track = props.extent;
  const thumb = Math.max(SMALLEST_THUMB, (track * props.extent) / props.content);
  const reach = props.content - props.extent;
  const thumbStart = (props.position / reach) * (track - thumb);
  const along = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return vertical ? event.clientY - box.top : event.clientX - box.left;
  };
  const moveTo = (start: number) => {
    props.onMove((clamp(start, 0, track - thumb) / (track - thumb)) * reach);
  };
  return (
    <div
      aria-hidden="true"
      class={`scrollbar ${props.direction}${grip === undefined ? '' : ' dragging'}`}
      style={
        vertical
          ? { top: `${props.inset}px`, height: `${track}px` }
          : { right: '0px', width: `${track}px` }
      }
      onPointerDown={(event) => {
        const at = along(event);
        const onThumb = thumbStart <= at && at < thumbStart + thumb;
        const held = onThumb ? at - thumbStart : thumb / 2;
        event.currentTarget.setPointerCapture(event.pointerId);
        setGrip(held);
        if (!onThumb) moveTo(at - held);
        consume(event);
      }}
      onPointerMove={(event) => {
        if (grip !== undefined) moveTo(along(event) - grip);
      }}
      onPointerUp={() => {
        setGrip(undefined);
      }}
      onPointerCancel={() => {
        setGrip(undefined);
      }}
    >
      <div
        class="thumb"
        style={
          vertical
            ? { height: `${thumb}px`, transform: `translateY(${thumbStart}px)` }
            : { width: `${thumb}px`, transform: `translateX(${thumbStart}px)` }
        }
      />
    </div>
  );
}
