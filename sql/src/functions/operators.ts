/** Operators, with the coercions that Spark has for them, and the functions that are operators by another name. */
import { quotedText, quotedType } from '../plan/columnText.ts';
import type { Expression } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import {
  booleanType,
  dateType,
  decimalType,
  doubleType,
  intType,
  isDatetime,
  isAnsiInterval,
  isFractional,
  isIntegral,
  isNumeric,
  longType,
  sameType,
  stringType,
} from '../plan/types.ts';
import { raise } from '../problem.ts';
import { coerced, literalOf } from '../typing/build.ts';
import {
  decimalOf,
  decimalResult,
  legacyComparisonType,
  promotedString,
  tightestCommonType,
  widerDecimal,
} from '../typing/coercion.ts';
import { isInterval, ratio, scaled } from './intervals.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { anyNull, cast, commonArguments, refuseTimeCast, siteText } from './row.ts';
import { timeArithmetic } from './times.ts';

type Pair = readonly [Expression, Expression];

const row = (
  name: string,
  arity: number,
  doc: string,
  resolve: (site: CallSite) => Typed,
  more: Partial<FunctionRow> = {},
): FunctionRow => ({
  name,
  kind: 'scalar',
  minimum: arity,
  signature: arity === 1 ? `${name} expr` : `expr ${name} expr`,
  doc,
  resolve,
  ...more,
});

function mode(site: CallSite): 'ansi' | 'legacy' {
  return site.ansi ? 'ansi' : 'legacy';
}

/** Decimals stay as they are, integers beside them become decimals, a literal the smallest that holds it. */
function withDecimals(site: CallSite, [left, right]: Pair): Pair {
  const hasDecimal = left.type.kind === 'decimal' || right.type.kind === 'decimal';
  if (!hasDecimal || left.type.kind === right.type.kind) return [left, right];
  const convert = (expression: Expression): Expression => {
    if (isIntegral(expression.type)) {
      const { kind } = expression;
      const type =
        kind === 'literal' &&
        typeof expression.value === 'bigint' &&
        expression.type.kind !== 'byte'
          ? decimalType(String(expression.value).replace('-', '').length, 0)
          : decimalOf(expression.type);
      return coerced(expression, type, mode(site));
    }
    const beside = expression === left ? right : left;
    return expression.type.kind === 'decimal' && isFractional(beside.type)
      ? coerced(expression, doubleType, mode(site))
      : expression;
  };
  return [convert(left), convert(right)];
}

/** Both sides as one type where Spark finds one. */
function alike(site: CallSite, pair: Pair, strings: typeof promotedString): Pair {
  let [left, right] = pair;
  const promoted = strings(left.type, right.type);
  if (promoted !== undefined) {
    left = coerced(left, promoted, mode(site));
    right = coerced(right, promoted, mode(site));
  }
  [left, right] = withDecimals(site, [left, right]);
  if (left.type.kind === 'decimal' && right.type.kind === 'decimal') return [left, right];
  const common = tightestCommonType(left.type, right.type, site.ansi);
  if (common === undefined) return [left, right];
  return [coerced(left, common, mode(site)), coerced(right, common, mode(site))];
}

function differ(site: CallSite, [left, right]: Pair): never {
  return raise(
    'DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES',
    {
      sqlExpr: `"${siteText({ ...site, arguments: [left, right] })}"`,
      left: quotedType(left.type),
      right: quotedType(right.type),
    },
    site.range,
  );
}

function wrong(site: CallSite, values: readonly Expression[], inputType: string): never {
  return raise(
    'DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE',
    {
      sqlExpr: `"${siteText({ ...site, arguments: values })}"`,
      inputType,
      actualDataType: quotedType(values[0]?.type ?? { kind: 'void' }),
    },
    site.range,
  );
}

/** In the older mode strings in arithmetic are doubles. */
const legacyArithmetic = (left: DataType, right: DataType): DataType | undefined =>
  (left.kind === 'string' && isNumeric(right)) ||
  (right.kind === 'string' && isNumeric(left)) ||
  (left.kind === 'string' && right.kind === 'string')
    ? doubleType
    : undefined;

