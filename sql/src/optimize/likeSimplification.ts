import type { Expression } from '../plan/resolved.ts';
import { literal, predicate } from './expressions.ts';
import { expressionRule } from './rule.ts';

/** A pattern with no wildcard but at its ends asks for the start, the end, a part or the whole of a text. */
export const likeSimplification = expressionRule('LikeSimplification', (expression: Expression) => {
  if (expression.kind !== 'call' || expression.name !== 'like') return expression;
  const [text, pattern, escape] = expression.arguments;
  if (text === undefined || pattern?.kind !== 'literal' || escape !== undefined) return expression;
  const [, before, part = '', after] =
    (typeof pattern.value === 'string' && simple.exec(pattern.value)) || [];
  if (part === '') return expression;
  const name =
    before === '' ? (after === '' ? '=' : 'startswith') : after === '' ? 'endswith' : 'contains';
  const value = literal(part, pattern.type, pattern.range);
  return predicate(name, [text, value], expression.nullable, expression.range);
});

const simple = /^(%?)([^%_\\]+)(%?)$/;
