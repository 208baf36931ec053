/** A typed view of a call and its arguments over the syntax tree. */
import type { SyntaxNode } from '@lezer/common';

export interface Argument {
  /** Undefined for a positional argument. */
  readonly keyword: string | undefined;
  readonly value: SyntaxNode;
}

export interface Call {
  readonly node: SyntaxNode;
  readonly callee: SyntaxNode;
  /** In order, up to the first `*args` or `**kwargs`, after which positions mean nothing. */
  readonly arguments: readonly Argument[];
  readonly unpacks: boolean;
}

/** The call at a `CallExpression`; also one that is still being typed and has no `)`. */
export function readCall(text: string, node: SyntaxNode): Call | undefined {
  if (node.name !== 'CallExpression') return undefined;
  const callee = node.firstChild;
  const list = node.lastChild;
  if (!callee || list?.name !== 'ArgList') return undefined;
  const found: Argument[] = [];
  let part: SyntaxNode[] = [];
  let unpacks = false;
  const close = () => {
    const argument = readArgument(text, part);
    if (argument === 'unpacks') unpacks = true;
    else if (argument && !unpacks) found.push(argument);
    part = [];
  };
  for (let child = list.firstChild; child; child = child.nextSibling) {
    if (child.name === ',' || child.name === ')') close();
    else if (child.name !== '(' && child.name !== 'Comment' && !child.type.isError)
      part.push(child);
  }
  if (part.length > 0) close();
  return { node, callee, arguments: found, unpacks };
}

/** Positional argument `index`, else the one named `keyword`. */
export function argumentOf(call: Call, index: number, keyword?: string): SyntaxNode | undefined {
  const positional = call.arguments.filter((argument) => argument.keyword === undefined)[index];
  if (positional) return positional.value;
  if (keyword === undefined) return undefined;
  return call.arguments.find((argument) => argument.keyword === keyword)?.value;
}

function readArgument(text: string, part: readonly SyntaxNode[]): Argument | 'unpacks' | undefined {
  const [first, second, third] = part;
  if (!first) return undefined;
  if (first.name === '*' || first.name === '**') return 'unpacks';
  if (second?.name === 'AssignOp')
    return third && { keyword: text.slice(first.from, first.to), value: third };
  // `f(x for x in y)` and what does not parse: one argument of unknown shape.
  return part.length === 1 ? { keyword: undefined, value: first } : 'unpacks';
}

/** `(x)` is `x`. */
export function withoutParentheses(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.name === 'ParenthesizedExpression') {
    const child = inner.firstChild?.nextSibling;
    if (!child || child.nextSibling?.name !== ')') return inner;
    inner = child;
  }
  return inner;
}
