/** Functions of maps and structs. */
import { quotedText, quotedType } from '../plan/columnText.ts';
import type { Expression } from '../plan/resolved.ts';
import type { DataType, StructField } from '../plan/types.ts';
import { arrayType, booleanType, containsMap, stringType } from '../plan/types.ts';
import { raise } from '../problem.ts';
import { coerced, literalOf } from '../typing/build.ts';
import { widerCommonType } from '../typing/coercion.ts';
import { evaluate } from '../typing/evaluate.ts';
import { argument, arrayAt, elementType, mapAt, mismatched, modeOf, scalar } from './nested.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { anyNull, cast } from './row.ts';

function constructed(site: CallSite): Typed {
  const { arguments: given } = site;
  if (given.length % 2 === 1) {
    raise(
      'WRONG_NUM_ARGS.WITHOUT_SUGGESTION',
      {
        functionName: `\`${site.name}\``,
        expectedNum: '2n (n > 0)',
        actualNum: String(given.length),
      },
      site.range,
    );
  }
  const keys = given.filter((_, index) => index % 2 === 0);
  const values = given.filter((_, index) => index % 2 === 1);
  const [key, value] = [
    commonOf(site, keys, 'DATATYPE_MISMATCH.CREATE_MAP_KEY_DIFF_TYPES'),
    commonOf(site, values, 'DATATYPE_MISMATCH.CREATE_MAP_VALUE_DIFF_TYPES'),
  ];
  requireKey(site, key);
  const cast = given.map((item, index) =>
    coerced(item, index % 2 === 0 ? key : value, modeOf(site)),
  );
  const type: DataType = { kind: 'map', key, value, valueContainsNull: anyNull(values) };
  return { arguments: cast, type, nullable: false };
}

function commonOf(
  site: CallSite,
  values: readonly Expression[],
  condition:
    'DATATYPE_MISMATCH.CREATE_MAP_KEY_DIFF_TYPES' | 'DATATYPE_MISMATCH.CREATE_MAP_VALUE_DIFF_TYPES',
): DataType {
  const types = values.map((value) => value.type);
  return (
    widerCommonType(types, site.ansi) ??
    mismatched(site, condition, {
      functionName: `\`${site.name}\``,
      dataType: `[${types.map(quotedType).join(', ')}]`,
    })
  );
}

function requireKey(site: CallSite, key: DataType): void {
  if (!containsMap(key)) return;
  mismatched(site, 'DATATYPE_MISMATCH.INVALID_MAP_KEY_TYPE', { keyType: quotedType(key) });
}

function fromArrays(site: CallSite): Typed {
  const [keys, values] = [arrayAt(site, 0), arrayAt(site, 1)];
  requireKey(site, keys.type.element);
  const type: DataType = {
    kind: 'map',
    key: keys.type.element,
    value: values.type.element,
    valueContainsNull: values.type.containsNull,
  };
  return { arguments: [keys, values], type, nullable: anyNull([keys, values]) };
}

function fromEntries(site: CallSite): Typed {
  const entries = argument(site, 0);
  const { type } = entries;
  const [key, value, ...more] =
    type.kind === 'array' && type.element.kind === 'struct' ? type.element.fields : [];
  if (type.kind !== 'array' || key === undefined || value === undefined || more.length > 0) {
    return mismatched(site, 'DATATYPE_MISMATCH.MAP_FROM_ENTRIES_WRONG_TYPE', {
      functionName: `\`${site.name}\``,
      childExpr: quotedText(entries, site.timeZone),
      childType: quotedType(type),
    });
  }
  requireKey(site, key.type);
  return {
    arguments: [entries],
    type: { kind: 'map', key: key.type, value: value.type, valueContainsNull: value.nullable },
    nullable: entries.nullable || type.containsNull,
  };
}

function concatenated(site: CallSite): Typed {
  const types = site.arguments.map((value) => value.type);
  const common = widerCommonType(types, site.ansi);
  const isWrong = types.some((type) => type.kind !== 'map' && type.kind !== 'void');
  if (isWrong || common === undefined || (types.length > 0 && common.kind !== 'map')) {
    return mismatched(site, 'DATATYPE_MISMATCH.MAP_CONCAT_DIFF_TYPES', {
      functionName: `\`${site.name}\``,
      dataType: `[${types.map(quotedType).join(', ')}]`,
    });
  }
  const empty: DataType = {
    kind: 'map',
    key: stringType,
    value: stringType,
    valueContainsNull: false,
  };
  const type = types.length === 0 ? empty : common;
  const values = site.arguments.map((value) => coerced(value, type, modeOf(site)));
  return { arguments: values, type, nullable: anyNull(values) };
}

function hasKey(site: CallSite): Typed {
  const map = mapAt(site, 0);
  const key = argument(site, 1);
  if (key.type.kind === 'void') {
    mismatched(site, 'DATATYPE_MISMATCH.NULL_TYPE', { functionName: `\`${site.name}\`` });
  }
  const type = elementType(map.type.key, key.type);
  if (type === undefined) {
    return mismatched(site, 'DATATYPE_MISMATCH.MAP_FUNCTION_DIFF_TYPES', {
      functionName: `\`${site.name}\``,
      dataType: '"MAP"',
      leftType: quotedType(map.type),
      rightType: quotedType(key.type),
    });
  }
  const values = [
    coerced(map, { ...map.type, key: type }, modeOf(site)),
    coerced(key, type, modeOf(site)),
  ];
  // Written over the array of keys, which Spark says may hold nulls.
  return { arguments: values, type: booleanType, nullable: true };
}

