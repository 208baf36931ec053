/** What functions of arrays, maps and structs ask of their arguments. */
import { quotedText, quotedType } from '../plan/columnText.ts';
import type { Expression } from '../plan/resolved.ts';
import type { ArrayType, DataType, MapType } from '../plan/types.ts';
import { arrayType, voidType } from '../plan/types.ts';
import type { ConditionClass } from '../problem.ts';
import { raise } from '../problem.ts';
import { coerced } from '../typing/build.ts';
import { widerWithoutStrings } from '../typing/coercion.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { ordinals, siteText } from './row.ts';

export const scalar = (
  name: string,
  arity: number | readonly [minimum: number, maximum: number],
  signature: string,
  doc: string,
  resolve: (site: CallSite) => Typed,
  more: Partial<FunctionRow> = {},
): FunctionRow => ({
  name,
  kind: 'scalar',
  minimum: typeof arity === 'number' ? arity : arity[0],
  maximum: typeof arity === 'number' ? arity : arity[1],
  signature,
  doc,
  resolve,
  ...more,
});

export function modeOf(site: CallSite): 'ansi' | 'legacy' {
  return site.ansi ? 'ansi' : 'legacy';
}

export function argument(site: CallSite, index: number): Expression {
  const value = site.arguments[index];
  if (value === undefined) throw new Error('the table says how many arguments there are');
  return value;
}

/** Raises a mismatch of the call as a whole. */
export function mismatched(
  site: CallSite,
  condition: ConditionClass,
  parameters: Readonly<Record<string, string>>,
): never {
  return raise(condition, { sqlExpr: `"${siteText(site)}"`, ...parameters }, site.range);
}

export function unexpected(site: CallSite, index: number, requiredType: string): never {
  const value = argument(site, index);
  return mismatched(site, 'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE', {
    paramIndex: ordinals[index] ?? String(index + 1),
    requiredType,
    inputSql: quotedText(value, site.timeZone),
    inputType: quotedType(value.type),
  });
}

export type OfArray = Expression & { readonly type: ArrayType };
export type OfMap = Expression & { readonly type: MapType };

/** A null literal stands for an array of nothing. */
export function arrayAt(site: CallSite, index: number, required = '"ARRAY"'): OfArray {
  const value = argument(site, index);
  const given =
    value.type.kind === 'void' ? coerced(value, arrayType(voidType), modeOf(site)) : value;
  return given.type.kind === 'array' ? (given as OfArray) : unexpected(site, index, required);
}

export function mapAt(site: CallSite, index: number): OfMap {
  const value = argument(site, index);
  const empty: DataType = { kind: 'map', key: voidType, value: voidType, valueContainsNull: true };
  const given = value.type.kind === 'void' ? coerced(value, empty, modeOf(site)) : value;
  return given.type.kind === 'map' ? (given as OfMap) : unexpected(site, index, '"MAP"');
}

/** An argument of exactly this type; a null literal takes it, and integers widen to int. */
export function exactly(site: CallSite, index: number, type: DataType, text: string): Expression {
  const value = argument(site, index);
  if (value.type.kind === type.kind) return value;
  if (value.type.kind === 'void') return coerced(value, type, modeOf(site));
  return unexpected(site, index, text);
}

/** Both elements' types as one without turning strings into anything, as Spark looks for elements. */
export function elementType(left: DataType, right: DataType): DataType | undefined {
  return widerWithoutStrings(left, right, false);
}

/** An array and a value of its elements' type, both cast to what holds both. */
export function withElement(
  site: CallSite,
  index: number,
  nulls: 'allowed' | 'refused',
): { readonly array: OfArray; readonly element: Expression } {
  const array = arrayAt(site, 0);
  const element = argument(site, index);
  const { containsNull } = array.type;
  if (element.type.kind === 'void' && nulls === 'refused') {
    mismatched(site, 'DATATYPE_MISMATCH.NULL_TYPE', { functionName: `\`${site.name}\`` });
  }
  const type = elementType(array.type.element, element.type);
  if (type === undefined) return differ(site, array, element);
  return {
    array: coerced(array, arrayType(type, containsNull), modeOf(site)) as OfArray,
    element: coerced(element, type, modeOf(site)),
  };
}

export function differ(
  site: CallSite,
  left: Expression,
  right: Expression,
  dataType = '"ARRAY"',
): never {
  return mismatched(site, 'DATATYPE_MISMATCH.ARRAY_FUNCTION_DIFF_TYPES', {
    functionName: `\`${site.name}\``,
    dataType,
    leftType: quotedType(left.type),
    rightType: quotedType(right.type),
  });
}

export function isOrderable(type: DataType): boolean {
  switch (type.kind) {
    case 'map':
    case 'calendarInterval':
      return false;
    case 'array':
      return isOrderable(type.element);
    case 'struct':
      return type.fields.every((field) => isOrderable(field.type));
    default:
      return true;
  }
}

export function requireOrderable(site: CallSite, type: DataType, shown = type): void {
  if (isOrderable(type)) return;
  mismatched(site, 'DATATYPE_MISMATCH.INVALID_ORDERING_TYPE', {
    functionName: `\`${site.name}\``,
    dataType: quotedType(shown),
  });
}
