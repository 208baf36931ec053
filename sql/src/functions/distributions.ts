/** Aggregates that look at how values are distributed, or write them one after the other. */
import { quotedText, quotedType } from '../plan/columnText.ts';
import type { Expression, Literal } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import {
  arrayType,
  binaryType,
  booleanType,
  dateType,
  doubleType,
  intType,
  isDatetime,
  isIntegral,
  isNumeric,
  longType,
  stringType,
} from '../plan/types.ts';
import { raise } from '../problem.ts';
import { coerced, literalOf } from '../typing/build.ts';
import { evaluate } from '../typing/evaluate.ts';
import { argument, mismatched, modeOf, scalar, unexpected } from './nested.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { cast, refuseTimeCast } from './row.ts';

const aggregate = (...parts: Parameters<typeof scalar>): FunctionRow => ({
  ...scalar(...parts),
  kind: 'aggregate',
});

/** Whose percentiles are interpolated: numbers become doubles, intervals keep their family. */
function measured(site: CallSite, value: Expression): Expression {
  const { type } = value;
  if (isNumeric(type)) return value;
  if (type.kind === 'void' || type.kind === 'string')
    return coerced(value, doubleType, modeOf(site));
  const isInterval = type.kind === 'yearMonthInterval' || type.kind === 'dayTimeInterval';
  if (isInterval) return value;
  return unexpected(
    { ...site, arguments: [value] },
    0,
    '("NUMERIC" or "INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH")',
  );
}

function interpolatedType(type: DataType): DataType {
  if (type.kind === 'yearMonthInterval') return { kind: type.kind, first: 'year', last: 'month' };
  if (type.kind === 'dayTimeInterval') return { kind: type.kind, first: 'day', last: 'second' };
  return doubleType;
}

/** One percentage or several, constants between 0 and 1. */
function percentages(site: CallSite, given: Expression): Expression {
  const isList = given.type.kind === 'array';
  const wanted = isList ? arrayType(doubleType, false) : doubleType;
  const value = coerced(given, wanted, modeOf(site));
  const parts =
    given.kind === 'call' && given.name === 'array' ? given.arguments : isList ? [] : [given];
  const constants = parts.map((part) => evaluate(coerced(part, doubleType, modeOf(site))));
  if (constants.includes(undefined) || (isList && parts.length === 0)) {
    mismatched(site, 'DATATYPE_MISMATCH.NON_FOLDABLE_INPUT', {
      inputName: '`percentage`',
      inputType: isList ? '"ARRAY<DOUBLE>"' : '"DOUBLE"',
      inputExpr: quotedText(given, site.timeZone),
    });
  }
  for (const constant of constants) {
    if (constant?.value === null) {
      mismatched(site, 'DATATYPE_MISMATCH.UNEXPECTED_NULL', { exprName: 'percentage' });
    }
    const share = Number(constant?.value);
    if (!(share >= 0 && share <= 1)) {
      mismatched(site, 'DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE', {
        exprName: 'percentage',
        valueRange: '[0.0, 1.0]',
        currentValue: String(share),
      });
    }
  }
  return value;
}

function resultOf(percentage: Expression, type: DataType): DataType {
  return percentage.type.kind === 'array' ? arrayType(type, false) : type;
}

function percentile(site: CallSite): Typed {
  const value = measured(site, argument(site, 0));
  const percentage = percentages(site, argument(site, 1));
  const frequency = site.arguments[2] ?? literalOf(1n, longType, site.range);
  if (!isIntegral(frequency.type)) {
    unexpected(site, 2, '"INTEGRAL"');
  }
  return {
    arguments: [value, percentage, frequency],
    type: resultOf(percentage, interpolatedType(value.type)),
    nullable: true,
  };
}

function median(site: CallSite): Typed {
  const value = measured(site, argument(site, 0));
  return { arguments: [value], type: interpolatedType(value.type), nullable: true };
}

/** The only key of WITHIN GROUP. */
function onlyKey(site: CallSite, expected = 1) {
  const orders = site.withinGroup ?? [];
  const functionName = `\`${site.name}\``;
  if (orders.length !== expected) {
    raise(
      orders.length === 0
        ? 'INVALID_WITHIN_GROUP_EXPRESSION.WITHIN_GROUP_MISSING'
        : 'INVALID_WITHIN_GROUP_EXPRESSION.WRONG_NUM_ORDERINGS',
      {
        funcName: functionName,
        expectedNum: String(expected),
        actualNum: String(orders.length),
      },
      site.range,
    );
  }
  return orders[0];
}

function withinGroup(site: CallSite): Typed {
  if (site.isDistinct === true) refuseDistinct(site);
  const key = onlyKey(site);
  if (key === undefined) throw new Error('there is one key');
  const value = measured(site, key.child);
  const percentage = percentages(site, argument(site, 0));
  const isReversed = key.direction === 'descending';
  return {
    arguments: [value, percentage, literalOf(isReversed, booleanType, site.range)],
    type: resultOf(percentage, interpolatedType(value.type)),
    nullable: true,
  };
}

