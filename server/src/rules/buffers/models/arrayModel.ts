/** `array.array`: its type codes, the values they take, and its length. The words are CPython's (Modules/arraymodule.c). */
import { resolveSlice } from '#shared/layout/slice.ts';
import type { Argument, CallSite, Machine, Model, SubscriptSite } from '../flow/machine.ts';
import type { ObjectState, Place, Value } from '../flow/values.ts';
import { bytesOf, integer, knownNumber, knownText, none, unknown } from '../flow/values.ts';
import { itemsOf, knownSlice, typeName } from './arguments.ts';
import { problemOfItem } from './arrayValues.ts';
import { bufferFacts } from './bufferFacts.ts';
import { checkResize } from './resizing.ts';
import { checkUsable } from './releasedViews.ts';
import { arrayItemsize } from './typecodes.ts';

type ArrayObject = Extract<ObjectState, { kind: 'array' }>;

export const arrayModel: Model = {
  call(machine, callee, site) {
    if (callee.kind !== 'member' || callee.module !== 'array') return undefined;
    if (!/^(array|ArrayType)$/.test(callee.name)) return undefined;
    return makeArray(machine, site);
  },
  method(machine, receiver, name, site) {
    const object = machine.objectOf(receiver);
    return object?.kind === 'array' ? callMethod(machine, receiver, object, name, site) : undefined;
  },
  attribute(machine, receiver, name) {
    const object = machine.objectOf(receiver);
    if (object?.kind !== 'array') return undefined;
    const { typecode } = object;
    if (name === 'itemsize')
      return integer(typecode === undefined ? undefined : arrayItemsize(typecode));
    return undefined;
  },
  subscript(machine, site) {
    const object = machine.objectOf(site.receiver);
    if (object?.kind !== 'array') return undefined;
    const [item] = site.indices;
    if (item?.kind !== 'slice') {
      checkIndex(machine, object, site, 'array index out of range');
      return /^[fd]$/.test(object.typecode ?? '') ? { kind: 'float' } : unknown;
    }
    const slice = knownSlice(item);
    const count =
      slice && object.length !== undefined ? resolveSlice(slice, object.length)?.count : undefined;
    machine.note(site.subscript, {
      relation: 'copy',
      of: site.subscript.object,
      because: 'a slice of an array is a new array; slice a memoryview to share it',
      ...byteLength(object, count),
    });
    return newArray(machine, object.typecode, count, site.subscript);
  },
  store(machine, site, stored) {
    const object = machine.objectOf(site.receiver);
    if (object?.kind !== 'array') return false;
    const [item] = site.indices;
    if (item?.kind === 'slice') storeSlice(machine, object, site, item, stored);
    else if (checkIndex(machine, object, site, 'array assignment index out of range'))
      checkItem(machine, object, stored);
    return true;
  },
  deleteItem(machine, site) {
    const object = machine.objectOf(site.receiver);
    if (object?.kind !== 'array') return false;
    const [item] = site.indices;
    const slice = item?.kind === 'slice' ? knownSlice(item) : undefined;
    if (!checkIndex(machine, object, site, 'array assignment index out of range')) return true;
    const { length } = object;
    const removed =
      item?.kind === 'index'
        ? 1
        : slice && length !== undefined
          ? resolveSlice(slice, length)?.count
          : undefined;
    if (removed !== undefined && removed > 0) checkResize(machine, site.receiver, site.subscript);
    setLength(machine, site.receiver, object, sum(length, removed && -removed));
    return true;
  },
  binary(machine, operator, left, right, at) {
    const first = machine.objectOf(left.value);
    const second = machine.objectOf(right.value);
    if (first?.kind !== 'array') return undefined;
    if (operator === '*') {
      const count = knownNumber(right.value);
      return newArray(
        machine,
        first.typecode,
        count === undefined || first.length === undefined
          ? undefined
          : first.length * Math.max(0, count),
        at,
      );
    }
    if (operator !== '+' || second?.kind !== 'array') return undefined;
    return newArray(machine, first.typecode, sum(first.length, second.length), at);
  },
  update(machine, operator, target, operand, at) {
    const object = machine.objectOf(target.value);
    if (object?.kind !== 'array' || !/^[+*]$/.test(operator)) return undefined;
    const added = machine.objectOf(operand.value);
    if (operator === '+') {
      checkKind(machine, object, operand, 'can only extend with array of same kind');
      const length = added?.kind === 'array' ? added.length : undefined;
      if (length !== undefined && length > 0) checkResize(machine, target.value, at);
      setLength(machine, target.value, object, sum(object.length, length));
    } else {
      const count = knownNumber(operand.value);
      if (count !== undefined && count !== 1 && object.length !== 0)
        checkResize(machine, target.value, at);
      setLength(
        machine,
        target.value,
        object,
        count === undefined || object.length === undefined
          ? undefined
          : object.length * Math.max(0, count),
      );
    }
    return target.value;
  },
};

