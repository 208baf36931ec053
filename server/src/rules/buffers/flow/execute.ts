/** Follows statements: which values names have after them, and what is known where ways meet. */
import type { SyntaxNode } from '@lezer/common';
import { readStatements } from '../../../python/readStatements.ts';
import type {
  ClassStatement,
  Expression,
  FunctionStatement,
  Statement,
  WithItem,
} from '../../../python/syntax.ts';
import { EVERYTHING, caughtNames } from './catching.ts';
import { subscriptSite } from './evaluate.ts';
import type { Flow } from './flow.ts';
import { boundNames, mentionedNames, namedIn } from './names.ts';
import { State } from './state.ts';
import { isTrue } from './truth.ts';
import type { Value } from './values.ts';
import { unknown } from './values.ts';

/** Loops inside more loops than this are left unread. */
const MAX_LOOPS = 6;

export function runBlock(flow: Flow, block: SyntaxNode): void {
  for (const statement of flow.statementsOf(block, readStatements)) {
    if (flow.state.isDead || flow.isExhausted) return;
    runStatement(flow, statement);
  }
}

function runStatement(flow: Flow, statement: Statement): void {
  switch (statement.kind) {
    case 'expression':
      flow.evaluate(statement.value);
      return;
    case 'assign':
      runAssign(flow, statement);
      return;
    case 'update':
      runUpdate(flow, statement);
      return;
    case 'return': {
      const [value] = statement.values.map((each) => flow.evaluate(each));
      flow.returned.push(value ?? { kind: 'none' });
      flow.state.isDead = true;
      return;
    }
    case 'raise':
      for (const value of statement.values) flow.evaluate(value);
      flow.state.isDead = true;
      return;
    case 'break':
    case 'continue':
      flow.state.isDead = true;
      return;
    case 'delete':
      for (const target of statement.targets) {
        if (target.kind === 'name') flow.bind(target.name, unknown);
        else if (target.kind === 'subscript') runDeleteItem(flow, target);
      }
      return;
    case 'assert': {
      const truth = isTrue(flow, flow.evaluate(statement.test));
      if (truth === false) flow.state.isDead = true;
      else if (truth === undefined) doubt(flow, statement.test);
      return;
    }
    case 'if':
      runIf(flow, statement);
      return;
    case 'while':
      runLoop(flow, statement.body, statement.otherwise, namedIn(statement.test), () => {
        const truth = isTrue(flow, flow.evaluate(statement.test));
        if (truth === false) flow.state.isDead = true;
        else if (truth === undefined) doubt(flow, statement.test);
      });
      return;
    case 'for': {
      const iterable = flow.evaluate(statement.iterable);
      if (iterable.kind === 'range' && iterable.length === 0) return;
      flow.escapeItems(iterable);
      runLoop(flow, statement.body, statement.otherwise, mentionedNames(statement.target), () =>
        assignTo(flow, statement.target, elementOf(iterable)),
      );
      return;
    }
    case 'with':
      runWith(flow, statement.items, statement.body);
      return;
    case 'try':
      runTry(flow, statement);
      return;
    case 'match': {
      if (statement.subject) flow.escape(flow.evaluate(statement.subject));
      runBranches(flow, statement.bodies, true);
      return;
    }
    case 'function':
      runFunction(flow, statement);
      return;
    case 'class':
      runClass(flow, statement);
      return;
    case 'import':
      if (/\*\s*$/.test(flow.textOf(statement)) && !/from\s+struct\b/.test(flow.textOf(statement)))
        for (const name of flow.state.names.keys()) flow.state.names.set(name, unknown);
      return;
    case 'broken':
      runBroken(flow, statement);
      return;
    case 'scope':
    case 'pass':
      return;
  }
}

function runAssign(flow: Flow, statement: Extract<Statement, { kind: 'assign' }>): void {
  if (!statement.value) return;
  const value = flow.evaluate(statement.value);
  for (const target of statement.targets) assignTo(flow, target, value, statement.value);
}

export function assignTo(
  flow: Flow,
  target: Expression,
  value: Value,
  expression: Expression = target,
): void {
  switch (target.kind) {
    case 'name':
      flow.bind(target.name, value);
      flow.remember(target, value);
      return;
    case 'tuple':
    case 'list':
      assignItems(flow, target.items, value, target);
      return;
    case 'star':
      assignTo(flow, target.value, unknown);
      return;
    case 'subscript': {
      const site = subscriptSite(flow, target);
      const stored = { value, expression };
      if (!flow.models.some((model) => model.store?.(flow, site, stored) === true))
        flow.escape(value);
      return;
    }
    case 'attribute': {
      const receiver = flow.evaluate(target.object);
      const stored = { value, expression };
      const isKnown = flow.models.some(
        (model) => model.storeAttribute?.(flow, receiver, target.name, stored) === true,
      );
      if (isKnown) return;
      flow.escape(value);
      flow.escape(receiver);
      return;
    }
    default:
      flow.escape(value);
  }
}

