/** Statements of a script, one after another. What one of them does not tell is named, and the next is read. */
import type { SyntaxNode } from '@lezer/common';
import { bind } from './bindings.ts';
import { arithmetic, listOf, truth } from './constants.ts';
import { columnOperator, isColumn } from './columnOperators.ts';
import { evaluate } from './evaluate.ts';
import { hasElement } from './rdd/elements.ts';
import { elementChoice, truthOf } from './rdd/operators.ts';
import { Names } from './script.ts';
import type { Script } from './script.ts';
import type { Value } from './values.ts';
import { CannotKnow, cannotKnow } from './values.ts';

/** Of loops and calls together: a script that is longer is no script to be read. */
const MAX_STATEMENTS = 20_000;

/** The value that a function returns, or undefined where the end is reached. */
export function readBody(script: Script, body: SyntaxNode): Value | undefined {
  return readFrom(script, body.firstChild);
}

function readFrom(script: Script, first: SyntaxNode | null): Value | undefined {
  for (let child = first; child; child = child.nextSibling) {
    const outcome =
      child.name === 'IfStatement'
        ? branch(script, child, child.nextSibling)
        : readStatementNode(script, child);
    if (outcome) return outcome;
  }
  return undefined;
}

/** At the top of the script: a statement that tells too little does not end the reading. */
export function readModuleBody(script: Script, body: SyntaxNode): void {
  for (let child = body.firstChild; child; child = child.nextSibling) {
    script.statement = script.rangeOf(child);
    try {
      readStatementNode(script, child);
    } catch (error) {
      if (!(error instanceof CannotKnow)) throw error;
      script.tell(error.message, error.range);
      forget(script, child, error);
    }
  }
}

/** Names that the statement would have given a value have none now. */
function forget(script: Script, node: SyntaxNode, { root }: CannotKnow): void {
  node.cursor().iterate((inner) => {
    if (inner.name === 'FunctionDefinition' || inner.name === 'LambdaExpression') return false;
    if (inner.name !== 'AssignStatement') return undefined;
    for (const target of targetsOf(inner.node))
      if (target.name === 'VariableName')
        script.names.set(script.textOf(target), { kind: 'unknown', ...root });
    return undefined;
  });
}

function readStatementNode(script: Script, node: SyntaxNode): Value | undefined {
  if (++script.statementCount > MAX_STATEMENTS)
    cannotKnow('the script does too much to be read', node);
  if (script.depth === 0) script.statement = script.rangeOf(node);
  switch (node.name) {
    case 'ExpressionStatement':
      if (node.firstChild) evaluate(script, node.firstChild);
      return undefined;
    case 'AssignStatement':
      assign(script, node);
      return undefined;
    case 'ImportStatement':
      importNames(script, node);
      return undefined;
    case 'FunctionDefinition': {
      const name = node.getChild('VariableName');
      if (name) script.names.set(script.textOf(name), { kind: 'function', node });
      return undefined;
    }
    case 'ReturnStatement': {
      const value = node.firstChild?.nextSibling;
      return value ? evaluate(script, value) : { kind: 'none' };
    }
    case 'ForStatement':
      return loop(script, node);
    case 'IfStatement':
      return branch(script, node, null);
    case 'TryStatement':
      return tryBody(script, node);
    case 'StatementGroup':
      return readBody(script, node);
    case 'PassStatement':
    case 'Comment':
    case 'ScopeStatement':
    case ':':
    case ';':
      return undefined;
    case 'ClassDefinition':
    case 'DecoratedStatement':
      return cannotKnow('this is Python that runs; what it defines is not known here', node);
    case 'UpdateStatement':
      update(script, node);
      return undefined;
    case 'AssertStatement':
    case 'DeleteStatement':
      return undefined;
    case 'WithStatement':
      return cannotKnow("'with' runs Python code that is not known here", node);
    case 'WhileStatement':
      return cannotKnow('how often this loop runs is known only when the script runs', node);
    default:
      return node.type.isError
        ? cannotKnow('this is not Python', node)
        : cannotKnow('this statement is not read', node);
  }
}

function targetsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const targets: SyntaxNode[] = [];
  for (let child = node.firstChild; child && child.name !== 'AssignOp'; child = child.nextSibling) {
    if (child.name === 'TypeDef') break;
    if (child.name !== ',') targets.push(child);
  }
  return targets;
}

/** `a = b = x`, `a, b = x, y` and `a: T = x`. */
function assign(script: Script, node: SyntaxNode): void {
  const groups: SyntaxNode[][] = [[]];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === 'AssignOp') groups.push([]);
    else if (child.name !== ',' && child.name !== 'TypeDef') groups.at(-1)?.push(child);
  }
  const values = groups.pop() ?? [];
  if (groups.length === 0) return;
  const [only] = values;
  const value: Value =
    values.length === 1 && only
      ? evaluate(script, only)
      : { kind: 'tuple', items: values.map((part) => evaluate(script, part)) };
  for (const targets of groups) bind(script, targets, value, node);
}

/** `a += b` of what is known. */
function update(script: Script, node: SyntaxNode): void {
  const [target, operator, operand] = [node.firstChild, node.getChild('UpdateOp'), node.lastChild];
  if (target?.name !== 'VariableName' || !operator || !operand)
    cannotKnow('what is changed here is not followed', node);
  const [left, right] = [script.evaluate(target), script.evaluate(operand)];
  const result = isColumn(left)
    ? columnOperator(script, script.textOf(operator).slice(0, -1), left, right, node)
    : arithmetic(script.textOf(operator).slice(0, -1), left, right);
  if (!result) cannotKnow('what this gives is not known before the script runs', node);
  bind(script, [target], result, node);
}

