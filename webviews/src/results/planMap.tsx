import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { CARD_HEIGHT, CARD_WIDTH, type PlanLayout } from './planLayout.ts';

const WIDTH = 160;
const HEIGHT = 100;
/** In a narrower window the map would lie on the cards. */
const LEAST_WINDOW_PX = 480;

/** The whole of a big plan, small, with the part that is in the window; a click or drag goes there. */
export function PlanMap(props: {
  readonly plan: PlanLayout;
  readonly zoom: number;
  readonly viewport: RefObject<HTMLDivElement | null>;
  /** It appears from a picture of that many windows on. */
  readonly from: number;
}) {
  const { plan, zoom, viewport } = props;
  const [part, setPart] = useState({ left: 0, top: 0, width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = viewport.current;
    if (!element) return undefined;
    const look = () => {
      setPart({
        left: element.scrollLeft / zoom,
        top: element.scrollTop / zoom,
        width: element.clientWidth / zoom,
        height: element.clientHeight / zoom,
      });
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
  const isBig = plan.width > part.width * props.from || plan.height > part.height * props.from;
  if (!isBig || part.width * zoom < LEAST_WINDOW_PX) return null;
  const scale = Math.min(WIDTH / plan.width, HEIGHT / plan.height);
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
      class="picture-map"
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
      {plan.cards.map(({ id, x, y }) => (
        <rect key={id} class="map-card" x={x} y={y} width={CARD_WIDTH} height={CARD_HEIGHT} />
      ))}
      <rect class="map-part" x={part.left} y={part.top} width={part.width} height={part.height} />
    </svg>
  );
}
