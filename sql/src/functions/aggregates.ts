/** Aggregate functions. */
import type { Expression } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import {
  arrayType,
  booleanType,
  decimalType,
  doubleType,
  isAnsiInterval,
  isIntegral,
  isNumeric,
  longType,
  maxDecimalPrecision,
} from '../plan/types.ts';
import { coerced } from '../typing/build.ts';
import { raise } from '../problem.ts';
import type { CallSite, FunctionRow } from './row.ts';
import { cast, siteText } from './row.ts';
import { quotedText, quotedType } from '../plan/columnText.ts';
import { evaluate } from '../typing/evaluate.ts';
import { wholeInterval } from './intervals.ts';
import { mismatched, unexpected } from './nested.ts';

const bounded = (precision: number, scale: number) =>
  decimalType(Math.min(precision, maxDecimalPrecision), Math.min(scale, maxDecimalPrecision));

function sumType(type: DataType): DataType {
  if (type.kind === 'decimal') return bounded(type.precision + 10, type.scale);
  if (isIntegral(type)) return longType;
  return isNumeric(type) ? doubleType : type;
}

function averageType(type: DataType): DataType {
  if (type.kind === 'decimal') return bounded(type.precision + 4, type.scale + 4);
  return isAnsiInterval(type) ? wholeInterval(type) : doubleType;
}

function seconds(site: CallSite): CallSite {
  const mode = site.ansi ? 'ansi' : 'legacy';
  return { ...site, arguments: site.arguments.map((value) => coerced(value, doubleType, mode)) };
}

const aggregate = (
  name: string,
  doc: string,
  resolve: FunctionRow['resolve'],
  more: Partial<FunctionRow> = {},
): FunctionRow => ({
  name,
  kind: 'aggregate',
  minimum: 1,
  signature: `${name}(expr)`,
  doc,
  resolve,
  ...more,
});

const ordered = (site: CallSite) => {
  const [value] = site.arguments;
  if (value === undefined) throw new Error('the table says that there is an argument');
  if (value.type.kind === 'map') {
    raise(
      'DATATYPE_MISMATCH.INVALID_ORDERING_TYPE',
      {
        sqlExpr: `"${siteText(site)}"`,
        functionName: `\`${site.name}\``,
        dataType: quotedType(value.type),
      },
      site.range,
    );
  }
  return { arguments: [value], type: value.type, nullable: true };
};

const moment = (name: string, doc: string, aliases: readonly string[] = []) =>
  aggregate(
    name,
    doc,
    (site) => ({ arguments: cast(site, [doubleType]), type: doubleType, nullable: true }),
    { aliases },
  );

const collected = (name: string, doc: string, aliases: readonly string[] = []) =>
  aggregate(
    name,
    doc,
    (site) => {
      const [value] = site.arguments as readonly [Expression];
      return { arguments: [value], type: arrayType(value.type, false), nullable: false };
    },
    { aliases, printsCanonicalName: true },
  );

const picked = (name: string, doc: string, aliases: readonly string[] = []) =>
  aggregate(
    name,
    doc,
    (site) => {
      const [value, ignoring] = site.arguments as readonly [Expression, Expression?];
      const constant = ignoring && evaluate(ignoring);
      if (ignoring !== undefined && ignoring.type.kind !== 'boolean') {
        unexpected(site, 1, '"BOOLEAN"');
      }
      if (ignoring !== undefined && constant === undefined) {
        mismatched(site, 'DATATYPE_MISMATCH.NON_FOLDABLE_INPUT', {
          inputName: '`ignoreNulls`',
          inputType: '"BOOLEAN"',
          inputExpr: quotedText(ignoring, site.timeZone),
        });
      }
      return {
        arguments: [value],
        type: value.type,
        nullable: true,
        ...(constant?.value === true ? { ignoreNulls: true } : {}),
      };
    },
    { aliases, maximum: 2 },
  );

const judged = (name: string, doc: string, aliases: readonly string[]) =>
  aggregate(
    name,
    doc,
    (site) => ({ arguments: cast(site, [booleanType]), type: booleanType, nullable: true }),
    { aliases },
  );

const twoNumbers = (name: string, doc: string) =>
  aggregate(
    name,
    doc,
    (site) => ({
      arguments: cast(site, [doubleType, doubleType]),
      type: doubleType,
      nullable: true,
    }),
    { minimum: 2, signature: `${name}(expr, expr)` },
  );

const bits = (name: string, doc: string) =>
  aggregate(name, doc, (site) => {
    const values = cast(site, ['integral']);
    const [value] = values as readonly [Expression];
    return { arguments: values, type: value.type, nullable: true };
  });

export const aggregates: readonly FunctionRow[] = [
  aggregate(
    'count',
    'The number of rows in which no argument is null; `count(*)` counts all rows.',
    (site) => ({ arguments: site.arguments, type: longType, nullable: false }),
    { maximum: Infinity, signature: 'count(*) or count([DISTINCT] expr, …)' },
  ),
  aggregate('sum', 'The sum of the values that are not null; null where there is none.', (site) => {
    const values = cast(site, ['numericOrInterval']);
    const [value] = values as readonly [Expression];
    return { arguments: values, type: sumType(value.type), nullable: true };
  }),
  aggregate(
    'avg',
    'The mean of the values that are not null.',
    (site) => {
      // The mean of moments is one of seconds since 1970.
      const isMoment = site.arguments[0]?.type.kind === 'timestamp';
      const expected = isMoment ? doubleType : 'numericOrInterval';
      const given = isMoment ? seconds(site) : site;
      const values = cast(given, [expected]);
      const [value] = values as readonly [Expression];
      return { arguments: values, type: averageType(value.type), nullable: true };
    },
    { aliases: ['mean'] },
  ),
  aggregate('min', 'The least value; NaN is greater than any other number.', ordered),
  aggregate('max', 'The greatest value; NaN is greater than any other number.', ordered),
  moment('stddev_samp', 'The sample standard deviation.', ['stddev', 'std']),
  moment('stddev_pop', 'The population standard deviation.'),
  moment('var_samp', 'The sample variance.', ['variance']),
  moment('var_pop', 'The population variance.'),
  picked('first', 'The first value of the group, in whatever order rows come.', ['first_value']),
  picked('last', 'The last value of the group, in whatever order rows come.', ['last_value']),
  picked('any_value', 'Some value of the group.'),
  collected('collect_list', 'The values that are not null as an array.', ['array_agg']),
  collected('collect_set', 'The distinct values that are not null as an array, in no order.'),
  judged('bool_and', 'Whether all values are true.', ['every']),
  judged('bool_or', 'Whether any value is true.', ['any', 'some']),
  twoNumbers('corr', "Pearson's correlation of two columns."),
  twoNumbers('covar_pop', 'The population covariance.'),
  twoNumbers('covar_samp', 'The sample covariance.'),
  bits('bit_and', 'The bits set in all values.'),
  bits('bit_or', 'The bits set in any value.'),
  bits('bit_xor', 'The bits set in an odd number of values.'),
  aggregate('count_if', 'The number of rows in which the condition is true.', (site) => ({
    arguments: cast(site, [booleanType]),
    type: longType,
    nullable: false,
  })),
];

export function findAggregate(name: string): FunctionRow {
  const row = aggregates.find((candidate) => candidate.name === name);
  if (row === undefined) throw new Error(`there is no aggregate ${name}`);
  return row;
}
