/** Follows a module from its first statement to the last body of a function. The one analysis that all rules read. */
import type { PythonModule } from '../../../python/module.ts';
import type { Finding, RuleContext } from '../../finding.ts';
import { evaluate } from './evaluate.ts';
import { runBlock } from './execute.ts';
import { EVERYTHING } from './catching.ts';
import type { KnownValue } from './flow.ts';
import { Flow } from './flow.ts';
import type { Model } from './machine.ts';
import { State } from './state.ts';
import { unknown } from './values.ts';

export interface Analysis {
  readonly findings: readonly Finding[];
  /** In the order of the text; where places nest, the outer one first. */
  readonly known: readonly KnownValue[];
}

export function followModule(
  module: PythonModule,
  context: RuleContext,
  models: readonly Model[],
): Analysis {
  const flow = new Flow(module, context, models, evaluate, runBlock);
  flow.runBlock(module.source.tree.topNode);
  flow.frame.final = flow.state;
  for (let next = flow.pending.shift(); next && !flow.isExhausted; next = flow.pending.shift()) {
    flow.frame = { scope: next.scope, enclosing: next.enclosing, final: undefined };
    flow.scope = next.scope;
    flow.state = new State();
    flow.returned = [];
    flow.expected.length = 0;
    if (flow.isExpectedToRaise(next.name)) flow.expected.push(EVERYTHING);
    flow.loopDepth = 0;
    flow.changed = new Set();
    for (const parameter of next.parameters) flow.bind(parameter, unknown);
    flow.runBlock(next.body);
    flow.frame.final = flow.state;
  }
  const known = [...flow.known.values()].sort((a, b) => a.from - b.from || b.to - a.to);
  return { findings: flow.foundOnce(), known };
}