function newArray(
  machine: Machine,
  typecode: string | undefined,
  length: number | undefined,
  madeAt: Place,
): Value {
  return machine.allocate({
    kind: 'array',
    madeAt,
    ...(typecode === undefined ? {} : { typecode }),
    ...(length === undefined ? {} : { length }),
  });
}

function byteLength(object: ArrayObject, length: number | undefined) {
  const itemsize = object.typecode === undefined ? undefined : arrayItemsize(object.typecode);
  return itemsize === undefined || length === undefined ? {} : { byteLength: itemsize * length };
}

function makeArray(machine: Machine, site: CallSite): Value {
  const [code, initial] = site.positional;
  if (!code || (site.unpacks && site.positional.length < 2)) return unknown;
  const typecode = knownText(code.value);
  if (typecode !== undefined && !checkTypecode(machine, code, typecode)) return unknown;
  if (typecode === undefined || !initial)
    return newArray(machine, typecode, initial ? undefined : 0, site.call);
  if (!checkUsable(machine, initial)) return unknown;
  return newArray(machine, typecode, lengthFrom(machine, typecode, initial), site.call);
}

function checkTypecode(machine: Machine, argument: Argument, typecode: string): boolean {
  // `w` came with Python 3.13, `u` goes with 3.16.
  if (/^[bBuhHiIlLqQfdw]$/.test(typecode)) {
    const version = machine.context.pythonVersion;
    if (typecode !== 'w' || !version || version[0] > 3 || version[1] >= 13) return true;
  }
  machine.report({
    rule: 'array-typecode',
    at: argument.expression,
    message:
      Array.from(typecode).length === 1
        ? `bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)${typecode === 'w' ? ": 'w' needs Python 3.13" : ''}`
        : 'array() argument 1 must be a unicode character, not str',
    exception: Array.from(typecode).length === 1 ? 'ValueError' : 'TypeError',
  });
  return false;
}

/** How many items the initial value gives. */
function lengthFrom(machine: Machine, typecode: string, initial: Argument): number | undefined {
  const { value, expression } = initial;
  const object = machine.objectOf(value);
  const itemsize = arrayItemsize(typecode);
  const isText = /^[uw]$/.test(typecode);
  if (value.kind === 'str') {
    if (isText) return undefined;
    report(
      machine,
      expression,
      'TypeError',
      `cannot use a str to initialize an array with typecode '${typecode}'`,
    );
    return undefined;
  }
  if (value.kind === 'bytes' || object?.kind === 'bytearray') {
    const length = bufferFacts(machine, value)?.byteLength;
    if (length === undefined || itemsize === undefined) return undefined;
    if (length % itemsize !== 0)
      report(
        machine,
        expression,
        'ValueError',
        `bytes length not a multiple of item size: ${length} bytes, ${itemsize} an item`,
      );
    return Math.floor(length / itemsize);
  }
  if (/^(int|float|none|bool)$/.test(value.kind)) {
    report(
      machine,
      expression,
      'TypeError',
      `'${typeName(machine, value) ?? ''}' object is not iterable`,
    );
    return undefined;
  }
  if (value.kind === 'range') return value.length;
  if (object?.kind === 'array') return object.length;
  const items = itemsOf(machine, value);
  if (!items) return undefined;
  const parts =
    expression.kind === 'list' || expression.kind === 'tuple' ? expression.items : undefined;
  for (const [index, item] of items.entries()) {
    const at = parts?.[index] ?? expression;
    if (
      !checkItem(machine, { kind: 'array', typecode, madeAt: at }, { value: item, expression: at })
    )
      break;
  }
  return items.length;
}

