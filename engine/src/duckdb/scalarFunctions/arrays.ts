/** Functions of arrays that DuckDB has not, or not with Spark's order of elements and treatment of nulls. */
import type { ArrayType, DataType } from '#sql/plan/types.ts';
import { keyOf, ordering } from './ordering.ts';
import type { ScalarFunction, Site, Value } from './scalarFunction.ts';

type Items = readonly Value[];

const elementOf = (site: Site): DataType => (site.parameterTypes[0] as ArrayType).element;

export const arrayDistinct: ScalarFunction = {
  name: 'array_distinct',
  prepare(site) {
    const key = keyOf(elementOf(site));
    return (array: Items) => distinct(array, key);
  },
};

export const arrayUnion: ScalarFunction = {
  name: 'array_union',
  prepare(site) {
    const key = keyOf(elementOf(site));
    return (left: Items, right: Items) => distinct([...left, ...right], key);
  },
};

export const arrayIntersect: ScalarFunction = {
  name: 'array_intersect',
  prepare(site) {
    const key = keyOf(elementOf(site));
    return (left: Items, right: Items) => {
      const others = new Set(right.map(key));
      return distinct(left, key).filter((item) => others.has(key(item)));
    };
  },
};

export const arrayExcept: ScalarFunction = {
  name: 'array_except',
  prepare(site) {
    const key = keyOf(elementOf(site));
    return (left: Items, right: Items) => {
      const others = new Set(right.map(key));
      return distinct(left, key).filter((item) => !others.has(key(item)));
    };
  },
};

export const arraysOverlap: ScalarFunction = {
  name: 'arrays_overlap',
  prepare(site) {
    const key = keyOf(elementOf(site));
    return (left: Items, right: Items) => {
      const others = new Set(right.filter((item) => item !== null).map(key));
      if (left.some((item) => item !== null && others.has(key(item)))) return true;
      const hasNull = left.includes(null) || right.includes(null);
      return hasNull && left.length > 0 && right.length > 0 ? null : false;
    };
  },
};

export const arrayInsert: ScalarFunction = {
  name: 'array_insert',
  nulls: 'passed',
  prepare(site) {
    return (array: Items | null, position: number | null, value: Value) => {
      if (array === null || position === null) return null;
      if (position === 0) return site.raise('INVALID_INDEX_OF_ZERO');
      const isLegacy = site.extra === 'legacy';
      if (position > 0) {
        const filled = padded(array, position - 1);
        return [...filled.slice(0, position - 1), value, ...filled.slice(position - 1)];
      }
      // From the end: -1 is behind the last element, in the older way before it.
      const place = array.length + position + (isLegacy ? 0 : 1);
      if (place >= 0) return [...array.slice(0, place), value, ...array.slice(place)];
      const gap = Array.from({ length: -place }, () => null);
      return [value, ...gap, ...array];
    };
  },
};

function padded(array: Items, length: number): Items {
  return array.length >= length
    ? array
    : [...array, ...Array.from({ length: length - array.length }, () => null)];
}

export const sortArray: ScalarFunction = {
  name: 'sort_array',
  prepare(site) {
    const compare = ordering(elementOf(site));
    return (array: Items, ascending: boolean) =>
      [...array].sort(ascending ? compare : (a, b) => compare(b, a));
  },
};

/** The elements' own order, nulls last. */
export const arraySort: ScalarFunction = {
  name: 'array_sort',
  prepare(site) {
    const compare = ordering(elementOf(site));
    return (array: Items) => {
      const present = array.filter((item) => item !== null).sort(compare);
      return padded(present, array.length);
    };
  },
};

export const arrayExtreme: ScalarFunction = {
  name: 'array_extreme',
  prepare(site) {
    const compare = ordering(elementOf(site));
    const sign = site.extra === 'max' ? 1 : -1;
    return (array: Items) => {
      let best: Value = null;
      for (const item of array) {
        if (item !== null && (best === null || sign * compare(item, best) > 0)) best = item;
      }
      return best;
    };
  },
};

export const shuffle: ScalarFunction = {
  name: 'shuffle',
  isVolatile: true,
  prepare() {
    return (array: Items) => {
      const items = [...array];
      for (let index = items.length - 1; index > 0; index--) {
        const other = Math.floor(Math.random() * (index + 1));
        [items[index], items[other]] = [items[other] ?? null, items[index] ?? null];
      }
      return items;
    };
  },
};

function distinct(array: Items, key: (value: Value) => unknown): Value[] {
  const seen = new Set<unknown>();
  return array.filter((item) => {
    const own = key(item);
    if (seen.has(own)) return false;
    seen.add(own);
    return true;
  });
}

/** Compares values of nested types: negative, zero or positive. */
export const compareNested: ScalarFunction = {
  name: 'compare',
  prepare(site) {
    const [type] = site.parameterTypes;
    if (type === undefined) throw new Error('a comparison has two sides');
    const compare = ordering(type);
    return (left: Value, right: Value) => Math.sign(compare(left, right));
  },
};
