/** Functions of arrays. */
import { quotedType } from '../plan/columnText.ts';
import type { Expression } from '../plan/resolved.ts';
import type { DataType, StructField } from '../plan/types.ts';
import {
  arrayType,
  booleanType,
  intType,
  isDatetime,
  isIntegral,
  longType,
  stringType,
} from '../plan/types.ts';
import { coerced, literalOf } from '../typing/build.ts';
import { widerCommonType } from '../typing/coercion.ts';
import {
  argument,
  arrayAt,
  differ,
  elementType,
  exactly,
  mapAt,
  mismatched,
  modeOf,
  requireOrderable,
  scalar,
  unexpected,
  withElement,
} from './nested.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { anyNull, cast, commonArguments } from './row.ts';

const noArray = arrayType({ kind: 'void' }, false);

function constructed(site: CallSite): Typed {
  if (site.arguments.length === 0) return { arguments: [], type: noArray, nullable: false };
  const { values, type } = commonArguments(site);
  return { arguments: values, type: arrayType(type, anyNull(values)), nullable: false };
}

function counted(site: CallSite): Typed {
  const value = argument(site, 0);
  if (value.type.kind === 'void') {
    return { arguments: [arrayAt(site, 0)], type: intType, nullable: site.ansi };
  }
  if (value.type.kind !== 'array' && value.type.kind !== 'map') {
    unexpected(site, 0, '("ARRAY" or "MAP")');
  }
  // In the older mode the size of null is -1.
  return { arguments: [value], type: intType, nullable: site.ansi && value.nullable };
}

/** The type of the first argument, an array, whatever else there is. */
const sameArray =
  (more: (site: CallSite) => readonly Expression[] = () => []) =>
  (site: CallSite): Typed => {
    const array = arrayAt(site, 0);
    const values = [array, ...more(site)];
    return { arguments: values, type: array.type, nullable: anyNull(values) };
  };

function sorted(site: CallSite): Typed {
  const array = arrayAt(site, 0);
  const given = site.arguments[1] ?? literalOf(true, booleanType);
  requireOrderable(site, array.type.element, array.type);
  const whole = { ...site, arguments: [array, given] };
  const ascending = exactly(whole, 1, booleanType, '"BOOLEAN"');
  return { arguments: [array, ascending], type: array.type, nullable: anyNull([array, ascending]) };
}

function contained(site: CallSite): Typed {
  const { array, element } = withElement(site, 1, 'refused');
  requireOrderable(site, element.type);
  const nullable = array.nullable || element.nullable || array.type.containsNull;
  return { arguments: [array, element], type: booleanType, nullable };
}

function positioned(site: CallSite): Typed {
  const { array, element } = withElement(site, 1, 'refused');
  requireOrderable(site, element.type);
  return { arguments: [array, element], type: longType, nullable: anyNull([array, element]) };
}

function removed(site: CallSite): Typed {
  const { array, element } = withElement(site, 1, 'refused');
  requireOrderable(site, element.type);
  return { arguments: [array, element], type: array.type, nullable: anyNull([array, element]) };
}

function extended(site: CallSite): Typed {
  const { array, element } = withElement(site, 1, 'allowed');
  const type = arrayType(array.type.element, true);
  return { arguments: [array, element], type, nullable: array.nullable };
}

function inserted(site: CallSite): Typed {
  const array = arrayAt(site, 0);
  const item = argument(site, 2);
  const type = elementType(array.type.element, item.type);
  if (type === undefined) differ(site, array, item);
  const position = argument(site, 1);
  const at =
    position.type.kind !== 'void' && !isIntegral(position.type)
      ? unexpected(site, 1, '"INT"')
      : coerced(position, intType, modeOf(site));
  const values = [
    coerced(array, arrayType(type, array.type.containsNull), modeOf(site)),
    at,
    coerced(item, type, modeOf(site)),
  ];
  return {
    arguments: values,
    type: arrayType(type, true),
    nullable: array.nullable || at.nullable,
  };
}

