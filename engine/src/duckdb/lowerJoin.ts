/** Joins, lateral ones among them, and generators, which join a row to what they make of it. */
import { outputOf } from '#sql/plan/output.ts';
import type { Expression, Generate, Join, LateralJoin, Subquery } from '#sql/plan/resolved.ts';
import { childrenOf, references, some } from '#sql/plan/traverse.ts';
import { conjuncts } from '#sql/typing/build.ts';
import { lowerGenerator } from './functions/generators.ts';
import type { ExpressionLowering } from './lowerExpression.ts';
import { columnName, decided, lowerExpression } from './lowerExpression.ts';
import { lowerSubquery } from './lowerSubquery.ts';
import { refuse } from './refusal.ts';
import type { Select } from './select.ts';
import { alias, extended, isBare, plain, render, scopeOf, wrap } from './select.ts';
import { duckType } from './types.ts';

const joinWords: Readonly<Record<Join['joinType'], string>> = {
  inner: 'INNER JOIN',
  cross: 'INNER JOIN',
  leftOuter: 'LEFT JOIN',
  rightOuter: 'RIGHT JOIN',
  fullOuter: 'FULL JOIN',
  leftSemi: 'SEMI JOIN',
  leftAnti: 'ANTI JOIN',
};

export function lowerJoin(
  join: Join,
  left: Select,
  right: Select,
  lowering: ExpressionLowering,
): Select {
  const { joinType, condition } = join;
  if (joinType === 'inner' || joinType === 'cross') return innerJoin(join, left, right, lowering);
  if (condition !== undefined && some(condition, ({ kind }) => kind === 'subquery')) {
    return withSubqueries(join, condition, left, right, lowering);
  }
  const on = condition ? lowering.lower(condition) : 'TRUE';
  // DuckDB takes no SEMI JOIN where an outer column is read below it.
  if (lowering.isCorrelated && (joinType === 'leftSemi' || joinType === 'leftAnti')) {
    const exists = `EXISTS (SELECT 1 FROM (${render({ ...wrap(right), where: [on] })}))`;
    return { ...wrap(left), where: [joinType === 'leftSemi' ? exists : `NOT ${exists}`] };
  }
  const readsOuter =
    condition !== undefined && some(condition, ({ kind }) => kind === 'outerReference');
  if (lowering.isCorrelated && joinType === 'leftOuter' && readsOuter) {
    const matched = `(${render({ ...wrap(right), where: [on] })}) AS ${alias()}`;
    return plain(
      `(${isOpen(left) ? left.from : wrap(left).from} LEFT JOIN LATERAL ${matched} ON TRUE)`,
      outputOf(join),
    );
  }
  const isOneSided = joinType === 'leftSemi' || joinType === 'leftAnti';
  // DuckDB thinks that such a join drops more than it does, and would do it before those that drop most.
  const isLast = isOneSided && condition !== undefined && !conjuncts(condition).every(isKey);
  const [leftSide, rightSide] = sides(isLast ? wrap(left) : left, right);
  const from = `(${leftSide.from} ${joinWords[joinType]} ${rightSide.from} ON ${on})`;
  return joined(from, join, isOneSided ? [leftSide] : [leftSide, rightSide]);
}

function isKey(part: Expression): boolean {
  return (
    part.kind === 'call' && part.name === '=' && !some(part, ({ kind }) => kind === 'subquery')
  );
}

/** What is no equality goes to WHERE: DuckDB derives filters of either side from what is there, and not from ON. */
function innerJoin(join: Join, left: Select, right: Select, lowering: ExpressionLowering): Select {
  const isOn = (part: Expression) =>
    isKey(part) || (lowering.isAsPlanned && !some(part, ({ kind }) => kind === 'subquery'));
  const parts = join.condition === undefined ? [] : conjuncts(join.condition);
  const on = parts.filter(isOn).map((part) => lowering.lower(part));
  const where = parts.filter((part) => !isOn(part)).map((part) => lowering.lower(part));
  const inputs = sides(left, right);
  const [leftSide, rightSide] = inputs;
  const from =
    on.length === 0
      ? `(${leftSide.from} CROSS JOIN ${rightSide.from})`
      : `(${leftSide.from} INNER JOIN ${rightSide.from} ON ${on.join(' AND ')})`;
  return { ...joined(from, join, inputs), where };
}

function joined(from: string, join: Join, inputs: readonly Select[]): Select {
  const scope = new Set(inputs.flatMap((input) => [...scopeOf(input)]));
  return { ...plain(from, outputOf(join)), scope };
}

