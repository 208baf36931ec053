import type { Disposable } from '#shared/result.ts';
import type { KeyPress } from './gridSelection.ts';

/** Ends an event here. VS Code's own keybindings listen on the window, and would act on the key as well. */
export function consume(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

/** Control, or Command on a Mac, and no other modifier but Shift. */
export function isCommand(press: KeyPress, key: string): boolean {
  return (press.ctrlKey || press.metaKey) && !press.altKey && press.key.toLowerCase() === key;
}

export function isPlain(press: KeyPress, key: string): boolean {
  return !press.ctrlKey && !press.metaKey && !press.altKey && !press.shiftKey && press.key === key;
}

/**
 * One tab stop for a row or column of items: arrows, Home and End move the focus between them, and the stop with it.
 * False where the key is another one or nothing of them has the focus.
 */
export function moveAmong(
  event: KeyboardEvent & { readonly currentTarget: HTMLElement },
  selector: string,
  direction: 'horizontal' | 'vertical',
): boolean {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const at = items.findIndex((item) => item === document.activeElement);
  const [back, on] =
    direction === 'horizontal' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
  const targets = new Map([
    [on, at + 1],
    [back, at - 1],
    ['Home', 0],
    ['End', -1],
  ]);
  const target = targets.get(event.key);
  if (at < 0 || target === undefined) return false;
  const next = items[(target + items.length) % items.length];
  for (const item of items) item.tabIndex = item === next ? 0 : -1;
  next?.focus();
  consume(event);
  return true;
}

/**
 * F6 and Shift+F6 walk the parts of a panel that carry `data-pane`, in document order. The focus goes to the
 * part's own tab stop, so it returns to the cell it left.
 */
export function cyclePanes(root: HTMLElement, event: KeyboardEvent): boolean {
  if (event.key !== 'F6') return false;
  const panes = [...root.querySelectorAll<HTMLElement>('[data-pane]')];
  const stops = panes.map((pane) => tabStopIn(pane)).filter((stop) => stop !== undefined);
  // A pane may lie in another; the inner one stands behind it.
  const inside = panes.findLastIndex((pane) => pane.contains(document.activeElement));
  const current = stops.findIndex((stop) => panes[inside]?.contains(stop));
  const step = event.shiftKey ? stops.length - 1 : 1;
  stops[(Math.max(0, current) + (current < 0 ? 0 : step)) % stops.length]?.focus();
  consume(event);
  return true;
}

/** The cell, item or tab that has the pane's focus; where there is none, its first control. */
function tabStopIn(pane: HTMLElement): HTMLElement | undefined {
  const items = ['gridcell', 'treeitem', 'option', 'tab']
    .map((role) => `[role="${role}"][tabindex="0"]`)
    .join(', ');
  const controls = 'button:not([disabled], [tabindex="-1"]), input, select, vscode-button';
  for (const selector of [items, controls]) {
    const candidates = [...pane.querySelectorAll<HTMLElement>(selector)];
    const found = candidates.find((element) => element.offsetParent !== null);
    if (found) return found;
  }
  return undefined;
}

/**
 * Keys reach a panel only from an element inside it. When VS Code gives the panel the focus and nothing in it
 * has it, the first grid takes it; when what has it goes away or is disabled (a tab that was closed, the Cancel of
 * what has ended), its pane's tab stop does.
 */
export function takeFocus(root: HTMLElement): Disposable {
  let last: { readonly element: HTMLElement; readonly pane: Element | null } | undefined;
  let frame = 0;
  const isNowhere = () =>
    document.activeElement === null || document.activeElement === document.body;
  const onFocus = () => {
    if (isNowhere()) root.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus();
  };
  const onFocusIn = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement)
      last = { element: target, pane: target.closest('[data-pane]') };
  };
  const mend = () => {
    if (!last || !isNowhere() || !document.hasFocus() || canHaveFocus(last.element)) return;
    const pane = last.pane instanceof HTMLElement && last.pane.isConnected ? last.pane : root;
    (tabStopIn(pane) ?? tabStopIn(root))?.focus();
  };
  const observer = new MutationObserver(() => {
    if (!last || canHaveFocus(last.element)) return;
    // A box or menu that closes gives the focus back itself, in the next frame.
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(mend);
    });
  });
  window.addEventListener('focus', onFocus);
  root.addEventListener('focusin', onFocusIn);
  observer.observe(root, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['disabled'],
  });
  return {
    dispose: () => {
      window.removeEventListener('focus', onFocus);
      root.removeEventListener('focusin', onFocusIn);
      observer.disconnect();
      cancelAnimationFrame(frame);
    },
  };
}

const canHaveFocus = (element: HTMLElement) => element.isConnected && !element.matches(':disabled');
