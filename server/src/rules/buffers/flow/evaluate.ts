/** Follows expressions: their values, and what they do to objects. */
import type { Attribute, Call, Expression, Subscript } from '../../../python/syntax.ts';
import { childrenOf, isNoise, readExpression } from '../../../python/readSyntax.ts';
import { binaryNumber, compareValues, numberLiteral, unaryNumber } from './arithmetic.ts';
import { callFunction } from './callFunction.ts';
import type { Flow } from './flow.ts';
import { memberValue } from './imports.ts';
import type { Argument, CallSite, SubscriptSite, SubscriptValue } from './machine.ts';
import { isTrue } from './truth.ts';
import { fillingMethods, ownMethods, readers, readingModules } from './uses.ts';
import type { Value } from './values.ts';
import { knownText, none, unknown } from './values.ts';

export function evaluate(flow: Flow, expression: Expression): Value {
  switch (expression.kind) {
    case 'name': {
      const value = flow.lookUp(expression.name);
      flow.remember(expression, value);
      return value;
    }
    case 'number':
      return numberLiteral(expression.text);
    case 'string': {
      const { literal } = expression;
      if (!literal) return unknown;
      return literal.kind === 'str'
        ? { kind: 'str', literal }
        : { kind: 'bytes', length: literal.value.length, literal };
    }
    case 'constant':
      if (expression.value === 'None') return none;
      if (expression.value === '...') return { kind: 'ellipsis' };
      return { kind: 'bool', value: expression.value === 'True' };
    case 'tuple':
    case 'list':
    case 'set':
      return evaluateItems(flow, expression);
    case 'dict':
      return evaluateDict(flow, expression);
    case 'call': {
      const value = evaluateCall(flow, expression);
      flow.remember(expression, value);
      return value;
    }
    case 'attribute': {
      const value = evaluateAttribute(flow, expression);
      flow.remember(expression, value);
      return value;
    }
    case 'subscript': {
      const value = evaluateSubscript(flow, expression);
      flow.remember(expression, value);
      return value;
    }
    case 'unary': {
      const operand = flow.evaluate(expression.operand);
      if (expression.operator === 'not') {
        const truth = isTrue(flow, operand);
        return truth === undefined ? { kind: 'bool' } : { kind: 'bool', value: !truth };
      }
      return unaryNumber(expression.operator, operand);
    }
    case 'binary':
      return evaluateBinary(flow, expression);
    case 'conditional': {
      const truth = isTrue(flow, flow.evaluate(expression.test));
      if (truth !== undefined) return flow.evaluate(truth ? expression.then : expression.otherwise);
      // Only one of the two runs; neither may be relied on.
      flow.muted++;
      flow.escape(flow.evaluate(expression.then));
      flow.escape(flow.evaluate(expression.otherwise));
      flow.muted--;
      return unknown;
    }
    case 'named': {
      const value = flow.evaluate(expression.value);
      if (expression.target.kind === 'name') flow.bind(expression.target.name, value);
      return value;
    }
    case 'star':
      flow.escape(flow.evaluate(expression.value));
      return unknown;
    case 'await':
    case 'yield':
      if (expression.value) flow.escape(flow.evaluate(expression.value));
      return unknown;
    case 'scope':
      return evaluateComprehension(flow, expression);
    case 'parts':
      for (const part of expression.parts) flow.evaluate(part);
      return expression.isText ? { kind: 'str' } : unknown;
  }
}

function evaluateItems(
  flow: Flow,
  expression: Extract<Expression, { kind: 'tuple' | 'list' | 'set' }>,
): Value {
  const items = expression.items.map((item) => flow.evaluate(item));
  const hasStar = expression.items.some((item) => item.kind === 'star');
  if (expression.kind === 'tuple') return hasStar ? unknown : { kind: 'tuple', items };
  if (expression.kind === 'list')
    return flow.allocate(
      hasStar ? { kind: 'list', madeAt: expression } : { kind: 'list', items, madeAt: expression },
    );
  for (const item of items) flow.escape(item);
  return flow.allocate({ kind: 'set', madeAt: expression });
}

