/** Reads statements from the syntax tree, one block at a time, so that what is never looked at costs nothing. */
import type { SyntaxNode } from '@lezer/common';
import {
  childrenOf,
  isNoise,
  readArguments,
  readExpression,
  readExpressionList,
} from './readSyntax.ts';
import type {
  ClassStatement,
  ExceptClause,
  Expression,
  FunctionStatement,
  Parameter,
  Statement,
  WithItem,
} from './syntax.ts';

/** The statements of a `Script`, a `Body`, or a list in one line. */
export function readStatements(text: string, block: SyntaxNode): Statement[] {
  const statements: Statement[] = [];
  for (const child of childrenOf(block)) {
    if (child.name === 'StatementGroup') statements.push(...readStatements(text, child));
    else if (!/^([:;]|Comment)$/.test(child.name)) statements.push(readStatement(text, child));
  }
  return statements;
}

function readStatement(text: string, node: SyntaxNode): Statement {
  const { from, to } = node;
  const children = childrenOf(node);
  const read = (child: SyntaxNode) => readExpression(text, child);
  if (children.some((child) => child.type.isError)) return broken(text, node);
  switch (node.name) {
    case 'AssignStatement':
      return readAssign(text, node, children);
    case 'UpdateStatement': {
      const [target, operator, ...rest] = children;
      const value = readExpressionList(text, rest);
      if (!target || !operator || !value) return broken(text, node);
      const symbol = text.slice(operator.from, operator.to).replace('=', '');
      return { kind: 'update', target: read(target), operator: symbol, value, from, to };
    }
    case 'ExpressionStatement':
    case 'YieldStatement': {
      const value =
        node.name === 'YieldStatement'
          ? readExpressionList(
              text,
              children.slice(1).filter(({ name }) => name !== 'from'),
            )
          : readExpressionList(text, children);
      if (node.name === 'YieldStatement')
        return { kind: 'expression', value: { kind: 'yield', value, from, to }, from, to };
      return value ? { kind: 'expression', value, from, to } : broken(text, node);
    }
    case 'ReturnStatement':
    case 'RaiseStatement': {
      const value = readExpressionList(
        text,
        children.slice(1).filter(({ name }) => name !== 'from'),
      );
      return {
        kind: node.name === 'ReturnStatement' ? 'return' : 'raise',
        values: value ? [value] : [],
        from,
        to,
      };
    }
    case 'DeleteStatement': {
      const targets = readExpressionList(text, children.slice(1));
      if (!targets) return broken(text, node);
      return {
        kind: 'delete',
        targets: targets.kind === 'tuple' ? targets.items : [targets],
        from,
        to,
      };
    }
    case 'AssertStatement': {
      const [, test] = children;
      return test ? { kind: 'assert', test: read(test), from, to } : broken(text, node);
    }
    case 'PassStatement':
      return { kind: 'pass', from, to };
    case 'BreakStatement':
      return { kind: 'break', from, to };
    case 'ContinueStatement':
      return { kind: 'continue', from, to };
    case 'IfStatement':
      return readIf(text, node, children);
    case 'WhileStatement': {
      const [, test, body] = children;
      if (!test || body?.name !== 'Body') return broken(text, node);
      return { kind: 'while', test: read(test), body, otherwise: elseOf(children), from, to };
    }
    case 'ForStatement':
      return readFor(text, node, children);
    case 'WithStatement':
      return readWith(text, node, children);
    case 'TryStatement':
      return readTry(text, node, children);
    case 'MatchStatement':
      return readMatch(text, node, children);
    case 'FunctionDefinition':
      return readFunction(text, node, []);
    case 'ClassDefinition':
      return readClass(text, node, []);
    case 'DecoratedStatement':
      return readDecorated(text, node, children);
    case 'ImportStatement':
      return { kind: 'import', node, from, to };
    case 'ScopeStatement':
      return {
        kind: 'scope',
        names: node.getChildren('VariableName').map((name) => text.slice(name.from, name.to)),
        from,
        to,
      };
    default:
      return broken(text, node);
  }
}

