import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Pooled } from './elementPool.ts';
import { ElementPool } from './elementPool.ts';

/** Pages that come sooner leave no flicker of bars in the places of their values. */
const WAIT_MS = 100;

export interface RowElement<P> extends Pooled {
  /** Writes what differs from what was painted last. True where something is not read yet. */
  paint(props: P): boolean;
  dispose?(): void;
}

/** Rows painted into an element after each rendering, in the elements of those that went out of sight. */
export function useRowElements<P extends { readonly row: number }>(
  body: RefObject<HTMLElement | null>,
  make: () => RowElement<P>,
  rows: readonly P[],
): void {
  const pool = useRef<ElementPool<RowElement<P>>>(undefined);
  const painted = useRef<readonly RowElement<P>[]>([]);
  const waiting = useRef<number>(undefined);
  useLayoutEffect(() => {
    const parent = body.current;
    if (parent === null) return;
    pool.current ??= new ElementPool(parent, make);
    painted.current = pool.current.show(rows.map(({ row }) => row));
    const unread = rows.filter((props, at) => painted.current[at]?.paint(props) === true);
    if (unread.length > 0) {
      waiting.current ??= window.setTimeout(() => {
        parent.classList.add('waits');
      }, WAIT_MS);
    } else if (waiting.current !== undefined) {
      clearTimeout(waiting.current);
      waiting.current = undefined;
      parent.classList.remove('waits');
    }
  });
  useLayoutEffect(
    () => () => {
      clearTimeout(waiting.current);
      for (const row of painted.current) row.dispose?.();
    },
    [],
  );
}
