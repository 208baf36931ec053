/** `child.name` and `child[extraction]`: fields of structs, elements of arrays, values of maps. */
import type { CallSite } from '../functions/row.ts';
import { cast } from '../functions/row.ts';
import { quotedText, quotedType } from '../plan/columnText.ts';
import type { Range } from '../plan/range.ts';
import type { Expression, GetStructField } from '../plan/resolved.ts';
import type { StructType } from '../plan/types.ts';
import { arrayType, stringType } from '../plan/types.ts';
import { quoteName, raise } from '../problem.ts';
import { callOf, literalOf } from '../typing/build.ts';
import type { AnalysisContext } from './context.ts';

/** What Spark takes out of a value by a name: a field, a field of every element, or the value of a key. */
export function extractNamed(
  context: AnalysisContext,
  child: Expression,
  name: string,
  range: Range,
): Expression {
  return extract(context, child, literalOf(name, stringType, range), range);
}

export function extract(
  context: AnalysisContext,
  child: Expression,
  extraction: Expression,
  range: Range,
): Expression {
  const { ansi, timeZone } = context.settings;
  const evalMode = ansi ? 'ansi' : 'legacy';
  const { type } = child;
  const name =
    extraction.kind === 'literal' && typeof extraction.value === 'string'
      ? extraction.value
      : undefined;
  if (type.kind === 'struct') {
    if (name !== undefined) return structField(context, child, name, range);
    return raise(
      'INVALID_EXTRACT_FIELD_TYPE',
      { extraction: quotedText(extraction, timeZone) },
      range,
    );
  }
  if (type.kind === 'array' && type.element.kind === 'struct' && name !== undefined) {
    const index = fieldIndexOf(context, type.element, name, range);
    const field = type.element.fields[index];
    if (field === undefined) throw new Error('a field was found that is not there');
    const result = arrayType(field.type, type.containsNull || field.nullable);
    const shown = literalOf(field.name, stringType, range);
    const place = literalOf(BigInt(index), { kind: 'int' }, range);
    return callOf(
      'getarraystructfields',
      [child, shown, place],
      result,
      evalMode,
      range,
      child.nullable,
    );
  }
  const site = (callName: string): CallSite => ({
    name: callName,
    arguments: [child, extraction],
    ansi,
    evalMode,
    timeZone,
    settings: context.settings,
    range,
  });
  if (type.kind === 'array') {
    const values = cast(site('getarrayitem'), ['any', 'integral']);
    return callOf('getarrayitem', values, type.element, evalMode, range, true);
  }
  if (type.kind === 'map') {
    const values = cast(site('getmapvalue'), ['any', type.key]);
    return callOf('getmapvalue', values, type.value, evalMode, range, true);
  }
  return raise(
    'INVALID_EXTRACT_BASE_FIELD_TYPE',
    { base: quotedText(child, timeZone), other: quotedType(type) },
    range,
  );
}

export function structField(
  context: AnalysisContext,
  child: Expression,
  name: string,
  range: Range,
): GetStructField {
  if (child.type.kind !== 'struct') throw new Error('a field of what is no struct');
  const fieldIndex = fieldIndexOf(context, child.type, name, range);
  const field = child.type.fields[fieldIndex];
  if (field === undefined) throw new Error('a field was found that is not there');
  return {
    kind: 'getStructField',
    child,
    fieldIndex,
    name: field.name,
    type: field.type,
    nullable: child.nullable || field.nullable,
    range,
  };
}

function fieldIndexOf(
  context: AnalysisContext,
  { fields }: StructType,
  name: string,
  range: Range,
): number {
  const found = fields.flatMap((field, index) =>
    context.sameName(field.name, name) ? [index] : [],
  );
  const [index] = found;
  if (index === undefined) {
    const names = fields.map((field) => quoteName([field.name])).join(', ');
    return raise('FIELD_NOT_FOUND', { fieldName: quoteName([name]), fields: names }, range);
  }
  if (found.length > 1) {
    raise(
      'AMBIGUOUS_REFERENCE_TO_FIELDS',
      { field: quoteName([name]), count: String(found.length) },
      range,
    );
  }
  return index;
}
