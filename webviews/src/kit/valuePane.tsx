import { useMemo, useState } from 'preact/hooks';
import type { CellValue } from './arrowCells.ts';
import { formatCount, formatQuantity } from '#shared/quantities.ts';
import { IconButton } from './toolbar.tsx';
import type { TreeNode } from './tree.tsx';
import { Tree } from './tree.tsx';

/** Of an array or a map; more is said, and is a query's. */
const MOST_CHILDREN = 500;
const LONGEST_TEXT = 100_000;

/** One cell in full: a long text as it is, a nested value as a tree that opens. */
export function ValuePane(props: {
  readonly name: string;
  readonly row: number;
  /** Undefined while it is being read. */
  readonly value: CellValue | undefined;
  readonly onClose: () => void;
}) {
  const { name, value } = props;
  const nodes = useMemo(() => (value?.children ? nodesOf(value, 'value') : undefined), [value]);
  const [selected, select] = useState<string | undefined>(undefined);
  return (
    <section class="value-pane" aria-label={`Value of ${name}`} data-pane>
      <div class="pane-bar">
        <span class="value-title">
          <span class="value-name">{name}</span>
          <span class="secondary">
            {' '}
            row {formatCount(props.row + 1)} · {value?.type ?? ''}
          </span>
        </span>
        <span class="bar-end">
          <IconButton icon="close" label="Close" keys="Escape" onClick={props.onClose} />
        </span>
      </div>
      {nodes ? (
        nodes.length === 0 ? (
          <p class="value-empty secondary">empty</p>
        ) : (
          <Tree
            label={`Parts of ${name}`}
            roots={nodes}
            selected={selected ?? nodes[0]?.id}
            onSelect={select}
          />
        )
      ) : (
        <pre class="value-text" tabIndex={0} aria-label={`Text of ${name}`}>
          {value === undefined ? '' : textOf(value)}
        </pre>
      )}
    </section>
  );
}

function textOf({ text, type }: CellValue): string {
  if (text === null) return 'null';
  if (text === '' && /^string\b/.test(type)) return '""';
  return text.length > LONGEST_TEXT
    ? `${text.slice(0, LONGEST_TEXT)}…\n(${formatQuantity(text.length, 'character')})`
    : text;
}

function nodesOf(value: CellValue, path: string): TreeNode[] {
  const all = value.children?.() ?? [];
  const nodes = all.slice(0, MOST_CHILDREN).map(({ name, value: child }, index): TreeNode => {
    const id = `${path}.${index}`;
    const children = child.children ? nodesOf(child, id) : [];
    const isOpenable = children.length > 0;
    return {
      id,
      label: name,
      description: isOpenable ? child.type : textOf(child),
      children,
    };
  });
  if (all.length > MOST_CHILDREN)
    nodes.push({
      id: `${path}.more`,
      label: '…',
      description: `${formatCount(all.length - MOST_CHILDREN)} more`,
      children: [],
    });
  return nodes;
}