function assignItems(
  flow: Flow,
  targets: readonly Expression[],
  value: Value,
  at: Expression,
): void {
  const object = flow.objectOf(value);
  const items =
    value.kind === 'tuple' ? value.items : object?.kind === 'list' ? object.items : undefined;
  const starAt = targets.findIndex((target) => target.kind === 'star');
  const fits =
    items && (starAt < 0 ? items.length === targets.length : items.length >= targets.length - 1);
  if (value.kind === 'tuple' && value.from === 'struct' && items && !fits)
    reportTargets(flow, targets.length - (starAt < 0 ? 0 : 1), items.length, starAt >= 0, at);
  for (const [index, target] of targets.entries()) {
    const behind = targets.length - index;
    const item =
      !items || !fits || index === starAt
        ? unknown
        : starAt >= 0 && index > starAt
          ? items.at(-behind)
          : items[index];
    assignTo(flow, target, item ?? unknown);
  }
}

function reportTargets(
  flow: Flow,
  wanted: number,
  given: number,
  hasStar: boolean,
  at: Expression,
): void {
  const message =
    given < wanted
      ? `not enough values to unpack (expected ${hasStar ? 'at least ' : ''}${wanted}, got ${given}): the struct format has ${given}`
      : `too many values to unpack (expected ${wanted}): the struct format has ${given}`;
  flow.report({ rule: 'struct-targets', at, message, exception: 'ValueError' });
}

function elementOf(iterable: Value): Value {
  return iterable.kind === 'range' ? { kind: 'int' } : unknown;
}

function runUpdate(flow: Flow, statement: Extract<Statement, { kind: 'update' }>): void {
  const { target, operator } = statement;
  const before = flow.evaluate(target);
  const operand = flow.evaluate(statement.value);
  for (const model of flow.models) {
    const value = model.update?.(
      flow,
      operator,
      { expression: target, value: before },
      { expression: statement.value, value: operand },
      statement,
    );
    if (!value) continue;
    if (target.kind === 'name') flow.bind(target.name, value);
    return;
  }
  const value = flow.evaluate({
    kind: 'binary',
    operator,
    left: target,
    right: statement.value,
    from: statement.from,
    to: statement.to,
  });
  flow.escape(before);
  flow.escape(operand);
  if (target.kind === 'subscript') assignTo(flow, target, value, statement.value);
  if (target.kind === 'name') flow.bind(target.name, value.kind === 'object' ? unknown : value);
}

function runDeleteItem(flow: Flow, target: Extract<Expression, { kind: 'subscript' }>): void {
  const site = subscriptSite(flow, target);
  if (flow.models.some((model) => model.deleteItem?.(flow, site) === true)) return;
  flow.escape(site.receiver);
}

function runIf(flow: Flow, statement: Extract<Statement, { kind: 'if' }>): void {
  const doubtedBefore = new Set(flow.state.doubted);
  let done: State | undefined;
  const finish = () => {
    done = done ? State.join(done, flow.state) : flow.state;
  };
  let rest: State | undefined = flow.state;
  for (const { test, body } of statement.branches) {
    flow.state = rest;
    const truth = isTrue(flow, flow.evaluate(test));
    if (truth === false) continue;
    if (truth === true) {
      runBlock(flow, body);
      finish();
      rest = undefined;
      break;
    }
    const otherwise: State = flow.state.copy();
    flow.state.isCertain = false;
    otherwise.isCertain = false;
    doubt(flow, test);
    runBlock(flow, body);
    finish();
    rest = otherwise;
    flow.state = rest;
    doubt(flow, test);
  }
  if (rest) {
    flow.state = rest;
    if (statement.otherwise) runBlock(flow, statement.otherwise);
    finish();
  }
  flow.state = done ?? flow.state;
  // Both ways go on: the test has no say any more. Where one of them ended, it still decides who gets here.
  if (bothWaysGoOn(flow, statement)) restoreDoubts(flow.state, doubtedBefore);
}

function bothWaysGoOn(flow: Flow, statement: Extract<Statement, { kind: 'if' }>): boolean {
  const blocks = statement.branches.map(({ body }) => body);
  if (statement.otherwise) blocks.push(statement.otherwise);
  const text = (block: SyntaxNode) => flow.textOf(block);
  return blocks.every((block) => !/\b(return|raise|continue|break|exit)\b/.test(text(block)));
}

