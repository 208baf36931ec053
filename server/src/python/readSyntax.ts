/** Reads expressions from the syntax tree. Statements are read by `readStatements.ts`. */
import type { SyntaxNode } from '@lezer/common';
import { readStringLiteral } from './stringLiteral.ts';
import type { CallArgument, Expression, SubscriptItem } from './syntax.ts';

/** Deeper nesting than people write is not read. */
const MAX_DEPTH = 200;

export function readExpression(text: string, node: SyntaxNode, depth = 0): Expression {
  const { from, to } = node;
  if (depth > MAX_DEPTH) return { kind: 'parts', parts: [], isText: false, from, to };
  const read = (child: SyntaxNode) => readExpression(text, child, depth + 1);
  switch (node.name) {
    case 'VariableName':
      return { kind: 'name', name: text.slice(from, to), from, to };
    case 'Number':
      return { kind: 'number', text: text.slice(from, to), from, to };
    case 'String':
    case 'ContinuedString':
      return readString(text, node, depth);
    case 'FormatString':
      return { kind: 'parts', parts: operandsIn(node, read), isText: true, from, to };
    case 'Boolean':
      return {
        kind: 'constant',
        value: text.slice(from, to) === 'True' ? 'True' : 'False',
        from,
        to,
      };
    case 'None':
      return { kind: 'constant', value: 'None', from, to };
    case 'Ellipsis':
      return { kind: 'constant', value: '...', from, to };
    case 'ParenthesizedExpression': {
      const inner = childrenOf(node).filter((child) => !/^[()]$|^Comment$/.test(child.name));
      const [only] = inner;
      return inner.length === 1 && only ? read(only) : parts(node, read);
    }
    case 'TupleExpression':
      return { kind: 'tuple', items: readItems(node, read), from, to };
    case 'ArrayExpression':
      return { kind: 'list', items: readItems(node, read), from, to };
    case 'SetExpression':
      return { kind: 'set', items: readItems(node, read), from, to };
    case 'DictionaryExpression':
      return readDict(node, read);
    case 'CallExpression':
      return readCallExpression(text, node, read);
    case 'MemberExpression':
      return readMember(text, node, read);
    case 'UnaryExpression': {
      const operand = node.lastChild;
      const operator = node.firstChild;
      if (!operand || !operator || operand.type.isError) return parts(node, read);
      return {
        kind: 'unary',
        operator: text.slice(operator.from, operator.to),
        operand: read(operand),
        from,
        to,
      };
    }
    case 'BinaryExpression':
      return readBinary(text, node, read);
    case 'ConditionalExpression': {
      const [then, , test, , otherwise] = childrenOf(node);
      if (!then || !test || !otherwise || otherwise.type.isError) return parts(node, read);
      return {
        kind: 'conditional',
        test: read(test),
        then: read(then),
        otherwise: read(otherwise),
        from,
        to,
      };
    }
    case 'NamedExpression': {
      const [target, , value] = childrenOf(node);
      if (!target || !value) return parts(node, read);
      return { kind: 'named', target: read(target), value: read(value), from, to };
    }
    case 'AwaitExpression':
    case 'YieldExpression': {
      const value = node.lastChild;
      const isBare = !value || /^(await|yield)$/.test(value.name) || value.type.isError;
      return {
        kind: node.name === 'AwaitExpression' ? 'await' : 'yield',
        value: isBare ? undefined : read(value),
        from,
        to,
      };
    }
    case 'LambdaExpression':
    case 'ArrayComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression':
    case 'ComprehensionExpression':
      return { kind: 'scope', node, from, to };
    default:
      return parts(node, read);
  }
}

