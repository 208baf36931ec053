import { useLayoutEffect, useRef } from 'preact/hooks';
import { consume, isCommand } from './keyboard.ts';

export interface MenuItem {
  readonly label: string;
  /** The keys that do the same without the menu. */
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly run: () => void;
}

export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  /** The beginning of the item that is chosen at first, where that is not the first one. */
  readonly startsAt?: string;
}

const USABLE = '[role="menuitem"]:not([aria-disabled="true"])';

/** Groups of items at a place of the page. Arrows walk, Escape and a press elsewhere close; the focus goes back. */
export function ContextMenu(props: {
  readonly label: string;
  readonly at: MenuPlace;
  readonly groups: readonly (readonly MenuItem[])[];
  readonly onClose: () => void;
}) {
  const menu = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(document.activeElement);
  const close = () => {
    props.onClose();
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
  };
  useLayoutEffect(() => {
    const element = menu.current;
    if (element === null) return undefined;
    // Where there is no room to the right or below, it opens to the other side.
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(0, Math.min(props.at.x, window.innerWidth - width - 4))}px`;
    element.style.top = `${Math.max(0, Math.min(props.at.y, window.innerHeight - height - 4))}px`;
    const { startsAt = '' } = props.at;
    [...element.querySelectorAll<HTMLElement>(USABLE)]
      .find(({ textContent }) => textContent.startsWith(startsAt))
      ?.focus();
    const elsewhere = (event: PointerEvent) => {
      if (event.target instanceof Node && !element.contains(event.target)) props.onClose();
    };
    document.addEventListener('pointerdown', elsewhere, true);
    return () => {
      document.removeEventListener('pointerdown', elsewhere, true);
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') {
      close();
      consume(event);
      return;
    }
    const items = [...(menu.current?.querySelectorAll<HTMLElement>(USABLE) ?? [])];
    const at = items.findIndex((item) => item === document.activeElement);
    const targets: Readonly<Record<string, number | undefined>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: items.length - 1,
    };
    const target = Object.hasOwn(targets, event.key) ? targets[event.key] : undefined;
    if (target === undefined) return;
    items[(target + items.length) % items.length]?.focus();
    consume(event);
  };
  return (
    <div ref={menu} role="menu" aria-label={props.label} class="menu" onKeyDown={onKeyDown}>
      {props.groups
        .filter((items) => items.length > 0)
        .map((items, index) => (
          <div key={index} role="group" class="menu-group">
            {items.map((item) => (
              <button
                key={item.label}
                type="button"
                role="menuitem"
                class="menu-item"
                tabIndex={-1}
                aria-disabled={item.disabled === true}
                onClick={() => {
                  if (item.disabled) return;
                  close();
                  item.run();
                }}
              >
                <span>{item.label}</span>
                {item.keys === undefined ? null : <span class="menu-keys">{item.keys}</span>}
              </button>
            ))}
          </div>
        ))}
    </div>
  );
}

/** Where the menu opens by key: under what has the focus. */
export function placeUnder(element: Element | null): MenuPlace {
  const box = element?.getBoundingClientRect();
  return { x: box?.left ?? 0, y: box?.bottom ?? 0 };
}

/** Where a key opens the menu of a grid: the menu key, and Ctrl+Shift+C, which is for the ways to copy in it. */
export function menuPlaceOf(event: KeyboardEvent): MenuPlace | undefined {
  const copies = isCommand(event, 'c') && event.shiftKey;
  if (!copies && !isMenuKey(event)) return undefined;
  const place = placeUnder(document.activeElement);
  return copies ? { ...place, startsAt: 'Copy as' } : place;
}

function isMenuKey(event: KeyboardEvent): boolean {
  return event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
}
