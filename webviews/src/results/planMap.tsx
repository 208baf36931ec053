import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { CARD_HEIGHT, CARD_WIDTH, type PlanLayout } from './planLayout.ts';

/** What the map takes of the window, beside a tall plan or below a wide one. */
const MOST_PX = 96;
/** A smaller window has no room for it. */
const LEAST_WINDOW = { width: 400, height: 320 };

/** The whole of a big plan, small, with the part that is in the window; a click or drag goes there. */
export function PlanMap(props: {
  readonly plan: PlanLayout;
  readonly zoom: number;
  readonly viewport: RefObject<HTMLDivElement | null>;
  /** It appears from a picture of that many windows on. */
  readonly from: number;
}) {
  const { plan, zoom, viewport } = props;
  const [part, setPart] = useState({
    left: 0,
    top: 0,
    width: 0,
    height: 0,
    frameWidth: 0,
    frameHeight: 0,
  });
  useLayoutEffect(() => {
    const element = viewport.current;
    if (!element) return undefined;
    const look = () => {
      const next = {
        left: element.scrollLeft / zoom,
        top: element.scrollTop / zoom,
        width: element.clientWidth / zoom,
        height: element.clientHeight / zoom,
        frameWidth: element.parentElement?.clientWidth ?? 0,
        frameHeight: element.parentElement?.clientHeight ?? 0,
      };
      setPart((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look);
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [zoom, plan]);
  const cards = useMemo(
    () =>
      plan.cards
        .map(({ x, y }) => `M${x} ${y}h${CARD_WIDTH}v${CARD_HEIGHT}h${-CARD_WIDTH}z`)
        .join(''),
    [plan],
  );
  const { frameWidth: width, frameHeight: height } = part;
  const isBig = plan.width > part.width * props.from || plan.height > part.height * props.from;
  if (!isBig || width < LEAST_WINDOW.width || height < LEAST_WINDOW.height) return null;
  const isWide = plan.width / plan.height > width / height;
  const scale = isWide
    ? Math.min(width / plan.width, MOST_PX / plan.height)
    : Math.min(MOST_PX / plan.width, height / plan.height);
  const goTo = (event: PointerEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    viewport.current?.scrollTo({
      left: ((event.clientX - box.left) / scale - part.width / 2) * zoom,
      top: ((event.clientY - box.top) / scale - part.height / 2) * zoom,
    });
  };
  return (
    <svg
      aria-hidden="true"
      class={`picture-map ${isWide ? 'below' : 'beside'}`}
      width={plan.width * scale}
      height={plan.height * scale}
      viewBox={`0 0 ${plan.width} ${plan.height}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        goTo(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) goTo(event);
      }}
    >
      <path class="map-card" d={cards} />
      <rect class="map-part" x={part.left} y={part.top} width={part.width} height={part.height} />
    </svg>
  );
}
