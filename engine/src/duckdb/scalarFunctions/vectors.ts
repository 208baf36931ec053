/** Arrays of floats as vectors. Sums are of floats, in the order of the places, as Spark's are. */
import type { ScalarFunction, Site, Value } from './scalarFunction.ts';

type Vector = readonly (number | null)[];

const hasNull = (vector: Vector): boolean => vector.includes(null);

function alike(site: Site, left: Vector, right: Vector): void {
  if (left.length === right.length) return;
  const [function_, first, second] = [site.extra, left.length, right.length].map(String);
  site.raise('VECTOR_DIMENSION_MISMATCH', `\`${function_}\``, first ?? '', second ?? '');
}

function summed(terms: readonly number[]): number {
  return terms.reduce((sum, term) => Math.fround(sum + term), 0);
}

const product = (left: Vector, right: Vector): number =>
  summed(left.map((value, index) => Math.fround((value ?? 0) * (right[index] ?? 0))));

const ofTwo = (
  name: string,
  result: (left: Vector, right: Vector) => number | null,
): ScalarFunction => ({
  name,
  prepare: (site) => (left: Vector, right: Vector) => {
    alike({ ...site, extra: name }, left, right);
    if (hasNull(left) || hasNull(right)) return null;
    const value = result(left, right);
    return value === null ? null : Math.fround(value);
  },
});

export const innerProduct = ofTwo('vector_inner_product', product);

export const distance = ofTwo('vector_l2_distance', (left, right) =>
  Math.sqrt(
    summed(left.map((value, index) => Math.fround(((value ?? 0) - (right[index] ?? 0)) ** 2))),
  ),
);

export const cosine = ofTwo('vector_cosine_similarity', (left, right) => {
  const [own, other] = [product(left, left), product(right, right)];
  const sizes = Math.fround(Math.sqrt(Math.fround(own * other)));
  return own === 0 || other === 0 ? null : product(left, right) / sizes;
});

function length(site: Site, vector: Vector, degree: number): number {
  const sizes = vector.map((value) => Math.abs(value ?? 0));
  if (degree === 1) return summed(sizes);
  if (degree === 2) return Math.fround(Math.sqrt(product(vector, vector)));
  if (degree === Infinity) return Math.max(0, ...sizes);
  return site.raise('INVALID_VECTOR_NORM_DEGREE', String(degree));
}

export const norm: ScalarFunction = {
  name: 'vector_norm',
  prepare: (site) => (vector: Vector, degree: number) =>
    hasNull(vector) ? null : length(site, vector, degree),
};

export const normalize: ScalarFunction = {
  name: 'vector_normalize',
  prepare: (site) => (vector: Vector, degree: number) => {
    if (hasNull(vector)) return null;
    const size = length(site, vector, degree);
    return size === 0 ? null : vector.map((value) => Math.fround((value ?? 0) / size));
  },
};

/** `extra` says of which: vectors with a null in them count for nothing. */
export const together: ScalarFunction = {
  name: 'vectors_together',
  prepare: (site) => (vectors: readonly Vector[]) => {
    const whole = vectors.filter((vector) => !hasNull(vector));
    const [first] = whole;
    if (first === undefined) return null;
    for (const vector of whole) alike(site, first, vector);
    const isMean = site.extra === 'vector_avg';
    return first.map((_, place): Value => {
      const sum = summed(whole.map((vector) => vector[place] ?? 0));
      return isMean ? Math.fround(sum / whole.length) : sum;
    });
  },
};
