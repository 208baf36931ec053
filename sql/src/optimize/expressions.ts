/** What rules ask of expressions and how they build them. */
import type {
  Alias,
  Attribute,
  Expression,
  FunctionCall,
  Literal,
  NamedExpression,
} from '../plan/resolved.ts';
import type { Range } from '../plan/range.ts';
import { booleanType } from '../plan/types.ts';
import type { DataType } from '../plan/types.ts';
import type { LiteralValue } from '../plan/unresolved.ts';
import { childrenOf, expressionKey, mapChildren, references, some } from '../plan/traverse.ts';

export function literal(value: LiteralValue, type: DataType, range: Range): Literal {
  return { kind: 'literal', value, type, nullable: value === null, range };
}

/** A call of one of the functions that yield a boolean and can't raise. */
export function predicate(
  name: string,
  values: readonly Expression[],
  nullable: boolean,
  range: Range,
): FunctionCall {
  return {
    kind: 'call',
    name,
    arguments: values,
    type: booleanType,
    nullable,
    evalMode: 'ansi',
    range,
  };
}

export function isNotNull(child: Expression): FunctionCall {
  return predicate('isnotnull', [child], false, child.range);
}

export function isCall<Name extends string>(
  expression: Expression,
  ...names: readonly Name[]
): expression is FunctionCall & { readonly name: Name } {
  return expression.kind === 'call' && (names as readonly string[]).includes(expression.name);
}

export function isLiteral(expression: Expression, value: LiteralValue): boolean {
  return expression.kind === 'literal' && expression.value === value;
}

/** The operands of a chain of AND, from left to right. */
export function conjunctsOf(condition: Expression): readonly Expression[] {
  return chainOf(condition, 'and');
}

export function disjunctsOf(condition: Expression): readonly Expression[] {
  return chainOf(condition, 'or');
}

/** The AND of conditions in their order; undefined of none. */
export function allOf(conditions: readonly Expression[]): Expression | undefined {
  return joined(conditions, 'and');
}

export function anyOf(conditions: readonly Expression[]): Expression | undefined {
  return joined(conditions, 'or');
}

/** The ids of all columns in them. */
export function referencesOf(...expressions: readonly Expression[]): Set<number> {
  const ids = new Set<number>();
  for (const expression of expressions) references(expression, ids);
  return ids;
}

export function isWithin(ids: ReadonlySet<number>, of: ReadonlySet<number>): boolean {
  for (const id of ids) if (!of.has(id)) return false;
  return true;
}

export function idsOf(attributes: readonly Attribute[]): Set<number> {
  return new Set(attributes.map(({ exprId }) => exprId));
}

export function isDeterministic(expression: Expression): boolean {
  return !some(expression, (part) => part.kind === 'call' && nondeterministic.has(part.name));
}

/** Number of nodes, or `limit` where there are at least so many. */
export function sizeOf(expression: Expression, limit: number): number {
  let size = 0;
  const visit = (part: Expression) => {
    size++;
    for (const operand of childrenOf(part)) {
      if (limit <= size) return;
      visit(operand);
    }
  };
  visit(expression);
  return Math.min(size, limit);
}

/** Rules that put definitions in the place of names stop here, or a chain of doublings would never end. */
export const maxInlinedSize = 2000;

/** The definitions that a select list gives: id to expression, without its alias. */
export function definitionsOf(
  expressions: readonly NamedExpression[],
): ReadonlyMap<number, Expression> {
  return new Map(
    expressions.flatMap((named) =>
      named.kind === 'alias' ? [[named.exprId, named.child] as const] : [],
    ),
  );
}

/** Puts definitions in the place of the columns that they define; undefined where that gets too big. */
export function inline(
  expression: Expression,
  definitions: ReadonlyMap<number, Expression>,
): Expression | undefined {
  if (definitions.size === 0) return expression;
  let size = 0;
  const replace = (part: Expression): Expression => {
    if (maxInlinedSize <= size) return part;
    size++;
    if (part.kind !== 'attribute') return mapChildren(part, replace);
    const definition = definitions.get(part.exprId);
    if (definition === undefined) return part;
    size += sizeOf(definition, maxInlinedSize);
    return definition;
  };
  const replaced = replace(expression);
  return maxInlinedSize <= size ? undefined : replaced;
}

export function inlineNamed(
  named: NamedExpression,
  lower: readonly NamedExpression[],
  definitions: ReadonlyMap<number, Expression>,
): NamedExpression | undefined {
  if (named.kind === 'attribute') {
    const source = lower.find(({ exprId }) => exprId === named.exprId);
    if (source === undefined || source.name === named.name) return source ?? named;
    return source.kind === 'alias' ? { ...source, name: named.name } : named;
  }
  const child = inline(named.child, definitions);
  if (child === undefined) return undefined;
  return child === named.child ? named : ({ ...named, child } satisfies Alias);
}

export function sameExpression(left: Expression, right: Expression): boolean {
  return left === right || expressionKey(left) === expressionKey(right);
}

const nondeterministic = new Set([
  'rand',
  'random',
  'randn',
  'randstr',
  'uniform',
  'uuid',
  'shuffle',
  'monotonically_increasing_id',
  'spark_partition_id',
  'input_file_name',
  'input_file_block_start',
  'input_file_block_length',
  'reflect',
  'java_method',
  'raise_error',
  'assert_true',
]);

function chainOf(condition: Expression, name: 'and' | 'or'): readonly Expression[] {
  const parts: Expression[] = [];
  const visit = (part: Expression) => {
    if (part.kind === 'call' && part.name === name) part.arguments.forEach(visit);
    else parts.push(part);
  };
  visit(condition);
  return parts;
}

/** Long chains become trees of small height, so that no walk over them runs out of stack. */
function joined(parts: readonly Expression[], name: 'and' | 'or'): Expression | undefined {
  const [first, ...rest] = parts;
  if (first === undefined || rest.length === 0) return first;
  const combine = (left: Expression, right: Expression): Expression =>
    predicate(name, [left, right], left.nullable || right.nullable, {
      start: Math.min(left.range.start, right.range.start),
      end: Math.max(left.range.end, right.range.end),
    });
  if (parts.length < 16) return rest.reduce(combine, first);
  const half = parts.length >> 1;
  const left = joined(parts.slice(0, half), name);
  const right = joined(parts.slice(half), name);
  return left === undefined || right === undefined ? (left ?? right) : combine(left, right);
}
