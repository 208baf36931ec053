import type { DataType } from '../plan/types.ts';
import { isIntegral, sameType } from '../plan/types.ts';
import { bytesOf } from './raising.ts';
import { expressionRule } from './rule.ts';

/** A cast to the type that is there already goes, and so does the first of two that only widen. */
export const simplifyCasts = expressionRule('SimplifyCasts', (expression) => {
  if (expression.kind !== 'cast') return expression;
  const { child, type } = expression;
  if (sameType(child.type, type) && !isNested(type)) return child;
  if (child.kind !== 'cast' || !isWidening(child.child.type, child.type)) return expression;
  return isWidening(child.type, type) ? { ...expression, child: child.child } : expression;
});

/** The nullability of what is nested is part of the type and may differ. */
function isNested({ kind }: DataType): boolean {
  return kind === 'array' || kind === 'map' || kind === 'struct';
}

/** Every value keeps its exact value. */
function isWidening(from: DataType, to: DataType): boolean {
  if (isIntegral(from) && isIntegral(to)) return bytesOf(from) <= bytesOf(to);
  return isIntegral(from) && to.kind === 'double' && bytesOf(from) <= 4;
}
