/** `Column.withField` and `dropFields`: a struct with some of its fields set or left out, null where the struct is. */
import type { Expression } from '../plan/resolved.ts';
import type { Range } from '../plan/range.ts';
import { booleanType, stringType } from '../plan/types.ts';
import type { StructField } from '../plan/types.ts';
import { quoteName, raise } from '../problem.ts';
import { callOf, literalOf } from '../typing/build.ts';
import type { AnalysisContext } from './context.ts';
import { structField } from './extraction.ts';

/** `path` leads to the field, inner structs first; without a value it is left out. */
export function withField(
  context: AnalysisContext,
  struct: Expression,
  [name = '', ...inner]: readonly string[],
  value: Expression | undefined,
  range: Range,
): Expression {
  const { type } = struct;
  if (type.kind !== 'struct')
    return raise(
      'UNSUPPORTED_EXPRESSION',
      { feature: `a field ${quoteName([name])} of what is no struct` },
      range,
    );
  const valueOf = (field: string) => structField(context, struct, field, range);
  const isMeant = (field: string) => context.sameName(field, name);
  const made = (): Expression | undefined => {
    if (inner.length === 0) return value;
    return withField(context, valueOf(name), inner, value, range);
  };
  const parts: { readonly name: string; readonly value: Expression }[] = [];
  for (const field of type.fields) {
    const replaced = isMeant(field.name) ? made() : valueOf(field.name);
    if (replaced) parts.push({ name: isMeant(field.name) ? name : field.name, value: replaced });
  }
  if (value && !type.fields.some((field) => isMeant(field.name))) {
    const added = made();
    if (added) parts.push({ name, value: added });
  }
  if (parts.length === 0)
    return raise('UNSUPPORTED_EXPRESSION', { feature: 'a struct without fields' }, range);
  const fields = parts.map((part): StructField => ({
    name: part.name,
    type: part.value.type,
    nullable: part.value.nullable,
  }));
  const built = callOf(
    'named_struct',
    parts.flatMap((part) => [literalOf(part.name, stringType, range), part.value]),
    { kind: 'struct', fields },
    'ansi',
    range,
    false,
  );
  if (!struct.nullable) return built;
  const isNull = callOf('isnull', [struct], booleanType, 'ansi', range, false);
  return {
    kind: 'caseWhen',
    branches: [{ condition: isNull, value: literalOf(null, built.type, range) }],
    elseValue: built,
    type: built.type,
    nullable: true,
    range,
  };
}