function arithmetic(operator: '+' | '-' | '*' | '/' | '%', resultName?: string) {
  return (site: CallSite): Typed => {
    const given = site.arguments as Pair;
    if (operator === '+' || operator === '-') {
      const timed = timeArithmetic(site, given, operator);
      if (timed !== undefined) return timed;
      const dated = datetimeArithmetic(site, given, operator);
      if (dated !== undefined) return dated;
    }
    if (operator === '*' || operator === '/') {
      const product = scaled(site, operator);
      if (product !== undefined) return { name: resultName ?? operator, ...product };
    }
    let pair = alike(site, given, site.ansi ? promotedString : legacyArithmetic);
    if (operator === '/') pair = forDivision(site, pair);
    const [left, right] = pair;
    const name = resultName ?? operator;
    // Spark calls every division nullable.
    const dividing = operator === '/' || operator === '%';
    const nullable = anyNull(pair) || dividing;
    if (left.type.kind === 'decimal' && right.type.kind === 'decimal') {
      const type = decimalResult(
        operator,
        left.type,
        right.type,
        site.settings.allowsPrecisionLoss,
      );
      return { name, arguments: pair, type, nullable: nullable || site.evalMode !== 'ansi' };
    }
    if (!sameType(left.type, right.type)) differ(site, pair);
    if (left.type.kind === 'void') {
      const filled = pair.map((value) => coerced(value, doubleType, mode(site)));
      return { name, arguments: filled, type: doubleType, nullable: true };
    }
    if (!isNumeric(left.type) && !isAnsiInterval(left.type) && isUnpromoted(given))
      differ(site, given);
    if (!isNumeric(left.type)) {
      const isInterval = left.type.kind.endsWith('Interval');
      if (isInterval && (operator === '+' || operator === '-')) {
        return { name, arguments: pair, type: left.type, nullable };
      }
      wrong(
        site,
        pair,
        operator === '/'
          ? '("DOUBLE" or "DECIMAL")'
          : operator === '*' || operator === '%'
            ? '"NUMERIC"'
            : '("NUMERIC" or "INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH" or "INTERVAL")',
      );
    }
    return { name, arguments: pair, type: left.type, nullable };
  };
}

/** Spark finds no common type that the operator takes, and so leaves both sides as they are. */
function isUnpromoted([left, right]: Pair): boolean {
  const hasString = left.type.kind === 'string' || right.type.kind === 'string';
  return !hasString && !sameType(left.type, right.type);
}

/** `/` is of doubles or of decimals. */
function forDivision(site: CallSite, pair: Pair): Pair {
  const [left, right] = pair;
  if (left.type.kind === 'decimal' && right.type.kind === 'decimal') return pair;
  const isNumber = ({ type }: Expression) => isNumeric(type) || type.kind === 'void';
  if (!isNumber(left) || !isNumber(right)) return pair;
  return [coerced(left, doubleType, mode(site)), coerced(right, doubleType, mode(site))];
}

const moves = (type: DataType) =>
  type.kind === 'dayTimeInterval' || type.kind === 'calendarInterval';

function datetimeArithmetic(
  site: CallSite,
  [left, right]: Pair,
  operator: '+' | '-',
): Typed | undefined {
  const nullable = left.nullable || right.nullable;
  const days = (value: Expression) => ['byte', 'short', 'int', 'void'].includes(value.type.kind);
  if (left.type.kind === 'date' && days(right)) {
    const name = operator === '+' ? 'date_add' : 'date_sub';
    return { name, arguments: [left, right], type: dateType, nullable };
  }
  if (operator === '+' && right.type.kind === 'date' && days(left)) {
    return { name: 'date_add', arguments: [right, left], type: dateType, nullable };
  }
  if (isInterval(left.type) && isInterval(right.type)) return undefined;
  if (operator === '+' && isInterval(left.type) && (isDatetime(right.type) || moves(left.type))) {
    if (right.type.kind === 'void' && isAnsiInterval(left.type)) return undefined;
    return datetimeArithmetic(site, [right, left], operator);
  }
  if (isDatetime(left.type) && isInterval(right.type)) {
    const staysDate =
      left.type.kind === 'date' &&
      (right.type.kind !== 'dayTimeInterval' || right.type.last === 'day');
    const time = left.type.kind === 'date' && !staysDate;
    const start = time ? coerced(left, { kind: 'timestamp' }, mode(site)) : left;
    return { name: operator, arguments: [start, right], type: start.type, nullable };
  }
  if (moves(right.type) && !(left.type.kind === 'void' && isAnsiInterval(right.type))) {
    if (left.type.kind !== 'string' && left.type.kind !== 'void')
      refuseTime(site, [left, right], operator);
    const time = coerced(left, { kind: 'timestamp' }, mode(site));
    const type = left.type.kind === 'void' ? time.type : stringType;
    return { name: operator, arguments: [time, right], type, nullable: true };
  }
  const hasText = left.type.kind === 'string' || right.type.kind === 'string';
  const isBetween = operator === '-' && (isDatetime(left.type) || isDatetime(right.type));
  if (isBetween && (site.ansi || !hasText || right.type.kind === 'date')) {
    const pair = alike(site, [left, right], promotedString);
    const [from] = pair;
    if (isDatetime(from.type) && sameType(from.type, pair[1].type)) {
      const type: DataType =
        from.type.kind === 'date'
          ? { kind: 'dayTimeInterval', first: 'day', last: 'day' }
          : { kind: 'dayTimeInterval', first: 'day', last: 'second' };
      return { arguments: pair, type, nullable };
    }
  }
  refuseMisdated(site, [left, right], operator);
  return undefined;
}

