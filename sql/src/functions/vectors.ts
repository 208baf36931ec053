/** Arrays of floats as vectors. */
import type { DataType } from '../plan/types.ts';
import { arrayType, floatType } from '../plan/types.ts';
import { literalOf } from '../typing/build.ts';
import { argument, scalar, unexpected } from './nested.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { cast } from './row.ts';

/** Nothing is cast to a vector: an array of other numbers is refused, as by Spark. */
function vector(site: CallSite, index: number): void {
  const { type } = argument(site, index);
  const isVector = type.kind === 'array' && type.element.kind === 'float';
  if (!isVector && type.kind !== 'void') unexpected(site, index, '"ARRAY<FLOAT>"');
}

const ofTwo = (name: string, doc: string): FunctionRow =>
  scalar(name, 2, `${name}(array<float>, array<float>)`, doc, (site): Typed => {
    vector(site, 0);
    vector(site, 1);
    return { arguments: site.arguments, type: floatType, nullable: true };
  });

const byDegree = (name: string, type: DataType, doc: string): FunctionRow =>
  scalar(name, [1, 2], `${name}(array<float>[, degree])`, doc, (site): Typed => {
    vector(site, 0);
    const value = argument(site, 0);
    const degree = site.arguments[1] ?? literalOf(2, floatType);
    const [cut] = cast({ ...site, arguments: [degree] }, [floatType]);
    return { arguments: [value, cut ?? degree], type, nullable: true };
  });

const together = (name: string, doc: string): FunctionRow => ({
  ...scalar(name, 1, `${name}(array<float>)`, doc, (site): Typed => {
    vector(site, 0);
    return { arguments: site.arguments, type: arrayType(floatType, false), nullable: true };
  }),
  kind: 'aggregate',
});

export const vectors: readonly FunctionRow[] = [
  ofTwo('vector_inner_product', 'The sum of the products of two vectors, place by place.'),
  ofTwo('vector_l2_distance', 'How far two vectors are apart.'),
  ofTwo('vector_cosine_similarity', 'The cosine of the angle between two vectors.'),
  byDegree('vector_norm', floatType, 'The length of a vector: of degree 1, 2 or infinity.'),
  byDegree(
    'vector_normalize',
    arrayType(floatType, true),
    'A vector of the same direction and the length 1.',
  ),
  together('vector_sum', 'The sum of the vectors of a group, place by place.'),
  together('vector_avg', 'The mean of the vectors of a group, place by place.'),
];
