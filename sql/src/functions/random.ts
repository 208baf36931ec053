/** Random numbers. */
import type { Expression } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import {
  decimalType,
  doubleType,
  intType,
  isIntegral,
  isNumeric,
  longType,
  stringType,
} from '../plan/types.ts';
import { callOf, literalOf } from '../typing/build.ts';
import { requireFoldable, unexpectedType } from './checks.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { cast, decimalFor, plain } from './row.ts';

function checkSeed(site: CallSite, index: number): void {
  const seed = site.arguments[index];
  if (seed === undefined) return;
  if (!['int', 'long', 'void'].includes(seed.type.kind))
    unexpectedType(site, index, '("INT" or "BIGINT")');
  requireFoldable(site, seed, 'seed');
}

const seeded = (name: string, aliases: readonly string[], doc: string): FunctionRow => ({
  ...plain(name, [], doubleType, doc),
  aliases,
  printsCanonicalName: true,
  maximum: 1,
  signature: `${name}([seed])`,
  resolve: (site) => {
    checkSeed(site, 0);
    return { arguments: site.arguments, type: doubleType, nullable: false };
  },
});

/** The type of a number between both: the wider of integers and decimals, or a float where one is. */
function between(left: DataType, right: DataType): DataType {
  const order = ['byte', 'short', 'int', 'long'];
  if (isIntegral(left) && isIntegral(right))
    return order.indexOf(left.kind) > order.indexOf(right.kind) ? left : right;
  const kinds = [left.kind, right.kind];
  if (kinds.includes('void')) return doubleType;
  if (kinds.includes('double')) return doubleType;
  if (kinds.includes('float')) return { kind: 'float' };
  if (isIntegral(left)) return right;
  if (isIntegral(right)) return left;
  const [first, second] = [decimalFor(left), decimalFor(right)];
  return first.precision > second.precision ? first : decimalType(second.precision, second.scale);
}

function uniform(site: CallSite): Typed {
  const [low, high] = site.arguments as readonly [Expression, Expression];
  for (const [index, bound] of [low, high].entries()) {
    if (!isNumeric(bound.type) && bound.type.kind !== 'void')
      unexpectedType(site, index, '"NUMERIC"');
    requireFoldable(site, bound, index === 0 ? 'min' : 'max');
  }
  checkSeed(site, 2);
  return { arguments: site.arguments, type: between(low.type, high.type), nullable: false };
}

export const random: readonly FunctionRow[] = [
  seeded('rand', ['random'], 'A random number from 0 on and below 1.'),
  seeded('randn', [], 'A random number of the standard normal distribution.'),
  {
    ...plain('randstr', [intType, longType], stringType, 'A random text of digits and letters.'),
    minimum: 1,
    signature: 'randstr(length[, seed])',
    resolve: (site) => {
      const [length] = site.arguments as readonly [Expression];
      if (!isIntegral(length.type) && length.type.kind !== 'void')
        unexpectedType(site, 0, '("INT" or "SMALLINT")');
      requireFoldable(site, length, 'length', intType);
      checkSeed(site, 1);
      const [given] = cast({ ...site, arguments: [length] }, [intType]);
      const values = [given ?? length, ...site.arguments.slice(1)];
      // No length is none: the text is empty then.
      const none = callOf(
        'coalesce',
        [values[0] ?? length, literalOf(0n, intType)],
        intType,
        'ansi',
        site.range,
        false,
      );
      return {
        arguments: [length.nullable ? none : (values[0] ?? length), ...values.slice(1)],
        type: stringType,
        nullable: false,
      };
    },
  },
  {
    ...plain('uniform', [], doubleType, 'A random number between two bounds.'),
    minimum: 2,
    maximum: 3,
    signature: 'uniform(low, high[, seed])',
    resolve: uniform,
  },
];