function restoreDoubts(state: State, before: ReadonlySet<string>): void {
  for (const name of [...state.doubted]) if (!before.has(name)) state.doubted.delete(name);
}

/** A test that was not understood may have asked just what a rule would say. */
function doubt(flow: Flow, test: Expression): void {
  for (const name of mentionedNames(test)) {
    const value = flow.state.names.get(name);
    if (value && !/^(unknown|module|builtin|member|function|class)$/.test(value.kind))
      flow.state.doubted.add(name);
  }
}

/** One of several blocks runs, or none. */
function runBranches(flow: Flow, blocks: readonly SyntaxNode[], mayRunNone: boolean): void {
  const before = flow.state.copy();
  before.isCertain = false;
  let joined: State | undefined = mayRunNone ? before : undefined;
  for (const block of blocks) {
    flow.state = before.copy();
    const names = boundNames(flow.module, block.parent ?? block);
    for (const name of names) flow.bind(name, unknown);
    runBlock(flow, block);
    joined = joined ? State.join(joined, flow.state) : flow.state;
  }
  if (joined) flow.state = joined;
}

/**
 * First the body is followed without a word to see what it changes; that is unknown at its start, for it may have run
 * before, and behind it.
 */
function runLoop(
  flow: Flow,
  body: SyntaxNode,
  otherwise: SyntaxNode | undefined,
  headNames: readonly string[],
  enter: () => void,
): void {
  const names = [...headNames, ...boundNames(flow.module, body)];
  const before = flow.state;
  flow.loopDepth++;
  if (flow.loopDepth > MAX_LOOPS) flow.expressionCount += 1_000_000;
  forget(flow, names, []);
  const changed = changesIn(flow, () => {
    flow.state = before.copy();
    flow.state.isCertain = false;
    enter();
    runBlock(flow, body);
  });
  const start = before.copy();
  start.isCertain = false;
  flow.state = start;
  forget(flow, names, changed);
  const after = start.copy();
  // Inside the silent run of an outer loop the outcome is known well enough.
  if (flow.muted === 0 || flow.problemsOfCall) {
    enter();
    if (!flow.state.isDead) runBlock(flow, body);
  }
  flow.state = after;
  forget(flow, names, changed);
  flow.loopDepth--;
  if (otherwise) runBlock(flow, otherwise);
}

function forget(flow: Flow, names: Iterable<string>, changed: Iterable<number>): void {
  for (const name of names) flow.bind(name, unknown);
  for (const id of changed) {
    flow.state.objects.set(id, undefined);
    flow.changed.add(id);
  }
}

/** Runs without reporting; the objects that were changed. */
function changesIn(flow: Flow, run: () => void): ReadonlySet<number> {
  const outer = flow.changed;
  const state = flow.state;
  const returned = flow.returned;
  const problems = flow.problemsOfCall;
  flow.changed = new Set();
  flow.returned = [];
  flow.problemsOfCall = problems && [];
  flow.muted++;
  run();
  flow.muted--;
  const { changed } = flow;
  for (const id of changed) outer.add(id);
  flow.changed = outer;
  flow.state = state;
  flow.returned = returned;
  flow.problemsOfCall = problems;
  return changed;
}

function runWith(flow: Flow, items: readonly WithItem[], body: SyntaxNode): void {
  const opened: Value[] = [];
  let expects = false;
  for (const { value, target } of items) {
    if (isRaisesBlock(flow, value)) expects = true;
    const entered = flow.evaluate(value);
    opened.push(entered);
    if (target) assignTo(flow, target, enter(flow, entered));
  }
  if (expects) flow.expected.push(EVERYTHING);
  const wasCertain = flow.state.isCertain;
  runBlock(flow, body);
  if (expects) {
    flow.expected.pop();
    // The block may have ended anywhere.
    flow.state.isDead = false;
    flow.state.isCertain = wasCertain;
    forget(flow, boundNames(flow.module, body), []);
  }
  for (const value of opened.reverse()) leave(flow, value, body);
}

/** What `with value as name` gives the name: these objects are their own context managers. */
function enter(flow: Flow, value: Value): Value {
  const object = flow.objectOf(value);
  return object && /^(memoryview|mmap|image)$/.test(object.kind) ? value : unknown;
}

