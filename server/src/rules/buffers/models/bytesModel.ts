/** `bytes` and `bytearray`: how long they are, and what a live view forbids. */
import { resolveSlice } from '#shared/layout/slice.ts';
import type { Argument, CallSite, Machine, Model, SubscriptSite } from '../flow/machine.ts';
import type { Place, Value } from '../flow/values.ts';
import { bytesOf, knownNumber, none, sameValue, unknown } from '../flow/values.ts';
import { itemsOf, knownSlice } from './arguments.ts';
import { checkPop } from './arrayModel.ts';
import { bufferFacts } from './bufferFacts.ts';
import {
  checkByte,
  checkByteIndex,
  checkBytes,
  checkExtended,
  isNoRun,
  reportImmutable,
} from './byteValues.ts';
import { checkResize } from './resizing.ts';
import { checkUsable } from './releasedViews.ts';

export const bytesModel: Model = {
  call(machine, callee, site) {
    if (callee.kind !== 'builtin' || !/^(bytes|bytearray)$/.test(callee.name)) return undefined;
    const make = (length: number | undefined): Value =>
      callee.name === 'bytes' ? bytesOf(length) : newBytearray(machine, length, site.call);
    if (site.unpacks || site.keywords.size > 0 || site.positional.length > 1)
      return make(undefined);
    const [argument] = site.positional;
    if (!argument) return make(0);
    if (!checkUsable(machine, argument)) return make(undefined);
    const isBytes = callee.name === 'bytes';
    if (!checkBytes(machine, argument, isBytes)) return make(undefined);
    const count = knownNumber(argument.value);
    if (count !== undefined && count < 0) {
      const at = argument.expression;
      machine.report({
        rule: 'array-value',
        at,
        message: 'negative count',
        exception: 'ValueError',
      });
    }
    const length = lengthFrom(machine, argument.value);
    if (bufferFacts(machine, argument.value))
      machine.note(site.call, {
        relation: 'copy',
        of: argument.expression,
        because: `${callee.name}(…) makes a new object`,
        ...(length === undefined ? {} : { byteLength: length }),
      });
    return make(length);
  },
  method(machine, receiver, name, site) {
    const object = machine.objectOf(receiver);
    if (object?.kind === 'bytearray')
      return bytearrayMethod(machine, receiver, object.length, name, site);
    if (receiver.kind === 'member' && receiver.module === 'builtins') return undefined;
    return undefined;
  },
  subscript(machine, site) {
    const isBytes = site.receiver.kind === 'bytes';
    if (!isBytes && machine.objectOf(site.receiver)?.kind !== 'bytearray') return undefined;
    const [item] = site.indices;
    const facts = bufferFacts(machine, site.receiver);
    if (site.indices.length !== 1 || item?.kind !== 'slice') {
      const type = isBytes ? 'bytes' : 'bytearray';
      checkByteIndex(machine, site, facts?.byteLength, type);
      return { kind: 'int' };
    }
    const slice = knownSlice(item);
    const resolved =
      slice && facts?.byteLength !== undefined ? resolveSlice(slice, facts.byteLength) : undefined;
    machine.note(site.subscript, {
      relation: 'copy',
      of: site.subscript.object,
      because: `a slice of ${isBytes ? 'bytes' : 'a bytearray'} is a new object; slice a memoryview to share it`,
      ...(resolved ? { byteLength: resolved.count } : {}),
    });
    return isBytes
      ? bytesOf(resolved?.count)
      : newBytearray(machine, resolved?.count, site.subscript);
  },
  store(machine, site, stored) {
    const object = machine.objectOf(site.receiver);
    if (site.receiver.kind === 'bytes') {
      reportImmutable(machine, site, 'assignment');
      return true;
    }
    if (object?.kind !== 'bytearray') return false;
    const [item] = site.indices;
    if (site.indices.length !== 1 || item?.kind !== 'slice') {
      // CPython reads the value before it looks for its place.
      if (checkByte(machine, stored)) checkByteIndex(machine, site, object.length, 'bytearray');
      return true;
    }
    storeSlice(machine, site, item, object.length, stored);
    return true;
  },
  deleteItem(machine, site) {
    const object = machine.objectOf(site.receiver);
    if (site.receiver.kind === 'bytes') {
      reportImmutable(machine, site, 'deletion');
      return true;
    }
    if (object?.kind !== 'bytearray') return false;
    const [item] = site.indices;
    if (!checkByteIndex(machine, site, object.length, 'bytearray')) return true;
    const { length } = object;
    let removed: number | undefined = item?.kind === 'index' ? 1 : undefined;
    if (item?.kind === 'slice' && length !== undefined) {
      const slice = knownSlice(item);
      removed = slice && resolveSlice(slice, length)?.count;
    }
    if (removed !== undefined && removed > 0) checkResize(machine, site.receiver, site.subscript);
    setLength(
      machine,
      site.receiver,
      removed === undefined || length === undefined ? undefined : length - removed,
    );
    return true;
  },
  binary(machine, operator, left, right, at) {
    if (operator !== '+' && operator !== '*') return undefined;
    const first = lengthOfBytes(machine, left.value);
    const second = lengthOfBytes(machine, right.value);
    if (!first && !second) return undefined;
    const length = combined(operator, first, second, left.value, right.value);
    if (length === 'unknown') return unknown;
    const kind = (first ?? second)?.kind;
    return kind === 'bytes' ? bytesOf(length) : newBytearray(machine, length, at);
  },
  update(machine, operator, target, operand, at) {
    const object = machine.objectOf(target.value);
    if (object?.kind !== 'bytearray' || (operator !== '+' && operator !== '*')) return undefined;
    const { length } = object;
    if (operator === '+') {
      const added = addedLength(machine, operand.value);
      const isItself = operand.value.kind === 'object' && sameValue(operand.value, target.value);
      if (isItself && length !== undefined && length > 0)
        machine.report({
          rule: 'buffer-resize',
          at,
          message:
            "Existing exports of data: object cannot be re-sized: '+=' looks at the memory that it is to resize",
          exception: 'BufferError',
        });
      else if (added !== undefined && added > 0) checkResize(machine, target.value, at);
      setLength(machine, target.value, sum(length, added));
    } else {
      const count = knownNumber(operand.value);
      if (count !== undefined && count !== 1 && length !== 0)
        checkResize(machine, target.value, at);
      setLength(
        machine,
        target.value,
        count === undefined || length === undefined ? undefined : length * Math.max(0, count),
      );
    }
    return target.value;
  },
};

