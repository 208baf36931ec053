/** pandas: what has no buffer, and what Copy-on-Write makes read-only or ineffective from pandas 3 on. */
import type { Argument, Machine, Model, SubscriptSite } from '../flow/machine.ts';
import type { ObjectState, Place, Value } from '../flow/values.ts';
import { knownText, unknown } from '../flow/values.ts';
import { itemsOf } from './arguments.ts';
import { asNumber } from './numpyDtypes.ts';

const readers =
  /^read_(csv|table|fwf|excel|parquet|feather|orc|json|pickle|sql|sql_query|sql_table|stata|sas)$/;

export const pandasModel: Model = {
  call(machine, callee, site) {
    if (callee.kind !== 'member' || callee.module !== 'pandas') return undefined;
    const madeAt = site.call;
    if (callee.name === 'Series') {
      const data = site.argument(0, 'data');
      const isNumeric =
        data !== undefined && !site.keywords.has('dtype') && isNumericColumn(machine, data.value);
      return machine.allocate({ kind: 'series', isColumn: false, isNumeric, madeAt });
    }
    if (callee.name === 'DataFrame') {
      const data = machine.objectOf(site.argument(0, 'data')?.value);
      const isPlain = !site.keywords.has('dtype') && !site.keywords.has('columns');
      const entries = data?.kind === 'dict' && isPlain ? data.entries : undefined;
      const numeric = [...(entries ?? [])]
        .filter(([, value]) => isNumericColumn(machine, value))
        .map(([name]) => name);
      return machine.allocate({ kind: 'dataframe', numeric, madeAt });
    }
    // With a chunk size they give frames one after the other.
    const isWhole = !site.unpacks && !/chunksize|iterator/.test([...site.keywords.keys()].join());
    return readers.test(callee.name) && isWhole
      ? machine.allocate({ kind: 'dataframe', numeric: [], madeAt })
      : undefined;
  },
  attribute(machine, receiver, name, at) {
    const object = machine.objectOf(receiver);
    if (object?.kind !== 'series' && object?.kind !== 'dataframe') return undefined;
    if (name === 'values') return valuesOf(machine, object, at, '.values');
    if (/^(loc|iloc|at|iat)$/.test(name))
      return object.kind === 'series' && object.isColumn
        ? { kind: 'method', receiver, name }
        : unknown;
    return object.kind === 'dataframe' ? unknown : undefined;
  },
  method(machine, receiver, name, site) {
    const object = machine.objectOf(receiver);
    if (object?.kind !== 'series' && object?.kind !== 'dataframe') return undefined;
    if (name === 'to_numpy')
      return site.positional.length + site.keywords.size === 0 && !site.unpacks
        ? valuesOf(machine, object, site.call, '.to_numpy()')
        : unknown;
    if (name === 'copy')
      return machine.allocate(
        object.kind === 'series' ? { ...object, isColumn: false, madeAt: site.call } : object,
      );
    return unknown;
  },
  subscript(machine, site) {
    const frame = machine.objectOf(site.receiver);
    if (frame?.kind !== 'dataframe') return undefined;
    const [index] = site.indices;
    const name = index?.kind === 'index' ? knownText(index.value) : undefined;
    const madeAt = site.subscript;
    if (name !== undefined)
      return machine.allocate({
        kind: 'series',
        isColumn: true,
        isNumeric: frame.numeric.includes(name),
        madeAt,
      });
    return machine.allocate({ kind: 'dataframe', numeric: [], isPart: true, madeAt });
  },
  store(machine, site, stored) {
    const object = machine.objectOf(site.receiver);
    const viaIndexer =
      site.receiver.kind === 'method' && /^(loc|iloc|at|iat)$/.test(site.receiver.name)
        ? machine.objectOf(site.receiver.receiver)
        : undefined;
    const target = object ?? viaIndexer;
    if (target?.kind !== 'series' && target?.kind !== 'dataframe') return false;
    checkChained(machine, site, target, viaIndexer !== undefined, stored);
    if (object?.kind === 'dataframe') {
      const [index] = site.indices;
      const name = index?.kind === 'index' ? knownText(index.value) : undefined;
      const numeric = name === undefined ? [] : object.numeric.filter((each) => each !== name);
      machine.update(site.receiver, { ...object, numeric });
    }
    return true;
  },
};

function isNumericColumn(machine: Machine, value: Value): boolean {
  const object = machine.objectOf(value);
  if (object?.kind === 'ndarray') return asNumber(object.dtype) !== undefined;
  if (value.kind === 'range') return true;
  const items = itemsOf(machine, value);
  return (
    items !== undefined && items.length > 0 && items.every(({ kind }) => /^(int|float)$/.test(kind))
  );
}

function hasCopyOnWrite(machine: Machine): boolean {
  const [major = 0] = machine.context.installedVersion?.('pandas') ?? [];
  return major >= 3;
}

type PandasObject = Extract<ObjectState, { kind: 'series' | 'dataframe' }>;

/** A numeric column is an array of NumPy; of others nothing is said. */
function valuesOf(machine: Machine, object: PandasObject, at: Place, how: string): Value {
  if (object.kind !== 'series' || !object.isNumeric) return unknown;
  const isShared = hasCopyOnWrite(machine);
  if (isShared)
    machine.note(at, {
      relation: 'view',
      because: `pandas 3 shares the memory of a numeric column, and lets nobody write through ${how}`,
    });
  return machine.allocate({
    kind: 'ndarray',
    madeAt: at,
    ...(isShared
      ? {
          readonly: true,
          readonlyRule: 'pandas-values',
          readonlyBecause: `from pandas 3 on ${how} of a column is a read-only view; write with .loc, or copy it first`,
        }
      : {}),
  });
}

/** `frame['a'][0] = 1` writes into something that is thrown away. */
function checkChained(
  machine: Machine,
  site: SubscriptSite,
  target: PandasObject,
  viaIndexer: boolean,
  stored: Argument,
): void {
  const { object } = site.subscript;
  const inner = viaIndexer && object.kind === 'attribute' ? object.object : object;
  const isPart = target.kind === 'series' ? target.isColumn : target.isPart === true;
  // With a name of its own the part is a copy that somebody keeps.
  if (!isPart || inner.kind !== 'subscript' || !hasCopyOnWrite(machine)) return;
  const frame = machine.textOf(inner.object);
  const [column, row] = [inner.items[0], site.subscript.items[0]];
  const isSimple =
    !viaIndexer &&
    column?.kind === 'index' &&
    column.value.kind === 'string' &&
    row?.kind === 'index' &&
    inner.items.length === 1 &&
    site.subscript.items.length === 1;
  machine.report({
    rule: 'pandas-chained',
    severity: 'warning',
    at: { from: site.subscript.from, to: stored.expression.to },
    message: `chained assignment never changes '${frame}' from pandas 3 on: ${machine.textOf(inner)} is a copy. Assign in one step with .loc`,
    fixes: isSimple
      ? [
          {
            title: 'Assign in one step with .loc',
            edits: [
              {
                start: site.subscript.from,
                end: site.subscript.to,
                text: `${frame}.loc[${machine.textOf(row.value)}, ${machine.textOf(column.value)}]`,
              },
            ],
          },
        ]
      : [],
  });
}
