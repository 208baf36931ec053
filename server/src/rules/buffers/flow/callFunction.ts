/** Follows a function of the module for one of its calls: what it returns and does with what it is given. */
import type { FunctionStatement, Parameter } from '../../../python/syntax.ts';
import type { Flow } from './flow.ts';
import type { CallSite, Problem } from './machine.ts';
import type { Frame } from './frame.ts';
import { State } from './state.ts';
import type { Value } from './values.ts';
import { none, sameValue, unknown } from './values.ts';

/** Calls inside of calls are followed this deep. */
const MAX_DEPTH = 3;
/** Longer functions are not followed: their results depend on more than what is seen. */
const MAX_LENGTH = 4000;

/** Past this many expressions inside of calls, no more calls are followed: a module must not take long. */
const MAX_EXPRESSIONS = 20_000;

type Callee = Extract<Value, { kind: 'function' }>;

export function callFunction(flow: Flow, callee: Callee, site: CallSite): Value {
  const { statement, frame: enclosing } = callee;
  const { body } = statement;
  const bound =
    body && canBeFollowed(flow, statement) ? bindArguments(flow, statement, site) : undefined;
  const scope = body && flow.module.scopes.scopeAt(body);
  if (!body || !bound || !scope) {
    for (const { value } of [...site.positional, ...site.keywords.values()]) flow.escape(value);
    return unknown;
  }
  const outer = {
    state: flow.state,
    frame: flow.frame,
    scope: flow.scope,
    returned: flow.returned,
    problems: flow.problemsOfCall,
    expected: flow.expected.splice(0),
  };
  const frame: Frame = { scope, enclosing, final: undefined };
  const state = new State(new Map(), flow.state.objects);
  state.isCertain = outer.problems ? outer.state.isCertain && outer.expected.length === 0 : true;
  const problems: Problem[] = [];
  flow.state = state;
  flow.frame = frame;
  flow.scope = scope;
  flow.returned = [];
  flow.problemsOfCall = problems;
  flow.callDepth++;
  for (const [name, value] of bound) flow.bind(name, value);
  flow.runBlock(body);
  const endsWithoutReturn = !flow.state.isDead;
  const results = endsWithoutReturn ? [...flow.returned, none] : flow.returned;
  const made = flow.state;
  flow.callDepth--;
  flow.state = outer.state;
  flow.frame = outer.frame;
  flow.scope = outer.scope;
  flow.returned = outer.returned;
  flow.problemsOfCall = outer.problems;
  flow.expected.push(...outer.expected);
  // What the function did to objects holds after the call.
  for (const [id, object] of [...made.objects]) flow.state.objects.set(id, object);
  const first = problems.find(({ severity = 'error' }) => severity === 'error') ?? problems[0];
  if (first)
    flow.report({
      ...first,
      at: { from: site.call.from, to: site.call.end },
      origin: first.origin ?? first.at,
      message: `in ${statement.name}(): ${first.message}`,
      related: [
        { start: first.at.from, end: first.at.to, message: 'It is raised here.' },
        ...(first.related ?? []),
      ],
      fixes: [],
    });
  const [result = none] = results;
  if (results.every((each) => sameValue(each, result))) return result;
  for (const each of results) flow.escape(each);
  return unknown;
}

function canBeFollowed(flow: Flow, statement: FunctionStatement): boolean {
  return (
    flow.callDepth < MAX_DEPTH &&
    flow.expressionsInCalls < MAX_EXPRESSIONS &&
    !statement.isAsync &&
    statement.decorators.length === 0 &&
    statement.to - statement.from < MAX_LENGTH &&
    !/\b(yield|global|nonlocal)\b/.test(flow.textOf(statement))
  );
}

/** The values of the parameters; undefined where the call does not fit, or can't be told. */
function bindArguments(
  flow: Flow,
  statement: FunctionStatement,
  site: CallSite,
): ReadonlyMap<string, Value> | undefined {
  if (site.unpacks) return undefined;
  const bound = new Map<string, Value>();
  const positional = statement.parameters.filter(({ kind }) => kind === 'positional');
  if (statement.parameters.some(({ kind }) => kind === '*' || kind === '**')) return undefined;
  if (site.positional.length > positional.length) return undefined;
  for (const [index, { value }] of site.positional.entries())
    bound.set(positional[index]?.name ?? '', value);
  for (const [name, { value }] of site.keywords) {
    if (bound.has(name) || !statement.parameters.some((each) => each.name === name))
      return undefined;
    bound.set(name, value);
  }
  for (const parameter of statement.parameters) {
    if (bound.has(parameter.name)) continue;
    if (!parameter.default) return undefined;
    bound.set(parameter.name, presetOf(flow, parameter));
  }
  return bound;
}

/** A default is made once, with the function; only one that can't change is certain. */
function presetOf(flow: Flow, parameter: Parameter): Value {
  const { default: preset } = parameter;
  if (!preset || !/^(number|string|constant|unary)$/.test(preset.kind)) return unknown;
  return flow.evaluate(preset);
}