/** Comma-separated expressions among siblings from `first` up to `stop`: one, or a tuple of several. */
export function readExpressionList(
  text: string,
  nodes: readonly SyntaxNode[],
): Expression | undefined {
  const items: Expression[] = [];
  let hasComma = false;
  let star = false;
  for (const node of nodes) {
    if (node.name === ',') hasComma = true;
    else if (node.name === '*') star = true;
    else if (!isNoise(node)) {
      const value = readExpression(text, node);
      items.push(star ? { kind: 'star', value, from: value.from - 1, to: value.to } : value);
      star = false;
    }
  }
  const [first] = items;
  const last = items.at(-1);
  if (!first || !last) return undefined;
  return hasComma ? { kind: 'tuple', items, from: first.from, to: last.to } : first;
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

export function isNoise(node: SyntaxNode): boolean {
  return node.name === 'Comment' || node.type.isError;
}

type Read = (node: SyntaxNode) => Expression;

function readString(text: string, node: SyntaxNode, depth: number): Expression {
  const { from, to } = node;
  const hasFormat = node.getChild('FormatString') !== null;
  if (hasFormat) {
    const read = (child: SyntaxNode) => readExpression(text, child, depth + 1);
    return { kind: 'parts', parts: operandsIn(node, read), isText: true, from, to };
  }
  return { kind: 'string', literal: readStringLiteral(text, node), from, to };
}

/** The expressions inside of something whose own value is not known. */
function operandsIn(node: SyntaxNode, read: Read): Expression[] {
  return childrenOf(node)
    .filter((child) => isOperand(child))
    .map(read);
}

function parts(node: SyntaxNode, read: Read): Expression {
  return {
    kind: 'parts',
    parts: operandsIn(node, read),
    isText: false,
    from: node.from,
    to: node.to,
  };
}

function isOperand(node: SyntaxNode): boolean {
  return (
    /Expression$|^(VariableName|String|ContinuedString|FormatString|FormatReplacement|FormatSpec|Number)$/.test(
      node.name,
    ) || node.type.isError
  );
}

function readItems(node: SyntaxNode, read: Read): Expression[] {
  const items: Expression[] = [];
  let star = false;
  for (const child of childrenOf(node)) {
    if (child.name === '*') star = true;
    else if (!/^[[\](){},]$/.test(child.name) && child.name !== 'Comment') {
      const value = read(child);
      items.push(star ? { kind: 'star', value, from: value.from - 1, to: value.to } : value);
      star = false;
    }
  }
  return items;
}

function readDict(node: SyntaxNode, read: Read): Expression {
  const keys: (Expression | undefined)[] = [];
  const values: Expression[] = [];
  let key: Expression | undefined;
  for (const child of childrenOf(node)) {
    if (/^([{},:]|\*\*|Comment)$/.test(child.name)) continue;
    const before = child.prevSibling?.name;
    if (before === ':' || before === '**') {
      keys.push(before === '**' ? undefined : key);
      values.push(read(child));
    } else key = read(child);
  }
  return { kind: 'dict', keys, values, from: node.from, to: node.to };
}

function readCallExpression(text: string, node: SyntaxNode, read: Read): Expression {
  const callee = node.firstChild;
  const list = node.lastChild;
  if (!callee || list?.name !== 'ArgList') return parts(node, read);
  // `f(x for x in y)`: the list of arguments is itself the comprehension.
  const found: readonly CallArgument[] = list.getChild('for')
    ? [
        {
          keyword: undefined,
          unpacks: '',
          value: { kind: 'scope', node: list, from: list.from, to: list.to },
        },
      ]
    : readArguments(text, list, read);
  let end = node.to;
  // An unclosed call reaches to wherever the parser gave up; its arguments are what was meant.
  if (list.lastChild?.name !== ')') {
    end = callee.to;
    for (const child of childrenOf(list)) if (!child.type.isError) end = child.to;
  }
  return {
    kind: 'call',
    callee: read(callee),
    arguments: found,
    end: Math.max(end, callee.to),
    from: node.from,
    to: node.to,
  };
}

export function readArguments(text: string, list: SyntaxNode, read: Read): CallArgument[] {
  const found: CallArgument[] = [];
  let part: SyntaxNode[] = [];
  const close = () => {
    const [first, second, third] = part;
    if (first) {
      const unpacks = first.name === '*' || first.name === '**' ? first.name : '';
      if (unpacks !== '') {
        if (second) found.push({ keyword: undefined, unpacks, value: read(second) });
      } else if (second?.name === 'AssignOp') {
        if (third)
          found.push({
            keyword: text.slice(first.from, first.to),
            unpacks: '',
            value: read(third),
          });
      } else if (part.length === 1)
        found.push({ keyword: undefined, unpacks: '', value: read(first) });
      // Something that did not parse: no position after it means anything.
      else
        for (const each of part)
          found.push({ keyword: undefined, unpacks: '*', value: read(each) });
    }
    part = [];
  };
  for (const child of childrenOf(list)) {
    if (child.name === ',' || child.name === ')') close();
    else if (child.name !== '(' && !isNoise(child)) part.push(child);
  }
  close();
  return found;
}

function readMember(text: string, node: SyntaxNode, read: Read): Expression {
  const { from, to } = node;
  const object = node.firstChild;
  const second = object?.nextSibling;
  if (!object || !second) return parts(node, read);
  if (second.name === '.') {
    const property = node.getChild('PropertyName');
    if (!property) return parts(node, read);
    return {
      kind: 'attribute',
      object: read(object),
      name: text.slice(property.from, property.to),
      nameFrom: property.from,
      from,
      to,
    };
  }
  if (second.name !== '[' || node.lastChild?.name !== ']') return parts(node, read);
  const items: SubscriptItem[] = [];
  let bounds: (Expression | undefined)[] = [undefined];
  let hasComma = false;
  const close = () => {
    const [start, stop, step] = bounds;
    if (bounds.length > 1) items.push({ kind: 'slice', start, stop, step });
    else if (start) items.push({ kind: 'index', value: start });
    bounds = [undefined];
  };
  let star = false;
  for (let child = second.nextSibling; child && child.name !== ']'; child = child.nextSibling) {
    if (child.name === ',') {
      hasComma = true;
      close();
    } else if (child.name === ':') bounds.push(undefined);
    else if (child.name === '*') star = true;
    else if (child.type.isError) return parts(node, read);
    else if (child.name !== 'Comment') {
      const value = read(child);
      bounds[bounds.length - 1] = star
        ? { kind: 'star', value, from: value.from - 1, to: value.to }
        : value;
      star = false;
    }
  }
  close();
  return { kind: 'subscript', object: read(object), items, hasComma, from, to };
}

function readBinary(text: string, node: SyntaxNode, read: Read): Expression {
  const left = node.firstChild;
  const right = node.lastChild;
  if (!left || !right || left.from === right.from || right.type.isError) return parts(node, read);
  const between: string[] = [];
  for (let child = left.nextSibling; child && child.from !== right.from; child = child.nextSibling)
    if (child.name !== 'Comment') between.push(text.slice(child.from, child.to));
  return {
    kind: 'binary',
    operator: between.join(' '),
    left: read(left),
    right: read(right),
    from: node.from,
    to: node.to,
  };
}