export function newBytearray(machine: Machine, length: number | undefined, madeAt: Place): Value {
  return machine.allocate({
    kind: 'bytearray',
    madeAt,
    ...(length === undefined ? {} : { length }),
  });
}

function setLength(machine: Machine, value: Value, length: number | undefined): void {
  const object = machine.objectOf(value);
  if (object?.kind !== 'bytearray') return;
  const { madeAt } = object;
  machine.update(value, { kind: 'bytearray', madeAt, ...(length === undefined ? {} : { length }) });
}

/** What `bytes(x)` makes of `x`: a count, a copy, or one byte an item. */
function lengthFrom(machine: Machine, value: Value): number | undefined {
  if (value.kind === 'int' || value.kind === 'bool') {
    const count = knownNumber(value);
    return count === undefined || count < 0 ? undefined : count;
  }
  if (value.kind === 'range') return value.length;
  return bufferFacts(machine, value)?.byteLength ?? itemsOf(machine, value)?.length;
}

function lengthOfBytes(
  machine: Machine,
  value: Value,
): { readonly kind: 'bytes' | 'bytearray'; readonly length: number | undefined } | undefined {
  if (value.kind === 'bytes') return { kind: 'bytes', length: value.length };
  const object = machine.objectOf(value);
  return object?.kind === 'bytearray' ? { kind: 'bytearray', length: object.length } : undefined;
}

