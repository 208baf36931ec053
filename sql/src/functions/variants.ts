/** Functions of variants. */
import { quotedText, quotedType } from '../plan/columnText.ts';
import { parseType } from '../plan/typeText.ts';
import type { DataType } from '../plan/types.ts';
import { booleanType, stringType, variantType } from '../plan/types.ts';
import { raise } from '../problem.ts';
import { evaluate } from '../typing/evaluate.ts';
import { argument, exactly, mismatched, scalar, unexpected } from './nested.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { anyNull, cast } from './row.ts';

const text = (site: CallSite) => cast({ ...site, arguments: [argument(site, 0)] }, [stringType]);

function parsed(site: CallSite): Typed {
  const { type } = argument(site, 0);
  if (type.kind !== 'string' && type.kind !== 'void') unexpected(site, 0, '"STRING"');
  const values = text(site);
  const isTolerant = site.name === 'try_parse_json';
  return { arguments: values, type: variantType, nullable: isTolerant || anyNull(values) };
}

/** Path and type are constants; the type is not printed. */
function got(site: CallSite): Typed {
  const value = exactly(site, 0, variantType, '"VARIANT"');
  const path = argument(site, 1);
  if (path.type.kind !== 'string') unexpected(site, 1, '"STRING"');
  const wanted = site.arguments[2];
  const type = wanted === undefined ? variantType : typeOf(site, 2);
  return { arguments: [value, path], type, nullable: true };
}

function typeOf(site: CallSite, index: number): DataType {
  const value = argument(site, index);
  const constant = value.type.kind === 'string' ? evaluate(value) : undefined;
  if (typeof constant?.value !== 'string') {
    return raise(
      'INVALID_SCHEMA.NON_STRING_LITERAL',
      { inputSchema: quotedText(value, site.timeZone) },
      site.range,
    );
  }
  const type = parseType(constant.value);
  if (type !== undefined) return type;
  return raise('PARSE_SYNTAX_ERROR', { error: `'${constant.value}'`, hint: '' }, site.range);
}

function made(site: CallSite): Typed {
  const value = argument(site, 0);
  if (!['array', 'map', 'struct'].includes(value.type.kind) || !canBeVariant(value.type)) {
    return mismatched(site, 'DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION', {
      srcType: quotedType(value.type),
      targetType: '"VARIANT"',
    });
  }
  return { arguments: [value], type: variantType, nullable: value.nullable };
}

export function canBeVariant(type: DataType): boolean {
  switch (type.kind) {
    case 'array':
      return canBeVariant(type.element);
    case 'map':
      return type.key.kind === 'string' && canBeVariant(type.value);
    case 'struct':
      return type.fields.every((field) => canBeVariant(field.type));
    case 'calendarInterval':
    case 'yearMonthInterval':
    case 'dayTimeInterval':
      return false;
    default:
      return true;
  }
}

export const variants: readonly FunctionRow[] = [
  scalar('parse_json', 1, 'parse_json(text)', 'A JSON text as a variant.', parsed),
  scalar(
    'try_parse_json',
    1,
    'try_parse_json(text)',
    'A JSON text as a variant, or null where it is malformed.',
    parsed,
  ),
  scalar(
    'is_variant_null',
    1,
    'is_variant_null(variant)',
    "Whether the variant is JSON's null.",
    (site) => ({
      arguments: [exactly(site, 0, variantType, '"VARIANT"')],
      type: booleanType,
      nullable: false,
    }),
  ),
  scalar(
    'variant_get',
    [2, 3],
    'variant_get(variant, path[, type])',
    'What is at a path, cast to a type.',
    got,
  ),
  scalar(
    'try_variant_get',
    [2, 3],
    'try_variant_get(variant, path[, type])',
    'As variant_get, but null where the cast fails.',
    got,
  ),
  scalar(
    'schema_of_variant',
    1,
    'schema_of_variant(variant)',
    'The schema of a variant, as SQL.',
    (site) => {
      const value = exactly(site, 0, variantType, '"VARIANT"');
      return { arguments: [value], type: stringType, nullable: value.nullable };
    },
  ),
  scalar(
    'to_variant_object',
    1,
    'to_variant_object(value)',
    'A struct, array or map as a variant.',
    made,
  ),
  {
    ...scalar(
      'schema_of_variant_agg',
      1,
      'schema_of_variant_agg(variant)',
      'The schema that holds all variants of a group.',
      (site) => ({
        arguments: [exactly(site, 0, variantType, '"VARIANT"')],
        type: stringType,
        nullable: false,
      }),
    ),
    kind: 'aggregate',
  },
];
