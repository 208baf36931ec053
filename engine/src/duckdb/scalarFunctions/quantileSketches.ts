/** KLL sketches: their k and the values themselves, in order, so that ranks and quantiles are exact. */
import { javaDouble } from '#sql/plan/literalText.ts';
import type { ScalarFunction, Site, Value } from './scalarFunction.ts';

type Number_ = number | bigint;

const magic = 'strata-kll:';

interface Sketch {
  /** The most values that Spark's own would keep exactly; of sketches together, that of the first. */
  readonly k: number;
  /** The least of those that were put together. */
  readonly leastK: number;
  readonly values: readonly Number_[];
}

function encoded(kind: string, { k, leastK, values }: Sketch): Uint8Array {
  return Buffer.from(`${magic}${kind}:${k}:${leastK}:${values.map(String).join(',')}`, 'utf8');
}

function together(sketches: readonly Sketch[], k = sketches[0]?.k ?? usualK): Sketch {
  return {
    k,
    leastK: Math.min(k, ...sketches.map((sketch) => sketch.leastK)),
    values: inOrder(sketches.flatMap(({ values }) => values)),
  };
}

const usualK = 200;

function decoded(site: Site, bytes: Uint8Array, kind: string, name: string): Sketch {
  const text = Buffer.from(bytes).toString('utf8');
  const head = `${magic}${kind}:`;
  if (!text.startsWith(head)) return site.raise('KLL_INVALID_INPUT_SKETCH_BUFFER', `\`${name}\``);
  const [k = '', leastK = '', list = ''] = text.slice(head.length).split(':');
  const values = list === '' ? [] : list.split(',');
  return {
    k: Number(k),
    leastK: Number(leastK),
    values: values.map((value) => (kind === 'bigint' ? BigInt(value) : Number(value))),
  };
}

const inOrder = (values: readonly Number_[]) =>
  [...values].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));

interface Told {
  readonly name: string;
  readonly constants: readonly (number | null)[];
}

const kindOf = (name: string): string => name.slice(name.lastIndexOf('_') + 1);

/** Of `extra`, the name and the constant behind the values. */
function checked(site: Site): { readonly name: string; readonly k: number | undefined } {
  const { name, constants } = JSON.parse(site.extra) as Told;
  const [size = null] = constants;
  if (size !== null && (size < 8 || 65_535 < size)) {
    site.raise('KLL_SKETCH_K_OUT_OF_RANGE', `\`${name}\``, String(size));
  }
  return { name, k: size ?? undefined };
}

export const kllAgg: ScalarFunction = {
  name: 'kll_agg',
  prepare: (site) => {
    const { name, k = usualK } = checked(site);
    return (values: readonly Number_[]) => {
      const kept = inOrder(values.filter((value) => !Number.isNaN(value)));
      return encoded(kindOf(name), { k, leastK: k, values: kept });
    };
  },
};

export const kllMergeAgg: ScalarFunction = {
  name: 'kll_merge_agg',
  prepare: (site) => {
    const { name, k } = checked(site);
    const kind = kindOf(name);
    return (list: readonly Uint8Array[]) => {
      const sketches = list.map((bytes) => decoded(site, bytes, kind, name));
      return encoded(kind, together(sketches, k));
    };
  },
};

/** Of these, `extra` is the name of the function. */
export const kllMerge: ScalarFunction = {
  name: 'kll_merge',
  prepare: (site) => {
    const kind = kindOf(site.extra);
    return (left: Uint8Array, right: Uint8Array) =>
      encoded(kind, together([left, right].map((bytes) => decoded(site, bytes, kind, site.extra))));
  },
};

export const kllCount: ScalarFunction = {
  name: 'kll_count',
  prepare: (site) => (bytes: Uint8Array) =>
    BigInt(decoded(site, bytes, kindOf(site.extra), site.extra).values.length),
};

const oneOrMore =
  (name: string, answer: (values: readonly Number_[], question: Number_, site: Site) => Number_) =>
  (site: Site) =>
  (bytes: Uint8Array, question: Value): Value => {
    const { values } = decoded(site, bytes, kindOf(site.extra), site.extra);
    const ask = (value: Value) => (value === null ? null : answer(values, value as Number_, site));
    return Array.isArray(question) ? question.map((one: Value) => ask(one)) : ask(question);
  };

/** The least value that at least this share of the values does not exceed. */
export const kllQuantile: ScalarFunction = {
  name: 'kll_quantile',
  prepare: oneOrMore('kll_quantile', (values, share, site) => {
    const rank = Number(share);
    const value = values[Math.min(Math.max(Math.ceil(rank * values.length), 1), values.length) - 1];
    if (!(0 <= rank && rank <= 1) || value === undefined) {
      return site.raise('KLL_SKETCH_INVALID_QUANTILE_RANGE', `\`${site.extra}\``, String(share));
    }
    return value;
  }),
};

export const kllRank: ScalarFunction = {
  name: 'kll_rank',
  prepare: oneOrMore('kll_rank', (values, value, site) => {
    if (values.length === 0) {
      return site.raise('KLL_SKETCH_INVALID_QUANTILE_RANGE', `\`${site.extra}\``, String(value));
    }
    return values.filter((one) => one <= value).length / values.length;
  }),
};

const classNames: Readonly<Record<string, string>> = {
  bigint: 'Longs',
  float: 'Floats',
  double: 'Doubles',
};

/** What the library of Spark's sketches prints; what it prints of one that forgets values depends on chance. */
export const kllText: ScalarFunction = {
  name: 'kll_text',
  prepare: (site) => {
    const kind = kindOf(site.extra);
    const itemLength = kind === 'float' ? 4 : 8;
    const shown = (value: Number_ | undefined) =>
      typeof value === 'bigint' ? String(value) : javaDouble(value ?? NaN, kind === 'float');
    return (bytes: Uint8Array) => {
      const { k, leastK, values } = decoded(site, bytes, kind, site.extra);
      const count = values.length;
      if (count > k || leastK !== k) return site.raise('UNSUPPORTED_SKETCH_TEXT');
      const compact =
        count === 0 ? 8 : count === 1 ? 8 + itemLength : 24 + (count + 2) * itemLength;
      const facts: readonly (readonly [string, string | number | boolean])[] = [
        ['K', k],
        ['Dynamic min K', k],
        ['M', 8],
        ['N', count],
        ['Epsilon', percent(2.296 / k ** 0.9723)],
        ['Epsilon PMF', percent(2.446 / k ** 0.9433)],
        ['Empty', count === 0],
        ['Estimation Mode', false],
        ['Levels', 1],
        ['Level 0 Sorted', false],
        ['Capacity Items', k],
        ['Retained Items', count],
        ['Free Space', k - count],
        ['ReadOnly', false],
        ['Updatable Storage Bytes', 28 + (k + 2) * itemLength],
        ['Compact Storage Bytes', compact],
        ['Min Item', shown(values[0])],
        ['Max Item', shown(values.at(-1))],
      ];
      const lines = facts.map(([name, value]) => `   ${name.padEnd(23)}: ${value}\n`);
      const title = `KllKll${classNames[kind] ?? ''}Sketch Summary:`;
      return `\n### ${title}\n${lines.join('')}### End sketch summary\n`;
    };
  },
};

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}
