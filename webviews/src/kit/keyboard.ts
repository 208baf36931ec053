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
 * F6 and Shift+F6 walk the parts of a panel that carry `data-pane`, in document order. The focus goes to the
 * part's own tab stop, so it returns to the cell it left.
 */
export function cyclePanes(root: HTMLElement, event: KeyboardEvent): boolean {
  if (event.key !== 'F6') return false;
  const panes = [...root.querySelectorAll<HTMLElement>('[data-pane]')];
  const stops = panes.map((pane) => tabStopIn(pane)).filter((stop) => stop !== undefined);
  const inside = panes.findIndex((pane) => pane.contains(document.activeElement));
  const current = stops.findIndex((stop) => panes[inside]?.contains(stop));
  const step = event.shiftKey ? stops.length - 1 : 1;
  stops[(Math.max(0, current) + (current < 0 ? 0 : step)) % stops.length]?.focus();
  consume(event);
  return true;
}

function tabStopIn(pane: HTMLElement): HTMLElement | undefined {
  const candidates = pane.querySelectorAll<HTMLElement>(
    '[tabindex="0"], button:not([tabindex="-1"]), input, select, vscode-button',
  );
  return [...candidates].find((element) => element.offsetParent !== null);
}
