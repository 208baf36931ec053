/** Expressions of Spark from values of Python. */
import { identifierParts } from '#sql/parse/name.ts';
import type { Range } from '#sql/plan/range.ts';
import type { DataType } from '#sql/plan/types.ts';
import {
  binaryType,
  booleanType,
  dateType,
  decimalType,
  doubleType,
  intType,
  longType,
  stringType,
  timestampType,
  voidType,
} from '#sql/plan/types.ts';
import type { Expression, LiteralValue, SortOrder } from '#sql/plan/unresolved.ts';
import type { Branches, Text, Value } from './values.ts';
import { CannotKnow } from './values.ts';

export function call(
  functionName: string,
  args: readonly Expression[],
  range: Range,
  { isDistinct = false, operator = false } = {},
): Expression {
  return {
    kind: 'unresolvedFunction',
    functionName,
    arguments: args,
    isDistinct,
    operator,
    range,
  };
}

export function operation(symbol: string, args: readonly Expression[], range: Range): Expression {
  return call(symbol, args, range, { operator: true });
}

export function literal(value: LiteralValue, type: DataType, range: Range): Expression {
  return { kind: 'literal', value, type, range };
}

export function intLiteral(value: bigint | number, range: Range): Expression {
  return literal(BigInt(value), intType, range);
}

export function aliasOf(expression: Expression, name: string, range: Range): Expression {
  return { kind: 'alias', expression, name, range };
}

/** A column by its name, as `col` reads it: dots lead into structs, back quotes keep them, `*` is every column. */
export function namedColumn(name: string, range: Range, planId?: number): Expression {
  const ofPlan = planId === undefined ? {} : { planId };
  if (name === '*') return { kind: 'unresolvedStar', target: [], ...ofPlan, range };
  if (name.endsWith('.*'))
    return { kind: 'unresolvedStar', target: partsOf(name.slice(0, -2), range), range };
  const nameParts = partsOf(name, range);
  return {
    kind: 'unresolvedAttribute',
    nameParts,
    ...ofPlan,
    range,
  };
}

function partsOf(name: string, range: Range): readonly string[] {
  if (!name.includes('`')) return name.split('.');
  const parts = identifierParts(name);
  if (!parts) throw new CannotKnow(`'${name}' is no name of a column`, range);
  return parts;
}

/** What `lit` makes of a value. */
export function literalOf(value: Value, range: Range): Expression {
  switch (value.kind) {
    case 'none':
      return literal(null, voidType, range);
    case 'bool':
      return literal(value.value, booleanType, range);
    case 'int': {
      const isInt = value.value >= -(2n ** 31n) && value.value < 2n ** 31n;
      if (BigInt.asIntN(64, value.value) !== value.value)
        throw new CannotKnow('a whole number of more than 64 bits has no type in Spark', range);
      return literal(value.value, isInt ? intType : longType, range);
    }
    case 'float':
      return literal(value.value, doubleType, range);
    case 'str':
      return literal(value.value, stringType, range);
    case 'bytes':
      return literal(value.value, binaryType, range);
    case 'date':
      return literal(value.days, dateType, range);
    case 'datetime':
      // A local time is an instant only in the session's time zone, which a cast knows.
      return {
        kind: 'cast',
        expression: literal(localText(value.micros), stringType, range),
        toType: timestampType,
        evalMode: 'default',
        range,
      };
    case 'decimal': {
      const digits = String(value.unscaled).replace('-', '').length;
      return literal(
        value.unscaled,
        decimalType(Math.max(digits, value.scale), value.scale),
        range,
      );
    }
    case 'list':
    case 'tuple':
      return call(
        'array',
        value.items.map((item) => columnOf(item, range)),
        range,
      );
    case 'column':
    case 'condition':
      return columnOf(value, range);
    case 'result': {
      const { step, path } = value;
      return {
        kind: 'literal',
        value: null,
        type: voidType,
        late: { step, ...(path ? { path } : {}) },
        range,
      };
    }
    default:
      throw new CannotKnow('this is no value that a column can hold', range);
  }
}

function localText(micros: bigint): string {
  const seconds = Number(micros / 1_000_000n);
  const rest = String(micros % 1_000_000n).padStart(6, '0');
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')}.${rest}`;
}

/** A column where one is meant: a column, or a value as a literal. */
export function columnOf(value: Value, range: Range): Expression {
  switch (value.kind) {
    case 'column':
      return value.expression;
    case 'condition':
      return caseOf(value.branches, undefined, range);
    case 'sort':
      throw new CannotKnow('an order such as desc() belongs into orderBy or a window', range);
    default:
      return literalOf(value, range);
  }
}

/** A column, where a text is the name of one. */
export function columnOrName(value: Value, range: Range): Expression {
  return value.kind === 'str'
    ? namedColumn(value.value, placeOf(value, range))
    : columnOf(value, range);
}

/** Where a text stands in the source, inside its quotes; the whole where it was put together. */
export function placeOf({ value, literal }: Text, whole: Range): Range {
  const [start, end] = [literal?.starts[0], literal?.ends.at(-1)];
  return literal?.value === value && start !== undefined && end !== undefined
    ? { start, end }
    : whole;
}

export function caseOf(
  branches: Branches,
  elseValue: Expression | undefined,
  range: Range,
): Expression {
  return { kind: 'caseWhen', branches, ...(elseValue ? { elseValue } : {}), range };
}

/** Ascending puts nulls first and descending last, as Spark does. */
export function sortOf(
  child: Expression,
  isAscending: boolean,
  range: Range,
  nullOrdering: SortOrder['nullOrdering'] = isAscending ? 'nullsFirst' : 'nullsLast',
): SortOrder {
  return {
    kind: 'sortOrder',
    child,
    direction: isAscending ? 'ascending' : 'descending',
    nullOrdering,
    range,
  };
}