function refuseDistinct(site: CallSite): never {
  return raise(
    'INVALID_WITHIN_GROUP_EXPRESSION.DISTINCT_UNSUPPORTED',
    { funcName: `\`${site.name}\`` },
    site.range,
  );
}

function approximate(site: CallSite): Typed {
  const value = argument(site, 0);
  const { type } = value;
  const isKnown =
    isNumeric(type) || isDatetime(type) || type.kind.endsWith('Interval') || type.kind === 'void';
  const given =
    type.kind === 'string' || type.kind === 'void'
      ? coerced(value, doubleType, modeOf(site))
      : value;
  if (type.kind === 'time') refuseTimeCast(site, value, dateType);
  if (!isKnown && type.kind !== 'string') {
    unexpected(
      site,
      0,
      '("NUMERIC" or "DATE" or "TIMESTAMP" or "TIMESTAMP_NTZ" or "INTERVAL YEAR TO MONTH" or "INTERVAL DAY TO SECOND")',
    );
  }
  const percentage = percentages(site, argument(site, 1));
  const accuracy = site.arguments[2] ?? literalOf(10000n, intType, site.range);
  if (!isIntegral(accuracy.type)) unexpected(site, 2, '"INTEGRAL"');
  const accurate = evaluate(accuracy)?.value;
  if (typeof accurate === 'bigint' && !(0n < accurate && accurate <= 2147483647n)) {
    mismatched(site, 'DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE', {
      exprName: 'accuracy',
      valueRange: '(0, 2147483647]',
      currentValue: String(accurate),
    });
  }
  return {
    arguments: [given, percentage, accuracy],
    type: resultOf(percentage, given.type),
    nullable: true,
  };
}

function mode(site: CallSite): Typed {
  if (site.isDistinct === true) refuseDistinct(site);
  if (site.arguments.length === 0) {
    const key = onlyKey(site);
    if (key === undefined) throw new Error('there is one key');
    return ordered(site, key.child, key.direction === 'descending');
  }
  onlyKey(site, 0);
  const value = argument(site, 0);
  const choice = site.arguments[1];
  const isFixed = choice && evaluate(choice);
  if (choice !== undefined) checkChoice(site, choice, isFixed);
  if (isFixed?.value === true) return ordered(site, value, false);
  return { arguments: [value], type: value.type, nullable: true };
}

function checkChoice(site: CallSite, choice: Expression, constant: Literal | undefined): void {
  const functionName = `\`${site.name}\``;
  if (constant === undefined) {
    raise(
      'NON_FOLDABLE_ARGUMENT',
      { funcName: functionName, paramName: '`deterministic`', paramType: '"BOOLEAN"' },
      site.range,
    );
  }
  if (constant.value === null) {
    raise(
      'DATATYPE_MISMATCH.UNEXPECTED_NULL',
      { sqlExpr: quotedText(choice, site.timeZone), exprName: '`deterministic`' },
      site.range,
    );
  }
  if (choice.type.kind !== 'boolean') {
    raise(
      'UNEXPECTED_INPUT_TYPE',
      {
        functionName,
        paramIndex: 'second',
        requiredType: '"BOOLEAN"',
        inputSql: quotedText(choice, site.timeZone),
        inputType: quotedType(choice.type),
      },
      site.range,
    );
  }
}

/** Of values that are as frequent, the least or the greatest. */
function ordered(site: CallSite, value: Expression, isGreatest: boolean): Typed {
  const last = literalOf(isGreatest, booleanType, site.range);
  return { arguments: [value, last], type: value.type, nullable: true };
}

function histogram(site: CallSite): Typed {
  const value = argument(site, 0);
  const given = value.type.kind === 'void' ? coerced(value, doubleType, modeOf(site)) : value;
  const { type } = given;
  const isInterval = type.kind === 'yearMonthInterval' || type.kind === 'dayTimeInterval';
  if (type.kind === 'time') refuseTimeCast(site, value, dateType);
  if (!isNumeric(type) && !isDatetime(type) && !isInterval) {
    unexpected(
      site,
      0,
      '("NUMERIC" or "DATE" or "TIMESTAMP" or "TIMESTAMP_NTZ" or "INTERVAL YEAR TO MONTH" or "INTERVAL DAY TO SECOND")',
    );
  }
  const bins = argument(site, 1);
  if (bins.type.kind !== 'int' && bins.type.kind !== 'void') unexpected(site, 1, '"INT"');
  const count = evaluate(bins);
  if (count === undefined) {
    mismatched(site, 'DATATYPE_MISMATCH.NON_FOLDABLE_INPUT', {
      inputName: '`nb`',
      inputType: '"INT"',
      inputExpr: quotedText(bins, site.timeZone),
    });
  }
  if (count.value === null) {
    mismatched(site, 'DATATYPE_MISMATCH.UNEXPECTED_NULL', { exprName: 'nb' });
  }
  if (Number(count.value) < 2) {
    mismatched(site, 'DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE', {
      exprName: 'histogram',
      valueRange: '[2, 2147483647]',
      currentValue: String(count.value),
    });
  }
  const fields = [
    { name: 'x', type, nullable: true },
    { name: 'y', type: doubleType, nullable: true },
  ];
  return {
    arguments: [given, bins],
    type: arrayType({ kind: 'struct', fields }, true),
    nullable: true,
  };
}