function report(machine: Machine, at: Place, exception: string, message: string): void {
  machine.report({ rule: 'array-value', at, message, exception });
}

/** Whether the item fits; what is wrong is reported. */
function checkItem(machine: Machine, object: ArrayObject, item: Argument): boolean {
  const problem =
    object.typecode === undefined
      ? undefined
      : problemOfItem(object.typecode, item.value, machine.objectOf(item.value)?.kind);
  if (problem) report(machine, item.expression, problem.exception, problem.message);
  return !problem;
}

function checkKind(
  machine: Machine,
  object: ArrayObject,
  operand: Argument,
  message: string,
): void {
  const other = machine.objectOf(operand.value);
  const differs =
    other?.kind === 'array' &&
    other.typecode !== undefined &&
    object.typecode !== undefined &&
    other.typecode !== object.typecode;
  if (differs)
    report(
      machine,
      operand.expression,
      'TypeError',
      `${message}: '${other.typecode}' to '${object.typecode}'`,
    );
  else if (!other && /^(bytes|str|tuple|int|none)$/.test(operand.value.kind))
    report(
      machine,
      operand.expression,
      'TypeError',
      `can only extend array with array (not "${typeName(machine, operand.value) ?? ''}")`,
    );
  else if (other?.kind === 'list')
    report(
      machine,
      operand.expression,
      'TypeError',
      'can only extend array with array (not "list")',
    );
}

function checkIndex(
  machine: Machine,
  object: ArrayObject,
  site: SubscriptSite,
  message: string,
): boolean {
  const [item] = site.indices;
  const index = item?.kind === 'index' ? knownNumber(item.value) : undefined;
  const { length } = object;
  if (index === undefined || length === undefined || (-length <= index && index < length))
    return true;
  machine.report({
    rule: 'array-value',
    at: site.subscript,
    message: `${message}: it has ${length} ${length === 1 ? 'item' : 'items'}`,
    exception: 'IndexError',
  });
  return false;
}

/** Whether there is an item to take out; what is wrong is reported. */
export function checkPop(
  machine: Machine,
  site: CallSite,
  type: 'array' | 'bytearray',
  length: number | undefined,
): boolean {
  const [argument] = site.positional;
  const index = argument ? knownNumber(argument.value) : -1;
  if (index === undefined || length === undefined || (-length <= index && index < length))
    return true;
  const has = `it has ${length} ${length === 1 ? 'item' : 'items'}`;
  machine.report({
    rule: 'array-value',
    at: { from: site.call.from, to: site.call.end },
    message: length === 0 ? `pop from empty ${type}` : `pop index out of range: ${has}`,
    exception: 'IndexError',
  });
  return false;
}

