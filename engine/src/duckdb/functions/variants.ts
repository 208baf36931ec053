/** Variants. */
import { scalarRow } from '../scalarFunctions/scalarFunction.ts';
import * as ours from '../scalarFunctions/variantFunctions.ts';
import type { Rows } from './row.ts';

export const variants: Rows = {
  parse_json: scalarRow(ours.parseJsonFunction),
  try_parse_json: scalarRow(ours.tryParseJson),
  is_variant_null: scalarRow(ours.isVariantNull),
  variant_get: scalarRow(ours.variantGet),
  try_variant_get: scalarRow(ours.tryVariantGet),
  schema_of_variant: scalarRow(ours.schemaOfVariant),
  to_variant_object: scalarRow(ours.toVariant),
};
