/**
 * Statistics of the values of a group, computed as Spark computes them, so that the last digits agree: one by
 * one in each of the two parts that it makes of few rows, and then of both together. Rows that have a null
 * are in the lists, since they count where the parts are made.
 */
import type { ScalarFunction } from './scalarFunction.ts';

type Pair = readonly [y: number | null, x: number | null];

interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly m2: number;
  readonly m3: number;
  readonly m4: number;
}

function inParts<T, Sums>(
  items: readonly T[],
  add: (items: readonly T[]) => Sums,
  merge: (left: Sums, right: Sums) => Sums,
): Sums {
  const half = items.length >> 1;
  const parts = [items.slice(0, half), items.slice(half)];
  return parts.map(add).reduce(merge, add([]));
}

function moments(values: readonly (number | null)[]): Moments {
  return inParts(values, addedMoments, mergedMoments);
}

function addedMoments(values: readonly (number | null)[]): Moments {
  let [n, mean, m2, m3, m4] = [0, 0, 0, 0, 0];
  for (const value of values) {
    if (value === null) continue;
    n += 1;
    const delta = value - mean;
    const deltaN = delta / n;
    const [delta2, deltaN2] = [delta * delta, deltaN * deltaN];
    mean += deltaN;
    m2 += delta * (delta - deltaN);
    m3 = m3 - 3 * deltaN * m2 + delta * (delta2 - deltaN2);
    m4 = m4 - 4 * deltaN * m3 - 6 * deltaN2 * m2 + delta * (delta * delta2 - deltaN * deltaN2);
  }
  return { n, mean, m2, m3, m4 };
}

function mergedMoments(a: Moments, b: Moments): Moments {
  const n = a.n + b.n;
  const delta = b.mean - a.mean;
  const deltaN = n === 0 ? 0 : delta / n;
  const [n1, n2] = [a.n, b.n];
  return {
    n,
    mean: a.mean + deltaN * n2,
    m2: a.m2 + b.m2 + delta * deltaN * n1 * n2,
    m3:
      a.m3 +
      b.m3 +
      deltaN * deltaN * delta * n1 * n2 * (n1 - n2) +
      3 * deltaN * (n1 * b.m2 - n2 * a.m2),
    m4:
      a.m4 +
      b.m4 +
      deltaN * deltaN * deltaN * delta * n1 * n2 * (n1 * n1 - n1 * n2 + n2 * n2) +
      6 * deltaN * deltaN * (n1 * n1 * b.m2 + n2 * n2 * a.m2) +
      4 * deltaN * (n1 * b.m3 - n2 * a.m3),
  };
}

export const skewness: ScalarFunction = {
  name: 'skewness',
  prepare: () => (values: readonly (number | null)[]) => {
    const { n, m2, m3 } = moments(values);
    return n === 0 || m2 === 0 ? null : (Math.sqrt(n) * m3) / Math.sqrt(m2 * m2 * m2);
  },
};

export const kurtosis: ScalarFunction = {
  name: 'kurtosis',
  prepare: () => (values: readonly (number | null)[]) => {
    const { n, m2, m4 } = moments(values);
    return n === 0 || m2 === 0 ? null : (n * m4) / (m2 * m2) - 3;
  },
};

interface Joint {
  readonly n: number;
  readonly aMean: number;
  readonly bMean: number;
  /** Sums of products around the means: of both, of a alone, of b alone. */
  readonly both: number;
  readonly a2: number;
  readonly b2: number;
}

/** `a` is what Spark takes first. */
function joint(pairs: readonly Pair[], first: 'x' | 'y'): Joint {
  return inParts(pairs, (part) => addedJoint(part, first), mergedJoint);
}

function addedJoint(pairs: readonly Pair[], first: 'x' | 'y'): Joint {
  let [n, aMean, bMean, both, a2, b2] = [0, 0, 0, 0, 0, 0];
  for (const [y, x] of pairs) {
    if (y === null || x === null) continue;
    const [a, b] = first === 'x' ? [x, y] : [y, x];
    n += 1;
    const [da, db] = [a - aMean, b - bMean];
    aMean += da / n;
    bMean += db / n;
    both += da * (b - bMean);
    a2 += da * (a - aMean);
    b2 += db * (b - bMean);
  }
  return { n, aMean, bMean, both, a2, b2 };
}

function mergedJoint(left: Joint, right: Joint): Joint {
  const n = left.n + right.n;
  const [da, db] = [right.aMean - left.aMean, right.bMean - left.bMean];
  const [daN, dbN] = n === 0 ? [0, 0] : [da / n, db / n];
  const [n1, n2] = [left.n, right.n];
  return {
    n,
    aMean: left.aMean + daN * n2,
    bMean: left.bMean + dbN * n2,
    both: left.both + right.both + da * dbN * n1 * n2,
    a2: left.a2 + right.a2 + da * daN * n1 * n2,
    b2: left.b2 + right.b2 + db * dbN * n1 * n2,
  };
}

const ofPairs = (
  name: string,
  result: (pairs: readonly Pair[]) => number | null,
): ScalarFunction => ({
  name,
  prepare: () => (pairs: readonly Pair[]) => result(pairs),
});

const isWhole = ([y, x]: Pair) => y !== null && x !== null;
/** The one column, null where the other is. */
const xs = (pairs: readonly Pair[]) => pairs.map((pair) => (isWhole(pair) ? pair[1] : null));
const ys = (pairs: readonly Pair[]) => pairs.map((pair) => (isWhole(pair) ? pair[0] : null));

export const pairStatistics: Readonly<Record<string, ScalarFunction>> = {
  regr_sxx: ofPairs('regr_sxx', (pairs) => {
    const { n, m2 } = moments(xs(pairs));
    return n === 0 ? null : m2;
  }),
  regr_syy: ofPairs('regr_syy', (pairs) => {
    const { n, m2 } = moments(ys(pairs));
    return n === 0 ? null : m2;
  }),
  regr_sxy: ofPairs('regr_sxy', (pairs) => {
    const { n, both } = joint(pairs, 'y');
    return n === 0 ? null : both;
  }),
  regr_slope: ofPairs('regr_slope', (pairs) => {
    const { m2 } = moments(xs(pairs));
    return m2 === 0 ? null : joint(pairs, 'x').both / m2;
  }),
  regr_intercept: ofPairs('regr_intercept', (pairs) => {
    const { m2 } = moments(xs(pairs));
    const { both, aMean, bMean } = joint(pairs, 'x');
    return m2 === 0 ? null : bMean - (both / m2) * aMean;
  }),
  regr_r2: ofPairs('regr_r2', (pairs) => {
    const { n, both, a2, b2 } = joint(pairs, 'x');
    if (n < 1 || a2 === 0) return null;
    const correlation = both / Math.sqrt(a2 * b2);
    return b2 === 0 ? 1 : correlation * correlation;
  }),
  corr: {
    name: 'corr',
    prepare:
      ({ mode, raise }) =>
      (pairs: readonly Pair[]) => {
        const { n, both, a2, b2 } = joint(pairs, 'y');
        if (n < 2) return null;
        const spread = Math.sqrt(a2 * b2);
        if (spread !== 0) return both / spread;
        return mode === 'ansi' ? raise('DIVIDE_BY_ZERO') : null;
      },
  },
};
