import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { elementCount, indexOfPosition } from '#shared/layout/strides.ts';
import { byteExtent, byteOffsetOf } from '#shared/layout/strides.ts';
import type { ViewState } from '#shared/layout/viewChain.ts';
import { formatCount } from '#shared/quantities.ts';

/** Elements of the walk that are drawn, around the chosen one. */
const MOST_ELEMENTS = 48;
const BOX_TOP = 34;
const BOX_HEIGHT = 26;
const HEIGHT = 80;

/** Memory as a strip of bytes: where each element lies, what is between, and the walk of the index through it. */
export function MemoryStrip(props: {
  readonly state: ViewState;
  readonly index: readonly number[];
  readonly axis: number | undefined;
  readonly walk: boolean;
  readonly onSelect: (index: readonly number[]) => void;
}) {
  const { state, index, axis, walk } = props;
  const { layout } = state;
  const frame = useRef<HTMLDivElement>(null);
  // Drawn in the pixels that there are, so that text keeps its size in a narrow panel.
  const pictureWidth = useWidth(frame);
  const count = elementCount(layout.shape);
  const position = positionOf(index, layout.shape);
  const drawn = Math.min(count, MOST_ELEMENTS);
  const from = Math.max(0, Math.min(position - (position % drawn || 0), count - drawn));
  const elements = Array.from({ length: drawn }, (_, k) => {
    const at = indexOfPosition(layout.shape, from + k);
    return { index: at, byte: byteOffsetOf(layout, at), position: from + k };
  });
  const start = elements.reduce((least, { byte }) => Math.min(least, byte), Infinity);
  const end =
    elements.reduce((most, { byte }) => Math.max(most, byte), -Infinity) + layout.itemsize;
  const scale = pictureWidth / Math.max(1, end - start);
  const x = (byte: number) => (byte - start) * scale;
  const width = Math.max(2, layout.itemsize * scale - (layout.itemsize * scale > 4 ? 1 : 0));
  const extent = byteExtent(layout);
  const chosen = byteOffsetOf(layout, index);
  const hasRoom = width >= 18;
  const neighbour =
    axis !== undefined && (index[axis] ?? 0) + 1 < (layout.shape[axis] ?? 0)
      ? chosen + (layout.strides[axis] ?? 0)
      : undefined;
  const summary =
    `Memory from byte ${start} to ${end}, elements ${from} to ${from + drawn - 1} of the walk; ` +
    `the chosen element is at byte ${chosen}.`;
  return (
    <div ref={frame} class="strip">
      <svg
        width={pictureWidth}
        height={HEIGHT}
        role="img"
        aria-label={summary}
        class="strip-picture"
      >
        <defs>
          <pattern id="strip-gap" width="6" height="6" patternUnits="userSpaceOnUse">
            <path d="M0 6 L6 0" class="strip-hatch" />
          </pattern>
          <marker
            id="strip-arrow"
            viewBox="0 0 6 6"
            refX="5"
            refY="3"
            markerWidth="6"
            markerHeight="6"
            orient="auto"
          >
            <path d="M0 0 L6 3 L0 6 z" class="strip-arrow-head" />
          </marker>
        </defs>
        <rect
          x="0"
          y={BOX_TOP}
          width={pictureWidth}
          height={BOX_HEIGHT}
          class="strip-gap"
          fill="url(#strip-gap)"
        />
        {elements.map((element) => (
          <g
            key={element.position}
            class={`strip-element${element.byte === chosen ? ' chosen' : ''}${element.position % 2 === 1 ? ' odd' : ''}`}
            onClick={() => {
              props.onSelect(element.index);
            }}
          >
            <title>{`[${element.index.join(', ')}] at byte ${element.byte}`}</title>
            <rect x={x(element.byte)} y={BOX_TOP} width={width} height={BOX_HEIGHT} />
            {hasRoom ? (
              <text x={x(element.byte) + width / 2} y={BOX_TOP + 18}>
                {element.position}
              </text>
            ) : null}
          </g>
        ))}
        {walk
          ? elements.slice(1).map((element, k) => {
              const before = elements[k];
              if (!before) return null;
              const [a, b] = [x(before.byte) + width / 2, x(element.byte) + width / 2];
              const lift = Math.min(60, 12 + Math.abs(b - a) / 5);
              return (
                <path
                  key={element.position}
                  class="strip-walk"
                  marker-end="url(#strip-arrow)"
                  d={`M${a} ${BOX_TOP - 2} Q${(a + b) / 2} ${BOX_TOP - lift} ${b} ${BOX_TOP - 3}`}
                />
              );
            })
          : null}
        {neighbour !== undefined && neighbour >= start && neighbour < end ? (
          <path
            class={`strip-step axis-${(axis ?? 0) % 6}`}
            d={`M${x(chosen) + width / 2} ${BOX_TOP - 2} V${BOX_TOP - 22} H${x(neighbour) + width / 2} V${BOX_TOP - 3}`}
          />
        ) : null}
        <text x="0" y={HEIGHT - 6} class="strip-label">
          {formatCount(start)}
        </text>
        <text x={pictureWidth} y={HEIGHT - 6} class="strip-label end">
          {formatCount(end)}
        </text>
      </svg>
      <p class="secondary layout-note">
        {drawn < count
          ? `Elements ${formatCount(from)} to ${formatCount(from + drawn - 1)} of ${formatCount(count)} in the order of the index; the whole view covers bytes ${formatCount(extent.start)} to ${formatCount(extent.end)}.`
          : 'Every element, numbered in the order of the index. Hatched bytes belong to none.'}
      </p>
    </div>
  );
}

function useWidth(frame: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const measure = () => {
      setWidth(Math.max(120, Math.min(960, element.clientWidth)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return width;
}

function positionOf(index: readonly number[], shape: readonly number[]): number {
  return index.reduce((position, at, axis) => position * (shape[axis] ?? 1) + at, 0);
}
