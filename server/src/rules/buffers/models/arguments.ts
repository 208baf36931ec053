/** Readings of values that several models need. */
import type { Slice, Subscript } from '#shared/layout/slice.ts';
import { toOriginal } from '../../../python/pythonSource.ts';
import type { Call } from '../../../python/syntax.ts';
import type { Machine, SubscriptValue } from '../flow/machine.ts';
import type { Value } from '../flow/values.ts';
import { knownNumber } from '../flow/values.ts';

/** The slice that the bounds mean; undefined where one of them is not known. */
export function knownSlice(item: Extract<SubscriptValue, { kind: 'slice' }>): Slice | undefined {
  const bounds = [item.start, item.stop, item.step].map((bound) =>
    bound === undefined || bound.kind === 'none' ? null : knownNumber(bound),
  );
  if (bounds.includes(undefined)) return undefined;
  const [start, stop, step] = bounds;
  return {
    kind: 'slice',
    ...(typeof start === 'number' ? { start: BigInt(start) } : {}),
    ...(typeof stop === 'number' ? { stop: BigInt(stop) } : {}),
    ...(typeof step === 'number' ? { step: BigInt(step) } : {}),
  };
}

/** Basic indexing with known numbers; undefined where anything else stands between the brackets. */
export function knownSubscripts(
  indices: readonly SubscriptValue[],
): readonly Subscript[] | undefined {
  const found: Subscript[] = [];
  for (const item of indices) {
    if (item.kind === 'slice') {
      const slice = knownSlice(item);
      if (!slice) return undefined;
      found.push(slice);
    } else if (item.value.kind === 'none') found.push({ kind: 'newaxis' });
    else if (item.value.kind === 'member' && item.value.name === 'newaxis')
      found.push({ kind: 'newaxis' });
    else if (item.value.kind === 'ellipsis') found.push({ kind: 'ellipsis' });
    else {
      const value = item.value.kind === 'int' ? knownNumber(item.value) : undefined;
      if (value === undefined) return undefined;
      found.push({ kind: 'index', value: BigInt(value) });
    }
  }
  return found;
}

/** A shape as it is given to NumPy: one length, or a tuple or list of lengths. */
export function knownShape(
  machine: Machine,
  value: Value | undefined,
): readonly number[] | undefined {
  if (!value) return undefined;
  const single = knownNumber(value);
  if (single !== undefined) return [single];
  const items = itemsOf(machine, value);
  const lengths = items?.map((item) => knownNumber(item));
  return lengths?.includes(undefined) ? undefined : (lengths as readonly number[] | undefined);
}

/** The items of a tuple, or of a list that nothing has changed since. */
export function itemsOf(machine: Machine, value: Value): readonly Value[] | undefined {
  if (value.kind === 'tuple') return value.items;
  const object = machine.objectOf(value);
  return object?.kind === 'list' ? object.items : undefined;
}

/** Whether the closing bracket of a call is not there yet: its arguments are still being typed. */
export function isStillTyped(machine: Machine, call: Call): boolean {
  const { source } = machine.module;
  return source.original.charAt(toOriginal(source, call.end - 1)) !== ')';
}

/** What Python calls the type of a value in its messages; undefined where the type is not known. */
export function typeName(machine: Machine, value: Value): string | undefined {
  switch (value.kind) {
    case 'none':
      return 'NoneType';
    case 'int':
    case 'float':
    case 'complex':
    case 'bool':
    case 'str':
    case 'bytes':
    case 'tuple':
    case 'range':
    case 'ellipsis':
    case 'module':
    case 'function':
      return value.kind;
    case 'object': {
      const object = machine.objectOf(value);
      if (!object) return undefined;
      const names: Readonly<Record<string, string>> = {
        array: 'array.array',
        ndarray: 'numpy.ndarray',
        image: 'Image',
        series: 'Series',
        dataframe: 'DataFrame',
        bytesio: '_io.BytesIO',
        mmap: 'mmap.mmap',
      };
      return object.kind === 'ctypes' ? undefined : (names[object.kind] ?? object.kind);
    }
    default:
      return undefined;
  }
}

/** Values of types that have no buffer, whatever they hold. */
export function hasNoBuffer(machine: Machine, value: Value): boolean {
  if (/^(none|int|float|complex|bool|str|tuple|range|function|module|ellipsis)$/.test(value.kind))
    return true;
  return /^(list|dict|set|series|dataframe|image|bytesio)$/.test(
    machine.objectOf(value)?.kind ?? '',
  );
}