/** How many integers iterating gives: one a byte. */
function lengthOfItems(machine: Machine, value: Value): number | undefined {
  if (value.kind === 'range' || value.kind === 'bytes') return value.length;
  const object = machine.objectOf(value);
  return object?.kind === 'bytearray' ? object.length : undefined;
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

function setLength(
  machine: Machine,
  value: Value,
  object: ArrayObject,
  length: number | undefined,
): void {
  const { typecode, madeAt } = object;
  machine.update(value, {
    kind: 'array',
    madeAt,
    ...(typecode === undefined ? {} : { typecode }),
    ...(length === undefined || length < 0 ? {} : { length }),
  });
}

function storeSlice(
  machine: Machine,
  object: ArrayObject,
  site: SubscriptSite,
  item: Extract<SubscriptSite['indices'][number], { kind: 'slice' }>,
  stored: Argument,
): void {
  const other = machine.objectOf(stored.value);
  if (other?.kind !== 'array') {
    const type = typeName(machine, stored.value);
    if (type !== undefined)
      report(
        machine,
        stored.expression,
        'TypeError',
        `can only assign array (not "${type}") to array slice`,
      );
    setLength(machine, site.receiver, object, undefined);
    return;
  }
  const slice = knownSlice(item);
  const { length } = object;
  const resolved = slice && length !== undefined ? resolveSlice(slice, length) : undefined;
  if (!resolved || other.length === undefined) {
    setLength(machine, site.receiver, object, undefined);
    return;
  }
  if (other.length === resolved.count) return;
  if (resolved.step !== 1) {
    if (other.length !== 0)
      report(
        machine,
        stored.expression,
        'ValueError',
        `attempt to assign array of size ${other.length} to extended slice of size ${resolved.count}`,
      );
    else setLength(machine, site.receiver, object, undefined);
    return;
  }
  checkResize(machine, site.receiver, site.subscript);
  setLength(machine, site.receiver, object, sum(length, other.length - resolved.count));
}

function callMethod(
  machine: Machine,
  receiver: Value,
  object: ArrayObject,
  name: string,
  site: CallSite,
): Value | undefined {
  const [first, second] = site.positional;
  const { length, typecode } = object;
  const itemsize = typecode === undefined ? undefined : arrayItemsize(typecode);
  switch (name) {
    case 'append':
    case 'insert': {
      const item = name === 'append' ? first : second;
      if (item && !checkItem(machine, object, item)) return none;
      checkResize(machine, receiver, site.call);
      setLength(machine, receiver, object, sum(length, 1));
      return none;
    }
    case 'pop':
    case 'remove':
      if (name === 'pop' && !checkPop(machine, site, 'array', length)) return unknown;
      checkResize(machine, receiver, site.call);
      setLength(machine, receiver, object, sum(length, -1));
      return unknown;
    case 'extend':
    case 'fromlist': {
      if (first && name === 'extend') {
        const other = machine.objectOf(first.value);
        if (other?.kind === 'array')
          checkKind(machine, object, first, 'can only extend with array of same kind');
      }
      const items = first && itemsOf(machine, first.value);
      for (const item of items ?? [])
        if (first && !checkItem(machine, object, { value: item, expression: first.expression }))
          return none;
      const other = machine.objectOf(first?.value);
      const added =
        items?.length ??
        (other?.kind === 'array' ? other.length : first && lengthOfItems(machine, first.value));
      if (added !== undefined && added > 0) checkResize(machine, receiver, site.call);
      setLength(machine, receiver, object, sum(length, added));
      return none;
    }
    case 'frombytes': {
      const added = first && bufferFacts(machine, first.value)?.byteLength;
      if (first && added !== undefined && itemsize !== undefined && added % itemsize !== 0) {
        report(
          machine,
          first.expression,
          'ValueError',
          `bytes length not a multiple of item size: ${added} bytes, ${itemsize} an item`,
        );
        return none;
      }
      if (added !== undefined && added > 0) checkResize(machine, receiver, site.call);
      setLength(
        machine,
        receiver,
        object,
        added === undefined || itemsize === undefined ? undefined : sum(length, added / itemsize),
      );
      return none;
    }
    case 'fromfile':
    case 'fromunicode':
    case 'fromstring':
      setLength(machine, receiver, object, undefined);
      return none;
    case 'tobytes':
      machine.note(site.call, {
        relation: 'copy',
        because: 'tobytes() makes a new bytes object',
        ...byteLength(object, length),
      });
      return bytesOf(byteLength(object, length).byteLength);
    case 'tolist':
      return machine.allocate({ kind: 'list', madeAt: site.call });
    case 'byteswap':
    case 'reverse':
      return none;
    default:
      return undefined;
  }
}
