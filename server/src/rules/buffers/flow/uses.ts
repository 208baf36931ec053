/** Whether a use of a name can change what is known of the object behind it: its length, its shape, its release. */
import type { SyntaxNode } from '@lezer/common';
import { readCall } from '../../../python/calls.ts';
import type { PythonModule } from '../../../python/module.ts';
import { importedName, isBuiltin } from '../../../python/module.ts';
import type { Scope } from '../../../python/scopes.ts';

/** Builtins that read a buffer or keep a view of it, which locks its length. */
export const readers: ReadonlySet<string> = new Set(
  (
    'len print memoryview bytes bytearray repr str id type sum max min sorted list tuple set frozenset isinstance ' +
    'enumerate zip any all hash range int float bool abs round divmod format hex bin oct ascii callable hasattr ' +
    'reversed iter issubclass chr ord pow'
  ).split(' '),
);

/** Methods of buffers and arrays that leave length, shape and release alone. */
export const ownMethods =
  /^(capitalize|center|copy|count|decode|endswith|expandtabs|find|hex|index|is[a-z]+|join|l?strip|rstrip|lower|upper|swapcase|title|partition|rpartition|removeprefix|removesuffix|replace|reverse|rfind|rindex|rjust|ljust|rsplit|split|splitlines|startswith|translate|zfill|__len__|__getitem__|cast|tobytes|tolist|toreadonly|tofile|reshape|view|astype|ravel|flatten|transpose|mean|sum|min|max|std|var|any|all|argmax|argmin|argsort|cumsum|dot|fill|item|nonzero|prod|round|squeeze|sort|swapaxes|take|clip|byteswap|buffer_info|pack|pack_into|unpack|unpack_from|iter_unpack|ctypes)$/;

/** Methods of other objects that fill or read a buffer given to them, by convention of their names. */
export const fillingMethods =
  /^(readinto1?|recv_into|recvfrom_into|write|writelines|send|sendall|sendto|frombuffer|from_buffer|from_buffer_copy|update|digest|pack|pack_into|unpack|unpack_from|iter_unpack|join|index|find|count|startswith|endswith|tofile)$/;

/** Modules whose functions read or fill what they are given, and keep nothing of it that could change. */
export const readingModules =
  /^(struct|array|numpy(\..*)?|math|zlib|bz2|lzma|gzip|hashlib|hmac|binascii|base64|time|json|ctypes|itertools|os(\.path)?|sys|copy|pprint)$/;

const attributes =
  /^(shape|strides|dtype|size|nbytes|itemsize|format|ndim|readonly|c_contiguous|f_contiguous|contiguous|typecode|flags|T|real|imag|base|obj|suboffsets)$/;

/**
 * Whether functions, classes and comprehensions other than `scope` use its name in a way that may change the object:
 * they may run at any time.
 */
export function isChangedElsewhere(module: PythonModule, name: string, scope: Scope): boolean {
  return module.scopes.usesOf(name).some((use) => {
    if (use.scope === scope) return false;
    if (module.scopes.bindingsOf(name, use.scope)?.scope !== scope) return false;
    return !isHarmless(module, module.source.tree.resolveInner(use.from, 1));
  });
}

function isHarmless(module: PythonModule, node: SyntaxNode): boolean {
  const parent = node.parent;
  if (!parent) return false;
  if (parent.name === 'MemberExpression' && parent.firstChild?.from === node.from)
    return isHarmlessMember(module, parent);
  if (parent.name === 'MemberExpression') return true;
  if (parent.name === 'ArgList') return isHarmlessArgument(module, parent);
  return /^(BinaryExpression|UnaryExpression|ExpressionStatement|AssertStatement|ForStatement|FormatReplacement|IfStatement|WhileStatement|ConditionalExpression)$/.test(
    parent.name,
  );
}

/** `buffer[…]`, `buffer.attribute` and `buffer.method(…)`. */
function isHarmlessMember(module: PythonModule, member: SyntaxNode): boolean {
  const outer = member.parent;
  const property = member.getChild('PropertyName');
  const isTarget =
    /^(AssignStatement|UpdateStatement|TupleExpression|ArrayExpression|ForStatement|WithStatement)$/.test(
      outer?.name ?? '',
    ) && !isLastValue(member);
  if (outer?.name === 'DeleteStatement') return false;
  if (property) {
    const name = module.textOf(property);
    const isCalled = outer?.name === 'CallExpression' && outer.firstChild?.from === member.from;
    return isCalled ? ownMethods.test(name) : attributes.test(name) && !isTarget;
  }
  // Storing into a slice may put in more or fewer bytes than it takes out; into an index it can't.
  return !isTarget || !member.getChild(':');
}

function isLastValue(node: SyntaxNode): boolean {
  return node.prevSibling?.name === 'AssignOp' && node.nextSibling === null;
}

function isHarmlessArgument(module: PythonModule, list: SyntaxNode): boolean {
  const call = list.parent && readCall(module.source.text, list.parent);
  if (!call) return false;
  const imported = importedName(module, call.callee);
  if (imported) return readingModules.test(imported.module);
  if (call.callee.name === 'VariableName' && readers.has(module.textOf(call.callee)))
    return isBuiltin(module, call.callee, module.textOf(call.callee));
  const method = call.callee.name === 'MemberExpression' && call.callee.getChild('PropertyName');
  return method ? fillingMethods.test(module.textOf(method)) : false;
}
