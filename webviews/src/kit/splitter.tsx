import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { clamp } from './gridAxis.ts';
import { consume } from './keyboard.ts';

/** Below this width two panes stand one above the other. */
const NARROW = 600;
const SMALLEST_PANE = 120;

/** Two panes and a border between them that mouse and keys can move. `share` is the first one's part. */
export function SplitPanes(props: {
  readonly label: string;
  readonly share: number;
  readonly onShare: (share: number) => void;
  /** Where a double click or Enter takes the border back to. */
  readonly usualShare: number;
  /** Pixels that either keeps, where there are so many; one above the other, always. */
  readonly smallest?: number;
  readonly first: ComponentChildren;
  /** While it is undefined, the first has all the room, and stays what it is. */
  readonly second: ComponentChildren | undefined;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = frame.current;
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
  const stacked = size.width < NARROW;
  const extent = stacked ? size.height : size.width;
  const smallestExtent = props.smallest ?? SMALLEST_PANE;
  const smallest = extent === 0 ? 0 : Math.min(0.5, smallestExtent / extent);
  // One above the other where there is no room for both, they are scrolled.
  const smallestHeight = stacked && props.second !== undefined ? `${smallestExtent}px` : undefined;
  const share = clamp(props.share, smallest, 1 - smallest);
  const moveTo = (next: number) => {
    props.onShare(clamp(next, smallest, 1 - smallest));
  };
  const [dragging, setDragging] = useState(false);
  const steps: Readonly<Record<string, number | undefined>> = {
    [stacked ? 'ArrowUp' : 'ArrowLeft']: share - 0.02,
    [stacked ? 'ArrowDown' : 'ArrowRight']: share + 0.02,
    Home: smallest,
    End: 1 - smallest,
    Enter: props.usualShare,
  };
  return (
    <div ref={frame} class={`split ${stacked ? 'stacked' : 'beside'}`}>
      <div
        class="split-pane"
        style={{ flexGrow: props.second === undefined ? 1 : share, minHeight: smallestHeight }}
      >
        {props.first}
      </div>
      {props.second === undefined ? null : (
        <div
          role="separator"
          aria-label={props.label}
          aria-orientation={stacked ? 'horizontal' : 'vertical'}
          aria-valuenow={Math.round(share * 100)}
          aria-valuemin={Math.round(smallest * 100)}
          aria-valuemax={Math.round((1 - smallest) * 100)}
          tabIndex={0}
          class={`splitter${dragging ? ' dragging' : ''}`}
          onKeyDown={(event) => {
            const target = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
            if (target === undefined) return;
            moveTo(target);
            consume(event);
          }}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            setDragging(true);
          }}
          onPointerMove={(event) => {
            const box = frame.current?.getBoundingClientRect();
            if (!dragging || !box) return;
            moveTo(
              stacked
                ? (event.clientY - box.top) / box.height
                : (event.clientX - box.left) / box.width,
            );
          }}
          onPointerUp={() => {
            setDragging(false);
          }}
          onPointerCancel={() => {
            setDragging(false);
          }}
          onDblClick={() => {
            moveTo(props.usualShare);
          }}
        />
      )}
      {props.second === undefined ? null : (
        <div class="split-pane" style={{ flexGrow: 1 - share, minHeight: smallestHeight }}>
          {props.second}
        </div>
      )}
    </div>
  );
}
