/** The schema and the options that functions of JSON, CSV and XML take as constants. */
import { quotedText, quotedType } from '../plan/columnText.ts';
import { parseType } from '../plan/typeText.ts';
import type { Expression } from '../plan/resolved.ts';
import type { DataType, StructType } from '../plan/types.ts';
import { stringType } from '../plan/types.ts';
import { raise } from '../problem.ts';
import { literalOf } from '../typing/build.ts';
import { evaluate } from '../typing/evaluate.ts';
import { argument, mismatched } from './nested.ts';
import type { CallSite } from './row.ts';

export type Options = Readonly<Record<string, string>>;

/** The constant map at a place, its keys in small letters; none where there is no argument. */
export function optionsAt(site: CallSite, index: number): Options {
  const value = site.arguments[index];
  if (value === undefined) return {};
  if (value.kind !== 'call' || value.name !== 'map') {
    return raise('INVALID_OPTIONS.NON_MAP_FUNCTION', {}, site.range);
  }
  const { type } = value;
  if (type.kind !== 'map' || type.key.kind !== 'string' || type.value.kind !== 'string') {
    return raise('INVALID_OPTIONS.NON_STRING_TYPE', { mapType: quotedType(type) }, site.range);
  }
  const texts = value.arguments.map((part) => {
    const constant = evaluate(part);
    if (constant === undefined) raise('INVALID_OPTIONS.NON_MAP_FUNCTION', {}, site.range);
    return String(constant.value);
  });
  return Object.fromEntries(
    texts.flatMap((key, at) => (at % 2 === 0 ? [[key.toLowerCase(), texts[at + 1] ?? '']] : [])),
  );
}

/** Options as an argument that does not show. */
export function hiddenOptions(options: Options): Expression {
  return literalOf(JSON.stringify(options), stringType);
}

/** The schema at a place: a constant text, or `schema_of_json` and its like of a constant. */
export function schemaAt(site: CallSite, index: number): DataType {
  const value = argument(site, index);
  const text = schemaText(value);
  if (text === undefined) {
    return raise(
      'INVALID_SCHEMA.NON_STRING_LITERAL',
      { inputSchema: quotedText(value, site.timeZone) },
      site.range,
    );
  }
  const type = parseType(text) ?? parseType(`struct<${text}>`);
  if (type === undefined) {
    const word = /\S+\s*$/.exec(text)?.[0].trim() ?? '';
    return raise('PARSE_SYNTAX_ERROR', { error: `'${word}'`, hint: '' }, site.range);
  }
  return nullable(type);
}

/** As `schemaAt`, where only a struct will do. */
export function structSchemaAt(site: CallSite, index: number): StructType {
  const type = schemaAt(site, index);
  if (type.kind === 'struct') return type;
  return raise(
    'INVALID_SCHEMA.NON_STRUCT_TYPE',
    {
      inputSchema: quotedText(argument(site, index), site.timeZone),
      dataType: quotedType(type),
    },
    site.range,
  );
}

function schemaText(value: Expression): string | undefined {
  if (value.kind === 'call' && value.name.startsWith('schema_of_')) {
    const result = value.arguments.at(-1);
    return result?.kind === 'literal' ? String(result.value) : undefined;
  }
  const constant = value.type.kind === 'string' ? evaluate(value) : undefined;
  return typeof constant?.value === 'string' ? constant.value : undefined;
}

/** What is read from a text may be missing from it. */
function nullable(type: DataType): DataType {
  switch (type.kind) {
    case 'array':
      return { kind: 'array', element: nullable(type.element), containsNull: true };
    case 'map':
      return {
        kind: 'map',
        key: nullable(type.key),
        value: nullable(type.value),
        valueContainsNull: true,
      };
    case 'struct':
      return {
        kind: 'struct',
        fields: type.fields.map((field) => ({
          name: field.name,
          type: nullable(field.type),
          nullable: true,
        })),
      };
    default:
      return type;
  }
}

/** The constant text whose schema is asked for. */
export function constantText(site: CallSite, name: string): string {
  const value = argument(site, 0);
  const constant = evaluate(value);
  if (constant === undefined) {
    return mismatched(site, 'DATATYPE_MISMATCH.NON_FOLDABLE_INPUT', {
      inputName: `\`${name}\``,
      inputType: '"STRING"',
      inputExpr: quotedText(value, site.timeZone),
    });
  }
  if (constant.value === null) {
    return mismatched(site, 'DATATYPE_MISMATCH.UNEXPECTED_NULL', { exprName: name });
  }
  return String(constant.value);
}