/** The separator is a constant; keys and how they order follow it and print behind WITHIN GROUP. */
function listed(site: CallSite): Typed {
  const { type } = argument(site, 0);
  if (['array', 'map', 'struct', 'variant'].includes(type.kind)) {
    unexpected(site, 0, '("STRING" or "BINARY")');
  }
  const isBinary = type.kind === 'binary';
  const result = isBinary ? binaryType : stringType;
  const separator = site.arguments[1] ?? literalOf(null, { kind: 'void' }, site.range);
  if (evaluate(separator) === undefined) {
    mismatched(site, 'DATATYPE_MISMATCH.NON_FOLDABLE_INPUT', {
      inputName: '`delimiter`',
      inputType: quotedType(separator.type),
      inputExpr: quotedText(separator, site.timeZone),
    });
  }
  const [value, between] = cast({ ...site, arguments: [argument(site, 0), separator] }, [result]);
  if (value === undefined || between === undefined) throw new Error('both were given');
  const orders = site.withinGroup ?? [];
  const isOther = orders.some(
    ({ child }) => quotedText(child, site.timeZone) !== quotedText(value, site.timeZone),
  );
  if (site.isDistinct === true && orders.length > 0 && isOther) {
    raise(
      'INVALID_WITHIN_GROUP_EXPRESSION.MISMATCH_WITH_DISTINCT_INPUT',
      {
        funcName: `\`${site.name}\``,
        funcArg: quotedText(value, site.timeZone),
        orderingExpr: orders.map(({ child }) => quotedText(child, site.timeZone)).join(', '),
      },
      site.range,
    );
  }
  const keys = orders.flatMap(({ child, direction, nullOrdering }) => {
    const text = `${direction === 'ascending' ? 'ASC' : 'DESC'} ${nullOrdering === 'nullsFirst' ? 'NULLS FIRST' : 'NULLS LAST'}`;
    return [child, literalOf(text, stringType, site.range)];
  });
  return { arguments: [value, between, ...keys], type: result, nullable: true };
}

const bitmap = (name: string, type: DataType, doc: string) =>
  aggregate(name, 1, `${name}(expr)`, doc, (site) => {
    if (argument(site, 0).type.kind !== type.kind && type.kind === 'binary') {
      unexpected(site, 0, '"BINARY"');
    }
    return { arguments: cast(site, [type]), type: binaryType, nullable: false };
  });

export const distributions: readonly FunctionRow[] = [
  aggregate(
    'percentile',
    [2, 3],
    'percentile(value, percentage[, frequency])',
    'The exact percentile, interpolated between two values.',
    percentile,
  ),
  aggregate('median', 1, 'median(value)', 'The middle value, interpolated between two.', median),
  aggregate(
    'percentile_cont',
    1,
    'percentile_cont(percentage) WITHIN GROUP (ORDER BY value)',
    'The percentile, interpolated between two values.',
    withinGroup,
    { takesWithinGroup: true },
  ),
  aggregate(
    'percentile_disc',
    1,
    'percentile_disc(percentage) WITHIN GROUP (ORDER BY value)',
    'The first value at or behind the percentage.',
    withinGroup,
    { takesWithinGroup: true },
  ),
  aggregate(
    'percentile_approx',
    [2, 3],
    'percentile_approx(value, percentage[, accuracy])',
    'A value at the percentage; computed exactly here.',
    approximate,
    { aliases: ['approx_percentile'] },
  ),
  aggregate(
    'mode',
    [0, 2],
    'mode(value[, deterministic]) or mode() WITHIN GROUP (ORDER BY value)',
    'The most frequent value that is not null.',
    mode,
    { takesWithinGroup: true },
  ),
  aggregate(
    'histogram_numeric',
    2,
    'histogram_numeric(value, bins)',
    'A histogram of so many bins, each with its centre and its height.',
    histogram,
  ),
  aggregate(
    'listagg',
    [1, 2],
    'listagg(text[, separator]) [WITHIN GROUP (ORDER BY key, …)]',
    'The texts that are not null one after the other.',
    listed,
    { takesWithinGroup: true, aliases: ['string_agg'] },
  ),
  bitmap('bitmap_construct_agg', longType, 'A bitmap in which the bits at all positions are set.'),
  bitmap('bitmap_or_agg', binaryType, 'The bits that are set in any bitmap.'),
  bitmap('bitmap_and_agg', binaryType, 'The bits that are set in all bitmaps.'),
];
