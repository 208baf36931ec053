/** Python's operators on Columns: `&` is AND, `~` NOT, `==` an equality that is not yet known. */
import type { SyntaxNode } from '@lezer/common';
import { call, columnOf, operation } from './expressions.ts';
import type { Script } from './script.ts';
import type { Value } from './values.ts';
import { cannotKnow } from './values.ts';

const symbols: Readonly<Record<string, string>> = {
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '%': '%',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '==': '=',
  '&': 'and',
  '|': 'or',
};

export function isColumn(value: Value): boolean {
  return value.kind === 'column' || value.kind === 'condition';
}

export function columnOperator(
  script: Script,
  operator: string,
  left: Value,
  right: Value,
  node: SyntaxNode,
): Value {
  const range = script.rangeOf(node);
  const args = [columnOf(left, range), columnOf(right, range)];
  const symbol = symbols[operator];
  if (symbol !== undefined) return { kind: 'column', expression: operation(symbol, args, range) };
  if (operator === '!=')
    return { kind: 'column', expression: operation('not', [operation('=', args, range)], range) };
  if (operator === '**') return { kind: 'column', expression: call('power', args, range) };
  if (operator === 'in')
    return cannotKnow("'in' asks a Column for a truth value; isin() makes a condition", node);
  return cannotKnow(`'${operator}' of Columns is an error in PySpark`, node);
}

export function negated(script: Script, operator: string, value: Value, node: SyntaxNode): Value {
  const range = script.rangeOf(node);
  const args = [columnOf(value, range)];
  if (operator === '~') return { kind: 'column', expression: operation('not', args, range) };
  if (operator === '-') return { kind: 'column', expression: call('negative', args, range) };
  if (operator === 'not')
    return cannotKnow(
      "'not' asks a Column for a truth value, which it does not have; '~' negates a condition",
      node,
    );
  return cannotKnow(`'${operator}' of a Column is an error in PySpark`, node);
}
