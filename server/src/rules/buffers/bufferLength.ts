/** How many bytes an expression's buffer has, where that is certain. */
import type { SyntaxNode } from '@lezer/common';
import { argumentOf, readCall, withoutParentheses } from '../../python/calls.ts';
import { constantInteger, constantString } from '../../python/constants.ts';
import type { PythonModule } from '../../python/module.ts';
import { isBuiltin, onlyBinding } from '../../python/module.ts';
import { keepsItsLength } from './bufferUses.ts';
import { structSizeOf } from './structFormats.ts';
import { readStructCall } from './structCalls.ts';

export interface KnownBuffer {
  readonly byteLength: number;
  readonly writable: boolean;
  readonly kind: 'bytes' | 'bytearray' | 'memoryview';
}

const MAX_STEPS = 32;

export function bufferLength(
  module: PythonModule,
  node: SyntaxNode,
  steps = MAX_STEPS,
): KnownBuffer | undefined {
  if (steps === 0) return undefined;
  const inner = withoutParentheses(node);
  switch (inner.name) {
    case 'String':
    case 'ContinuedString': {
      const literal = constantString(module, inner);
      return literal?.kind === 'bytes' ? bytesOf(literal.value.length) : undefined;
    }
    case 'VariableName': {
      const only = onlyBinding(module, inner);
      if (only?.binding.kind !== 'assign') return undefined;
      const known = bufferLength(module, only.binding.value, steps - 1);
      if (known?.kind !== 'bytearray') return known;
      return keepsItsLength(module, inner, only) ? known : undefined;
    }
    case 'CallExpression':
      return lengthOfCall(module, inner, steps - 1);
    case 'MemberExpression':
      return lengthOfSlice(module, inner, steps - 1);
    case 'BinaryExpression':
      return lengthOfOperation(module, inner, steps - 1);
    default:
      return undefined;
  }
}

/** Integers that are certain, with `len(…)` and `struct.calcsize(…)` of what is certain. */
export function knownInteger(
  module: PythonModule,
  node: SyntaxNode,
  steps = MAX_STEPS,
): number | undefined {
  return constantInteger(module, node, (call, left) => callValue(module, call, left), steps);
}

function callValue(module: PythonModule, node: SyntaxNode, steps: number): number | undefined {
  const call = readCall(module.source.text, node);
  if (!call) return undefined;
  const [argument] = call.arguments;
  if (isBuiltin(module, call.callee, 'len')) {
    if (!argument || call.arguments.length !== 1 || call.unpacks) return undefined;
    const buffer = bufferLength(module, argument.value, steps);
    if (buffer) return buffer.byteLength;
    const literal = constantString(module, argument.value, steps);
    // A character outside the basic plane is two units here and one in Python.
    return literal && !/[\ud800-\udfff]/.test(literal.value) ? literal.value.length : undefined;
  }
  const struct = readStructCall(module, call);
  return struct?.name === 'calcsize' ? structSizeOf(module, struct.format) : undefined;
}

function lengthOfCall(
  module: PythonModule,
  node: SyntaxNode,
  steps: number,
): KnownBuffer | undefined {
  const call = readCall(module.source.text, node);
  if (!call || call.unpacks) return undefined;
  const struct = readStructCall(module, call);
  if (struct?.name === 'pack') {
    const size = structSizeOf(module, struct.format);
    return size === undefined ? undefined : bytesOf(size);
  }
  const [argument] = call.arguments;
  if (isBuiltin(module, call.callee, 'memoryview')) {
    const object = argumentOf(call, 0, 'object');
    const known = object && bufferLength(module, object, steps);
    return known && call.arguments.length === 1 ? { ...known, kind: 'memoryview' } : undefined;
  }
  const kind = (['bytes', 'bytearray'] as const).find((name) =>
    isBuiltin(module, call.callee, name),
  );
  if (!kind || call.arguments.length > 1 || argument?.keyword !== undefined) return undefined;
  const length = argument ? lengthFromArgument(module, argument.value, steps) : 0;
  if (length === undefined || length < 0) return undefined;
  return { byteLength: length, writable: kind === 'bytearray', kind };
}