function evaluateDict(flow: Flow, expression: Extract<Expression, { kind: 'dict' }>): Value {
  const entries: [string, Value][] = [];
  for (const [index, part] of expression.values.entries()) {
    const key = expression.keys[index];
    const name = key && knownText(flow.evaluate(key));
    const value = flow.evaluate(part);
    if (name === undefined) flow.escape(value);
    else entries.push([name, value]);
  }
  const isPlain = entries.length === expression.values.length;
  return flow.allocate({
    kind: 'dict',
    madeAt: expression,
    ...(isPlain ? { entries } : {}),
  });
}

function evaluateAttribute(flow: Flow, expression: Attribute): Value {
  const receiver = flow.evaluate(expression.object);
  return attributeOf(flow, receiver, expression);
}

function attributeOf(flow: Flow, receiver: Value, expression: Attribute): Value {
  const { name } = expression;
  if (receiver.kind === 'module') return memberValue(receiver.name, name);
  for (const model of flow.models) {
    const value = model.attribute?.(flow, receiver, name, expression);
    if (value) return value;
  }
  if (receiver.kind === 'unknown') return ownAttribute(flow, expression) ?? unknown;
  return { kind: 'method', receiver, name };
}

/**
 * `self.buffer` where the module sets an attribute of that name once, to a new `bytearray`. How long it is by then
 * nobody knows.
 */
function ownAttribute(flow: Flow, expression: Attribute): Value | undefined {
  if (expression.object.kind !== 'name' || expression.object.name !== 'self') return undefined;
  if (!flow.isOwnBytearray(expression.name)) return undefined;
  return flow.allocate({ kind: 'bytearray', madeAt: expression });
}

function evaluateCall(flow: Flow, call: Call): Value {
  const callee =
    call.callee.kind === 'attribute' ? calleeOf(flow, call.callee) : flow.evaluate(call.callee);
  const site = evaluateArguments(flow, call);
  if (callee.kind === 'method') {
    for (const model of flow.models) {
      const value = model.method?.(flow, callee.receiver, callee.name, site);
      if (value) return value;
    }
    // A method that is not known may do anything with its object.
    if (!ownMethods.test(callee.name)) flow.escape(callee.receiver);
    escapeArguments(flow, site, fillingMethods.test(callee.name));
    return unknown;
  }
  if (callee.kind === 'function') return callFunction(flow, callee, site);
  for (const model of flow.models) {
    const value = model.call?.(flow, callee, site);
    if (value) return value;
  }
  const isReader =
    (callee.kind === 'builtin' && readers.has(callee.name)) ||
    (callee.kind === 'member' && readingModules.test(callee.module)) ||
    (callee.kind === 'unknown' &&
      call.callee.kind === 'attribute' &&
      fillingMethods.test(call.callee.name));
  escapeArguments(flow, site, isReader);
  return callee.kind === 'class' ? { kind: 'instance', statement: callee.statement } : unknown;
}

/** The method itself, so that a model is asked about the call and not about the attribute. */
function calleeOf(flow: Flow, attribute: Attribute): Value {
  const receiver = flow.evaluate(attribute.object);
  if (receiver.kind === 'module') return memberValue(receiver.name, attribute.name);
  if (receiver.kind === 'unknown') return unknown;
  if (receiver.kind === 'class' || receiver.kind === 'member')
    return attributeOf(flow, receiver, attribute);
  return { kind: 'method', receiver, name: attribute.name };
}

function escapeArguments(flow: Flow, site: CallSite, isReader: boolean): void {
  for (const { value } of [...site.positional, ...site.keywords.values()])
    if (isReader) flow.escapeItems(value);
    else flow.escape(value);
}

function evaluateArguments(flow: Flow, call: Call): CallSite {
  const positional: Argument[] = [];
  const keywords = new Map<string, Argument>();
  let unpacks = false;
  for (const argument of call.arguments) {
    const value = flow.evaluate(argument.value);
    if (argument.unpacks !== '') {
      unpacks = true;
      flow.escape(value);
    } else if (argument.keyword !== undefined)
      keywords.set(argument.keyword, { expression: argument.value, value });
    // Behind `*args` it is not known which argument is which.
    else if (unpacks) flow.escape(value);
    else positional.push({ expression: argument.value, value });
  }
  return {
    call,
    positional,
    keywords,
    unpacks,
    argument: (index, keyword) =>
      positional[index] ?? (keyword === undefined ? undefined : keywords.get(keyword)),
  };
}