function named(site: CallSite): Typed {
  const { arguments: given } = site;
  if (given.length % 2 === 1) {
    raise(
      'WRONG_NUM_ARGS.WITHOUT_SUGGESTION',
      {
        functionName: `\`${site.name}\``,
        expectedNum: '2n (n > 0)',
        actualNum: String(given.length),
      },
      site.range,
    );
  }
  const names = given.filter((_, index) => index % 2 === 0);
  const constants = names.map((name) => (name.type.kind === 'string' ? evaluate(name) : undefined));
  if (constants.some((constant) => constant === undefined)) {
    const wrong = names.filter((_, index) => constants[index] === undefined);
    mismatched(site, 'DATATYPE_MISMATCH.CREATE_NAMED_STRUCT_WITHOUT_FOLDABLE_STRING', {
      inputExprs: `[${wrong.map((name) => quotedText(name, site.timeZone)).join(', ')}]`,
    });
  }
  const fields = constants.map((constant, index): StructField => {
    const value = argument(site, 2 * index + 1);
    if (constant?.value === null) {
      const parts = names.map((name) => quotedText(name, site.timeZone)).join(', ');
      mismatched(site, 'DATATYPE_MISMATCH.UNEXPECTED_NULL', { exprName: `[${parts}]` });
    }
    return { name: String(constant?.value), type: value.type, nullable: value.nullable };
  });
  return { arguments: given, type: { kind: 'struct', fields }, nullable: false };
}

/** Fields are called as the columns are, by an alias, or by their place from 1. */
function structured(site: CallSite): Typed {
  const names = site.arguments.map((value, index) => {
    const isNamed =
      value.kind === 'attribute' || value.kind === 'getStructField' || value.kind === 'alias';
    const isVariable = value.kind === 'lambdaVariable';
    return isNamed || isVariable ? value.name : `col${index + 1}`;
  });
  const fields = site.arguments.map((value, index) => ({
    name: names[index] ?? '',
    type: value.type,
    nullable: value.nullable,
  }));
  const values = site.arguments.flatMap((value, index) => [
    literalOf(names[index] ?? '', stringType, value.range),
    value,
  ]);
  return {
    name: 'named_struct',
    arguments: values,
    type: { kind: 'struct', fields },
    nullable: false,
  };
}

export const maps: readonly FunctionRow[] = [
  scalar('map', [0, Infinity], 'map(key, value, …)', 'A map of the pairs.', constructed),
  scalar(
    'map_from_arrays',
    2,
    'map_from_arrays(keys, values)',
    'A map of keys and values at the same places.',
    fromArrays,
  ),
  scalar(
    'map_from_entries',
    1,
    'map_from_entries(entries)',
    'A map of an array of pairs.',
    fromEntries,
  ),
  scalar('map_concat', [0, Infinity], 'map_concat(map, …)', 'All maps as one.', concatenated),
  scalar('map_keys', 1, 'map_keys(map)', 'The keys as an array.', (site) => {
    const map = mapAt(site, 0);
    return { arguments: [map], type: arrayType(map.type.key, true), nullable: map.nullable };
  }),
  scalar('map_values', 1, 'map_values(map)', 'The values as an array.', (site) => {
    const map = mapAt(site, 0);
    return { arguments: [map], type: arrayType(map.type.value, true), nullable: map.nullable };
  }),
  scalar('map_entries', 1, 'map_entries(map)', 'The pairs as an array of structs.', (site) => {
    const map = mapAt(site, 0);
    const fields = [
      { name: 'key', type: map.type.key, nullable: false },
      { name: 'value', type: map.type.value, nullable: map.type.valueContainsNull },
    ];
    const type = arrayType({ kind: 'struct', fields }, false);
    return { arguments: [map], type, nullable: map.nullable };
  }),
  scalar(
    'map_contains_key',
    2,
    'map_contains_key(map, key)',
    'Whether the map has the key.',
    hasKey,
  ),
  scalar(
    'str_to_map',
    [1, 3],
    'str_to_map(text[, pairSeparator[, keySeparator]])',
    'A map of the pairs in a text, which patterns separate.',
    (site) => {
      const [text, pairs = literalOf(',', stringType), keys = literalOf(':', stringType)] =
        site.arguments as readonly [Expression, Expression?, Expression?];
      const values = cast({ ...site, arguments: [text, pairs, keys] }, [stringType]);
      const type: DataType = {
        kind: 'map',
        key: stringType,
        value: stringType,
        valueContainsNull: true,
      };
      return { arguments: values, type, nullable: anyNull(values) };
    },
  ),
  scalar(
    'named_struct',
    [0, Infinity],
    'named_struct(name, value, …)',
    'A struct of the named values.',
    named,
  ),
  scalar('struct', [0, Infinity], 'struct(value, …)', 'A struct of the values.', structured),
];
