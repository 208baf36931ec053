/** Spark's common types. ANSI mode and the older mode differ in strings and in float beside integers. */
import type { DataType, DecimalType } from '../plan/types.ts';
import {
  arrayType,
  binaryType,
  booleanType,
  decimalType,
  doubleType,
  floatType,
  isDatetime,
  isFractional,
  isIntegral,
  isNumeric,
  longType,
  maxDecimalPrecision,
  sameType,
  stringType,
  timestampNtzType,
  timestampType,
} from '../plan/types.ts';

const precedence = ['byte', 'short', 'int', 'long', 'float', 'double'] as const;
const integralDigits: Readonly<Record<string, number>> = { byte: 3, short: 5, int: 10, long: 20 };

/** The decimal that holds every value of an integral type. */
export function decimalOf(type: DataType): DecimalType {
  return type.kind === 'decimal' ? type : decimalType(integralDigits[type.kind] ?? 38, 0);
}

/** The type of both without losing anything: Spark's `findTightestCommonType`. */
export function tightestCommonType(
  left: DataType,
  right: DataType,
  ansi: boolean,
): DataType | undefined {
  if (sameType(left, right)) return withNulls(left, right);
  if (left.kind === 'void') return right;
  if (right.kind === 'void') return left;
  if (isNumeric(left) && isNumeric(right)) {
    if (left.kind === 'decimal' || right.kind === 'decimal') {
      if (isIntegral(left) || isIntegral(right)) {
        const [decimal, integral] =
          left.kind === 'decimal' ? [left, right] : [right as DecimalType, left];
        const { precision, scale } = decimalOf(integral);
        if (decimal.precision - decimal.scale >= precision - scale) return decimal;
      }
      return undefined;
    }
    const widest = precedence.findLast((kind) => kind === left.kind || kind === right.kind);
    if (widest === 'float') return ansi ? doubleType : floatType;
    return widest === undefined ? undefined : { kind: widest };
  }
  if (isDatetime(left) && isDatetime(right)) {
    return left.kind === 'timestamp' || right.kind === 'timestamp'
      ? timestampType
      : timestampNtzType;
  }
  if (left.kind === 'yearMonthInterval' && right.kind === 'yearMonthInterval') {
    return {
      kind: left.kind,
      first: left.first === 'year' || right.first === 'year' ? 'year' : 'month',
      last: left.last === 'month' || right.last === 'month' ? 'month' : 'year',
    };
  }
  if (left.kind === 'dayTimeInterval' && right.kind === 'dayTimeInterval') {
    const order = ['day', 'hour', 'minute', 'second'] as const;
    return {
      kind: left.kind,
      first: order.find((unit) => unit === left.first || unit === right.first) ?? 'day',
      last: order.findLast((unit) => unit === left.last || unit === right.last) ?? 'second',
    };
  }
  return commonNestedType(left, right, (a, b) => tightestCommonType(a, b, ansi));
}

/** The type that values of both take in CASE, COALESCE, IN, UNION: Spark's `findWiderTypeForTwo`. */
export function widerType(left: DataType, right: DataType, ansi: boolean): DataType | undefined {
  return (
    tightestCommonType(left, right, ansi) ??
    widerDecimalOf(left, right) ??
    (ansi ? promotedString(left, right) : legacyPromotedString(left, right)) ??
    commonNestedType(left, right, (a, b) => widerType(a, b, ansi))
  );
}

/** Spark's `findWiderTypeWithoutStringPromotionForTwo`. */
export function widerWithoutStrings(
  left: DataType,
  right: DataType,
  ansi: boolean,
): DataType | undefined {
  return (
    tightestCommonType(left, right, ansi) ??
    widerDecimalOf(left, right) ??
    commonNestedType(left, right, (a, b) => widerWithoutStrings(a, b, ansi))
  );
}

export function widerCommonType(types: readonly DataType[], ansi: boolean): DataType | undefined {
  // The older rules look at strings first, so that the order of the arguments does not matter.
  const ordered = ansi
    ? types
    : [...types].sort((a, b) => Number(b.kind === 'string') - Number(a.kind === 'string'));
  let common: DataType | undefined = { kind: 'void' };
  for (const type of ordered) {
    common = common && widerType(common, type, ansi);
  }
  return common;
}

function widerDecimalOf(left: DataType, right: DataType): DataType | undefined {
  if (left.kind !== 'decimal' && right.kind !== 'decimal') return undefined;
  if (!isNumeric(left) || !isNumeric(right)) return undefined;
  if (isFractional(left) || isFractional(right)) return doubleType;
  return widerDecimal(decimalOf(left), decimalOf(right));
}

/** Holds both; where 38 digits are too few, digits before the point win. */
export function widerDecimal(left: DecimalType, right: DecimalType): DecimalType {
  const scale = Math.max(left.scale, right.scale);
  const range = Math.max(left.precision - left.scale, right.precision - right.scale);
  const excess = range + scale - maxDecimalPrecision;
  if (excess <= 0) return decimalType(range + scale, scale);
  return decimalType(maxDecimalPrecision, Math.max(0, scale - excess));
}