/** Two arrays as one type. */
function alike(site: CallSite): readonly [Expression, Expression, DataType, boolean] {
  const [left, right] = [arrayAt(site, 0), arrayAt(site, 1)];
  const type = elementType(left.type.element, right.type.element);
  if (type === undefined) {
    return mismatched(site, 'DATATYPE_MISMATCH.BINARY_ARRAY_DIFF_TYPES', {
      functionName: `\`${site.name}\``,
      arrayType: '"ARRAY"',
      leftType: quotedType(left.type),
      rightType: quotedType(right.type),
    });
  }
  requireOrderable(site, type, left.type);
  const as = (value: typeof left) =>
    coerced(value, arrayType(type, value.type.containsNull), modeOf(site));
  return [as(left), as(right), type, left.type.containsNull || right.type.containsNull];
}

const combined =
  (containsNull: (left: boolean, right: boolean) => boolean) =>
  (site: CallSite): Typed => {
    const [left, right, type] = alike(site);
    const nulls = (value: Expression) => value.type.kind === 'array' && value.type.containsNull;
    return {
      arguments: [left, right],
      type: arrayType(type, containsNull(nulls(left), nulls(right))),
      nullable: anyNull([left, right]),
    };
  };

function joined(site: CallSite): Typed {
  const array = arrayAt(site, 0, '"ARRAY<STRING>"');
  const { element, containsNull } = array.type;
  const canBeText = !['array', 'map', 'struct'].includes(element.kind);
  if (!canBeText || (site.ansi && element.kind === 'binary'))
    unexpected(site, 0, '"ARRAY<STRING>"');
  const texts = coerced(array, arrayType(stringType, containsNull), modeOf(site));
  const [, ...others] = cast({ ...site, arguments: [texts, ...site.arguments.slice(1)] }, [
    'any',
    stringType,
  ]);
  const values = [texts, ...others];
  return { arguments: values, type: stringType, nullable: anyNull(values) };
}

function extreme(site: CallSite): Typed {
  const array = arrayAt(site, 0);
  requireOrderable(site, array.type.element, array.type);
  return { arguments: [array], type: array.type.element, nullable: true };
}

function repeated(site: CallSite): Typed {
  const [value, count] = cast(site, ['any', intType]) as readonly [Expression, Expression];
  const type = arrayType(value.type, value.nullable);
  return { arguments: [value, count], type, nullable: count.nullable };
}

function flattened(site: CallSite): Typed {
  const value = argument(site, 0);
  if (value.type.kind === 'void') {
    return { arguments: [value], type: { kind: 'void' }, nullable: true };
  }
  if (value.type.kind !== 'array' || value.type.element.kind !== 'array') {
    unexpected(site, 0, '"ARRAY" of "ARRAY"');
  }
  const { element, containsNull } = value.type;
  return { arguments: [value], type: element, nullable: value.nullable || containsNull };
}

/** Field names are those of columns, the places of the arguments elsewhere. */
function zipped(site: CallSite): Typed {
  const arrays = site.arguments.map((_, index) => arrayAt(site, index));
  const fields = arrays.map((array, index): StructField => {
    const isNamed = array.kind === 'attribute' || array.kind === 'getStructField';
    const name = site.argumentNames?.[index] ?? (isNamed ? array.name : String(index));
    return { name, type: array.type.element, nullable: true };
  });
  const type = arrayType({ kind: 'struct', fields }, false);
  return { arguments: arrays, type, nullable: anyNull(arrays) };
}

