/** Recognises calls of the `struct` module, as functions and as methods of `struct.Struct`. */
import type { SyntaxNode } from '@lezer/common';
import type { Call } from '../../python/calls.ts';
import { argumentOf, readCall, withoutParentheses } from '../../python/calls.ts';
import { assignedValue } from '../../python/constants.ts';
import type { PythonModule } from '../../python/module.ts';
import { importedName } from '../../python/module.ts';

const functions = [
  'pack',
  'pack_into',
  'unpack',
  'unpack_from',
  'iter_unpack',
  'calcsize',
  'Struct',
] as const;
export type StructFunction = (typeof functions)[number];

export interface StructCall {
  readonly name: StructFunction;
  readonly call: Call;
  readonly format: SyntaxNode;
  /** The buffer that is read or written. */
  readonly buffer: SyntaxNode | undefined;
  /** Undefined where none is given: then it is 0 if the function has a default for it. */
  readonly offset: SyntaxNode | undefined;
}

export function readStructCall(module: PythonModule, call: Call): StructCall | undefined {
  const imported = importedName(module, call.callee);
  if (imported) {
    const name = functions.find((each) => each === imported.member);
    if (imported.module !== 'struct' || !name) return undefined;
    const format = argumentOf(call, 0, name === 'Struct' ? 'format' : undefined);
    return format && { name, call, format, ...bufferArguments(call, name, 1) };
  }
  if (call.callee.name !== 'MemberExpression') return undefined;
  const property = call.callee.getChild('PropertyName');
  const object = call.callee.firstChild;
  if (!property || !object) return undefined;
  const method = module.textOf(property);
  const name = functions.find((each) => each === method);
  if (!name || name === 'Struct' || name === 'calcsize') return undefined;
  const format = formatOfStruct(module, object);
  return format && { name, call, format, ...bufferArguments(call, name, 0) };
}

/** The format that an expression's `struct.Struct` was made with. */
function formatOfStruct(module: PythonModule, node: SyntaxNode): SyntaxNode | undefined {
  let value: SyntaxNode | undefined = withoutParentheses(node);
  if (value.name === 'VariableName') value = assignedValue(module, value);
  const call = value && readCall(module.source.text, withoutParentheses(value));
  const imported = call && importedName(module, call.callee);
  if (!call || imported?.module !== 'struct' || imported.member !== 'Struct') return undefined;
  return argumentOf(call, 0, 'format');
}

/** `first` is the position of the buffer: after the format, where the function takes one. */
function bufferArguments(call: Call, name: StructFunction, first: number) {
  switch (name) {
    case 'pack_into':
      return { buffer: argumentOf(call, first), offset: argumentOf(call, first + 1) };
    case 'unpack_from':
      return {
        buffer: argumentOf(call, first, 'buffer'),
        offset: argumentOf(call, first + 1, 'offset'),
      };
    case 'unpack':
    case 'iter_unpack':
      return { buffer: argumentOf(call, first), offset: undefined };
    default:
      return { buffer: undefined, offset: undefined };
  }
}
