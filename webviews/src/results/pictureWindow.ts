/** Which part of a plan's picture is drawn: of a big one, what is in the window and a little around it. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { CARD_HEIGHT, CARD_WIDTH, type Card, type Edge } from './planLayout.ts';

/** In the plan's coordinates. */
interface Part {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Drawn beyond each side of the window. */
const AROUND = 200;
/** A part grows and moves by whole steps, so that most scrolling draws nothing anew. */
const STEP = 200;

/** Follows scrolling, and looks again after `changes`; nothing before the window has a size. */
export function usePart(
  viewport: RefObject<HTMLElement | null>,
  zoom: number,
  isSized: boolean,
  changes: readonly unknown[],
): Part | undefined {
  const [part, setPart] = useState<Part>();
  useLayoutEffect(() => {
    const element = viewport.current;
    if (!element || !isSized) return undefined;
    const look = () => {
      const next = partOf(element, zoom);
      setPart((old) => (old && isSame(old, next) ? old : next));
    };
    look();
    element.addEventListener('scroll', look);
    return () => {
      element.removeEventListener('scroll', look);
    };
  }, [zoom, isSized, ...changes]);
  return part;
}

function partOf(window: HTMLElement, zoom: number): Part {
  const { scrollLeft, scrollTop, clientWidth, clientHeight } = window;
  const before = (px: number) => Math.floor((px / zoom - AROUND) / STEP) * STEP;
  const after = (px: number) => Math.ceil((px / zoom + AROUND) / STEP) * STEP;
  return {
    left: before(scrollLeft),
    top: before(scrollTop),
    right: after(scrollLeft + clientWidth),
    bottom: after(scrollTop + clientHeight),
  };
}

const isSame = (a: Part, b: Part) =>
  a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;

export const isCardIn = (card: Card, part: Part) => isEdgeIn({ from: card, to: card }, part);

/** Also of an edge that only passes through. */
export function isEdgeIn({ from, to }: Pick<Edge, 'from' | 'to'>, part: Part): boolean {
  return (
    Math.min(from.x, to.x) < part.right &&
    Math.max(from.x, to.x) + CARD_WIDTH > part.left &&
    Math.min(from.y, to.y) < part.bottom &&
    Math.max(from.y, to.y) + CARD_HEIGHT > part.top
  );
}
