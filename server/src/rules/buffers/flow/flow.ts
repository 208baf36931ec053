/** One run of the analysis: where it is, what it knows there, and what it has found. */
import type { SyntaxNode } from '@lezer/common';
import type { PythonModule } from '../../../python/module.ts';
import type { Scope } from '../../../python/scopes.ts';
import type { Expression, Statement } from '../../../python/syntax.ts';
import type { Finding, RuleContext } from '../../finding.ts';
import { catches } from './catching.ts';
import type { Frame } from './frame.ts';
import { hasOnlyStructStars, importedValue } from './imports.ts';
import type { Machine, Model, Problem, Sharing } from './machine.ts';
import { State } from './state.ts';
import { isChangedElsewhere } from './uses.ts';
import type { ObjectState, Place, Value } from './values.ts';
import { unknown } from './values.ts';

/** What is known of an expression, for whoever shows it. */
export interface KnownValue extends Place {
  readonly value: Value;
  readonly object: ObjectState | undefined;
  readonly sharing: Sharing | undefined;
}

/** A function whose body is still to be followed. */
export interface PendingFunction {
  readonly name: string;
  readonly body: SyntaxNode;
  readonly scope: Scope;
  readonly parameters: readonly string[];
  readonly enclosing: Frame;
}

/** Past this many expressions the rest of a module is left unread, so that no file takes long. */
const MAX_EXPRESSIONS = 400_000;

/** The name that follows the exception in such a call. */
const raisingCalls =
  /(?:assert_?raises|\braises)\w*\(\s*(?:[\w.]+|\([\w., ]*\))\s*,\s*(?:self\.)?([A-Za-z_]\w*)\s*[,)]/gi;

export class Flow implements Machine {
  readonly module: PythonModule;
  readonly context: RuleContext;
  readonly models: readonly Model[];
  readonly findings: Finding[] = [];
  readonly known = new Map<string, KnownValue>();
  readonly pending: PendingFunction[] = [];
  state = new State();
  frame: Frame;
  /** That of a comprehension inside the frame, else the frame's. */
  scope: Scope;
  /** Above 0 nothing is reported: the code is followed for what it does only. */
  muted = 0;
  /** The exceptions that code around this point expects, innermost last. */
  readonly expected: (readonly string[])[] = [];
  /** Set while a function is followed for one of its calls: its problems are the caller's. */
  problemsOfCall: Problem[] | undefined;
  callDepth = 0;
  loopDepth = 0;
  /** The frame around a class whose body is followed: that of its methods. */
  classFrame: Frame | undefined;
  /** What the bodies of classes bind, by where the class begins. */
  readonly classNames = new Map<number, ReadonlyMap<string, Value>>();
  expressionCount = 0;
  /** Objects changed since it was last emptied, for loops and `try`. */
  changed = new Set<number>();
  /** Values that `return` gave in the function that is followed for its result. */
  returned: Value[] = [];
  /** Objects that were changed after they were made, anywhere. */
  readonly #everChanged = new Set<number>();
  readonly #sharedNames: ReadonlySet<string>;
  readonly #changedElsewhere = new Map<Scope, Map<string, boolean>>();
  readonly #reported = new Set<string>();
  /** Findings that stand at a call, and where in the function they come from. */
  readonly #ofCalls: { readonly index: number; readonly origin: string }[] = [];
  readonly #statements = new Map<string, readonly Statement[]>();
  readonly #ownBytearrays = new Map<string, boolean>();
  /** Expressions that were followed inside of calls. */
  expressionsInCalls = 0;
  #raising: ReadonlySet<string> | undefined;
  #nextId = 1;
  readonly #evaluate: (flow: Flow, expression: Expression) => Value;
  readonly #runBlock: (flow: Flow, block: SyntaxNode) => void;

  constructor(
    module: PythonModule,
    context: RuleContext,
    models: readonly Model[],
    evaluate: (flow: Flow, expression: Expression) => Value,
    runBlock: (flow: Flow, block: SyntaxNode) => void,
  ) {
    this.module = module;
    this.context = context;
    this.models = models;
    this.#evaluate = evaluate;
    this.#runBlock = runBlock;
    this.scope = module.scopes.module;
    this.frame = { scope: this.scope, enclosing: undefined, final: undefined };
    this.#sharedNames = namesInScopeStatements(module);
  }