export function subscriptSite(flow: Flow, subscript: Subscript): SubscriptSite {
  const receiver = flow.evaluate(subscript.object);
  const indices = subscript.items.map((item): SubscriptValue => {
    if (item.kind === 'index')
      return { kind: 'index', value: flow.evaluate(item.value), expression: item.value };
    const bound = (part: Expression | undefined) => part && flow.evaluate(part);
    return {
      kind: 'slice',
      start: bound(item.start),
      stop: bound(item.stop),
      step: bound(item.step),
    };
  });
  return { subscript, receiver, indices };
}

function evaluateSubscript(flow: Flow, subscript: Subscript): Value {
  const site = subscriptSite(flow, subscript);
  for (const model of flow.models) {
    const value = model.subscript?.(flow, site);
    if (value) return value;
  }
  return unknown;
}

function evaluateBinary(flow: Flow, expression: Extract<Expression, { kind: 'binary' }>): Value {
  const { operator } = expression;
  const left = flow.evaluate(expression.left);
  if (operator === 'and' || operator === 'or') {
    const truth = isTrue(flow, left);
    if (truth === (operator === 'or')) return left;
    if (truth === undefined) flow.muted++;
    const right = flow.evaluate(expression.right);
    if (truth === undefined) flow.muted--;
    return truth === undefined ? unknown : right;
  }
  // `a < b < c` compares `b` with `c`; what is on the left is `a < b` here, a bool that is no operand.
  const isChain =
    isComparison(operator) &&
    expression.left.kind === 'binary' &&
    isComparison(expression.left.operator) &&
    flow.module.source.text.charAt(expression.left.from) !== '(';
  const right = flow.evaluate(expression.right);
  if (isChain) return { kind: 'bool' };
  if (isComparison(operator)) {
    const truth = compareValues(flow, operator, left, right);
    if (truth !== undefined) return { kind: 'bool', value: truth };
  }
  for (const model of flow.models) {
    const value = model.binary?.(
      flow,
      operator,
      { expression: expression.left, value: left },
      { expression: expression.right, value: right },
      expression,
    );
    if (value) {
      flow.remember(expression, value);
      return value;
    }
  }
  if (isComparison(operator)) return unknown;
  for (const operand of [left, right]) flow.escapeItems(operand);
  return binaryNumber(operator, left, right);
}

function isComparison(operator: string): boolean {
  return /^(<|>|<=|>=|==|!=|in|not in|is|is not)$/.test(operator);
}

/** A comprehension runs its parts any number of times; a lambda some other time. */
function evaluateComprehension(
  flow: Flow,
  expression: Extract<Expression, { kind: 'scope' }>,
): Value {
  const { node } = expression;
  if (node.name === 'LambdaExpression') return unknown;
  const outer = flow.scope;
  const inner = node.firstChild && flow.module.scopes.scopeAt(node.firstChild);
  if (!inner || inner === outer) return unknown;
  const changedBefore = flow.changed;
  flow.changed = new Set();
  const wasCertain = flow.state.isCertain;
  flow.state.isCertain = false;
  flow.scope = inner;
  let isTarget = false;
  for (const child of childrenOf(node)) {
    if (child.name === 'for') isTarget = true;
    else if (child.name === 'in') isTarget = false;
    else if (!isTarget && !isNoise(child) && !/^([[\](){}:,*]|\*\*|if|async)$/.test(child.name))
      flow.escape(flow.evaluate(readExpression(flow.module.source.text, child)));
  }
  flow.scope = outer;
  flow.state.isCertain = wasCertain;
  for (const id of flow.changed) {
    flow.state.objects.set(id, undefined);
    changedBefore.add(id);
  }
  flow.changed = changedBefore;
  return unknown;
}
