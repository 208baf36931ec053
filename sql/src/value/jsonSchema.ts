/** The schema that Spark infers from JSON. */
import type { DataType, StructField } from '../plan/types.ts';
import {
  booleanType,
  decimalType,
  doubleType,
  isNumeric,
  longType,
  sameType,
  stringType,
  timestampType,
  typeSql,
  voidType,
} from '../plan/types.ts';
import type { JsonNode, JsonOptions } from './json.ts';
import { defaultJsonOptions } from './json.ts';

export interface InferenceOptions {
  readonly primitivesAsString: boolean;
  readonly prefersDecimal: boolean;
  /** Whether a text is taken for a timestamp; without it none is. */
  readonly isTimestamp?: (text: string) => boolean;
}

const flag = (options: Readonly<Record<string, string>>, key: string, otherwise: boolean) => {
  const value = options[key.toLowerCase()]?.toLowerCase();
  return value === undefined ? otherwise : value === 'true';
};

/** Reader options by their names in small letters. */
export function jsonOptionsFrom(options: Readonly<Record<string, string>>): JsonOptions {
  return {
    singleQuotes: flag(options, 'allowSingleQuotes', defaultJsonOptions.singleQuotes),
    unquotedNames: flag(options, 'allowUnquotedFieldNames', false),
    leadingZeros: flag(options, 'allowNumericLeadingZeros', false),
    comments: flag(options, 'allowComments', false),
    nonNumericNumbers: flag(options, 'allowNonNumericNumbers', true),
    anyEscape: flag(options, 'allowBackslashEscapingAnyCharacter', false),
    controlCharacters: flag(options, 'allowUnquotedControlChars', false),
  };
}

export function inferenceOptionsFrom(options: Readonly<Record<string, string>>): InferenceOptions {
  return {
    primitivesAsString: flag(options, 'primitivesAsString', false),
    prefersDecimal: flag(options, 'prefersDecimal', false),
  };
}

/** The schema of one text, as `schema_of_json` prints it. */
export function schemaOfJson(node: JsonNode, options: InferenceOptions): string {
  return typeSql(withoutVoid(inferred(node, options)));
}

export function inferred(node: JsonNode, options: InferenceOptions): DataType {
  switch (node.kind) {
    case 'null':
      return voidType;
    case 'boolean':
      return options.primitivesAsString ? stringType : booleanType;
    case 'string': {
      const isTime = !options.primitivesAsString && options.isTimestamp?.(node.text) === true;
      return isTime ? timestampType : stringType;
    }
    case 'number':
      return options.primitivesAsString
        ? stringType
        : numberType(node.text, node.isInteger, options);
    case 'array': {
      const element = node.items
        .map((item) => inferred(item, options))
        .reduce<DataType>(compatible, voidType);
      return { kind: 'array', element, containsNull: true };
    }
    case 'object': {
      const fields = node.fields.map(([name, value]) => ({
        name,
        type: inferred(value, options),
        nullable: true,
      }));
      return { kind: 'struct', fields: fields.sort(byName) };
    }
  }
}

const byName = (left: StructField, right: StructField) =>
  left.name < right.name ? -1 : left.name > right.name ? 1 : 0;

function numberType(text: string, isInteger: boolean, options: InferenceOptions): DataType {
  if (isInteger) {
    const value = BigInt(text);
    if (BigInt.asIntN(64, value) === value) return longType;
    const digits = text.replace('-', '').length;
    return digits <= 38 ? decimalType(digits, 0) : doubleType;
  }
  if (!options.prefersDecimal) return doubleType;
  const match = /^-?(\d+)\.(\d+)$/.exec(text);
  if (match === null) return doubleType;
  const [, whole = '', fraction = ''] = match;
  const digits = whole.replace(/^0+/, '').length;
  const precision = Math.max(digits + fraction.length, fraction.length);
  return precision <= 38 ? decimalType(precision, fraction.length) : doubleType;
}

/** The type of both: what is missing from one is nullable anyway, and all else that differs is a string. */
export function compatible(left: DataType, right: DataType): DataType {
  if (sameType(left, right)) return left;
  if (left.kind === 'void') return right;
  if (right.kind === 'void') return left;
  if (left.kind === 'struct' && right.kind === 'struct') {
    const fields = new Map(left.fields.map((field) => [field.name, field]));
    for (const field of right.fields) {
      const before = fields.get(field.name);
      fields.set(
        field.name,
        before === undefined ? field : { ...field, type: compatible(before.type, field.type) },
      );
    }
    return { kind: 'struct', fields: [...fields.values()].sort(byName) };
  }
  if (left.kind === 'array' && right.kind === 'array') {
    return {
      kind: 'array',
      element: compatible(left.element, right.element),
      containsNull: left.containsNull || right.containsNull,
    };
  }
  if (isNumeric(left) && isNumeric(right)) {
    if (left.kind === 'double' || right.kind === 'double') return doubleType;
    const [a, b] = [asDecimal(left), asDecimal(right)];
    const scale = Math.max(a.scale, b.scale);
    const range = Math.max(a.precision - a.scale, b.precision - b.scale);
    return range + scale > 38 ? doubleType : decimalType(range + scale, scale);
  }
  const times = ['date', 'timestamp', 'timestamp_ntz'];
  if (times.includes(left.kind) && times.includes(right.kind)) return timestampType;
  return stringType;
}

function asDecimal(type: DataType) {
  return type.kind === 'decimal' ? type : decimalType(20, 0);
}

/** What is null everywhere is a string; a struct without fields goes. */
export function withoutVoid(type: DataType): DataType {
  return canonical(type) ?? { kind: 'struct', fields: [] };
}

function canonical(type: DataType): DataType | undefined {
  switch (type.kind) {
    case 'void':
      return stringType;
    case 'array': {
      const element = canonical(type.element);
      return element && { ...type, element };
    }
    case 'struct': {
      const fields = type.fields.flatMap((field) => {
        const inner = field.name === '' ? undefined : canonical(field.type);
        return inner === undefined ? [] : [{ ...field, type: inner }];
      });
      return fields.length === 0 ? undefined : { kind: 'struct', fields };
    }
    default:
      return type;
  }
}