/** What could not be understood: its expressions and blocks are still worth reading. */
function broken(text: string, node: SyntaxNode): Statement {
  const expressions: Expression[] = [];
  const bodies: SyntaxNode[] = [];
  for (const child of childrenOf(node)) {
    if (child.name === 'Body') bodies.push(child);
    else if (/Expression$|^VariableName$/.test(child.name))
      expressions.push(readExpression(text, child));
    // What a lost statement left behind inside an error.
    else if (child.type.isError) bodies.push(child);
  }
  return { kind: 'broken', expressions, bodies, from: node.from, to: node.to };
}

function readAssign(text: string, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  const groups: SyntaxNode[][] = [[]];
  let annotation: Expression | undefined;
  for (const child of children) {
    if (child.name === 'AssignOp') groups.push([]);
    else if (child.name === 'TypeDef') {
      const type = child.lastChild;
      if (type && type.name !== ':') annotation = readExpression(text, type);
    } else groups.at(-1)?.push(child);
  }
  const expressions = groups.map((group) => readExpressionList(text, group));
  const value = groups.length > 1 ? expressions.at(-1) : undefined;
  const targets = groups.length > 1 ? expressions.slice(0, -1) : expressions;
  if (targets.includes(undefined) || (groups.length > 1 && !value)) return broken(text, node);
  return {
    kind: 'assign',
    targets: targets.filter((target) => target !== undefined),
    annotation,
    value,
    from: node.from,
    to: node.to,
  };
}

function readIf(text: string, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  const branches: { test: Expression; body: SyntaxNode }[] = [];
  for (const [index, child] of children.entries()) {
    if (child.name !== 'if' && child.name !== 'elif') continue;
    const [test, body] = children.slice(index + 1).filter((each) => !isNoise(each));
    if (!test || body?.name !== 'Body') return broken(text, node);
    branches.push({ test: readExpression(text, test), body });
  }
  return { kind: 'if', branches, otherwise: elseOf(children), from: node.from, to: node.to };
}

function elseOf(children: readonly SyntaxNode[], word = 'else'): SyntaxNode | undefined {
  const at = children.findIndex((child) => child.name === word);
  return at < 0 ? undefined : children.slice(at).find((child) => child.name === 'Body');
}

function readFor(text: string, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  const start = children.findIndex((child) => child.name === 'for');
  const middle = children.findIndex((child) => child.name === 'in');
  const bodyAt = children.findIndex((child) => child.name === 'Body');
  const body = children[bodyAt];
  const target = readExpressionList(text, children.slice(start + 1, middle));
  const iterable = readExpressionList(text, children.slice(middle + 1, bodyAt));
  if (middle < 0 || !body || !target || !iterable) return broken(text, node);
  return {
    kind: 'for',
    target,
    iterable,
    body,
    otherwise: elseOf(children),
    from: node.from,
    to: node.to,
  };
}

function readWith(text: string, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  const items: WithItem[] = [];
  let body: SyntaxNode | undefined;
  const start = children.findIndex((child) => child.name === 'with');
  let value: Expression | undefined;
  let target: Expression | undefined;
  const close = () => {
    if (value) items.push({ value, target });
    value = undefined;
    target = undefined;
  };
  for (const child of children.slice(start + 1)) {
    if (child.name === 'Body') body = child;
    else if (child.name === ',') close();
    else if (child.name !== 'as' && child.name !== 'Comment') {
      if (child.prevSibling?.name === 'as') target = readExpression(text, child);
      else value = readExpression(text, child);
    }
  }
  close();
  if (!body) return broken(text, node);
  return { kind: 'with', items, body, from: node.from, to: node.to };
}

function readTry(text: string, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  const handlers: ExceptClause[] = [];
  for (const [index, child] of children.entries()) {
    if (child.name !== 'except') continue;
    const rest = children.slice(index + 1);
    const body = rest.find((each) => each.name === 'Body');
    if (!body) return broken(text, node);
    const head = rest.slice(0, rest.indexOf(body)).filter((each) => each.name !== '*');
    const asAt = head.findIndex((each) => each.name === 'as');
    const name = asAt < 0 ? undefined : head[asAt + 1];
    handlers.push({
      type: readExpressionList(text, asAt < 0 ? head : head.slice(0, asAt)),
      name: name && text.slice(name.from, name.to),
      body,
    });
  }
  const body = elseOf(children, 'try');
  if (!body) return broken(text, node);
  return {
    kind: 'try',
    body,
    handlers,
    otherwise: elseOf(children),
    finally: elseOf(children, 'finally'),
    from: node.from,
    to: node.to,
  };
}

