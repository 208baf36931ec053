/**
 * Sketches. They keep all that they have seen, and so answer exactly, which is within every error that can be
 * asked for; their bytes are of a form of their own, and other programs can't read them.
 */
import type { ScalarFunction, Site, Value } from './scalarFunction.ts';

type Family = 'HLL' | 'THETA' | 'TUPLE' | 'KLL';

interface Sketch {
  readonly family: Family;
  /** `lgConfigK`, or `k`. */
  readonly size: number;
  /** Distinct keys with their numbers; of a KLL sketch the values in order. */
  readonly items: readonly (readonly [key: string, value: number])[];
}

const magic = 'strata-sketch:';

function encoded(sketch: Sketch): Uint8Array {
  return Buffer.from(magic + JSON.stringify(sketch), 'utf8');
}

function decoded(site: Site, bytes: Uint8Array, family: Family, name: string): Sketch {
  const text = Buffer.from(bytes).toString('utf8');
  const sketch = text.startsWith(magic)
    ? (JSON.parse(text.slice(magic.length)) as Sketch)
    : undefined;
  if (sketch?.family !== family) {
    return site.raise(`${family}_INVALID_INPUT_SKETCH_BUFFER`, `\`${name}\``);
  }
  return sketch;
}

/** What the lowering says of the call: its name, and its constants behind the values. */
interface Told {
  readonly name: string;
  readonly constants: readonly (string | number | boolean | null)[];
}

const told = (site: Site): Told => JSON.parse(site.extra) as Told;

type Key = string | number | bigint | Uint8Array;

/** Numbers of one value are one key, whatever their width. */
function keyOf(value: Key): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : `s${value}`;
  if (value instanceof Uint8Array) {
    return value.length === 0 ? undefined : `b${Buffer.from(value).toString('hex')}`;
  }
  return `n${String(value)}`;
}

function checkSize(site: Site, { name, constants: [size] }: Told, low: number, high: number) {
  const value = Number(size);
  if (low <= value && value <= high) return value;
  const isHll = name.startsWith('hll');
  const condition = isHll ? 'HLL_INVALID_LG_K' : 'SKETCH_INVALID_LG_NOMINAL_ENTRIES';
  return site.raise(condition, `\`${name}\``, String(low), String(high), String(value));
}

const onlyKeys = (keys: ReadonlySet<string>) => [...keys].map((key) => [key, 0] as const);

export const distinctSketch: ScalarFunction = {
  name: 'distinct_sketch',
  prepare: (site) => {
    const call = told(site);
    const isHll = call.name.startsWith('hll');
    const size = checkSize(site, call, 4, isHll ? 21 : 26);
    return (values: readonly Key[]) => {
      const keys = new Set(values.flatMap((value) => keyOf(value) ?? []));
      return encoded({ family: isHll ? 'HLL' : 'THETA', size, items: onlyKeys(keys) });
    };
  },
};

function united(site: Site, name: string, sketches: readonly Sketch[], allowed: boolean): Sketch {
  const [first] = sketches;
  const other = sketches.find(({ size }) => size !== first?.size);
  if (first !== undefined && other !== undefined && !allowed) {
    const sizes = [String(first.size), String(other.size)] as const;
    site.raise('HLL_UNION_DIFFERENT_LG_K', ...sizes, `\`${name}\``);
  }
  const keys = new Set(sketches.flatMap(({ items }) => items.map(([key]) => key)));
  const size = Math.min(12, ...sketches.map((sketch) => sketch.size));
  return { family: 'HLL', size: first === undefined ? 12 : size, items: onlyKeys(keys) };
}

export const hllUnionAgg: ScalarFunction = {
  name: 'hll_union_agg',
  prepare: (site) => {
    const { name, constants } = told(site);
    return (list: readonly Uint8Array[]) => {
      const sketches = list.map((bytes) => decoded(site, bytes, 'HLL', name));
      return encoded(united(site, name, sketches, constants[0] === true));
    };
  },
};

export const hllUnion: ScalarFunction = {
  name: 'hll_union',
  prepare: (site) => (left: Uint8Array, right: Uint8Array, allowed: boolean) => {
    const sketches = [left, right].map((bytes) => decoded(site, bytes, 'HLL', 'hll_union'));
    return encoded(united(site, 'hll_union', sketches, allowed));
  },
};