/** An interval is added to what is no time. */
function refuseTime(site: CallSite, [left, right]: Pair, operator: '+' | '-'): never {
  const moved = quotedText(right, site.timeZone).slice(1, -1);
  const base = quotedText(left, site.timeZone);
  return raise(
    'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE',
    {
      sqlExpr: `"${base.slice(1, -1)} + ${operator === '-' ? `(- ${moved})` : moved}"`,
      paramIndex: 'first',
      requiredType: '"(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)"',
      inputSql: base,
      inputType: quotedType(left.type),
    },
    site.range,
  );
}

/** What Spark takes for date_add, date_sub or the time between two, and then finds to be no such thing. */
function refuseMisdated(site: CallSite, [left, right]: Pair, operator: '+' | '-'): void {
  const [first, second] = [left.type.kind, right.type.kind];
  if (operator === '-' && first === 'time' && second === 'date')
    refuseTimeCast(site, left, right.type);
  const isMoved = operator === '+' ? first === 'date' || second === 'date' : first === 'date';
  const isSubtracted =
    operator === '-' && (isDatetime(left.type) || isDatetime(right.type)) && !isMoved;
  if (!isMoved && !isSubtracted) return;
  const [date, other] = operator === '+' && first !== 'date' ? [right, left] : [left, right];
  const wrongFirst = isSubtracted && !isDatetime(left.type);
  const value = wrongFirst ? date : other;
  const name = isSubtracted ? site.name : operator === '+' ? 'date_add' : 'date_sub';
  raise(
    'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE',
    {
      sqlExpr: `"${siteText({ ...site, name, arguments: [date, other] })}"`,
      paramIndex: wrongFirst ? 'first' : 'second',
      requiredType: isSubtracted
        ? '("TIMESTAMP" or "TIMESTAMP WITHOUT TIME ZONE")'
        : '("INT" or "SMALLINT" or "TINYINT")',
      inputSql: quotedText(value, site.timeZone),
      inputType: quotedType(value.type),
    },
    site.range,
  );
}

function wholeDivision(site: CallSite): Typed {
  const times = ratio(site);
  if (times !== undefined) return times;
  const pair = alike(site, site.arguments as Pair, site.ansi ? promotedString : legacyArithmetic);
  const [left, right] = pair;
  const nullable = true;
  if (left.type.kind === 'decimal' && right.type.kind === 'decimal') {
    return { arguments: pair, type: longType, nullable };
  }
  if (left.type.kind === 'void' && right.type.kind === 'void') {
    const longs = pair.map((value) => coerced(value, longType, mode(site)));
    return { arguments: longs, type: longType, nullable };
  }
  const given = site.arguments as Pair;
  const hasString = given.some((value) => value.type.kind === 'string');
  if (!hasString && !sameType(left.type, right.type)) differ(site, pair);
  if (!isIntegral(left.type) && isUnpromoted(given)) differ(site, given);
  if (!isIntegral(left.type))
    wrong(
      site,
      pair,
      '("BIGINT" or "DECIMAL" or "INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH")',
    );
  const longs = pair.map((value) => coerced(value, longType, mode(site)));
  return { arguments: longs, type: longType, nullable };
}