/** The length of `a + b` or `a * n`; `unknown` where the result may be no bytes at all. */
function combined(
  operator: string,
  first: { readonly length: number | undefined } | undefined,
  second: { readonly length: number | undefined } | undefined,
  left: Value,
  right: Value,
): number | undefined | 'unknown' {
  if (operator === '+') return first && second ? sum(first.length, second.length) : 'unknown';
  if (first && second) return 'unknown';
  const other = first ? right : left;
  if (other.kind !== 'int' && other.kind !== 'bool') return 'unknown';
  const count = knownNumber(other);
  const length = (first ?? second)?.length;
  return count === undefined || length === undefined ? undefined : length * Math.max(0, count);
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

function addedLength(machine: Machine, value: Value): number | undefined {
  if (value.kind === 'range') return value.length;
  return bufferFacts(machine, value)?.byteLength ?? itemsOf(machine, value)?.length;
}

function bytearrayMethod(
  machine: Machine,
  receiver: Value,
  length: number | undefined,
  name: string,
  site: CallSite,
): Value | undefined {
  const [argument] = site.positional;
  switch (name) {
    case 'append':
    case 'insert': {
      const byte = name === 'append' ? argument : site.positional[1];
      if (byte && !checkByte(machine, byte)) return none;
      checkResize(machine, receiver, site.call);
      setLength(machine, receiver, sum(length, 1));
      return none;
    }
    case 'extend': {
      if (argument && !checkBytes(machine, argument)) return none;
      const added = argument && addedLength(machine, argument.value);
      if (added !== undefined && added > 0) checkResize(machine, receiver, site.call);
      setLength(machine, receiver, sum(length, added));
      return none;
    }
    case 'pop':
    case 'remove':
      if (name === 'pop' && !checkPop(machine, site, 'bytearray', length)) return { kind: 'int' };
      checkResize(machine, receiver, site.call);
      setLength(machine, receiver, sum(length, -1));
      return name === 'pop' ? { kind: 'int' } : none;
    case 'clear':
      if (length !== undefined && length > 0) checkResize(machine, receiver, site.call);
      setLength(machine, receiver, 0);
      return none;
    case 'copy':
      machine.note(site.call, {
        relation: 'copy',
        because: 'copy() makes a new bytearray',
        ...(length === undefined ? {} : { byteLength: length }),
      });
      return newBytearray(machine, length, site.call);
    case 'hex':
    case 'decode':
      return { kind: 'str' };
    default:
      return undefined;
  }
}

function storeSlice(
  machine: Machine,
  site: SubscriptSite,
  item: Extract<SubscriptSite['indices'][number], { kind: 'slice' }>,
  length: number | undefined,
  stored: Argument,
): void {
  if (isNoRun(stored.value)) {
    machine.report({
      rule: 'array-value',
      at: stored.expression,
      message: 'can assign only bytes, buffers, or iterables of ints in range(0, 256)',
      exception: 'TypeError',
    });
    return;
  }
  if (!checkBytes(machine, stored)) return;
  const slice = knownSlice(item);
  const added = addedLength(machine, stored.value);
  const resolved = slice && length !== undefined ? resolveSlice(slice, length) : undefined;
  if (!resolved || added === undefined || length === undefined) {
    setLength(machine, site.receiver, undefined);
    return;
  }
  if (resolved.step !== 1) {
    checkExtended(machine, stored.expression, added, resolved.count);
    if (added !== resolved.count) setLength(machine, site.receiver, undefined);
    return;
  }
  if (added === resolved.count) return;
  checkResize(machine, site.receiver, {
    from: site.subscript.from,
    to: stored.expression.to,
  });
  setLength(machine, site.receiver, length + added - resolved.count);
}