  get isExhausted(): boolean {
    return this.expressionCount > MAX_EXPRESSIONS;
  }

  evaluate(expression: Expression): Value {
    this.expressionCount++;
    if (this.callDepth > 0) this.expressionsInCalls++;
    return this.isExhausted ? unknown : this.#evaluate(this, expression);
  }

  /** Blocks of loops and of functions that are called are followed more than once, and read once. */
  statementsOf(
    block: SyntaxNode,
    read: (text: string, block: SyntaxNode) => readonly Statement[],
  ): readonly Statement[] {
    const key = `${block.from}:${block.to}`;
    let statements = this.#statements.get(key);
    if (!statements) this.#statements.set(key, (statements = read(this.module.source.text, block)));
    return statements;
  }

  /** Whether `self.name` is certainly the `bytearray` that the module sets it to, in one place. */
  isOwnBytearray(name: string): boolean {
    let known = this.#ownBytearrays.get(name);
    if (known === undefined) {
      const { text } = this.module.source;
      const sets = new RegExp(`\\.${name}\\s*(:[^=\\n]+)?[-+*/|&^%]?=[^=]`, 'g');
      const made = new RegExp(`\\bself\\.${name}\\s*(:[^=\\n]+)?=\\s*bytearray\\(`);
      known = text.includes('bytearray(') && made.test(text) && text.match(sets)?.length === 1;
      this.#ownBytearrays.set(name, known);
    }
    return known;
  }