function elementAt(site: CallSite): Typed {
  const value = argument(site, 0);
  if (value.type.kind === 'map') {
    const map = mapAt(site, 0);
    const key = argument(site, 1);
    const type = elementType(map.type.key, key.type);
    if (key.type.kind === 'void' || type === undefined) {
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
    return { arguments: values, type: map.type.value, nullable: true };
  }
  if (value.type.kind !== 'array') unexpected(site, 0, '("ARRAY" or "MAP")');
  const index = indexAt(site, 1);
  const nullable = site.name === 'try_element_at' || !isPresent(value, index, 1);
  return { arguments: [value, index], type: value.type.element, nullable };
}

function indexAt(site: CallSite, at: number): Expression {
  const index = argument(site, at);
  const isNarrow = ['void', 'byte', 'short', 'int'].includes(index.type.kind);
  return isNarrow ? coerced(index, intType, modeOf(site)) : unexpected(site, at, '"INT"');
}

/** An index within an array that is written out, at an element that is not null. */
function isPresent(array: Expression, index: Expression, base: number): boolean {
  if (array.kind !== 'call' || array.name !== 'array') return false;
  if (index.kind !== 'literal' || typeof index.value !== 'bigint') return false;
  const { length } = array.arguments;
  const place = Number(index.value) < 0 ? length + Number(index.value) : Number(index.value) - base;
  return array.arguments[place]?.nullable === false && (base === 1 || index.value >= 0n);
}

function got(site: CallSite): Typed {
  const array = arrayAt(site, 0);
  const [, index] = cast({ ...site, arguments: [array, argument(site, 1)] }, ['any', 'integral']);
  if (index === undefined) throw new Error('the table says that there are two arguments');
  const nullable = !isPresent(array, index, 0);
  return { arguments: [array, index], type: array.type.element, nullable };
}

function sliced(site: CallSite): Typed {
  const array = arrayAt(site, 0);
  const values = [array, ...cast({ ...site, arguments: site.arguments.slice(1) }, [intType])];
  return { arguments: values, type: array.type, nullable: anyNull(values) };
}

function sequenced(site: CallSite): Typed {
  const [start, stop, step] = site.arguments as readonly [Expression, Expression, Expression?];
  const isInterval = step?.type.kind.endsWith('Interval') === true;
  const together = [start, stop, ...(step === undefined || isInterval ? [] : [step])];
  const common = widerCommonType(
    together.map((value) => value.type),
    site.ansi,
  );
  const fail = (): never =>
    mismatched(site, 'DATATYPE_MISMATCH.SEQUENCE_WRONG_INPUT_TYPES', {
      functionName: `\`${site.name}\``,
      startType: '("TIMESTAMP" or "TIMESTAMP_NTZ" or "DATE")',
      stepType: '("INTERVAL" or "INTERVAL YEAR TO MONTH" or "INTERVAL DAY TO SECOND")',
      otherStartType: '"INTEGRAL"',
    });
  if (common === undefined) return fail();
  const isTime = isDatetime(common);
  if (!isTime && !isIntegral(common)) return fail();
  if (step !== undefined && isTime !== isInterval && step.type.kind !== 'void') return fail();
  const values = [
    coerced(start, common, modeOf(site)),
    coerced(stop, common, modeOf(site)),
    ...(step === undefined ? [] : [isInterval ? step : coerced(step, common, modeOf(site))]),
  ];
  return { arguments: values, type: arrayType(common, false), nullable: anyNull(values) };
}

function withoutNulls(site: CallSite): Typed {
  const array = arrayAt(site, 0);
  const type = arrayType(array.type.element, false);
  return { arguments: [array], type, nullable: array.nullable };
}

export const arrays: readonly FunctionRow[] = [
  scalar('array', [0, Infinity], 'array(value, …)', 'An array of the values.', constructed),
  scalar('size', 1, 'size(collection)', 'How many elements an array or a map has.', counted, {
    aliases: ['cardinality'],
  }),
  scalar('array_size', 1, 'array_size(array)', 'How many elements the array has.', (site) => {
    const array = arrayAt(site, 0);
    return { arguments: [array], type: intType, nullable: array.nullable };
  }),
  scalar(
    'sort_array',
    [1, 2],
    'sort_array(array[, ascending])',
    'The elements in their order; nulls come first, or last where it descends.',
    sorted,
  ),
  scalar(
    'array_contains',
    2,
    'array_contains(array, value)',
    'Whether the array has the value; null where only a null could be it.',
    contained,
  ),
  scalar(
    'array_position',
    2,
    'array_position(array, value)',
    'The place of the value, from 1; 0: none.',
    positioned,
  ),
  scalar('array_remove', 2, 'array_remove(array, value)', 'Without the value.', removed),
  scalar('array_append', 2, 'array_append(array, value)', 'With the value at its end.', extended),
  scalar(
    'array_prepend',
    2,
    'array_prepend(array, value)',
    'With the value at its start.',
    extended,
  ),
  scalar(
    'array_insert',
    3,
    'array_insert(array, position, value)',
    'With the value at a position from 1, or from the end where it is negative.',
    inserted,
  ),
  scalar('array_distinct', 1, 'array_distinct(array)', 'Each element once.', (site) => {
    const array = arrayAt(site, 0);
    requireOrderable(site, array.type.element, array.type);
    return { arguments: [array], type: array.type, nullable: array.nullable };
  }),
  scalar(
    'array_union',
    2,
    'array_union(array, array)',
    'What is in either array, each element once.',
    combined((left, right) => left || right),
  ),
  scalar(
    'array_intersect',
    2,
    'array_intersect(array, array)',
    'What is in both arrays, each element once.',
    combined((left, right) => left && right),
  ),
  scalar(
    'array_except',
    2,
    'array_except(array, array)',
    'What is in the first array only, each element once.',
    combined((left) => left),
  ),
  scalar(
    'arrays_overlap',
    2,
    'arrays_overlap(array, array)',
    'Whether both have an element in common; null where only a null could be it.',
    (site) => {
      const [left, right, , containsNull] = alike(site);
      const nullable = anyNull([left, right]) || containsNull;
      return { arguments: [left, right], type: booleanType, nullable };
    },
  ),
  scalar(
    'array_join',
    [2, 3],
    'array_join(array, separator[, null])',
    'The elements as one text; nulls are left out, or written as said.',
    joined,
  ),
  scalar('array_max', 1, 'array_max(array)', 'The greatest element that is not null.', extreme),
  scalar('array_min', 1, 'array_min(array)', 'The least element that is not null.', extreme),
  scalar('array_repeat', 2, 'array_repeat(value, count)', 'The value so many times.', repeated),
  scalar('array_compact', 1, 'array_compact(array)', 'Without nulls.', withoutNulls),
  scalar(
    'flatten',
    1,
    'flatten(arrays)',
    'The elements of the arrays of an array, as one array.',
    flattened,
  ),
  scalar(
    'arrays_zip',
    [0, Infinity],
    'arrays_zip(array, …)',
    'An array of structs with the elements of one place each.',
    zipped,
  ),
  scalar(
    'element_at',
    2,
    'element_at(collection, place)',
    "The element at a place from 1, from the end where it is negative; or a key's value.",
    elementAt,
  ),
  scalar(
    'try_element_at',
    2,
    'try_element_at(collection, place)',
    'As element_at, but null where the array has no such place.',
    elementAt,
  ),
  scalar('get', 2, 'get(array, index)', 'The element at an index from 0, null outside.', got),
  scalar(
    'slice',
    3,
    'slice(array, start, length)',
    'A part, counted from 1 or from the end.',
    sliced,
  ),
  scalar(
    'sequence',
    [2, 3],
    'sequence(start, stop[, step])',
    'Numbers, dates or timestamps from one to another, both included.',
    sequenced,
  ),
  scalar(
    'shuffle',
    [1, 2],
    'shuffle(array[, seed])',
    'The elements in a random order.',
    sameArray((site) =>
      site.arguments.length < 2
        ? []
        : cast({ ...site, arguments: [argument(site, 1)] }, [longType]),
    ),
  ),
];

/** `concat` where an argument is an array: all become arrays of one type. */
export function concatenatedArrays(site: CallSite): Typed {
  const { values, type } = commonArguments(site);
  if (type.kind !== 'array') return unexpected(site, 0, '("STRING" or "BINARY" or "ARRAY")');
  return { arguments: values, type, nullable: anyNull(values) };
}

/** `reverse` of an array. */
export function reversedArray(site: CallSite): Typed {
  return sameArray()(site);
}