/** `import a.b as c`, `from a import b as c, d`, `from a import *`. */
function importNames(script: Script, node: SyntaxNode): void {
  const text = script
    .textOf(node)
    .replace(/[()\\]/g, ' ')
    .replace(/#.*$/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const from = /^from ([\w.]+) import (.+)$/.exec(text);
  const list = from?.[2] ?? /^import (.+)$/.exec(text)?.[1] ?? '';
  for (const part of list.split(',')) {
    const [, path = '', alias] = /^\s*([\w.]+|\*)(?: as (\w+))?\s*$/.exec(part) ?? [];
    if (path === '') continue;
    if (from) {
      const base = from[1] ?? '';
      if (path === '*') script.names.addStar(base);
      else script.names.set(alias ?? path, imported(`${base}.${path}`));
    } else {
      const [top = ''] = path.split('.');
      script.names.set(alias ?? top, { kind: 'module', path: alias ? path : top });
    }
  }
}

function imported(path: string): Value {
  if (/^pyspark\.sql\.(?:functions|types|window)$/.test(path) || path === 'pyspark.sql')
    return { kind: 'module', path };
  if (/^pyspark\.sql(?:\.window)?\.Window$/.test(path)) return { kind: 'windowClass' };
  return { kind: 'known', path };
}

function loop(script: Script, node: SyntaxNode): Value | undefined {
  const targets: SyntaxNode[] = [];
  let over: SyntaxNode | undefined;
  let isBehindIn = false;
  const body = node.getChild('Body');
  for (
    let child = node.firstChild?.nextSibling;
    child && child.name !== 'Body';
    child = child.nextSibling
  ) {
    if (child.name === 'in') isBehindIn = true;
    else if (isBehindIn) over ??= child;
    else if (child.name !== ',') targets.push(child);
  }
  if (!over || !body) return cannotKnow('this loop is not complete', node);
  const value = evaluate(script, over);
  if (value.kind === 'result') {
    repeated(script, value, targets, body, node);
    return undefined;
  }
  for (const item of listOf(value, over)) {
    bind(script, targets, item, node);
    const outcome = readBody(script, body);
    if (outcome) return outcome;
  }
  return undefined;
}

/** A loop over rows: its body is read once, and its steps run for each. */
function repeated(
  script: Script,
  over: Extract<Value, { kind: 'result' }>,
  targets: readonly SyntaxNode[],
  body: SyntaxNode,
  node: SyntaxNode,
): void {
  const { step, path } = over;
  const part = { step, ...(path ? { path } : {}) };
  const outer = script.names;
  const names = new Names(outer);
  script.addRepeat(part, (repeat) => {
    script.names = names;
    try {
      bind(script, targets, { kind: 'result', step: repeat }, node);
      if (readBody(script, body))
        cannotKnow('when this loop ends is known only when the script runs', node);
    } finally {
      script.names = outer;
    }
  });
  // What a turn leaves behind is known only when the script runs.
  for (const name of names.own)
    outer.set(name, {
      kind: 'unknown',
      reason: 'it is set in a loop over rows',
      range: script.rangeOf(node),
    });
  return undefined;
}

/** The branch whose condition is known to hold; `next` is what follows the statement. */
function branch(
  script: Script,
  node: SyntaxNode,
  next: SyntaxNode | null,
  first: SyntaxNode | null = node.firstChild,
): Value | undefined {
  let isMet: boolean | undefined;
  for (let child = first; child; child = child.nextSibling) {
    if (child.name === 'if' || child.name === 'elif') continue;
    if (child.name === 'else') isMet = true;
    else if (child.name === 'Body') {
      if (isMet === true) return readBody(script, child);
    } else if (child.name !== 'Comment') {
      const condition = evaluate(script, child);
      if (hasElement(condition)) return eitherWay(script, condition, child, next);
      isMet = truth(condition, child);
    }
  }
  return undefined;
}

/** Both ways from a condition that each element of an RDD decides, each to the value that it returns. */
function eitherWay(
  script: Script,
  condition: Value,
  node: SyntaxNode,
  next: SyntaxNode | null,
): Value {
  const body = node.nextSibling?.name === 'Body' ? node.nextSibling : null;
  const whole = node.parent;
  if (!body || !whole) return cannotKnow('this branch is not complete', node);
  const outer = script.names;
  const onOneWay = (read: () => Value | undefined): Value => {
    // What one way gives names to is not there on the other.
    script.names = new Names(outer);
    try {
      return (
        read() ??
        cannotKnow('a branch that each element decides has to return a value on every way', whole)
      );
    } finally {
      script.names = outer;
    }
  };
  const yes = onOneWay(() => readBody(script, body) ?? readFrom(script, next));
  const no = onOneWay(
    () => branch(script, whole, next, body.nextSibling) ?? readFrom(script, next),
  );
  const range = script.rangeOf(node);
  return elementChoice(truthOf(condition, node, range), yes, no, range);
}

/** What is raised is not known before; without it the body runs, then `else` and `finally`. */
function tryBody(script: Script, node: SyntaxNode): Value | undefined {
  let keyword = '';
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (/^(?:try|except|else|finally)$/.test(child.name)) keyword = child.name;
    if (child.name !== 'Body' || keyword === 'except') continue;
    const outcome = readBody(script, child);
    if (outcome) return outcome;
  }
  return undefined;
}
