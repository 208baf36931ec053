/** Functions that call a lambda. */
import { quotedText, quotedType } from '../plan/columnText.ts';
import type { Expression, Lambda } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import { arrayType, booleanType, containsMap, intType, sameType } from '../plan/types.ts';
import { callOf, coerced, literalOf } from '../typing/build.ts';
import { tightestCommonType } from '../typing/coercion.ts';
import {
  argument,
  arrayAt,
  mapAt,
  mismatched,
  modeOf,
  requireOrderable,
  scalar,
} from './nested.ts';
import type { OfArray } from './nested.ts';
import type { CallSite, FunctionRow, Parameter, Typed } from './row.ts';
import { ordinals } from './row.ts';

function bound(site: CallSite, index: number, parameters: readonly Parameter[]): Lambda {
  if (site.lambda === undefined) throw new Error('a row with lambdas is called without any');
  return site.lambda(index, parameters);
}

const elementOf = (array: OfArray): Parameter => ({
  type: array.type.element,
  nullable: array.type.containsNull,
});
const indexParameter: Parameter = { type: intType, nullable: false };

/** The lambda of an element, or of an element and its index from 0. */
function overElements(site: CallSite, array: OfArray): Lambda {
  const parameters = [elementOf(array)];
  const lambda = lambdaOfTwo(site, 1) ? [...parameters, indexParameter] : parameters;
  return bound(site, 1, lambda);
}

function lambdaOfTwo(site: CallSite, index: number): boolean {
  return site.lambdaArity?.(index) === 2;
}

/** A lambda whose body is of the type, or Spark's mismatch. */
function yielding(
  site: CallSite,
  index: number,
  lambda: Lambda,
  type: DataType,
  values: readonly Expression[],
): Lambda {
  const { body } = lambda;
  if (sameType(body.type, type) || sameShape(body.type, type)) return lambda;
  if (body.type.kind === 'void') {
    const cast = coerced(body, type, modeOf(site));
    return { ...lambda, body: cast, type: cast.type, nullable: cast.nullable };
  }
  return mismatched({ ...site, arguments: values }, 'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE', {
    paramIndex: ordinals[index] ?? String(index + 1),
    requiredType: quotedType(type),
    inputSql: quotedText(lambda, site.timeZone),
    inputType: quotedType(body.type),
  });
}

/** Equal but for the names of fields. */
function sameShape(left: DataType, right: DataType): boolean {
  if (left.kind === 'array' && right.kind === 'array')
    return sameShape(left.element, right.element);
  if (left.kind === 'map' && right.kind === 'map') {
    return sameShape(left.key, right.key) && sameShape(left.value, right.value);
  }
  if (left.kind !== 'struct' || right.kind !== 'struct') return sameType(left, right);
  return (
    left.fields.length === right.fields.length &&
    left.fields.every((field, index) => {
      const other = right.fields[index];
      return other !== undefined && sameShape(field.type, other.type);
    })
  );
}

function transformed(site: CallSite): Typed {
  const array = arrayAt(site, 0);
  const lambda = overElements(site, array);
  const type = arrayType(lambda.type, lambda.nullable);
  return { arguments: [array, lambda], type, nullable: array.nullable };
}

function filtered(site: CallSite): Typed {
  const array = arrayAt(site, 0);
  const lambda = overElements(site, array);
  const test = yielding(site, 1, lambda, booleanType, [array, lambda]);
  return { arguments: [array, test], type: array.type, nullable: array.nullable };
}

function judged(site: CallSite): Typed {
  const array = arrayAt(site, 0);
  const lambda = bound(site, 1, [elementOf(array)]);
  const test = yielding(site, 1, lambda, booleanType, [array, lambda]);
  const nullable = array.nullable || test.nullable;
  return { arguments: [array, test], type: booleanType, nullable };
}