  /** Whether a function of the name is given to somebody who expects it to raise: `assert_raises(TypeError, f)`. */
  isExpectedToRaise(name: string): boolean {
    this.#raising ??= new Set(
      [...this.module.source.text.matchAll(raisingCalls)].map((match) => match[1] ?? ''),
    );
    return this.#raising.has(name);
  }

  runBlock(block: SyntaxNode): void {
    this.#runBlock(this, block);
  }

  textOf(place: Place): string {
    return this.module.source.text.slice(place.from, place.to);
  }

  objectOf(value: Value | undefined): ObjectState | undefined {
    if (value?.kind !== 'object') return undefined;
    if (this.state.objects.has(value.id)) return this.state.objects.get(value.id);
    // An object of a scope around this one: its facts hold here only if they never change.
    if (this.#everChanged.has(value.id)) return undefined;
    for (let frame = this.frame.enclosing; frame; frame = frame.enclosing)
      if (frame.final?.objects.has(value.id)) return frame.final.objects.get(value.id);
    return undefined;
  }

  allocate(state: ObjectState): Value {
    const id = this.#nextId++;
    this.state.objects.set(id, state);
    return { kind: 'object', id };
  }

  update(value: Value, state: ObjectState | undefined): void {
    if (value.kind !== 'object') return;
    this.state.objects.set(value.id, state);
    this.changed.add(value.id);
    this.#everChanged.add(value.id);
  }

  escape(value: Value): void {
    if (value.kind === 'tuple') for (const item of value.items) this.escape(item);
    if (value.kind === 'method') this.escape(value.receiver);
    if (value.kind !== 'object') return;
    const object = this.objectOf(value);
    this.update(value, undefined);
    if (object?.kind === 'list') for (const item of object.items ?? []) this.escape(item);
    if (object?.kind === 'dict') for (const [, item] of object.entries ?? []) this.escape(item);
  }

  /** What is inside of a value was given away, the value itself was not. */
  escapeItems(value: Value): void {
    const object = this.objectOf(value);
    if (value.kind === 'tuple') for (const item of value.items) this.escape(item);
    if (object?.kind === 'list') for (const item of object.items ?? []) this.escape(item);
    if (object?.kind === 'dict') for (const [, item] of object.entries ?? []) this.escape(item);
  }

  report(problem: Problem): void {
    if (this.state.isDead) return;
    if (this.problemsOfCall) {
      if (this.state.isCertain && this.expected.length === 0) this.problemsOfCall.push(problem);
      return;
    }
    if (this.muted > 0 || this.expected.some((names) => catches(names, problem.exception))) return;
    const { at, rule, message, severity = 'error', related, fixes } = problem;
    const key = keyOf(rule, at);
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    const { origin } = problem;
    if (origin) this.#ofCalls.push({ index: this.findings.length, origin: keyOf(rule, origin) });
    this.findings.push({
      rule,
      severity,
      start: at.from,
      end: at.to,
      message,
      ...(related ? { related } : {}),
      ...(fixes ? { fixes } : {}),
    });
  }

  /** The findings, without those at a call of a function that says the same in its own body. */
  foundOnce(): readonly Finding[] {
    const doubled = new Set(
      this.#ofCalls.filter(({ origin }) => this.#reported.has(origin)).map(({ index }) => index),
    );
    return this.findings.filter((_, index) => !doubled.has(index));
  }

  note(expression: Place, sharing: Sharing): void {
    if (this.muted > 0 || this.problemsOfCall) return;
    const key = `${expression.from}:${expression.to}`;
    const before = this.known.get(key);
    this.known.set(key, {
      from: expression.from,
      to: expression.to,
      value: before?.value ?? unknown,
      object: before?.object,
      sharing,
    });
  }

  /** Keeps what is known of an expression for hovers, if it is about buffers. */
  remember(at: Place, value: Value): void {
    if (this.muted > 0 || this.problemsOfCall || this.state.isDead) return;
    const object = this.objectOf(value);
    if (!object && value.kind !== 'bytes') return;
    const key = `${at.from}:${at.to}`;
    const sharing = this.known.get(key)?.sharing;
    this.known.set(key, { from: at.from, to: at.to, value, object, sharing });
  }

  viewsOf(id: number): readonly { readonly name: string; readonly state: ObjectState }[] {
    const views: { name: string; state: ObjectState }[] = [];
    for (const [name, value] of this.state.names) {
      const object = this.state.doubted.has(name) ? undefined : this.objectOf(value);
      if (!object || !('base' in object) || object.base !== id) continue;
      if (object.kind === 'memoryview' && object.released !== false) continue;
      views.push({ name, state: object });
    }
    return views;
  }

  /** The value of a name where it is read. */
  lookUp(name: string): Value {
    const found = this.module.scopes.bindingsOf(name, this.scope);
    const imported = importedValue(this.module, name, this.scope);
    if (imported) return imported;
    if (!found) return hasOnlyStructStars(this.module) ? { kind: 'builtin', name } : unknown;
    if (found.scope === this.frame.scope) {
      if (this.state.doubted.has(name) || this.#sharedNames.has(name)) return unknown;
      return this.state.names.get(name) ?? unknown;
    }
    if (this.#sharedNames.has(name) || found.bindings.length !== 1) return unknown;
    for (let frame = this.frame.enclosing; frame; frame = frame.enclosing)
      if (frame.scope === found.scope)
        // A star import may have put another value in its place.
        return hasOnlyStructStars(this.module)
          ? (frame.final?.names.get(name) ?? unknown)
          : unknown;
    return unknown;
  }

  bind(name: string, value: Value): void {
    if (this.#sharedNames.has(name)) {
      this.escape(value);
      return;
    }
    const found = this.module.scopes.bindingsOf(name, this.scope);
    if (found?.scope !== this.frame.scope) return;
    this.state.names.set(name, value);
    this.state.doubted.delete(name);
    if (value.kind === 'object' && this.#isChangedElsewhere(name)) this.escape(value);
  }

  #isChangedElsewhere(name: string): boolean {
    const scope = this.frame.scope;
    let known = this.#changedElsewhere.get(scope);
    if (!known) this.#changedElsewhere.set(scope, (known = new Map<string, boolean>()));
    let changed = known.get(name);
    if (changed === undefined)
      known.set(name, (changed = isChangedElsewhere(this.module, name, scope)));
    return changed;
  }
}

function keyOf(rule: string, { from, to }: Place): string {
  return `${rule} ${from} ${to}`;
}

/** Names in `global` and `nonlocal` statements may be bound from several scopes at any time. */
function namesInScopeStatements(module: PythonModule): ReadonlySet<string> {
  const names = new Set<string>();
  if (!/\b(global|nonlocal)\b/.test(module.source.text)) return names;
  module.source.tree.iterate({
    enter(node) {
      if (node.name !== 'ScopeStatement') return;
      for (const name of node.node.getChildren('VariableName')) names.add(module.textOf(name));
    },
  });
  return names;
}
