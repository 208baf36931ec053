/** KLL sketches: the values themselves, in order, so that ranks and quantiles are exact. */
import type { ScalarFunction, Site, Value } from './scalarFunction.ts';

type Number_ = number | bigint;

const magic = 'strata-kll:';

function encoded(kind: string, values: readonly Number_[]): Uint8Array {
  return Buffer.from(`${magic}${kind}:${values.map(String).join(',')}`, 'utf8');
}

function decoded(site: Site, bytes: Uint8Array, kind: string, name: string): Number_[] {
  const text = Buffer.from(bytes).toString('utf8');
  const head = `${magic}${kind}:`;
  if (!text.startsWith(head)) return site.raise('KLL_INVALID_INPUT_SKETCH_BUFFER', `\`${name}\``);
  const list = text.slice(head.length);
  if (list === '') return [];
  return list.split(',').map((value) => (kind === 'bigint' ? BigInt(value) : Number(value)));
}

const inOrder = (values: readonly Number_[]) =>
  [...values].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));

interface Told {
  readonly name: string;
  readonly constants: readonly (number | null)[];
}

const kindOf = (name: string): string => name.slice(name.lastIndexOf('_') + 1);

/** Of `extra`, the name and the constant behind the values. */
function checked(site: Site): string {
  const { name, constants } = JSON.parse(site.extra) as Told;
  const [size = 200] = constants;
  if (size !== null && (size < 8 || 65_535 < size)) {
    site.raise('KLL_SKETCH_K_OUT_OF_RANGE', `\`${name}\``, String(size));
  }
  return name;
}

export const kllAgg: ScalarFunction = {
  name: 'kll_agg',
  prepare: (site) => {
    const kind = kindOf(checked(site));
    return (values: readonly Number_[]) =>
      encoded(kind, inOrder(values.filter((value) => !Number.isNaN(value))));
  },
};

export const kllMergeAgg: ScalarFunction = {
  name: 'kll_merge_agg',
  prepare: (site) => {
    const name = checked(site);
    const kind = kindOf(name);
    return (list: readonly Uint8Array[]) =>
      encoded(kind, inOrder(list.flatMap((bytes) => decoded(site, bytes, kind, name))));
  },
};

/** Of these, `extra` is the name of the function. */
export const kllMerge: ScalarFunction = {
  name: 'kll_merge',
  prepare: (site) => {
    const kind = kindOf(site.extra);
    return (left: Uint8Array, right: Uint8Array) =>
      encoded(
        kind,
        inOrder([left, right].flatMap((bytes) => decoded(site, bytes, kind, site.extra))),
      );
  },
};

export const kllCount: ScalarFunction = {
  name: 'kll_count',
  prepare: (site) => (bytes: Uint8Array) =>
    BigInt(decoded(site, bytes, kindOf(site.extra), site.extra).length),
};

const oneOrMore =
  (name: string, answer: (values: readonly Number_[], question: Number_, site: Site) => Number_) =>
  (site: Site) =>
  (bytes: Uint8Array, question: Value): Value => {
    const values = decoded(site, bytes, kindOf(site.extra), site.extra);
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
