import type { ComponentChildren } from 'preact';
import { consume } from './keyboard.ts';

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

/** One tab stop; arrow keys move between the buttons. */
export function Toolbar(props: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div
      role="toolbar"
      aria-label={props.label}
      class="toolbar"
      onKeyDown={(event) => {
        const buttons = [
          ...event.currentTarget.querySelectorAll<HTMLElement>('button:not([disabled])'),
        ];
        const at = buttons.findIndex((button) => button === document.activeElement);
        const targets: Readonly<Record<string, number | undefined>> = {
          ArrowRight: at + 1,
          ArrowLeft: at - 1,
          Home: 0,
          End: buttons.length - 1,
        };
        const target = Object.hasOwn(targets, event.key) ? targets[event.key] : undefined;
        if (at < 0 || target === undefined) return;
        buttons[(target + buttons.length) % buttons.length]?.focus();
        consume(event);
      }}
    >
      {props.children}
    </div>
  );
}
