/** Aggregates of statistics beyond the mean and the variance. */
import type { Expression } from '../plan/resolved.ts';
import { arrayType, doubleType, intType, longType } from '../plan/types.ts';
import { findAggregate } from './aggregates.ts';
import { argument, requireOrderable, scalar } from './nested.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { cast } from './row.ts';

const aggregate = (...parts: Parameters<typeof scalar>): FunctionRow => ({
  ...scalar(...parts),
  kind: 'aggregate',
});

const shape = (name: string, doc: string) =>
  aggregate(name, 1, `${name}(expr)`, doc, (site) => ({
    arguments: cast(site, [doubleType]),
    type: doubleType,
    nullable: true,
  }));

const regression = (name: string, doc: string) =>
  aggregate(name, 2, `${name}(y, x)`, doc, (site) => ({
    arguments: cast(site, [doubleType, doubleType]),
    type: doubleType,
    nullable: true,
  }));

function chosenBy(site: CallSite): Typed {
  const [value, by, count] = site.arguments as readonly [Expression, Expression, Expression?];
  requireOrderable(site, by.type);
  if (count !== undefined) {
    const counted = cast({ ...site, arguments: [count] }, [intType]);
    const type = arrayType(value.type, true);
    return { arguments: [value, by, ...counted], type, nullable: true };
  }
  return { arguments: [value, by], type: value.type, nullable: true };
}

/** As the function without `try_`, but null where it would raise. */
const tolerant = (name: 'sum' | 'avg') =>
  aggregate(
    `try_${name}`,
    1,
    `try_${name}(expr)`,
    `As ${name}, but null where the result does not fit.`,
    (site) => ({ ...findAggregate(name).resolve(site), evalMode: 'try' as const }),
  );

export const statistics: readonly FunctionRow[] = [
  shape('skewness', 'How the values lean to one side.'),
  shape('kurtosis', 'How heavy the tails of the values are.'),
  aggregate('regr_count', 2, 'regr_count(y, x)', 'How many pairs have no null.', (site) => ({
    arguments: site.arguments,
    type: longType,
    nullable: false,
  })),
  regression('regr_avgx', 'The mean of x over pairs without nulls.'),
  regression('regr_avgy', 'The mean of y over pairs without nulls.'),
  regression('regr_sxx', 'The sum of squares of x around its mean.'),
  regression('regr_syy', 'The sum of squares of y around its mean.'),
  regression('regr_sxy', 'The sum of products of both around their means.'),
  regression('regr_slope', 'The slope of the line that fits best.'),
  regression('regr_intercept', 'Where the line that fits best meets the axis.'),
  regression('regr_r2', 'How much of y the line that fits best explains.'),
  aggregate(
    'max_by',
    [2, 3],
    'max_by(value, key[, count])',
    'The value at the greatest key, or those at the greatest keys.',
    chosenBy,
  ),
  aggregate(
    'min_by',
    [2, 3],
    'min_by(value, key[, count])',
    'The value at the least key, or those at the least keys.',
    chosenBy,
  ),
  aggregate(
    'approx_count_distinct',
    [1, 2],
    'approx_count_distinct(value[, error])',
    'How many distinct values there are; counted exactly here.',
    (site) => ({ arguments: [argument(site, 0)], type: longType, nullable: false }),
  ),
  tolerant('sum'),
  tolerant('avg'),
];
