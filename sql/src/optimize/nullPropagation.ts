import type { Expression, FunctionCall } from '../plan/resolved.ts';
import { literal } from './expressions.ts';
import { isNullIntolerant } from './nullability.ts';
import { expressionRule } from './rule.ts';

/** A null operand makes most operators null, whatever the other is; what can't be null needs no test for it. */
export const nullPropagation = expressionRule('NullPropagation', (expression) => {
  switch (expression.kind) {
    case 'call':
      return ofCall(expression);
    case 'cast':
      return isNullLiteral(expression.child) ? nullOf(expression) : expression;
    case 'in':
      return isNullLiteral(expression.child) ? nullOf(expression) : expression;
    case 'aggregateCall': {
      const [value] = expression.arguments;
      // count(x) of what is never null counts rows.
      return expression.name === 'count' &&
        expression.arguments.length === 1 &&
        value !== undefined &&
        value.kind !== 'literal' &&
        !value.nullable &&
        !expression.isDistinct &&
        value.kind === 'attribute'
        ? { ...expression, arguments: [literal(1n, { kind: 'int' }, value.range)] }
        : expression;
    }
    default:
      return expression;
  }
});

function ofCall(call: FunctionCall): Expression {
  const [first] = call.arguments;
  if (call.name === 'isnull' || call.name === 'isnotnull') {
    if (first === undefined) return call;
    const isNever = first.kind === 'attribute' && !first.nullable;
    return isNever ? literal(call.name === 'isnotnull', call.type, call.range) : call;
  }
  if (call.name === 'coalesce') return ofCoalesce(call);
  return isNullIntolerant(call) && call.arguments.some(isNullLiteral) ? nullOf(call) : call;
}

function ofCoalesce(call: FunctionCall): Expression {
  const useful = call.arguments.filter((argument) => !isNullLiteral(argument));
  const certain = useful.findIndex(
    (argument) =>
      !argument.nullable && (argument.kind === 'attribute' || argument.kind === 'literal'),
  );
  const kept = certain === -1 ? useful : useful.slice(0, certain + 1);
  const [only] = kept;
  if (only === undefined) return nullOf(call);
  if (kept.length === 1) return only;
  return kept.length === call.arguments.length ? call : { ...call, arguments: kept };
}

function isNullLiteral(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.value === null;
}

function nullOf({ type, range }: Expression): Expression {
  return literal(null, type, range);
}