/** What stands on both sides of a join's word. Columns that a side has beside its output may be none of the other's. */
function sides(left: Select, right: Select): readonly [Select, Select] {
  const [open, other] = [left, right].map((side) => (isOpen(side) ? side : wrap(side)));
  if (!open || !other) throw new Error('a join has two sides');
  const columns = scopeOf(open);
  const isClear = ![...scopeOf(other)].some((id) => columns.has(id));
  return isClear ? [open, other] : [wrap(left), wrap(right)];
}

function isOpen(select: Select): boolean {
  return isBare(select) && select.where.length === 0 && select.output.length > 0;
}

/**
 * DuckDB takes subqueries in the condition of an inner join only. Of others each is computed beforehand, beside
 * the rows of the side that it reads.
 */
function withSubqueries(
  join: Join,
  condition: Expression,
  left: Select,
  right: Select,
  lowering: ExpressionLowering,
): Select {
  const rightIds = new Set(right.output.map(({ exprId }) => exprId));
  const leftIds = new Set(left.output.map(({ exprId }) => exprId));
  const names = new Map<Subquery, string>();
  const columns: { readonly left: string[]; readonly right: string[] } = { left: [], right: [] };
  for (const subquery of subqueriesIn(condition)) {
    const read = [...references(subquery)];
    const onRight = read.some((id) => rightIds.has(id));
    if (onRight && read.some((id) => leftIds.has(id))) {
      throw refuse(
        'UNSUPPORTED_EXPRESSION',
        'A subquery over both sides of an outer join',
        subquery.range,
      );
    }
    const name = alias();
    names.set(subquery, name);
    columns[onRight ? 'right' : 'left'].push(`${lowerSubquery(subquery, lowering)} AS ${name}`);
  }
  const above: ExpressionLowering = {
    ...lowering,
    lower(expression) {
      const negated =
        expression.kind === 'call' && expression.name === 'not'
          ? expression.arguments[0]
          : undefined;
      const subquery = negated ?? expression;
      const name = subquery.kind === 'subquery' ? names.get(subquery) : undefined;
      if (name === undefined || subquery.kind !== 'subquery') {
        return lowerExpression(expression, above);
      }
      return decided(negated === undefined ? name : `(NOT ${name})`, subquery);
    },
  };
  const computed = (select: Select, more: readonly string[]) => {
    const base = wrap(select);
    return more.length === 0 ? base.from : extended(base.from, base.output, more, base.output).from;
  };
  const leftSql = computed(left, columns.left);
  const rightSql = computed(right, columns.right);
  const from = `(${leftSql} ${joinWords[join.joinType]} ${rightSql} ON ${above.lower(condition)})`;
  return plain(from, outputOf(join));
}

function subqueriesIn(expression: Expression): readonly Subquery[] {
  if (expression.kind === 'subquery') return [expression];
  return childrenOf(expression).flatMap(subqueriesIn);
}

/** The list of a generator unfolds beside the input's columns. */
export function lowerGenerate(
  generate: Generate,
  input: Select,
  lowering: ExpressionLowering,
): Select {
  const { generator, generatorOutput } = generate;
  const base = isBare(input) && input.where.length === 0 ? input : wrap(input);
  const args = generator.arguments.map((argument) => lowering.lower(argument));
  const { list, columns, nothing } = lowerGenerator(generator, args, lowering);
  const rows = generate.outer
    ? `CASE WHEN len(${list}) > 0 THEN ${list} ELSE [${nothing}] END`
    : list;
  const element = alias();
  const unfolded = extended(base.from, base.output, [`unnest(${rows}) AS ${element}`], base.output);
  const made = columns(element);
  const values = generatorOutput.map(
    ({ type, exprId }, index) =>
      `CAST(${made[index] ?? 'NULL'} AS ${duckType(type)}) AS ${columnName(exprId)}`,
  );
  return extended(unfolded.from, base.output, values, outputOf(generate));
}

export function lowerLateralJoin(
  join: LateralJoin,
  left: Select,
  right: Select,
  lowering: ExpressionLowering,
): Select {
  const leftSql = `(${render(left)}) AS ${alias()}`;
  if (join.condition === undefined || join.joinType !== 'leftOuter') {
    const rightSql = `(${render(right)}) AS ${alias()}`;
    const word = join.joinType === 'leftOuter' ? 'LEFT JOIN' : 'INNER JOIN';
    const from = `(${leftSql} ${word} LATERAL ${rightSql} ON TRUE)`;
    const joined = plain(from, outputOf(join));
    if (join.condition === undefined) return joined;
    return { ...joined, where: [lowering.lower(join.condition)] };
  }
  // The condition goes inside, so that rows without a match stay.
  const inner = wrap(right);
  const filtered = { ...inner, where: [lowering.lower(join.condition)] };
  const rightSql = `(${render(filtered)}) AS ${alias()}`;
  return plain(`(${leftSql} LEFT JOIN LATERAL ${rightSql} ON TRUE)`, outputOf(join));
}
