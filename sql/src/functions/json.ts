/** Functions of JSON. */
import { quotedType } from '../plan/columnText.ts';
import type { DataType } from '../plan/types.ts';
import { arrayType, intType, stringType } from '../plan/types.ts';
import { raise } from '../problem.ts';
import { literalOf } from '../typing/build.ts';
import { parseJson } from '../value/json.ts';
import { inferenceOptionsFrom, jsonOptionsFrom, schemaOfJson } from '../value/jsonSchema.ts';
import { argument, mismatched, scalar, unexpected } from './nested.ts';
import { constantText, hiddenOptions, optionsAt, schemaAt } from './options.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { cast, plain } from './row.ts';

const firstText = (site: CallSite) =>
  cast({ ...site, arguments: [argument(site, 0)] }, [stringType]);

/** A text that may not be anything that only becomes one by a cast. */
function strictText(site: CallSite) {
  const { type } = argument(site, 0);
  if (type.kind !== 'string' && type.kind !== 'void') unexpected(site, 0, '"STRING"');
  return firstText(site);
}

function read(site: CallSite): Typed {
  const type = schemaAt(site, 1);
  if (!['struct', 'array', 'map'].includes(type.kind)) {
    mismatched(site, 'DATATYPE_MISMATCH.INVALID_JSON_SCHEMA', { schema: quotedType(type) });
  }
  if (hasOtherKeys(type)) {
    mismatched(site, 'DATATYPE_MISMATCH.INVALID_JSON_MAP_KEY_TYPE', { schema: quotedType(type) });
  }
  const options = optionsAt(site, 2);
  checkMode(site, options);
  return {
    arguments: [...firstText(site), hiddenOptions(options)],
    type,
    nullable: true,
    shownCount: 1,
    // Spark names the column of a map by what it reads it as.
    ...(type.kind === 'map' ? { writtenAs: 'entries' } : {}),
  };
}

export function checkMode(site: CallSite, options: Readonly<Record<string, string>>): void {
  const mode = (options.mode ?? 'permissive').toUpperCase();
  if (mode === 'DROPMALFORMED') {
    raise('PARSE_MODE_UNSUPPORTED', { funcName: `\`${site.name}\``, mode }, site.range);
  }
}

/** A map inside of it whose keys are no strings, which no name of a field is. */
export function hasOtherKeys(type: DataType): boolean {
  switch (type.kind) {
    case 'map':
      return type.key.kind !== 'string' || hasOtherKeys(type.value);
    case 'array':
      return hasOtherKeys(type.element);
    case 'struct':
      return type.fields.some((field) => hasOtherKeys(field.type));
    default:
      return false;
  }
}

function written(site: CallSite): Typed {
  const options = optionsAt(site, 1);
  const value = argument(site, 0);
  if (!['struct', 'array', 'map'].includes(value.type.kind)) {
    unexpected(site, 0, '("STRUCT" or "ARRAY" or "MAP" or "VARIANT")');
  }
  return {
    arguments: [value, hiddenOptions(options)],
    type: stringType,
    nullable: true,
    shownCount: 1,
  };
}

function schemaOf(site: CallSite): Typed {
  const options = optionsAt(site, 1);
  const text = constantText(site, 'json');
  const node = parseJson(text, jsonOptionsFrom(options));
  if (node === undefined) {
    raise('UNSUPPORTED_EXPRESSION', { feature: 'schema_of_json of malformed JSON' }, site.range);
  }
  const schema = schemaOfJson(node, inferenceOptionsFrom(options));
  return {
    arguments: [argument(site, 0), literalOf(schema, stringType, site.range)],
    type: stringType,
    nullable: false,
    shownCount: 1,
  };
}

export const json: readonly FunctionRow[] = [
  scalar(
    'from_json',
    [2, 3],
    'from_json(text, schema[, options])',
    'The value that a JSON text holds, by a schema; what does not fit it is null.',
    read,
  ),
  scalar(
    'to_json',
    [1, 2],
    'to_json(value[, options])',
    'A struct, array or map as JSON.',
    written,
  ),
  scalar(
    'schema_of_json',
    [1, 2],
    'schema_of_json(text[, options])',
    'The schema of a constant JSON text.',
    schemaOf,
  ),
  plain(
    'get_json_object',
    [stringType, stringType],
    stringType,
    'What is at a path in a JSON text: strings as they are, anything else as JSON.',
    { alwaysNullable: true },
  ),
  scalar(
    'json_array_length',
    1,
    'json_array_length(text)',
    'How many elements the outermost array has; null where there is none.',
    (site) => ({ arguments: strictText(site), type: intType, nullable: true }),
  ),
  scalar(
    'json_object_keys',
    1,
    'json_object_keys(text)',
    'The keys of the outermost object; null where there is none.',
    (site) => ({ arguments: strictText(site), type: arrayType(stringType, true), nullable: true }),
  ),
];