function aggregated(site: CallSite): Typed {
  const array = arrayAt(site, 0);
  const zero = argument(site, 1);
  const state: Parameter = { type: zero.type, nullable: true };
  const merge = bound(site, 2, [state, elementOf(array)]);
  const finish =
    site.arguments.length > 3 ? bound(site, 3, [state]) : identity(site, merge, zero.type);
  const values = [array, zero, merge, finish];
  const merged = yielding(site, 2, merge, zero.type, values);
  return {
    arguments: [array, zero, merged, finish],
    type: finish.type,
    nullable: array.nullable || finish.nullable,
  };
}

/** What Spark writes where the last step is left out. */
function identity(site: CallSite, merge: Lambda, type: DataType): Lambda {
  const [state] = merge.parameters;
  if (state === undefined) throw new Error('a step has a state');
  const parameter = { ...state, type, range: site.range };
  const { range } = site;
  return { kind: 'lambda', parameters: [parameter], body: parameter, type, nullable: true, range };
}

function zipped(site: CallSite): Typed {
  const [left, right] = [arrayAt(site, 0), arrayAt(site, 1)];
  const parameters = [left, right].map((array) => ({ type: array.type.element, nullable: true }));
  const lambda = bound(site, 2, parameters);
  return {
    arguments: [left, right, lambda],
    type: arrayType(lambda.type, lambda.nullable),
    nullable: left.nullable || right.nullable,
  };
}

function overPairs(site: CallSite) {
  const map = mapAt(site, 0);
  const { key, value, valueContainsNull } = map.type;
  const lambda = bound(site, 1, [
    { type: key, nullable: false },
    { type: value, nullable: valueContainsNull },
  ]);
  return { map, lambda };
}

function filteredMap(site: CallSite): Typed {
  const { map, lambda } = overPairs(site);
  const test = yielding(site, 1, lambda, booleanType, [map, lambda]);
  return { arguments: [map, test], type: map.type, nullable: map.nullable };
}

function withKeys(site: CallSite): Typed {
  const { map, lambda } = overPairs(site);
  const values = [map, lambda];
  if (containsMap(lambda.type)) {
    mismatched({ ...site, arguments: values }, 'DATATYPE_MISMATCH.INVALID_MAP_KEY_TYPE', {
      keyType: quotedType(lambda.type),
    });
  }
  return { arguments: values, type: { ...map.type, key: lambda.type }, nullable: map.nullable };
}

function withValues(site: CallSite): Typed {
  const { map, lambda } = overPairs(site);
  const type: DataType = {
    ...map.type,
    value: lambda.type,
    valueContainsNull: lambda.nullable,
  };
  return { arguments: [map, lambda], type, nullable: map.nullable };
}

function zippedMaps(site: CallSite): Typed {
  const [left, right] = [mapAt(site, 0), mapAt(site, 1)];
  const key = tightestCommonType(left.type.key, right.type.key, site.ansi);
  if (key === undefined) {
    return mismatched(site, 'DATATYPE_MISMATCH.MAP_ZIP_WITH_DIFF_TYPES', {
      functionName: `\`${site.name}\``,
      leftType: quotedType(left.type.key),
      rightType: quotedType(right.type.key),
    });
  }
  const lambda = bound(site, 2, [
    { type: key, nullable: false },
    { type: left.type.value, nullable: true },
    { type: right.type.value, nullable: true },
  ]);
  const as = (map: typeof left) => coerced(map, { ...map.type, key }, modeOf(site));
  return {
    arguments: [as(left), as(right), lambda],
    type: { kind: 'map', key, value: lambda.type, valueContainsNull: lambda.nullable },
    nullable: left.nullable || right.nullable,
  };
}

