/** Whether a `bytearray` can have changed its length between its binding and a place where it is used. */
import type { SyntaxNode } from '@lezer/common';
import { readCall } from '../../python/calls.ts';
import type { PythonModule } from '../../python/module.ts';
import { importedName, isBuiltin } from '../../python/module.ts';
import type { Binding, Scope } from '../../python/scopes.ts';

/** Builtins that read a buffer or keep a view of it, which locks its length. */
const readers = [
  ...[
    'len',
    'print',
    'memoryview',
    'bytes',
    'bytearray',
    'repr',
    'str',
    'id',
    'type',
    'sum',
    'max',
  ],
  ...[
    'min',
    'sorted',
    'list',
    'tuple',
    'set',
    'isinstance',
    'enumerate',
    'zip',
    'any',
    'all',
    'hash',
  ],
];

/** Methods of a `bytearray` that leave its length alone. */
const ownMethods =
  /^(capitalize|center|copy|count|decode|endswith|expandtabs|find|hex|index|is[a-z]+|join|l?strip|rstrip|lower|upper|swapcase|title|partition|rpartition|removeprefix|removesuffix|replace|reverse|rfind|rindex|rjust|ljust|rsplit|split|splitlines|startswith|translate|zfill|__len__|__getitem__)$/;

/** Methods of other objects that fill or read a buffer given to them, by convention of their names. */
const fillingMethods =
  /^(readinto1?|recv_into|recvfrom_into|write|send|sendall|frombuffer|from_buffer|from_buffer_copy|update|digest|pack_into|unpack|unpack_from|iter_unpack)$/;

export function keepsItsLength(
  module: PythonModule,
  use: SyntaxNode,
  bound: { readonly scope: Scope; readonly binding: Binding },
): boolean {
  const useScope = module.scopes.scopeAt(use);
  return doubtfulUses(module, module.textOf(use), bound).every(
    (other) =>
      other.node.from === use.from ||
      (bound.scope === useScope &&
        other.scope === useScope &&
        other.node.from > use.from &&
        !shareLoop(use, other.node, bound.binding.from)),
  );
}

interface DoubtfulUse {
  readonly node: SyntaxNode;
  readonly scope: Scope;
}

/** A buffer that a whole protocol is written to is asked about at each of its uses. */
const doubtfulUsesOf = new WeakMap<Binding, readonly DoubtfulUse[]>();

/** The uses after which the length may be another one. */
function doubtfulUses(
  module: PythonModule,
  name: string,
  bound: { readonly scope: Scope; readonly binding: Binding },
): readonly DoubtfulUse[] {
  const known = doubtfulUsesOf.get(bound.binding);
  if (known) return known;
  const found = module.scopes.usesOf(name).flatMap((use): readonly DoubtfulUse[] => {
    if (use.from === bound.binding.from) return [];
    if (module.scopes.bindingsOf(name, use.scope)?.scope !== bound.scope) return [];
    const node = nameAt(module, use.from);
    return isHarmless(module, node) ? [] : [{ node, scope: use.scope }];
  });
  doubtfulUsesOf.set(bound.binding, found);
  return found;
}

function nameAt(module: PythonModule, from: number): SyntaxNode {
  return module.source.tree.resolveInner(from, 1);
}

function isHarmless(module: PythonModule, node: SyntaxNode): boolean {
  const parent = node.parent;
  if (!parent) return false;
  if (parent.name === 'MemberExpression' && parent.firstChild?.from === node.from)
    return isHarmlessMember(module, parent);
  if (parent.name === 'MemberExpression') return true;
  if (parent.name === 'ArgList') return isHarmlessArgument(module, parent);
  if (parent.name === 'BinaryExpression' || parent.name === 'UnaryExpression') return true;
  if (parent.name === 'ExpressionStatement' || parent.name === 'AssertStatement') return true;
  if (parent.name === 'ForStatement' || parent.name === 'FormatReplacement') return true;
  return parent.name === 'IfStatement' || parent.name === 'WhileStatement';
}

/** `buffer[…]` and `buffer.method(…)`. */
function isHarmlessMember(module: PythonModule, member: SyntaxNode): boolean {
  const outer = member.parent;
  const property = member.getChild('PropertyName');
  if (property) {
    const isCalled = outer?.name === 'CallExpression' && outer.firstChild?.from === member.from;
    return isCalled && ownMethods.test(module.textOf(property));
  }
  if (outer?.name === 'DeleteStatement') return false;
  const isTarget =
    /^(AssignStatement|UpdateStatement|TupleExpression|ArrayExpression|ForStatement|WithStatement)$/.test(
      outer?.name ?? '',
    ) && !isLastValue(member);
  // Storing into a slice may put in more or fewer bytes than it takes out; into an index it can't.
  return !isTarget || !member.getChild(':');
}

function isLastValue(node: SyntaxNode): boolean {
  return node.prevSibling?.name === 'AssignOp' && node.nextSibling === null;
}

function isHarmlessArgument(module: PythonModule, list: SyntaxNode): boolean {
  const call = list.parent && readCall(module.source.text, list.parent);
  if (!call) return false;
  if (importedName(module, call.callee)?.module === 'struct') return true;
  if (readers.some((name) => isBuiltin(module, call.callee, name))) return true;
  const method = call.callee.name === 'MemberExpression' && call.callee.getChild('PropertyName');
  return method ? fillingMethods.test(module.textOf(method)) : false;
}

/** Whether a loop contains both places but not the binding, so that the later one also runs before. */
function shareLoop(first: SyntaxNode, second: SyntaxNode, bindingFrom: number): boolean {
  for (let at = first.parent; at; at = at.parent) {
    if (!/^(For|While)Statement$/.test(at.name)) continue;
    const hasSecond = at.from <= second.from && second.to <= at.to;
    const hasBinding = at.from <= bindingFrom && bindingFrom < at.to;
    if (hasSecond && !hasBinding) return true;
  }
  return false;
}
