/**
 * `struct-size`: a buffer of known length that a literal format does not fit. See docs/rules/struct-size.md.
 * The order of the checks and the words of the messages are CPython's (Modules/_struct.c).
 */
import type { SyntaxNode } from '@lezer/common';
import type { PythonModule } from '../../python/module.ts';
import { importedName } from '../../python/module.ts';
import type { Finding, Rule } from '../finding.ts';
import type { KnownBuffer } from './bufferLength.ts';
import { bufferLength, knownInteger } from './bufferLength.ts';
import { structSizeOf } from './structFormats.ts';
import type { StructCall } from './structCalls.ts';
import { readStructCall } from './structCalls.ts';

export const structSize: Rule = {
  id: 'struct-size',
  check(module) {
    if (!module.source.text.includes('struct')) return [];
    const findings: Finding[] = [];
    for (const call of module.calls) {
      const struct = readStructCall(module, call);
      const message = struct?.buffer && problemOf(module, struct, struct.buffer);
      if (!struct || message === undefined || isExpectedToFail(module, call.node)) continue;
      findings.push({
        rule: 'struct-size',
        severity: 'error',
        start: call.node.from,
        end: endOfCall(call.node),
        message,
      });
    }
    return findings;
  },
};

function problemOf(
  module: PythonModule,
  struct: StructCall,
  bufferNode: SyntaxNode,
): string | undefined {
  // Behind `*args` it is not known which argument is which.
  if (struct.call.unpacks && struct.name !== 'pack_into') return undefined;
  const size = structSizeOf(module, struct.format);
  const buffer = size === undefined ? undefined : bufferLength(module, bufferNode);
  if (size === undefined || !buffer) return undefined;
  switch (struct.name) {
    case 'pack_into':
    case 'unpack_from':
      return problemAtOffset(module, struct, size, buffer);
    case 'unpack':
      if (buffer.byteLength === size) return undefined;
      return `unpack requires a buffer of ${size} bytes (actual buffer size is ${buffer.byteLength})`;
    case 'iter_unpack':
      if (size === 0) return 'cannot iteratively unpack with a struct of length 0';
      if (buffer.byteLength % size === 0) return undefined;
      return `iterative unpacking requires a buffer of a multiple of ${size} bytes (actual buffer size is ${buffer.byteLength})`;
    default:
      return undefined;
  }
}

function problemAtOffset(
  module: PythonModule,
  struct: StructCall,
  size: number,
  buffer: KnownBuffer,
): string | undefined {
  // A read-only buffer fails for that, before its size is looked at.
  if (struct.name === 'pack_into' && !buffer.writable) return undefined;
  const offset = struct.offset ? knownInteger(module, struct.offset) : defaultOffset(struct);
  const doing = struct.name === 'pack_into' ? 'packing' : 'unpacking';
  const actual = `(actual buffer size is ${buffer.byteLength})`;
  if (offset === undefined)
    // No offset makes room for a struct that is larger than the buffer.
    return size > buffer.byteLength
      ? `${struct.name} requires a buffer of at least ${size} bytes for ${doing} ${size} bytes ${actual}`
      : undefined;
  if (offset < 0 && offset + size > 0)
    return struct.name === 'pack_into'
      ? `no space to pack ${size} bytes at offset ${offset}`
      : `not enough data to unpack ${size} bytes at offset ${offset}`;
  if (offset + buffer.byteLength < 0)
    return `offset ${offset} out of range for ${buffer.byteLength}-byte buffer`;
  const start = offset < 0 ? offset + buffer.byteLength : offset;
  if (buffer.byteLength - start >= size) return undefined;
  return `${struct.name} requires a buffer of at least ${size + start} bytes for ${doing} ${size} bytes at offset ${start} ${actual}`;
}

/** `pack_into` has none: without an offset it is still being typed. */
function defaultOffset(struct: StructCall): number | undefined {
  return struct.name === 'unpack_from' && !struct.call.unpacks ? 0 : undefined;
}

/** Tests provoke the error on purpose: inside `with pytest.raises(…)` and `try … except struct.error`. */
function isExpectedToFail(module: PythonModule, node: SyntaxNode): boolean {
  let child = node;
  for (let at = node.parent; at; child = at, at = at.parent) {
    if (at.name === 'WithStatement' && child.name === 'Body' && isRaisesBlock(module, at))
      return true;
    if (at.name === 'TryStatement' && isTriedBody(child) && catchesStructError(module, at))
      return true;
    // What a function does when it is called is no longer inside the block around its definition.
    if (/^(FunctionDefinition|LambdaExpression)$/.test(at.name)) return false;
  }
  return false;
}

function isRaisesBlock(module: PythonModule, statement: SyntaxNode): boolean {
  return statement.getChildren('CallExpression').some((call) => {
    const callee = call.firstChild;
    return callee !== null && /(raises|assertRaises\w*|suppress)$/i.test(module.textOf(callee));
  });
}

function isTriedBody(body: SyntaxNode): boolean {
  return body.name === 'Body' && body.prevSibling?.name === 'try';
}

function catchesStructError(module: PythonModule, statement: SyntaxNode): boolean {
  for (let child = statement.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'except') continue;
    const caught = child.nextSibling;
    if (!caught) continue;
    const types =
      caught.name === 'TupleExpression'
        ? [...caught.getChildren('MemberExpression'), ...caught.getChildren('VariableName')]
        : [caught];
    const names = types.map((type) => importedName(module, type));
    if (names.some((name) => name?.module === 'struct' && name.member === 'error')) return true;
  }
  return false;
}

/** An unclosed call reaches to wherever the parser gave up; its first line is what was meant. */
function endOfCall(node: SyntaxNode): number {
  const list = node.lastChild;
  if (list?.lastChild?.name === ')') return node.to;
  let end = node.from;
  for (let child = list?.firstChild ?? null; child; child = child.nextSibling)
    if (!child.type.isError) end = child.to;
  return Math.max(end, node.firstChild?.to ?? node.to);
}