function sorted(site: CallSite): Typed {
  const array = arrayAt(site, 0);
  const parameters = [elementOf(array), elementOf(array)];
  if (site.arguments.length < 2) {
    requireOrderable(site, array.type.element, array.type);
    const lambda = naturalOrder(bound(site, 1, parameters));
    // The last argument tells that the order is the elements' own.
    const values = [array, lambda, literalOf(true, booleanType, site.range)];
    return { arguments: values, type: array.type, nullable: array.nullable, shownCount: 2 };
  }
  const lambda = bound(site, 1, parameters);
  if (lambda.type.kind !== 'int') {
    mismatched(
      { ...site, arguments: [array, lambda] },
      'DATATYPE_MISMATCH.UNEXPECTED_RETURN_TYPE',
      {
        functionName: `\`${site.name}\``,
        expectedType: '"INT"',
        actualType: quotedType(lambda.type),
      },
    );
  }
  return { arguments: [array, lambda], type: array.type, nullable: array.nullable };
}

/** Spark's own comparison, which the column's name shows: nulls are last. */
function naturalOrder(lambda: Lambda): Lambda {
  const [left, right] = lambda.parameters;
  if (left === undefined || right === undefined) throw new Error('a comparison is of two');
  const { range } = lambda;
  const int = (value: bigint) => literalOf(value, intType, range);
  const call = (name: string, values: readonly Expression[], type: DataType = booleanType) =>
    callOf(name, values, type, 'ansi', range);
  const choose = (test: Expression, then: Expression, otherwise: Expression) =>
    call('if', [test, then, otherwise], intType);
  const isNull = (value: Expression) => call('isnull', [value]);
  const body = choose(
    call('and', [isNull(left), isNull(right)]),
    int(0n),
    choose(
      isNull(left),
      int(1n),
      choose(
        isNull(right),
        int(-1n),
        choose(
          call('<', [left, right]),
          int(-1n),
          choose(call('>', [left, right]), int(1n), int(0n)),
        ),
      ),
    ),
  );
  return { ...lambda, body, type: intType, nullable: false };
}

export const higherOrder: readonly FunctionRow[] = [
  scalar(
    'transform',
    2,
    'transform(array, element -> …)',
    'What the lambda makes of every element, or of every element and its index from 0.',
    transformed,
    { lambdas: [1] },
  ),
  scalar(
    'filter',
    2,
    'filter(array, element -> …)',
    'The elements for which the lambda is true.',
    filtered,
    { lambdas: [1] },
  ),
  scalar(
    'exists',
    2,
    'exists(array, element -> …)',
    'Whether the lambda is true of an element; null where it is null of one and true of none.',
    judged,
    { lambdas: [1] },
  ),
  scalar(
    'forall',
    2,
    'forall(array, element -> …)',
    'Whether the lambda is true of all elements; null where it is null of one and false of none.',
    judged,
    { lambdas: [1] },
  ),
  scalar(
    'aggregate',
    [3, 4],
    'aggregate(array, start, (state, element) -> …[, state -> …])',
    'The state after all elements, and what the last lambda makes of it.',
    aggregated,
    { lambdas: [2, 3], aliases: ['reduce'] },
  ),
  scalar(
    'zip_with',
    3,
    'zip_with(array, array, (left, right) -> …)',
    'What the lambda makes of the elements at the same places; the shorter is filled with nulls.',
    zipped,
    { lambdas: [2] },
  ),
  scalar(
    'map_filter',
    2,
    'map_filter(map, (key, value) -> …)',
    'The pairs for which the lambda is true.',
    filteredMap,
    { lambdas: [1] },
  ),
  scalar(
    'transform_keys',
    2,
    'transform_keys(map, (key, value) -> …)',
    'The map with the keys that the lambda makes.',
    withKeys,
    { lambdas: [1] },
  ),
  scalar(
    'transform_values',
    2,
    'transform_values(map, (key, value) -> …)',
    'The map with the values that the lambda makes.',
    withValues,
    { lambdas: [1] },
  ),
  scalar(
    'map_zip_with',
    3,
    'map_zip_with(map, map, (key, left, right) -> …)',
    'What the lambda makes of the values of every key in either map.',
    zippedMaps,
    { lambdas: [2] },
  ),
  scalar(
    'array_sort',
    [1, 2],
    'array_sort(array[, (left, right) -> …])',
    'The elements in the order that the lambda says, or their own with nulls last.',
    sorted,
    { lambdas: [1] },
  ),
];