/** An integer beside a decimal literal is compared with the nearest whole number that says the same. */
function wholeBound(site: CallSite, [left, right]: Pair): Pair {
  const fromLeft = isIntegral(left.type);
  const [integer, bound] = fromLeft ? [left, right] : [right, left];
  if (!isIntegral(integer.type) || bound.kind !== 'literal' || bound.type.kind !== 'decimal')
    return [left, right];
  if (typeof bound.value !== 'bigint') return [left, right];
  const unit = 10n ** BigInt(bound.type.scale);
  const floor = (bound.value - (((bound.value % unit) + unit) % unit)) / unit;
  const ceiling = floor * unit === bound.value ? floor : floor + 1n;
  const goesDown = fromLeft
    ? site.name === '>' || site.name === '<='
    : site.name === '<' || site.name === '>=';
  const value = goesDown ? floor : ceiling;
  if (value < -(1n << 63n) || 1n << 63n <= value) return [left, right];
  const whole = literalOf(value, longType, bound.range);
  return fromLeft ? [left, whole] : [whole, right];
}

export function comparison(site: CallSite): Typed {
  const isOrdering = ['<', '<=', '>', '>='].includes(site.name);
  const given = isOrdering ? wholeBound(site, site.arguments as Pair) : (site.arguments as Pair);
  let pair = alike(site, given, site.ansi ? promotedString : legacyComparisonType);
  let [left, right] = pair;
  if (left.type.kind === 'decimal' && right.type.kind === 'decimal') {
    const type = widerDecimal(left.type, right.type);
    pair = [coerced(left, type, mode(site)), coerced(right, type, mode(site))];
  } else if (!site.ansi && !sameType(left.type, right.type)) {
    const { kind } = left.type.kind === 'boolean' ? right.type : left.type;
    const hasBoolean = left.type.kind === 'boolean' || right.type.kind === 'boolean';
    if (hasBoolean && isNumeric({ kind } as DataType)) {
      raise(
        'UNSUPPORTED_EXPRESSION',
        { feature: 'comparison of a boolean with a number' },
        site.range,
      );
    }
  }
  [left, right] = pair;
  if (!sameType(left.type, right.type)) differ(site, given);
  if (left.type.kind === 'map') {
    raise(
      'DATATYPE_MISMATCH.INVALID_ORDERING_TYPE',
      {
        sqlExpr: `"${siteText(site)}"`,
        functionName: `\`${site.name}\``,
        dataType: quotedType(left.type),
      },
      site.range,
    );
  }
  const nullable = site.name !== '<=>' && anyNull(pair);
  return { arguments: pair, type: booleanType, nullable };
}

function logical(site: CallSite): Typed {
  const pair = site.arguments.map((value) =>
    value.type.kind === 'void' || (value.type.kind === 'string' && hasBoolean(site))
      ? coerced(value, booleanType, mode(site))
      : value,
  ) as unknown as Pair;
  const [left, right] = pair;
  if (!sameType(left.type, right.type)) differ(site, pair);
  if (left.type.kind !== 'boolean') wrong(site, pair, '"BOOLEAN"');
  return { arguments: pair, type: booleanType, nullable: anyNull(pair) };
}

function hasBoolean(site: CallSite): boolean {
  return site.arguments.some((value) => value.type.kind === 'boolean');
}

function bitwise(site: CallSite): Typed {
  const pair = alike(site, site.arguments as Pair, site.ansi ? promotedString : () => undefined);
  const [left, right] = pair;
  if (!sameType(left.type, right.type)) differ(site, pair);
  if (!isIntegral(left.type)) wrong(site, pair, '"INTEGRAL"');
  return { arguments: pair, type: left.type, nullable: anyNull(pair) };
}

function shift(site: CallSite): Typed {
  const [value] = site.arguments as Pair;
  const first = value.type.kind === 'long' ? longType : intType;
  const values = cast(site, [first, intType]);
  return { arguments: values, type: first, nullable: anyNull(values) };
}

function pattern(site: CallSite): Typed {
  const values = cast(site, [stringType]);
  return { arguments: values, type: booleanType, nullable: anyNull(values) };
}

function sameAsFirst(site: CallSite): Typed {
  const values = cast(site, ['numericOrInterval']);
  const [value] = values as readonly [Expression];
  return { arguments: values, type: value.type, nullable: value.nullable };
}

/** An operator that yields null where it would raise. */
const tried = (name: string, operator: '+' | '-' | '*' | '/' | '%', doc: string): FunctionRow =>
  row(
    name,
    2,
    doc,
    (site) => {
      const result = arithmetic(operator)({ ...site, name: operator, evalMode: 'try' });
      // An interval before a time is added to it, and printed as it was written.
      const isTurned = result.arguments[0]?.range.start !== site.arguments[0]?.range.start;
      return {
        ...result,
        writtenAs: name,
        ...(isTurned ? { printedAs: siteText(site) } : {}),
        evalMode: 'try',
        nullable: true,
      };
    },
    { signature: `${name}(left, right)` },
  );