/** What `bytes(x)` and `bytearray(x)` make of `x`: a count, a copy, or one byte an item. */
function lengthFromArgument(
  module: PythonModule,
  node: SyntaxNode,
  steps: number,
): number | undefined {
  const inner = withoutParentheses(node);
  const count = knownInteger(module, inner, steps);
  if (count !== undefined) return count;
  const buffer = bufferLength(module, inner, steps);
  if (buffer) return buffer.byteLength;
  if (inner.name === 'ArrayExpression' || inner.name === 'TupleExpression') {
    let items = 0;
    for (let child = inner.firstChild; child; child = child.nextSibling) {
      if (child.type.isError || child.name === '*') return undefined;
      if (!/^[[\](),]$|^Comment$/.test(child.name)) items++;
    }
    return items;
  }
  const call = readCall(module.source.text, inner);
  if (call && !call.unpacks && isBuiltin(module, call.callee, 'range')) {
    const [stop] = call.arguments;
    return call.arguments.length === 1 && stop && stop.keyword === undefined
      ? positive(knownInteger(module, stop.value, steps))
      : undefined;
  }
  return undefined;
}

/** `buffer[a:b]` and `buffer[a:b:c]`; an index is one number, not a buffer. */
function lengthOfSlice(
  module: PythonModule,
  node: SyntaxNode,
  steps: number,
): KnownBuffer | undefined {
  const object = node.firstChild;
  const open = object?.nextSibling;
  if (!object || open?.name !== '[' || node.lastChild?.name !== ']') return undefined;
  const parts: (SyntaxNode | undefined)[] = [undefined];
  for (let child = open.nextSibling; child && child.name !== ']'; child = child.nextSibling) {
    if (child.name === ',' || child.type.isError) return undefined;
    if (child.name === ':') parts.push(undefined);
    else if (child.name !== 'Comment') parts[parts.length - 1] = child;
  }
  if (parts.length < 2) return undefined;
  const known = bufferLength(module, object, steps);
  if (!known) return undefined;
  const bounds = parts.map((part) =>
    part === undefined || part.name === 'None' ? null : knownInteger(module, part, steps),
  );
  const [start = null, stop = null, step = null] = bounds;
  if (bounds.includes(undefined) || step === 0) return undefined;
  // A view that skips bytes is not contiguous, and `struct` refuses it for that.
  if (known.kind === 'memoryview' && step !== null && step !== 1) return undefined;
  return { ...known, byteLength: sliceLength(known.byteLength, start, stop, step ?? 1) };
}

/** As CPython's `PySlice_AdjustIndices` counts. */
export function sliceLength(
  length: number,
  start: number | null,
  stop: number | null,
  step: number,
): number {
  const lower = step < 0 ? -1 : 0;
  const upper = step < 0 ? length - 1 : length;
  const clamp = (index: number) =>
    Math.min(Math.max(index < 0 ? index + length : index, lower), upper);
  const first = start === null ? (step < 0 ? upper : lower) : clamp(start);
  const last = stop === null ? (step < 0 ? lower : upper) : clamp(stop);
  return Math.max(0, Math.ceil((last - first) / step));
}

/** `b"…" * n`, `n * b"…"` and `a + b` make new buffers of the left one's type. */
function lengthOfOperation(
  module: PythonModule,
  node: SyntaxNode,
  steps: number,
): KnownBuffer | undefined {
  const left = node.firstChild;
  const operator = left?.nextSibling;
  const right = node.lastChild;
  if (!left || !operator || !right) return undefined;
  const symbol = module.textOf(operator);
  if (symbol !== '*' && symbol !== '+') return undefined;
  const first = bufferLength(module, left, steps);
  const second = bufferLength(module, right, steps);
  if ((first ?? second)?.kind === 'memoryview') return undefined;
  if (symbol === '+') {
    if (!first || !second) return undefined;
    return { ...first, byteLength: first.byteLength + second.byteLength };
  }
  const buffer = first ?? second;
  const count = positive(knownInteger(module, first ? right : left, steps));
  if (!buffer || (first && second) || count === undefined) return undefined;
  return { ...buffer, byteLength: buffer.byteLength * count };
}

function bytesOf(byteLength: number): KnownBuffer {
  return { byteLength, writable: false, kind: 'bytes' };
}

function positive(count: number | undefined): number | undefined {
  return count === undefined ? undefined : Math.max(0, count);
}
