import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { moveAmong } from './keyboard.ts';

/** A button that is an icon; `label` is its name for screen readers, and with `keys` its tooltip. */
export function IconButton(props: {
  readonly icon: string;
  readonly label: string;
  readonly keys?: string;
  /** Set for a toggle. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  /** Text beside the icon, where there is room for words. */
  readonly text?: string;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      class={`icon-button${props.text ? ' with-text' : ''}`}
      aria-label={props.label}
      aria-pressed={props.pressed}
      title={props.keys ? `${props.label} (${props.keys})` : props.label}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <span aria-hidden="true" class={`codicon codicon-${props.icon}`} />
      {props.text ? <span class="icon-button-text">{props.text}</span> : null}
    </button>
  );
}

const BUTTONS = 'button:not([disabled])';

/** One tab stop, which is the button that had the focus last; arrow keys move between the buttons. */
export function Toolbar(props: { readonly label: string; readonly children: ComponentChildren }) {
  const bar = useRef<HTMLDivElement>(null);
  const stopAt = (button: Element | undefined) => {
    for (const each of bar.current?.querySelectorAll('button') ?? [])
      each.tabIndex = each === button ? 0 : -1;
  };
  // After every render: buttons come, go and are disabled, and one of those that can be used is the stop.
  useLayoutEffect(() => {
    const buttons = [...(bar.current?.querySelectorAll<HTMLElement>(BUTTONS) ?? [])];
    const isFresh = buttons.filter(({ tabIndex }) => tabIndex === 0).length !== 1;
    const focused = buttons.find((button) => button === document.activeElement);
    // The button that was pressed may be the one that can't be any more: the next one has the focus then.
    const active = document.activeElement;
    if (active instanceof HTMLButtonElement && active.disabled && bar.current?.contains(active))
      nearest(active, buttons)?.focus();
    const kept = isFresh ? undefined : buttons.find(({ tabIndex }) => tabIndex === 0);
    stopAt(focused ?? kept ?? buttons[0]);
  });
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={props.label}
      class="toolbar"
      onFocusIn={(event) => {
        if (event.target instanceof HTMLButtonElement) stopAt(event.target);
      }}
      onKeyDown={(event) => {
        moveAmong(event, BUTTONS, 'horizontal');
      }}
    >
      {props.children}
    </div>
  );
}

/** The one before it, else the one after it. */
function nearest(button: HTMLElement, others: readonly HTMLElement[]): HTMLElement | undefined {
  const isBefore = (other: HTMLElement) =>
    (button.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  return others.findLast(isBefore) ?? others[0];
}
