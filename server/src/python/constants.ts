/** Values that are certain from the text alone: literals, arithmetic on them, and names bound once to such. */
import type { SyntaxNode } from '@lezer/common';
import { withoutParentheses } from './calls.ts';
import type { PythonModule } from './module.ts';
import { onlyBinding } from './module.ts';
import type { StringLiteral } from './stringLiteral.ts';
import { joinLiterals, readStringLiteral } from './stringLiteral.ts';

/** Chains of names longer than this are not followed; a name bound to itself ends here too. */
const MAX_STEPS = 32;

/** Calls whose value is certain, such as `struct.calcsize("QdQ")`; given by whoever knows the callee. */
export type ConstantCalls = (node: SyntaxNode, steps: number) => number | undefined;

export function constantInteger(
  module: PythonModule,
  node: SyntaxNode,
  calls: ConstantCalls,
  steps = MAX_STEPS,
): number | undefined {
  if (steps === 0) return undefined;
  const inner = withoutParentheses(node);
  const evaluate = (child: SyntaxNode | null | undefined) =>
    child ? constantInteger(module, child, calls, steps - 1) : undefined;
  switch (inner.name) {
    case 'Number':
      return integerLiteral(module.textOf(inner));
    case 'VariableName':
      return evaluate(assignedValue(module, inner));
    case 'UnaryExpression': {
      const value = evaluate(inner.lastChild);
      const operator = inner.firstChild ? module.textOf(inner.firstChild) : '';
      if (value === undefined) return undefined;
      if (operator === '-') return -value;
      return operator === '+' ? value : undefined;
    }
    case 'BinaryExpression': {
      const operator = inner.firstChild?.nextSibling;
      const left = evaluate(inner.firstChild);
      const right = evaluate(inner.lastChild);
      if (!operator || left === undefined || right === undefined) return undefined;
      return safe(arithmetic(module.textOf(operator), left, right));
    }
    case 'CallExpression':
      return calls(inner, steps - 1);
    default:
      return undefined;
  }
}

/** A string or bytes value with the place in the source of each unit. `+` joins, names bound once are followed. */
export function constantString(
  module: PythonModule,
  node: SyntaxNode,
  steps = MAX_STEPS,
): StringLiteral | undefined {
  if (steps === 0) return undefined;
  const inner = withoutParentheses(node);
  if (inner.name === 'VariableName') {
    const value = assignedValue(module, inner);
    return value && constantString(module, value, steps - 1);
  }
  if (inner.name === 'BinaryExpression') {
    const operator = inner.firstChild?.nextSibling;
    if (!inner.firstChild || !inner.lastChild || !operator || module.textOf(operator) !== '+')
      return undefined;
    const left = constantString(module, inner.firstChild, steps - 1);
    const right = constantString(module, inner.lastChild, steps - 1);
    return left && right?.kind === left.kind ? joinLiterals(left.kind, [left, right]) : undefined;
  }
  return readStringLiteral(module.source.text, inner);
}

/** The expression that a name stands for, where the name is bound once. */
export function assignedValue(module: PythonModule, name: SyntaxNode): SyntaxNode | undefined {
  const only = onlyBinding(module, name);
  return only?.binding.kind === 'assign' ? only.binding.value : undefined;
}

function integerLiteral(text: string): number | undefined {
  const digits = text.replace(/_/g, '');
  if (!/^(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|[1-9]\d*|0+)$/.test(digits)) return undefined;
  return safe(Number(digits));
}

function arithmetic(operator: string, left: number, right: number): number | undefined {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  if (operator === '//' && right !== 0) return Math.floor(left / right);
  if (operator === '%' && right !== 0) return left - right * Math.floor(left / right);
  if (operator === '<<' && 0 <= right && right < 53) return left * 2 ** right;
  if (operator === '**' && right >= 0) return left ** right;
  return undefined;
}

/** Python's integers have no end; where JavaScript's would be inexact nothing is known. `-0` is 0. */
function safe(value: number | undefined): number | undefined {
  return value !== undefined && Number.isSafeInteger(value) ? value + 0 : undefined;
}