const comparisonRow = (name: string, doc: string) => row(name, 2, doc, comparison);

export const operators: readonly FunctionRow[] = [
  row('+', 2, 'The sum; days and intervals are added to dates.', arithmetic('+')),
  row('-', 2, 'The difference.', arithmetic('-')),
  row('*', 2, 'The product.', arithmetic('*')),
  row('/', 2, 'The quotient as a double or a decimal.', arithmetic('/')),
  row('%', 2, 'The remainder, with the sign of the dividend.', arithmetic('%')),
  row('mod', 2, 'The remainder, with the sign of the dividend.', arithmetic('%', '%'), {
    signature: 'mod(dividend, divisor)',
  }),
  row('pmod', 2, 'The remainder that is not negative.', arithmetic('%', 'pmod'), {
    signature: 'pmod(dividend, divisor)',
  }),
  row('div', 2, 'The whole quotient as a bigint.', wholeDivision),
  row('negative', 1, 'The value with the other sign.', sameAsFirst),
  row('positive', 1, 'The value itself.', sameAsFirst),
  tried('try_add', '+', 'The sum, or null where it does not fit.'),
  tried('try_subtract', '-', 'The difference, or null where it does not fit.'),
  tried('try_multiply', '*', 'The product, or null where it does not fit.'),
  tried('try_divide', '/', 'The quotient, or null of zero.'),
  tried('try_mod', '%', 'The remainder, or null of zero.'),
  comparisonRow('=', 'Whether both are equal.'),
  comparisonRow('<=>', 'Whether both are equal or both null.'),
  comparisonRow('<', 'Whether the first is less.'),
  comparisonRow('<=', 'Whether the first is less or equal.'),
  comparisonRow('>', 'Whether the first is greater.'),
  comparisonRow('>=', 'Whether the first is greater or equal.'),
  row('and', 2, 'Whether both are true.', logical),
  row('or', 2, 'Whether one is true.', logical),
  row('not', 1, 'The opposite.', (site) => {
    const isText = site.arguments[0]?.type.kind === 'string';
    const values = cast(site, [isText && !site.ansi ? 'boolean' : booleanType]);
    return { arguments: values, type: booleanType, nullable: anyNull(values) };
  }),
  row('&', 2, 'Bits set in both.', bitwise),
  row('|', 2, 'Bits set in one.', bitwise),
  row('^', 2, 'Bits set in exactly one.', bitwise),
  row('~', 1, 'All bits flipped.', (site) => {
    const values = cast(site, ['integral']);
    const [value] = values as readonly [Expression];
    return { arguments: values, type: value.type, nullable: value.nullable };
  }),
  row('<<', 2, 'Bits moved to the left.', shift),
  row('>>', 2, 'Bits moved to the right, keeping the sign.', shift),
  row('>>>', 2, 'Bits moved to the right.', shift),
  row('like', 2, 'Whether a text matches a pattern of % and _.', pattern, { maximum: 3 }),
  row('ilike', 2, 'As LIKE, ignoring case.', pattern, { maximum: 3 }),
  row('rlike', 2, "Whether part of a text matches a regular expression of Java's.", pattern, {
    aliases: ['regexp', 'regexp_like'],
  }),
  row('between', 3, 'Whether a value is within bounds, both included.', (site) => {
    const given = site.ansi ? site.arguments : withoutTexts(site);
    const { values } = commonArguments({ ...site, arguments: given });
    return { arguments: values, type: booleanType, nullable: anyNull(values) };
  }),
];

/** In the older mode a text is compared as what is beside it, in BETWEEN as in the comparisons that it stands for. */
function withoutTexts(site: CallSite): readonly Expression[] {
  const [value, ...bounds] = site.arguments;
  if (value === undefined) return site.arguments;
  const other = bounds.find(({ type }) => type.kind !== 'string' && type.kind !== 'void');
  const first =
    value.type.kind === 'string' && other
      ? (legacyComparisonType(value.type, other.type) ?? value.type)
      : value.type;
  return site.arguments.map((argument) => {
    const type = legacyComparisonType(argument.type, first);
    return argument.type.kind === 'string' && type ? coerced(argument, type, mode(site)) : argument;
  });
}
