/** Texts that compare otherwise than as bytes: their keys, and functions of their parts. */
import { knownCollation } from '#sql/plan/collation.ts';
import type { FunctionCall } from '#sql/plan/resolved.ts';
import type { Lowering } from '../context.ts';
import { quoteString } from '../quote.ts';
import {
  collatedArrayContains,
  collatedArrayDistinct,
  collatedArrayExcept,
  collatedArrayIntersect,
  collatedArrayPosition,
  collatedArrayRemove,
  collatedArraysOverlap,
  collatedArrayUnion,
  collatedContains,
  collatedEndsWith,
  collatedFindInSet,
  collatedGreatest,
  collatedInstr,
  collatedLeast,
  collatedLeftTrim,
  collatedLocate,
  collatedReplace,
  collatedRightTrim,
  collatedSplitPart,
  collatedStartsWith,
  collatedSubstringIndex,
  collatedTranslate,
  collatedTrim,
  withoutAccents,
} from '../scalarFunctions/collations.ts';
import { scalarCall, scalarRow } from '../scalarFunctions/scalarFunction.ts';
import type { Rows } from './row.ts';

export const collations: Rows = {
  collation_key: collationKey,
  collated_contains: scalarRow(collatedContains),
  collated_startswith: scalarRow(collatedStartsWith),
  collated_endswith: scalarRow(collatedEndsWith),
  collated_instr: scalarRow(collatedInstr),
  collated_locate: scalarRow(collatedLocate),
  collated_find_in_set: scalarRow(collatedFindInSet),
  collated_replace: scalarRow(collatedReplace),
  collated_translate: scalarRow(collatedTranslate),
  collated_trim: scalarRow(collatedTrim),
  collated_btrim: scalarRow(collatedTrim),
  collated_ltrim: scalarRow(collatedLeftTrim),
  collated_rtrim: scalarRow(collatedRightTrim),
  collated_split_part: scalarRow(collatedSplitPart),
  collated_substring_index: scalarRow(collatedSubstringIndex),
  collated_array_contains: scalarRow(collatedArrayContains),
  collated_array_position: scalarRow(collatedArrayPosition),
  collated_arrays_overlap: scalarRow(collatedArraysOverlap),
  collated_array_distinct: scalarRow(collatedArrayDistinct),
  collated_array_union: scalarRow(collatedArrayUnion),
  collated_array_intersect: scalarRow(collatedArrayIntersect),
  collated_array_except: scalarRow(collatedArrayExcept),
  collated_array_remove: scalarRow(collatedArrayRemove),
  collated_least: scalarRow(collatedLeast),
  collated_greatest: scalarRow(collatedGreatest),
};

/**
 * A text, or an array of texts, whose bytes compare as the texts do under the collation. ICU's sort keys are in
 * hexadecimal: the letters, 01, their accents, 01, their case.
 */
function collationKey(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const [value = ''] = args;
  const [text, name] = call.arguments;
  const written = name?.kind === 'literal' ? String(name.value) : '';
  const collation = knownCollation(written);
  if (text === undefined || collation === undefined) throw new Error('a key has a collation');
  const keyOf = (sql: string): string => {
    const trimmed = collation.ignoresTrailingBlanks ? `rtrim(${sql}, ' ')` : sql;
    if (collation.order === 'binary') return trimmed;
    if (collation.order === 'lcase') return `spark_small_letters(${trimmed})`;
    const locale = quoteString(collation.locale === '' ? 'en' : collation.locale);
    const sortKey = (of: string) => `icu_sort_key(${of}, ${locale})`;
    if (!collation.ignoresCase && collation.ignoresAccents) {
      const site = { ...call, arguments: [{ ...text, type: call.type }, name ?? text] };
      return sortKey(scalarCall(withoutAccents, [trimmed, quoteString(written)], site, lowering));
    }
    if (!collation.ignoresCase) return sortKey(trimmed);
    const letters = '(?:0[^1]|[^0].)*';
    const pattern = collation.ignoresAccents ? `^${letters}` : `^${letters}01${letters}`;
    return `regexp_extract(${sortKey(trimmed)}, ${quoteString(pattern)})`;
  };
  if (call.type.kind !== 'array') return keyOf(value);
  return `list_transform(${value}, lambda e: ${keyOf('e')})`;
}
