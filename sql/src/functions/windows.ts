/** Functions that mean something over a window only. */
import type { Expression } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import { doubleType, intType } from '../plan/types.ts';
import { raise } from '../problem.ts';
import { quotedText } from '../plan/columnText.ts';
import { coerced, literalOf } from '../typing/build.ts';
import { canCast } from '../typing/cast.ts';
import { evaluate } from '../typing/evaluate.ts';
import { quotedType } from '../plan/columnText.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { cast, siteText } from './row.ts';

const ranking = (name: string, type: DataType, doc: string): FunctionRow => ({
  name,
  kind: 'window',
  minimum: 0,
  maximum: name.endsWith('rank') ? Infinity : 0,
  signature: `${name}()`,
  doc,
  resolve: () => ({ arguments: [], type, nullable: false }),
});

/** `lag(value, offset = 1, default = null)`. */
function shifted(site: CallSite): Typed {
  const [value, offset = literalOf(1n, intType), otherwise = literalOf(null, { kind: 'void' })] =
    site.arguments as readonly [Expression, Expression?, Expression?];
  const mode = site.ansi ? 'ansi' : 'legacy';
  const [, shift = offset] = cast({ ...site, arguments: [value, offset] }, ['any', intType]);
  if (evaluate(shift) === undefined) {
    raise(
      'DATATYPE_MISMATCH.NON_FOLDABLE_INPUT',
      {
        sqlExpr: `"${siteText(site)}"`,
        inputName: '`offset`',
        inputType: '"INT"',
        inputExpr: quotedText(shift, site.timeZone),
      },
      site.range,
    );
  }
  // What stands in for a row that is not there takes the type of the value.
  const { type } = value;
  if (!canCast(otherwise.type, type, site.ansi)) {
    raise(
      'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE',
      {
        sqlExpr: `"${siteText(site)}"`,
        paramIndex: 'third',
        requiredType: quotedType(value.type),
        inputSql: quotedText(otherwise, site.timeZone),
        inputType: quotedType(otherwise.type),
      },
      site.range,
    );
  }
  const instead = coerced(otherwise, type, mode);
  return {
    arguments: [value, shift, instead],
    type,
    nullable: value.nullable || instead.nullable,
  };
}

function nth(site: CallSite): Typed {
  const values = cast(site, ['any', intType]);
  const [value, offset] = values as readonly [Expression, Expression];
  const at = evaluate(offset)?.value;
  const sqlExpr = `"${siteText(site)}"`;
  if (at === undefined) {
    raise(
      'DATATYPE_MISMATCH.NON_FOLDABLE_INPUT',
      {
        sqlExpr,
        inputName: '`offset`',
        inputType: '"INT"',
        inputExpr: quotedText(offset, site.timeZone),
      },
      site.range,
    );
  }
  if (typeof at === 'bigint' && at <= 0n) {
    raise(
      'DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE',
      {
        sqlExpr,
        exprName: 'offset',
        valueRange: '(0, 9223372036854775807]',
        currentValue: `${at}L`,
      },
      site.range,
    );
  }
  return { arguments: values, type: value.type, nullable: true };
}

function buckets(site: CallSite): Typed {
  const given = site.arguments.length === 0 ? [literalOf(1n, intType)] : site.arguments;
  const values = cast({ ...site, arguments: given }, [intType]);
  const [count] = values as readonly [Expression];
  const at = evaluate(count)?.value;
  const sqlExpr = `"${siteText(site)}"`;
  if (at === undefined) {
    raise(
      'DATATYPE_MISMATCH.NON_FOLDABLE_INPUT',
      {
        sqlExpr,
        inputName: '`buckets`',
        inputType: '"INT"',
        inputExpr: quotedText(count, site.timeZone),
      },
      site.range,
    );
  }
  if (typeof at === 'bigint' && at <= 0n) {
    raise(
      'DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE',
      { sqlExpr, exprName: '`buckets`', valueRange: '(0, 2147483647]', currentValue: String(at) },
      site.range,
    );
  }
  return { arguments: values, type: intType, nullable: false };
}

export const windows: readonly FunctionRow[] = [
  ranking('row_number', intType, 'The place of the row, counted from one.'),
  ranking('rank', intType, 'The place of the row, the same for equal rows, with gaps after them.'),
  ranking('dense_rank', intType, 'As `rank`, without gaps.'),
  ranking('percent_rank', doubleType, 'The rank less one, by the number of rows less one.'),
  ranking('cume_dist', doubleType, 'The share of rows that come no later.'),
  {
    name: 'ntile',
    kind: 'window',
    minimum: 0,
    maximum: 1,
    signature: 'ntile(n)',
    doc: 'Which of n buckets of nearly the same size the row is in.',
    resolve: buckets,
  },
  {
    name: 'lag',
    kind: 'window',
    minimum: 1,
    maximum: 3,
    signature: 'lag(expr, offset, default)',
    doc: 'The value of the row that comes so many before.',
    resolve: shifted,
  },
  {
    name: 'lead',
    kind: 'window',
    minimum: 1,
    maximum: 3,
    signature: 'lead(expr, offset, default)',
    doc: 'The value of the row that comes so many after.',
    resolve: shifted,
  },
  {
    name: 'nth_value',
    kind: 'window',
    minimum: 2,
    signature: 'nth_value(expr, n)',
    doc: 'The value of the nth row of the frame.',
    resolve: nth,
  },
];

/** `grouping` and `grouping_id` say which columns a grouping set leaves out. */
export const groupingFunctions: readonly FunctionRow[] = [
  {
    name: 'grouping',
    kind: 'aggregate',
    minimum: 1,
    signature: 'grouping(col)',
    doc: 'One where the grouping set leaves the column out, else zero.',
    resolve: (site) => ({ arguments: site.arguments, type: { kind: 'byte' }, nullable: false }),
  },
  {
    name: 'grouping_id',
    kind: 'aggregate',
    minimum: 0,
    maximum: Infinity,
    signature: 'grouping_id(col, …)',
    doc: 'The bits of `grouping` of all columns as one number.',
    resolve: (site) => ({ arguments: site.arguments, type: { kind: 'long' }, nullable: false }),
  },
];
