/** Arrays of floats as vectors. */
import * as ours from '../scalarFunctions/vectors.ts';
import { scalarRow } from '../scalarFunctions/scalarFunction.ts';
import type { Rows } from './row.ts';

export const vectors: Rows = {
  vector_inner_product: scalarRow(ours.innerProduct),
  vector_l2_distance: scalarRow(ours.distance),
  vector_cosine_similarity: scalarRow(ours.cosine),
  vector_norm: scalarRow(ours.norm),
  vector_normalize: scalarRow(ours.normalize),
};
