/** `input_file_name()` and its like, which are empty where no file is read, and refused where one is. */
import type { Expression, FunctionCall, Relation } from '../plan/resolved.ts';
import { childrenOf, expressionsOf, inputsOf } from '../plan/traverse.ts';
import { raise } from '../problem.ts';

const names = new Set(['input_file_name', 'input_file_block_start', 'input_file_block_length']);

export function checkInputFiles(relation: Relation): void {
  const found = new Finder();
  found.plan(relation);
  if (found.call === undefined || !found.hasScan) return;
  const feature = `${found.call.name} beside a table or a file`;
  raise('UNSUPPORTED_EXPRESSION', { feature }, found.call.range);
}

class Finder {
  call: FunctionCall | undefined;
  hasScan = false;

  plan(relation: Relation): void {
    if (relation.kind === 'scan') this.hasScan = true;
    for (const expression of expressionsOf(relation)) this.expression(expression);
    for (const input of inputsOf(relation)) this.plan(input);
  }

  private expression(expression: Expression): void {
    if (expression.kind === 'call' && names.has(expression.name)) this.call ??= expression;
    if (expression.kind === 'subquery') this.plan(expression.plan);
    for (const child of childrenOf(expression)) this.expression(child);
  }
}
