/** `[f(x) for x in known if condition]`, its kin of dictionaries, and those over rows that only a run gives. */
import type { SyntaxNode } from '@lezer/common';
import type { ResultPart } from '#shared/protocol/frameScript.ts';
import { bind } from './bindings.ts';
import { listOf, truth } from './constants.ts';
import { Names } from './script.ts';
import type { Script } from './script.ts';
import type { Value } from './values.ts';
import { cannotKnow } from './values.ts';
import type { Expression } from '#sql/plan/unresolved.ts';
import { call } from './expressions.ts';
import type { Element } from './rdd/elements.ts';
import { certain, element, lifted } from './rdd/elements.ts';
import { truthOf } from './rdd/operators.ts';

interface Clause {
  readonly targets: readonly SyntaxNode[];
  readonly over: SyntaxNode;
  readonly conditions: readonly SyntaxNode[];
}

/** The step that an item of rows stands for while the comprehension is read. */
const ITEM = -1;

export function comprehension(script: Script, node: SyntaxNode): Value {
  const { results, clauses } = partsOf(node);
  const [result] = results;
  if (!result || results.length !== 1) return cannotKnow('this comprehension is not read', node);
  return inside(script, () => {
    const [only, ...more] = clauses;
    const over = only && script.evaluate(only.over);
    if (only && over?.kind === 'element' && more.length === 0)
      return ofElements(script, over, only, result, node);
    if (only && over?.kind === 'result' && more.length === 0)
      return eachOf(script, over, only, result, node);
    const items: Value[] = [];
    each(script, clauses, node, () => items.push(script.evaluate(result)));
    return { kind: 'list', items };
  });
}

export function dictionaryComprehension(script: Script, node: SyntaxNode): Value {
  const { results, clauses } = partsOf(node);
  const [key, value] = results;
  if (!key || !value) return cannotKnow('this comprehension is not read', node);
  return inside(script, () => {
    const entries: [Value, Value][] = [];
    each(script, clauses, node, () => entries.push([script.evaluate(key), script.evaluate(value)]));
    return { kind: 'dict', entries };
  });
}

/** Names of a comprehension end with it. */
function inside(script: Script, read: () => Value): Value {
  const outer = script.names;
  script.names = new Names(outer);
  try {
    return read();
  } finally {
    script.names = outer;
  }
}

function each(
  script: Script,
  [clause, ...inner]: readonly Clause[],
  node: SyntaxNode,
  add: () => void,
): void {
  if (!clause) {
    add();
    return;
  }
  for (const item of listOf(script.evaluate(clause.over), clause.over)) {
    bind(script, clause.targets, item, node);
    if (clause.conditions.every((condition) => truth(script.evaluate(condition), condition)))
      each(script, inner, node, add);
  }
}

/** `[row.name for row in df.collect()]`: of each row the same part. */
function eachOf(
  script: Script,
  over: ResultPart,
  { targets, conditions }: Clause,
  result: SyntaxNode,
  node: SyntaxNode,
): Value {
  const [condition] = conditions;
  if (condition)
    return cannotKnow('which rows this keeps is known only when the script runs', condition);
  bind(script, targets, { kind: 'result', step: ITEM, path: [] }, node);
  const item = script.evaluate(result);
  if (item.kind !== 'result' || item.step !== ITEM)
    return cannotKnow('what this gives is not known before the script runs', result);
  return {
    kind: 'result',
    step: over.step,
    path: [...(over.path ?? []), { each: item.path ?? [] }],
  };
}

/** `[f(x) for x in items if condition]` of a list that is known for each element of an RDD. */
function ofElements(
  script: Script,
  over: Element,
  { targets, conditions }: Clause,
  result: SyntaxNode,
  node: SyntaxNode,
): Value {
  const range = script.rangeOf(node);
  const list = certain(over, range);
  if (list.type.kind !== 'list')
    return cannotKnow('only the items of a list are gone through here', node);
  // Comprehensions inside one another have names of their own.
  const name = `item_${node.from}`;
  const item = element(list.type.item, { kind: 'unresolvedAttribute', nameParts: [name], range });
  bind(script, targets, item, node);
  const lambda = (body: Expression): Expression => ({
    kind: 'lambdaFunction',
    function: body,
    arguments: [name],
    range,
  });
  const kept = conditions.reduce((items, condition) => {
    const holds = truthOf(script.evaluate(condition), condition, range);
    return call('filter', [items, lambda(holds.expression)], range);
  }, list.expression);
  const made = lifted(script.evaluate(result), range);
  return element(
    { kind: 'list', item: made.type },
    call('transform', [kept, lambda(made.expression)], range),
  );
}

function partsOf(node: SyntaxNode) {
  const results: SyntaxNode[] = [];
  const clauses: { targets: SyntaxNode[]; over?: SyntaxNode; conditions: SyntaxNode[] }[] = [];
  let state: 'result' | 'target' | 'over' | 'condition' = 'result';
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (/^[[\](){}:,]$/.test(child.name) || child.name === 'Comment') continue;
    const clause = clauses.at(-1);
    if (child.name === 'async') return cannotKnow('this comprehension is not read', node);
    if (child.name === 'for') {
      clauses.push({ targets: [], conditions: [] });
      state = 'target';
    } else if (child.name === 'in') state = 'over';
    else if (child.name === 'if') state = 'condition';
    else if (state === 'result') results.push(child);
    else if (state === 'target') clause?.targets.push(child);
    else if (state === 'over' && clause) clause.over = child;
    else clause?.conditions.push(child);
  }
  return {
    results,
    clauses: clauses.map(({ targets, over, conditions }): Clause => ({
      targets,
      over: over ?? cannotKnow('this comprehension is not complete', node),
      conditions,
    })),
  };
}