/** What a string becomes beside another type in ANSI mode: the other, or the widest of its family. */
export function promotedString(left: DataType, right: DataType): DataType | undefined {
  if ((left.kind === 'string') === (right.kind === 'string')) return undefined;
  const other = left.kind === 'string' ? right : left;
  if (isIntegral(other)) return longType;
  if (isNumeric(other)) return doubleType;
  if (other.kind === 'boolean') return booleanType;
  if (other.kind === 'binary') return binaryType;
  return isDatetime(other) || other.kind === 'time' ? other : undefined;
}

function legacyPromotedString(left: DataType, right: DataType): DataType | undefined {
  if ((left.kind === 'string') === (right.kind === 'string')) return undefined;
  const other = left.kind === 'string' ? right : left;
  const isPlain =
    isNumeric(other) ||
    isDatetime(other) ||
    other.kind === 'time' ||
    other.kind.endsWith('Interval');
  return isPlain ? stringType : undefined;
}

/** What both sides of a comparison become in the older mode. */
export function legacyComparisonType(left: DataType, right: DataType): DataType | undefined {
  if ((left.kind === 'string') === (right.kind === 'string')) return undefined;
  const other = left.kind === 'string' ? right : left;
  // No decimal would hold whatever the text says.
  if (other.kind === 'decimal') return doubleType;
  const isPlain =
    isNumeric(other) || isDatetime(other) || ['time', 'boolean', 'binary'].includes(other.kind);
  return isPlain ? other : undefined;
}

function commonNestedType(
  left: DataType,
  right: DataType,
  common: (left: DataType, right: DataType) => DataType | undefined,
): DataType | undefined {
  if (left.kind === 'array' && right.kind === 'array') {
    const element = common(left.element, right.element);
    return element && arrayType(element, left.containsNull || right.containsNull);
  }
  if (left.kind === 'map' && right.kind === 'map') {
    const key = common(left.key, right.key);
    const value = common(left.value, right.value);
    if (key === undefined || value === undefined) return undefined;
    const valueContainsNull = left.valueContainsNull || right.valueContainsNull;
    return { kind: 'map', key, value, valueContainsNull };
  }
  if (left.kind === 'struct' && right.kind === 'struct') {
    if (left.fields.length !== right.fields.length) return undefined;
    const fields = [];
    for (const [index, field] of left.fields.entries()) {
      const other = right.fields[index];
      if (other?.name.toLowerCase() !== field.name.toLowerCase()) return undefined;
      const type = common(field.type, other.type);
      if (type === undefined) return undefined;
      fields.push({ name: field.name, type, nullable: field.nullable || other.nullable });
    }
    return { kind: 'struct', fields };
  }
  return undefined;
}

function withNulls(left: DataType, right: DataType): DataType {
  return commonNestedType(left, right, withNulls) ?? left;
}

/**
 * The result of decimal arithmetic. Where 38 digits are too few it loses fraction digits before integral
 * ones, or, without `allowsLoss`, keeps its scale and is null where the value does not fit.
 */
export function decimalResult(
  operator: '+' | '-' | '*' | '/' | '%',
  left: DecimalType,
  right: DecimalType,
  allowsLoss = true,
): DecimalType {
  const integral = (type: DecimalType) => type.precision - type.scale;
  const scale = Math.max(left.scale, right.scale);
  const fitted = allowsLoss ? adjusted : bounded;
  switch (operator) {
    case '+':
    case '-':
      return fitted(Math.max(integral(left), integral(right)) + scale + 1, scale);
    case '*':
      return fitted(left.precision + right.precision + 1, left.scale + right.scale);
    case '/': {
      const quotientScale = Math.max(6, left.scale + right.precision + 1);
      if (allowsLoss) return adjusted(integral(left) + right.scale + quotientScale, quotientScale);
      const whole = Math.min(maxDecimalPrecision, integral(left) + right.scale);
      let fraction = Math.min(maxDecimalPrecision, quotientScale);
      const excess = whole + fraction - maxDecimalPrecision;
      if (excess > 0) fraction -= Math.floor(excess / 2) + 1;
      return bounded(excess > 0 ? maxDecimalPrecision : whole + fraction, fraction);
    }
    case '%':
      return fitted(Math.min(integral(left), integral(right)) + scale, scale);
  }
}

function bounded(precision: number, scale: number): DecimalType {
  return decimalType(
    Math.min(precision, maxDecimalPrecision),
    Math.min(scale, maxDecimalPrecision),
  );
}

function adjusted(precision: number, scale: number): DecimalType {
  if (precision <= maxDecimalPrecision) return decimalType(precision, scale);
  const integralDigitCount = precision - scale;
  const minimum = Math.min(scale, 6);
  return decimalType(
    maxDecimalPrecision,
    Math.max(maxDecimalPrecision - integralDigitCount, minimum),
  );
}
