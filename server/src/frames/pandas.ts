/** `pandas.DataFrame({…})` of values that stand in the script, as far as Spark is to have them. */
import type { SyntaxNode } from '@lezer/common';
import type { Arguments } from './arguments.ts';
import type { PandasColumn, Value } from './values.ts';
import { cannotKnow } from './values.ts';

/** A dictionary of columns, or a list of rows with `columns=`. */
export function pandasFrame(args: Arguments): Value {
  const [data] = args.positional.length > 0 ? args.positional : [args.keywords.get('data')];
  const columns = args.keywords.get('columns');
  const others = [...args.keywords.keys()].filter((name) => name !== 'data' && name !== 'columns');
  if (others.length > 0 || !data) return notRead(args.node);
  if (data.kind === 'dict' && !columns)
    return {
      kind: 'pandas',
      columns: data.entries.map(([name, items]) => {
        if (name.kind !== 'str' || (items.kind !== 'list' && items.kind !== 'tuple'))
          return notRead(args.node);
        return { name: name.value, items: items.items };
      }),
    };
  if (data.kind !== 'list' || columns?.kind !== 'list') return notRead(args.node);
  const named = columns.items.map((name, at): PandasColumn => {
    if (name.kind !== 'str') return notRead(args.node);
    const items = data.items.map((row) => {
      const item = row.kind === 'list' || row.kind === 'tuple' ? row.items[at] : undefined;
      return item ?? notRead(args.node);
    });
    return { name: name.value, items };
  });
  return { kind: 'pandas', columns: named };
}

function notRead(node: SyntaxNode): never {
  return cannotKnow(
    'a pandas DataFrame is read from a dictionary of columns that stands in the script; other pandas is Python that runs',
    node,
  );
}

/** The rows and the names, where pandas keeps every value as it was given. */
export function rowsOfPandas(
  { columns }: Extract<Value, { kind: 'pandas' }>,
  node: SyntaxNode,
): { readonly rows: Value; readonly names: Value } {
  const [first] = columns;
  if (!first || columns.some(({ items }) => items.length !== first.items.length))
    return cannotKnow('the columns have different lengths; pandas raises ValueError', node);
  for (const { name, items } of columns) {
    const kinds = new Set(items.map(({ kind }) => kind));
    if (kinds.size > 1 || !/^(?:int|float|str|bool)$/.test([...kinds][0] ?? ''))
      return cannotKnow(
        `what pandas makes of column '${name}' is read where its values are all whole numbers, all floats, all texts or all truths`,
        node,
      );
  }
  return {
    rows: {
      kind: 'list',
      items: first.items.map((_, at) => ({
        kind: 'tuple',
        items: columns.map(({ items }) => items[at] ?? { kind: 'none' }),
      })),
    },
    names: { kind: 'list', items: columns.map(({ name }) => ({ kind: 'str', value: name })) },
  };
}
