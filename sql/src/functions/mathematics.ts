/** Functions of numbers: curves, bases, bits and buckets. */
import type { Expression } from '../plan/resolved.ts';
import {
  byteType,
  doubleType,
  intType,
  isAnsiInterval,
  longType,
  stringType,
  binaryType,
} from '../plan/types.ts';
import { literalOf } from '../typing/build.ts';
import { unexpectedType } from './checks.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { anyNull, cast, plain } from './row.ts';

/** Spark says of each that it may be null. */
const curve = (name: string, doc: string): FunctionRow =>
  plain(name, [doubleType], doubleType, doc, { alwaysNullable: true });

/** Both ends and the value are numbers, or intervals of one kind. */
function bucketed(site: CallSite): Typed {
  const [value] = site.arguments as readonly [Expression];
  const kind = value.type.kind;
  if (isAnsiInterval(value.type)) {
    for (const index of [1, 2]) {
      const other = site.arguments[index];
      if (other?.type.kind !== kind)
        unexpectedType(
          site,
          index,
          kind === 'yearMonthInterval' ? '"INTERVAL YEAR TO MONTH"' : '"INTERVAL DAY TO SECOND"',
        );
    }
    const [count] = cast({ ...site, arguments: site.arguments.slice(3) }, [longType]);
    const values = [...site.arguments.slice(0, 3), ...(count === undefined ? [] : [count])];
    return { arguments: values, type: longType, nullable: true };
  }
  const values = cast(site, [doubleType, doubleType, doubleType, longType]);
  return { arguments: values, type: longType, nullable: true };
}

const bitAt = (name: string): FunctionRow =>
  plain(name, ['integral', intType], byteType, 'The bit at a position, counted from the right.');

const shifted = (name: string, operator: string, doc: string): FunctionRow =>
  plain(name, [[intType, longType], intType], (values) => values[0]?.type ?? intType, doc, {
    resolve: (site) => {
      const first = site.arguments[0]?.type.kind === 'long' ? longType : intType;
      const values = cast(site, [first, intType]);
      return { name: operator, arguments: values, type: first, nullable: anyNull(values) };
    },
  });

export const mathematics: readonly FunctionRow[] = [
  curve('acosh', 'The inverse hyperbolic cosine.'),
  curve('asinh', 'The inverse hyperbolic sine.'),
  curve('atanh', 'The inverse hyperbolic tangent.'),
  curve('sinh', 'The hyperbolic sine.'),
  curve('cosh', 'The hyperbolic cosine.'),
  curve('tanh', 'The hyperbolic tangent.'),
  curve('sec', 'The secant of an angle in radians.'),
  curve('csc', 'The cosecant of an angle in radians.'),
  curve('cot', 'The cotangent of an angle in radians.'),
  curve('expm1', 'e to the power of a number, less 1, exact also near 0.'),
  curve('log1p', 'The natural logarithm of a number and 1; null of -1 and less.'),
  curve('rint', 'The nearest whole number as a double, the even one of two.'),
  plain('hypot', [doubleType, doubleType], doubleType, 'The length of a hypotenuse.'),
  plain('log', [doubleType, doubleType], doubleType, 'The logarithm to a base, or to e.', {
    minimum: 1,
    signature: 'log([base, ]number)',
    resolve: (site) => {
      const given =
        site.arguments.length === 1
          ? { ...site, arguments: [literalOf(Math.E, doubleType), ...site.arguments] }
          : site;
      const values = cast(given, [doubleType]);
      return { arguments: values, type: doubleType, nullable: true };
    },
  }),
  plain('factorial', [intType], longType, 'The factorial of 0 to 20; null of others.', {
    alwaysNullable: true,
  }),
  plain('bin', [longType], stringType, 'The digits to base 2.'),
  plain('hex', [[longType, binaryType, stringType]], stringType, 'The digits to base 16.'),
  plain('unhex', [stringType], binaryType, 'The bytes of digits to base 16; null of others.', {
    alwaysNullable: true,
  }),
  plain('conv', [stringType, intType, intType], stringType, 'A number from one base to another.', {
    alwaysNullable: true,
  }),
  plain('bit_count', [['integral', { kind: 'boolean' }]], intType, 'The number of bits set.', {
    resolve: (site) => {
      const [value] = site.arguments as readonly [Expression];
      if (value.type.kind === 'string') unexpectedType(site, 0, '("INTEGRAL" or "BOOLEAN")');
      const values = cast(site, [['integral', { kind: 'boolean' }]]);
      return { arguments: values, type: intType, nullable: anyNull(values) };
    },
  }),
  bitAt('bit_get'),
  bitAt('getbit'),
  shifted('shiftleft', '<<', 'Bits moved to the left.'),
  shifted('shiftright', '>>', 'Bits moved to the right, keeping the sign.'),
  shifted('shiftrightunsigned', '>>>', 'Bits moved to the right.'),
  {
    ...plain(
      'width_bucket',
      [doubleType, doubleType, doubleType, longType],
      longType,
      'The number of the bucket that a value falls in.',
    ),
    signature: 'width_bucket(value, low, high, count)',
    resolve: bucketed,
  },
];
