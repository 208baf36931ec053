import { useLayoutEffect, useRef } from 'preact/hooks';
import { consume } from './keyboard.ts';

export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly icon?: string;
  /** A word for the icon, as screen readers say it behind the label. */
  readonly status?: string;
  readonly tooltip?: string;
}

/** A list of tabs, as in VS Code's panels: arrows move, Delete closes where closing is possible. */
export function Tabs(props: {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly selected: string;
  /** Id of the element that shows the selected tab. */
  readonly panelId: string;
  readonly onSelect: (id: string) => void;
  readonly onClose?: (id: string) => void;
}) {
  const { tabs } = props;
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    // In the strip alone: what it stands in stays where it was scrolled to.
    const reveal = () => {
      const tab = element.querySelector('[aria-selected="true"]')?.getBoundingClientRect();
      if (tab === undefined) return;
      const strip = element.getBoundingClientRect();
      if (tab.left < strip.left || tab.width > strip.width)
        element.scrollLeft += tab.left - strip.left;
      else if (tab.right > strip.right) element.scrollLeft += tab.right - strip.right;
    };
    reveal();
    // It stays in sight while the panel becomes narrow.
    const observer = new ResizeObserver(reveal);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [props.selected, tabs.length]);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.id === props.selected);
    if (event.key === 'Delete' && props.onClose) {
      props.onClose(props.selected);
      consume(event);
      return;
    }
    const targets: Readonly<Record<string, number | undefined>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: tabs.length - 1,
    };
    const target = Object.hasOwn(targets, event.key) ? targets[event.key] : undefined;
    if (target === undefined) return;
    const next = tabs[(target + tabs.length) % tabs.length];
    consume(event);
    if (next === undefined) return;
    props.onSelect(next.id);
    requestAnimationFrame(() => {
      list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
    });
  };
  return (
    <div ref={list} role="tablist" aria-label={props.label} class="tabs" onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <div
          key={tab.id}
          role="tab"
          id={`tab-${tab.id}`}
          aria-selected={tab.id === props.selected}
          aria-controls={tab.id === props.selected ? props.panelId : undefined}
          aria-label={tab.status ? `${tab.label}, ${tab.status}` : tab.label}
          tabIndex={tab.id === props.selected ? 0 : -1}
          class="tab"
          title={
            props.onClose
              ? `${tab.tooltip ?? tab.label}\nDelete or middle click closes it`
              : tab.tooltip
          }
          onClick={() => {
            props.onSelect(tab.id);
          }}
          onAuxClick={(event) => {
            if (event.button === 1) props.onClose?.(tab.id);
          }}
        >
          {tab.icon ? <span aria-hidden="true" class={`codicon codicon-${tab.icon}`} /> : null}
          <span class="tab-label">{tab.label}</span>
          {props.onClose ? (
            // For the mouse alone: a button inside a tab can't be reached by screen readers.
            <span
              aria-hidden="true"
              class="codicon codicon-close tab-close"
              onClick={(event) => {
                props.onClose?.(tab.id);
                consume(event);
              }}
            />
          ) : null}
        </div>
      ))}
    </div>
  );
}