/** The end of `with memoryview(…)` releases it. */
function leave(flow: Flow, value: Value, body: SyntaxNode): void {
  const object = flow.objectOf(value);
  if (object?.kind === 'memoryview')
    flow.update(value, {
      ...object,
      released: true,
      releasedAt: { from: body.to, to: body.to },
    });
  else if (object?.kind === 'mmap') flow.update(value, undefined);
}

function isRaisesBlock(flow: Flow, value: Expression): boolean {
  if (value.kind !== 'call') return false;
  return /(^|[._])(assert_?raises|raises|assert_?warns|warns|suppress|deprecated_call|assert_produces_warning)\w*$/i.test(
    flow.textOf(value.callee),
  );
}

function runTry(flow: Flow, statement: Extract<Statement, { kind: 'try' }>): void {
  const before = flow.state.copy();
  const caught = statement.handlers.flatMap(({ type }) => caughtNames(type));
  const names = boundNames(flow.module, statement.body);
  const changedBefore = flow.changed;
  flow.changed = new Set();
  if (statement.handlers.length > 0) flow.expected.push(caught);
  runBlock(flow, statement.body);
  if (statement.handlers.length > 0) flow.expected.pop();
  const changed = new Set(flow.changed);
  for (const id of changed) changedBefore.add(id);
  flow.changed = changedBefore;
  const wasCertain = flow.state.isCertain;
  if (statement.otherwise && !flow.state.isDead) runBlock(flow, statement.otherwise);
  let joined = flow.state;
  for (const handler of statement.handlers) {
    flow.state = before.copy();
    flow.state.isCertain = false;
    // The exception may have come from anywhere in the body.
    forget(flow, names, changed);
    if (handler.name !== undefined) flow.bind(handler.name, unknown);
    runBlock(flow, handler.body);
    joined = State.join(joined, flow.state);
  }
  flow.state = joined;
  flow.state.isCertain &&= wasCertain;
  if (!statement.finally) return;
  const isDead = flow.state.isDead;
  if (isDead) {
    // It also runs when the body has left by `return`.
    flow.state = before.copy();
    forget(flow, names, changed);
  }
  runBlock(flow, statement.finally);
  if (isDead) flow.state.isDead = true;
}

function runFunction(flow: Flow, statement: FunctionStatement): void {
  for (const parameter of statement.parameters)
    if (parameter.default) flow.escape(flow.evaluate(parameter.default));
  for (const decorator of statement.decorators) flow.evaluate(decorator);
  const { body } = statement;
  const scope = body && flow.module.scopes.scopeAt(body);
  flow.bind(
    statement.name,
    statement.decorators.length === 0
      ? { kind: 'function', statement, frame: flow.frame }
      : unknown,
  );
  if (!body || !scope || scope === flow.scope || flow.muted > 0 || flow.problemsOfCall) return;
  flow.pending.push({
    name: statement.name,
    body,
    scope,
    parameters: statement.parameters.map(({ name }) => name),
    enclosing: flow.classFrame ?? flow.frame,
  });
}

/** The body of a class runs at once, in names of its own that its methods don't see. */
function runClass(flow: Flow, statement: ClassStatement): void {
  for (const base of statement.bases) flow.escape(flow.evaluate(base.value));
  for (const decorator of statement.decorators) flow.evaluate(decorator);
  const { body } = statement;
  const scope = body && flow.module.scopes.scopeAt(body);
  if (body && scope && scope !== flow.scope) {
    const outer = {
      state: flow.state,
      frame: flow.frame,
      scope: flow.scope,
      class: flow.classFrame,
    };
    flow.classFrame = outer.class ?? outer.frame;
    flow.state = new State(new Map(), outer.state.objects);
    // Names of the scope around it are read through its final state, which is that of this moment.
    const enclosing = { ...outer.frame, final: outer.frame.final ?? outer.state };
    flow.frame = { scope, enclosing, final: undefined };
    flow.scope = scope;
    runBlock(flow, body);
    flow.classNames.set(statement.from, flow.state.names);
    flow.state = outer.state;
    flow.frame = outer.frame;
    flow.scope = outer.scope;
    flow.classFrame = outer.class;
  }
  flow.bind(statement.name, { kind: 'class', statement, frame: flow.frame });
}

/** Half-typed code: what can be read of it counts, what it binds is not known. */
function runBroken(flow: Flow, statement: Extract<Statement, { kind: 'broken' }>): void {
  for (const expression of statement.expressions) flow.evaluate(expression);
  for (const body of statement.bodies) {
    const wasDead = flow.state.isDead;
    runBlock(flow, body);
    flow.state.isDead = wasDead;
  }
  for (const expression of statement.expressions)
    for (const name of mentionedNames(expression)) flow.bind(name, unknown);
}
