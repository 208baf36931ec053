import { expressionKey } from '../plan/traverse.ts';
import type { Expression, FunctionCall } from '../plan/resolved.ts';
import {
  allOf,
  anyOf,
  conjunctsOf,
  disjunctsOf,
  isCall,
  isDeterministic,
  isLiteral,
  predicate,
} from './expressions.ts';
import { canRaise } from './raising.ts';
import { expressionRule } from './rule.ts';

/** AND, OR and NOT with constants, with themselves and with what they negate, in three-valued logic. */
export const booleanSimplification = expressionRule('BooleanSimplification', (expression) => {
  if (isCall(expression, 'and')) return ofChain(expression, 'and');
  if (isCall(expression, 'or')) return ofChain(expression, 'or');
  if (isCall(expression, 'not')) return ofNot(expression);
  return expression;
});

const opposite: Readonly<Record<string, string>> = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

function ofNot(call: FunctionCall): Expression {
  const [operand] = call.arguments;
  if (operand?.kind !== 'call') return call;
  const reversed = Object.hasOwn(opposite, operand.name) ? opposite[operand.name] : undefined;
  if (reversed !== undefined) return { ...operand, name: reversed, range: call.range };
  const [first, second] = operand.arguments;
  switch (operand.name) {
    case 'not':
      return first ?? call;
    case 'isnull':
      return { ...operand, name: 'isnotnull', range: call.range };
    case 'isnotnull':
      return { ...operand, name: 'isnull', range: call.range };
    case 'and':
    case 'or': {
      if (first === undefined || second === undefined) return call;
      const negated = [first, second].map((side) =>
        ofNot(predicate('not', [side], side.nullable, side.range)),
      );
      return { ...operand, name: operand.name === 'and' ? 'or' : 'and', arguments: negated };
    }
    default:
      return call;
  }
}

function ofChain(call: FunctionCall, name: 'and' | 'or'): Expression {
  const [left, right] = call.arguments;
  if (left === undefined || right === undefined) return call;
  // `decides` makes the whole what it is, whatever the other side is; `keeps` says nothing.
  const decides = name === 'or';
  if (isLiteral(left, decides)) return left;
  if (isLiteral(right, decides)) return right;
  if (isLiteral(left, !decides)) return right;
  if (isLiteral(right, !decides)) return left;
  if (!isDeterministic(call)) return call;
  return withoutRepeats(call, name) ?? withCommonPart(call, left, right, name) ?? call;
}

function withoutRepeats(call: FunctionCall, name: 'and' | 'or'): Expression | undefined {
  const parts = name === 'and' ? conjunctsOf(call) : disjunctsOf(call);
  const seen = new Set<string>();
  const kept = parts.filter((part) => {
    const key = expressionKey(part);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  if (kept.length === parts.length) return undefined;
  return name === 'and' ? allOf(kept) : anyOf(kept);
}

/** `(a and b) or (a and c)` is `a and (b or c)`, and the reverse; one more condition that a join can use. */
function withCommonPart(
  call: FunctionCall,
  left: Expression,
  right: Expression,
  name: 'and' | 'or',
): Expression | undefined {
  const partsOf = name === 'or' ? conjunctsOf : disjunctsOf;
  const together = name === 'or' ? allOf : anyOf;
  const lefts = partsOf(left);
  const rights = partsOf(right);
  if (lefts.length === 1 && rights.length === 1) return undefined;
  // What stood behind a guard would come to stand before it.
  if (canRaise(call)) return undefined;
  const inRight = new Set(rights.map(expressionKey));
  const common = lefts.filter((part) => inRight.has(expressionKey(part)));
  if (common.length === 0) return undefined;
  const isCommon = new Set(common.map(expressionKey));
  const leftRest = together(lefts.filter((part) => !isCommon.has(expressionKey(part))));
  const rightRest = together(rights.filter((part) => !isCommon.has(expressionKey(part))));
  // `a or (a and b)` is `a`.
  if (leftRest === undefined || rightRest === undefined) return together(common);
  const rest = predicate(name, [leftRest, rightRest], call.nullable, call.range);
  return together([...common, rest]);
}
