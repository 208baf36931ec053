import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { consume } from './keyboard.ts';

export interface TreeNode {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon?: string;
  readonly children: readonly TreeNode[];
}

interface Item {
  readonly node: TreeNode;
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly parent: string | undefined;
  readonly open: boolean;
}

/** A tree as VS Code shows one: all open at first, arrows open and close, letters find. */
export function Tree(props: {
  readonly label: string;
  readonly roots: readonly TreeNode[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const tree = useRef<HTMLDivElement>(null);
  const hasFocus = useRef(false);
  const items = flatten(props.roots, closed);
  const at = Math.max(
    0,
    items.findIndex((item) => item.node.id === props.selected),
  );
  useLayoutEffect(() => {
    const current = tree.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (hasFocus.current && document.hasFocus() && current !== document.activeElement)
      current?.focus();
  });

  const setOpen = (id: string, open: boolean) => {
    const next = new Set(closed);
    if (open) next.delete(id);
    else next.add(id);
    setClosed(next);
  };
  const select = (item: Item | undefined) => {
    if (item) props.onSelect(item.node.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const item = items[at];
    if (item === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const { node } = item;
    if (event.key === 'ArrowDown') select(items[at + 1]);
    else if (event.key === 'ArrowUp') select(items[at - 1]);
    else if (event.key === 'Home') select(items[0]);
    else if (event.key === 'End') select(items.at(-1));
    else if (event.key === 'ArrowRight') {
      if (node.children.length > 0 && !item.open) setOpen(node.id, true);
      else if (item.open) select(items[at + 1]);
    } else if (event.key === 'ArrowLeft') {
      if (item.open && node.children.length > 0) setOpen(node.id, false);
      else select(items.find((other) => other.node.id === item.parent));
    } else if (event.key === ' ' || event.key === 'Enter') {
      if (node.children.length > 0) setOpen(node.id, !item.open);
    } else if (event.key.length === 1 && !/\d/.test(event.key)) {
      const later = [...items.slice(at + 1), ...items.slice(0, at + 1)];
      const letter = event.key.toLowerCase();
      select(later.find((other) => other.node.label.toLowerCase().startsWith(letter)));
    } else return;
    consume(event);
  };

  return (
    <div
      ref={tree}
      role="tree"
      aria-label={props.label}
      class="tree"
      onKeyDown={onKeyDown}
      onFocusIn={() => {
        hasFocus.current = true;
      }}
      onFocusOut={() => {
        hasFocus.current = false;
      }}
    >
      {items.map((item, index) => {
        const { node } = item;
        const parent = node.children.length > 0;
        return (
          <div
            key={node.id}
            role="treeitem"
            aria-level={item.level}
            aria-posinset={item.position}
            aria-setsize={item.siblings}
            aria-expanded={parent ? item.open : undefined}
            aria-selected={node.id === props.selected}
            tabIndex={index === at ? 0 : -1}
            class="tree-item"
            style={{ paddingLeft: `${item.level * 12 - 4}px` }}
            title={node.description ? `${node.label}\n${node.description}` : node.label}
            onClick={() => {
              props.onSelect(node.id);
            }}
            onDblClick={() => {
              if (parent) setOpen(node.id, !item.open);
            }}
          >
            <span
              aria-hidden="true"
              class={`codicon ${parent ? (item.open ? 'codicon-chevron-down' : 'codicon-chevron-right') : 'leaf'}`}
              onClick={(event) => {
                if (!parent) return;
                setOpen(node.id, !item.open);
                consume(event);
              }}
            />
            {node.icon ? <span aria-hidden="true" class={`codicon codicon-${node.icon}`} /> : null}
            <span class="tree-label">{node.label}</span>
            {node.description ? <span class="tree-description">{node.description}</span> : null}
          </div>
        );
      })}
    </div>
  );
}

function flatten(roots: readonly TreeNode[], closed: ReadonlySet<string>): Item[] {
  const items: Item[] = [];
  const visit = (nodes: readonly TreeNode[], level: number, parent: string | undefined) => {
    nodes.forEach((node, index) => {
      const open = node.children.length > 0 && !closed.has(node.id);
      items.push({ node, level, position: index + 1, siblings: nodes.length, parent, open });
      if (open) visit(node.children, level + 1, node.id);
    });
  };
  visit(roots, 1, undefined);
  return items;
}
