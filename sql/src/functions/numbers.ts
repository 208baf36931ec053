/** Functions of numbers. */
import type { Expression } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import {
  decimalType,
  doubleType,
  intType,
  isAnsiInterval,
  isIntegral,
  longType,
} from '../plan/types.ts';
import { raise } from '../problem.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { cast, plain } from './row.ts';
import { literalOf } from '../typing/build.ts';
import { evaluate } from '../typing/evaluate.ts';
import { requireFoldable } from './checks.ts';

const ofDouble = (name: string, doc: string, more: Partial<FunctionRow> = {}) =>
  plain(name, [doubleType], doubleType, doc, { alwaysNullable: true, ...more });

const firstType = (values: readonly Expression[]): DataType => values[0]?.type ?? doubleType;

/** Rounding takes its scale from a literal, since the type of a decimal result depends on it. */
function rounded(site: CallSite): Typed {
  const [first, second = literalOf(0n, intType)] = site.arguments;
  if (first === undefined) throw new Error('the table says that there is an argument');
  const values = cast({ ...site, arguments: [first, second] }, ['numeric', intType]);
  const [value, scale] = values;
  if (value === undefined) throw new Error('the table says that there is an argument');
  const places = scale === undefined ? 0 : literalScale(site, scale);
  if (value.type.kind !== 'decimal') {
    return { arguments: values, type: value.type, nullable: true };
  }
  return { arguments: values, type: roundedDecimal(value.type, places), nullable: true };
}

/** One digit more before the point, since rounding up may need it. */
function roundedDecimal(type: DataType, places: number): DataType {
  if (type.kind !== 'decimal') return type;
  const { precision, scale: digits } = type;
  const integral = precision - digits + 1;
  return places < 0
    ? decimalType(Math.min(38, Math.max(integral, 1 - places)), 0)
    : decimalType(Math.min(38, integral + Math.min(digits, places)), Math.min(digits, places));
}

function literalScale(site: CallSite, scale: Expression): number {
  requireFoldable(site, scale, 'scale', intType);
  const constant = evaluate(scale)?.value;
  if (typeof constant === 'bigint') return Number(constant);
  let inner = scale;
  let sign = 1;
  while (inner.kind === 'cast' || (inner.kind === 'call' && inner.name === 'negative')) {
    if (inner.kind === 'call') sign = -sign;
    inner = inner.kind === 'cast' ? inner.child : (inner.arguments[0] ?? scale);
  }
  if (inner.kind === 'literal' && typeof inner.value === 'bigint')
    return sign * Number(inner.value);
  return raise(
    'UNSUPPORTED_EXPRESSION',
    { feature: `${site.name} with a scale that is not an integer literal` },
    scale.range,
  );
}

function wholeNumber(site: CallSite): Typed {
  if (site.arguments.length > 1) {
    const values = cast(site, ['decimal', intType]);
    const [value, scale] = values as readonly [Expression, Expression];
    const name = site.name === 'floor' ? 'round_floor' : 'round_ceil';
    const type = roundedDecimal(value.type, literalScale(site, scale));
    return { name, writtenAs: site.name, arguments: values, type, nullable: true };
  }
  const [given] = site.arguments;
  const values =
    given !== undefined && isIntegral(given.type) ? site.arguments : cast(site, ['numeric']);
  const type = firstType(values);
  if (type.kind === 'decimal') {
    const integral = type.precision - type.scale + (type.scale > 0 ? 1 : 0);
    return {
      arguments: values,
      type: decimalType(Math.min(38, Math.max(1, integral)), 0),
      nullable: true,
    };
  }
  return { arguments: values, type: longType, nullable: true };
}

export const numbers: readonly FunctionRow[] = [
  plain('abs', ['numericOrInterval'], firstType, 'The absolute value.'),
  {
    ...plain('round', ['numeric'], doubleType, 'Rounds half up (away from zero).'),
    maximum: 2,
    signature: 'round(number[, scale])',
    resolve: rounded,
  },
  {
    ...plain('bround', ['numeric'], doubleType, 'Rounds half to the even digit.'),
    maximum: 2,
    signature: 'bround(number[, scale])',
    resolve: rounded,
  },
  {
    ...plain('floor', ['numeric'], longType, 'The greatest whole number that is not greater.'),
    maximum: 2,
    resolve: wholeNumber,
  },
  {
    ...plain('ceil', ['numeric'], longType, 'The least whole number that is not less.'),
    aliases: ['ceiling'],
    maximum: 2,
    resolve: wholeNumber,
  },
  ofDouble('sqrt', 'The square root; NaN of a negative number.'),
  ofDouble('cbrt', 'The cube root.'),
  ofDouble('exp', 'e to the power of a number.'),
  plain('ln', [doubleType], doubleType, 'The natural logarithm; null of what is not positive.', {
    alwaysNullable: true,
  }),
  plain('log10', [doubleType], doubleType, 'The logarithm to base 10.', { alwaysNullable: true }),
  plain('log2', [doubleType], doubleType, 'The logarithm to base 2.', { alwaysNullable: true }),
  plain('power', [doubleType, doubleType], doubleType, 'A number to the power of another.', {
    aliases: ['pow'],
  }),
  ofDouble('sin', 'The sine of an angle in radians.'),
  ofDouble('cos', 'The cosine of an angle in radians.'),
  ofDouble('tan', 'The tangent of an angle in radians.'),
  ofDouble('degrees', 'Radians as degrees.'),
  ofDouble('radians', 'Degrees as radians.'),
  ofDouble('signum', 'The sign as -1.0, 0.0 or 1.0.', {
    aliases: ['sign'],
    resolve: (site) => {
      const isInterval = site.arguments.some((value) => isAnsiInterval(value.type));
      const values = isInterval ? site.arguments : cast(site, [doubleType]);
      return { arguments: values, type: doubleType, nullable: true };
    },
  }),
  ofDouble('asin', 'The angle of a sine.'),
  ofDouble('acos', 'The angle of a cosine.'),
  ofDouble('atan', 'The angle of a tangent.'),
  plain('atan2', [doubleType, doubleType], doubleType, 'The angle of a point given as y and x.'),
  plain('pi', [], doubleType, 'π.'),
  plain('e', [], doubleType, 'e.'),
  plain('isnan', [doubleType], { kind: 'boolean' }, 'Whether the value is NaN; false of null.', {
    resolve: (site) => ({
      arguments: cast(site, [doubleType]),
      type: { kind: 'boolean' },
      nullable: false,
    }),
  }),
];