function readMatch(text: string, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  const at = children.findIndex((child) => child.name === 'MatchBody');
  const body = children[at];
  if (!body) return broken(text, node);
  return {
    kind: 'match',
    subject: readExpressionList(text, children.slice(1, at)),
    bodies: body
      .getChildren('MatchClause')
      .map((clause) => clause.getChild('Body'))
      .filter((each) => each !== null),
    from: node.from,
    to: node.to,
  };
}

function readDecorated(text: string, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  const decorators = children
    .filter((child) => child.name === 'Decorator')
    .flatMap((decorator) => readDecorator(text, decorator));
  const definition = children.at(-1);
  if (definition?.name === 'FunctionDefinition') return readFunction(text, definition, decorators);
  if (definition?.name === 'ClassDefinition') return readClass(text, definition, decorators);
  return broken(text, node);
}

/** The tree has the name and the arguments of a decorator side by side. */
function readDecorator(text: string, node: SyntaxNode): Expression[] {
  const parts = childrenOf(node).filter(({ name }) => name !== 'At' && name !== 'Comment');
  const [first] = parts;
  if (!first) return [];
  if (first.name !== 'VariableName') return [readExpression(text, first)];
  let expression: Expression = readExpression(text, first);
  for (const part of parts.slice(1)) {
    if (part.name === 'ArgList')
      expression = {
        kind: 'call',
        callee: expression,
        arguments: readArguments(text, part, (child) => readExpression(text, child)),
        end: part.to,
        from: first.from,
        to: part.to,
      };
    else if (part.name === 'PropertyName' || part.name === 'VariableName')
      expression = {
        kind: 'attribute',
        object: expression,
        name: text.slice(part.from, part.to),
        nameFrom: part.from,
        from: first.from,
        to: part.to,
      };
  }
  return [expression];
}

export function readFunction(
  text: string,
  node: SyntaxNode,
  decorators: readonly Expression[],
): FunctionStatement {
  const children = childrenOf(node);
  const name = node.getChild('VariableName');
  const list = node.getChild('ParamList');
  const returns = node.getChild('TypeDef')?.lastChild;
  return {
    kind: 'function',
    name: name ? text.slice(name.from, name.to) : '',
    nameFrom: name?.from ?? node.from,
    isAsync: children[0]?.name === 'async',
    decorators,
    parameters: list ? readParameters(text, list) : [],
    returns: returns ? readExpression(text, returns) : undefined,
    body: node.getChild('Body') ?? undefined,
    node,
    from: node.from,
    to: node.to,
  };
}

function readParameters(text: string, list: SyntaxNode): Parameter[] {
  const parameters: Parameter[] = [];
  let kind: Parameter['kind'] = 'positional';
  let star: '' | '*' | '**' = '';
  const children = childrenOf(list);
  for (const [index, child] of children.entries()) {
    if (child.name === '*' || child.name === '**') star = child.name;
    else if (child.name === ',') {
      if (star !== '') kind = 'keyword';
      star = '';
    } else if (child.name === 'VariableName' && children[index - 1]?.name !== 'AssignOp') {
      let annotation: Expression | undefined;
      let preset: Expression | undefined;
      for (let at = index + 1; at < children.length; at++) {
        const next = children[at];
        if (!next || next.name === ',' || next.name === ')') break;
        if (next.name === 'TypeDef' && next.lastChild)
          annotation = readExpression(text, next.lastChild);
        else if (children[at - 1]?.name === 'AssignOp') preset = readExpression(text, next);
      }
      parameters.push({
        name: text.slice(child.from, child.to),
        nameFrom: child.from,
        kind: star === '' ? kind : star,
        default: preset,
        annotation,
      });
      if (star !== '') kind = 'keyword';
    }
  }
  return parameters;
}

export function readClass(
  text: string,
  node: SyntaxNode,
  decorators: readonly Expression[],
): ClassStatement {
  const name = node.getChild('VariableName');
  const list = node.getChild('ArgList');
  return {
    kind: 'class',
    name: name ? text.slice(name.from, name.to) : '',
    nameFrom: name?.from ?? node.from,
    decorators,
    bases: list ? readArguments(text, list, (child) => readExpression(text, child)) : [],
    body: node.getChild('Body') ?? undefined,
    node,
    from: node.from,
    to: node.to,
  };
}
