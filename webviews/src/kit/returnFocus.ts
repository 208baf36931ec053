import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

const CELL = '[role="gridcell"][tabindex="0"]';

/**
 * When a box that took the focus goes away with it, the focus returns to where it was. A cell may have been scrolled
 * out of the page meanwhile: then its grid's own tab stop has it.
 */
export function useReturnFocus(box: RefObject<HTMLElement | null>): void {
  // In the first render, before the box takes it.
  const before = useRef(document.activeElement);
  const pane = useRef(before.current?.closest('[data-pane]') ?? null);
  useLayoutEffect(
    () => () => {
      if (!box.current?.contains(document.activeElement)) return;
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body && document.activeElement !== null) return;
        const known = before.current;
        const isThere = known instanceof HTMLElement && known.isConnected && known.tabIndex === 0;
        const cell =
          pane.current?.querySelector<HTMLElement>(CELL) ??
          document.querySelector<HTMLElement>(CELL);
        (isThere ? known : cell)?.focus();
      });
    },
    [],
  );
}
