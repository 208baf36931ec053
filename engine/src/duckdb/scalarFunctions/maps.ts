/** Functions that make maps: keys are neither null nor there twice. */
import type { DataType, MapType } from '#sql/plan/types.ts';
import { valueString } from './valueString.ts';
import { keyOf, ordering } from './ordering.ts';
import type { ScalarFunction, Site, Value } from './scalarFunction.ts';

type Pair = readonly [Value, Value];

/** Raises what Spark raises for a null key or one that is there twice. */
function mapBuilder(site: Site): (pairs: readonly Pair[]) => readonly Pair[] {
  const { key } = site.type as MapType;
  const identify = keyOf(key);
  const text = valueString(key, site.timeZone);
  return (pairs) => {
    const seen = new Set<unknown>();
    for (const [own] of pairs) {
      if (own === null) return site.raise('NULL_MAP_KEY');
      const identity = identify(own);
      if (seen.has(identity)) return site.raise('DUPLICATED_MAP_KEY', text(own));
      seen.add(identity);
    }
    return pairs;
  };
}

export const mapOfPairs: ScalarFunction = {
  name: 'map',
  nulls: 'passed',
  prepare(site) {
    const build = mapBuilder(site);
    return (...values: Value[]) => {
      const pairs: Pair[] = [];
      for (let index = 0; index < values.length; index += 2) {
        pairs.push([values[index] ?? null, values[index + 1] ?? null]);
      }
      return build(pairs);
    };
  },
};

export const mapFromArrays: ScalarFunction = {
  name: 'map_from_arrays',
  prepare(site) {
    const build = mapBuilder(site);
    return (keys: readonly Value[], values: readonly Value[]) => {
      if (keys.length !== values.length) return site.raise('MAP_ARRAY_SIZES_DIFFER');
      return build(keys.map((key, index) => [key, values[index] ?? null]));
    };
  },
};

/** A null entry makes the whole map null. */
export const mapFromEntries: ScalarFunction = {
  name: 'map_from_entries',
  prepare(site) {
    const build = mapBuilder(site);
    return (entries: readonly (Pair | null)[]) =>
      entries.includes(null) ? null : build(entries as readonly Pair[]);
  },
};

export const mapConcat: ScalarFunction = {
  name: 'map_concat',
  prepare(site) {
    const build = mapBuilder(site);
    return (...maps: (readonly Pair[])[]) => build(maps.flat());
  },
};

export const mapSort: ScalarFunction = {
  name: 'map_sort',
  prepare({ type }) {
    return sorter(type);
  },
};

function sorter(type: DataType): (value: Value) => Value {
  const present = presentSorter(type);
  return (value) => (value === null ? null : present(value));
}

function presentSorter(type: DataType): (value: Exclude<Value, null>) => Value {
  switch (type.kind) {
    case 'array': {
      const item = sorter(type.element);
      return (value) => (value as readonly Value[]).map(item);
    }
    case 'struct': {
      const fields = type.fields.map((field) => sorter(field.type));
      return (value) =>
        (value as readonly Value[]).map((field, index) => fields[index]?.(field) ?? null);
    }
    case 'map': {
      const compare = ordering(type.key);
      const [key, item] = [sorter(type.key), sorter(type.value)];
      return (value) =>
        (value as readonly Pair[])
          .map(([own, other]): Pair => [key(own), item(other)])
          .sort(([left], [right]) => compare(left, right));
    }
    default:
      return (value) => value;
  }
}