/** `extra` is the family and the name of the function. */
export const distinctCount: ScalarFunction = {
  name: 'sketch_estimate',
  prepare: (site) => {
    const [family = '', name = ''] = site.extra.split(' ');
    return (bytes: Uint8Array) => {
      const count = decoded(site, bytes, family as Family, name).items.length;
      return site.type.kind === 'double' ? count : BigInt(count);
    };
  },
};

type Mode = 'sum' | 'min' | 'max' | 'alwaysone';

function joined(site: Site, mode: string, left: number, right: number): number {
  switch (mode as Mode) {
    case 'sum':
      return left + right;
    case 'min':
      return Math.min(left, right);
    case 'max':
      return Math.max(left, right);
    case 'alwaysone':
      return 1;
    default:
      return site.raise('TUPLE_INVALID_SUMMARY_MODE', mode);
  }
}

export const tupleSketch: ScalarFunction = {
  name: 'tuple_sketch',
  prepare: (site) => {
    const call = told(site);
    const size = checkSize(site, call, 4, 26);
    const mode = String(call.constants[1]);
    return (pairs: readonly (readonly [Key, number])[]) => {
      const items = new Map<string, number>();
      for (const [value, number] of pairs) {
        const key = keyOf(value);
        if (key === undefined) continue;
        const before = items.get(key);
        const one = mode === 'alwaysone' ? 1 : number;
        items.set(key, before === undefined ? one : joined(site, mode, before, number));
      }
      return encoded({ family: 'TUPLE', size, items: [...items] });
    };
  },
};

type Operation = 'union' | 'intersection' | 'difference';

function combined(
  site: Site,
  operation: Operation,
  mode: string | undefined,
  left: Sketch,
  right: Sketch,
): Sketch {
  const others = new Map(right.items);
  const own = new Map(left.items);
  // A theta sketch has no numbers of its own.
  const both = (key: string, value: number) =>
    right.family === 'TUPLE' && left.family === 'TUPLE' && mode !== undefined
      ? joined(site, mode, value, others.get(key) ?? 0)
      : value;
  const kept = left.items.flatMap(([key, value]): [string, number][] => {
    if (operation === 'difference') return others.has(key) ? [] : [[key, value]];
    if (others.has(key)) return [[key, both(key, value)]];
    return operation === 'union' ? [[key, value]] : [];
  });
  const added = operation === 'union' ? right.items.filter(([key]) => !own.has(key)) : [];
  return { ...left, items: [...kept, ...added] };
}

/** `extra` tells of families, operation and name. */
export const setOperation: ScalarFunction = {
  name: 'sketch_set_operation',
  prepare: (site) => {
    const [first = '', second = '', operation = '', name = ''] = site.extra.split(' ');
    return (left: Uint8Array, right: Uint8Array, ...rest: readonly Value[]) => {
      const mode = rest.at(-1);
      return encoded(
        combined(
          site,
          operation as Operation,
          typeof mode === 'string' ? mode : undefined,
          decoded(site, left, first as Family, name),
          decoded(site, right, second as Family, name),
        ),
      );
    };
  },
};

export const setOperationAgg: ScalarFunction = {
  name: 'sketch_set_operation_agg',
  prepare: (site) => {
    const { name, constants } = told(site);
    const family = name.startsWith('theta') ? 'THETA' : 'TUPLE';
    const operation = name.includes('union') ? 'union' : 'intersection';
    const mode = family === 'TUPLE' ? String(constants.at(-1)) : undefined;
    return (list: readonly Uint8Array[]) => {
      const [first, ...others] = list.map((bytes) => decoded(site, bytes, family, name));
      if (first === undefined) return encoded({ family, size: 12, items: [] });
      return encoded(
        others.reduce((left, right) => combined(site, operation, mode, left, right), first),
      );
    };
  },
};

/** `extra` is the name of the function. */
export const tupleSummary: ScalarFunction = {
  name: 'tuple_summary',
  prepare: (site) => (bytes: Uint8Array, mode: string) => {
    const { items } = decoded(site, bytes, 'TUPLE', site.extra);
    const [first, ...others] = items.map(([, value]) => (mode === 'alwaysone' ? 1 : value));
    const whole =
      mode === 'alwaysone'
        ? items.length
        : others.reduce((left, right) => joined(site, mode, left, right), first ?? 0);
    if (first === undefined) return null;
    return site.type.kind === 'long' ? BigInt(whole) : whole;
  },
};

export const tupleTheta: ScalarFunction = {
  name: 'tuple_theta',
  prepare: (site) => (bytes: Uint8Array) => {
    decoded(site, bytes, 'TUPLE', site.extra);
    return 1;
  },
};
