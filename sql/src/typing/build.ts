/** Makes resolved expressions with their types and nullability. */
import { nowhere } from '../plan/range.ts';
import type { Range } from '../plan/range.ts';
import type { Cast, EvalMode, Expression, FunctionCall, Literal } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import { booleanType, sameType } from '../plan/types.ts';
import type { LiteralValue } from '../plan/unresolved.ts';
import { alwaysSucceeds, castMayYieldNull } from './cast.ts';

export function literalOf(value: LiteralValue, type: DataType, range: Range = nowhere): Literal {
  return { kind: 'literal', value, type, nullable: value === null, range };
}

export function castOf(
  child: Expression,
  type: DataType,
  evalMode: EvalMode,
  implicit: boolean,
  range: Range = child.range,
): Cast {
  const nullable =
    child.nullable ||
    (evalMode === 'try' ? !alwaysSucceeds(child.type, type) : castMayYieldNull(child.type, type));
  return { kind: 'cast', child, type, evalMode, implicit, nullable, range };
}

/** An implicit cast where the type differs; a null literal just takes the type. */
export function coerced(child: Expression, type: DataType, evalMode: EvalMode): Expression {
  if (sameType(child.type, type)) return child;
  return castOf(child, type, evalMode, true);
}

export function callOf(
  name: string,
  operands: readonly Expression[],
  type: DataType,
  evalMode: EvalMode,
  range: Range,
  nullable = operands.some((operand) => operand.nullable),
): FunctionCall {
  return { kind: 'call', name, arguments: operands, type, nullable, evalMode, range };
}

export function conjunction(conditions: readonly Expression[]): Expression | undefined {
  const [first, ...rest] = conditions;
  if (first === undefined) return undefined;
  return rest.reduce<Expression>(
    (left, right) => callOf('and', [left, right], booleanType, 'ansi', left.range),
    first,
  );
}

export function conjuncts(condition: Expression): readonly Expression[] {
  return condition.kind === 'call' && condition.name === 'and'
    ? condition.arguments.flatMap(conjuncts)
    : [condition];
}
