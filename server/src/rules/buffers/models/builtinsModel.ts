/** Builtins that tell of values: lengths, numbers, types. */
import type { CallSite, Machine, Model } from '../flow/machine.ts';
import type { ObjectState, Value } from '../flow/values.ts';
import { integer, knownBigint, knownNumber, knownText, unknown } from '../flow/values.ts';
import { itemsOf, knownSlice } from './arguments.ts';
import { checkUsable } from './releasedViews.ts';

export const builtinsModel: Model = {
  call(machine, callee, site) {
    if (callee.kind !== 'builtin' || site.unpacks) return undefined;
    const [first, second] = site.positional;
    switch (callee.name) {
      case 'len':
        if (first && !checkUsable(machine, first)) return integer(undefined);
        return integer(first && lengthOf(machine, first.value));
      case 'range':
        return { kind: 'range', ...rangeLength(site) };
      case 'isinstance':
        return first && second ? isInstance(machine, first.value, second.value) : undefined;
      case 'list':
      case 'tuple':
      case 'sorted':
      case 'sum':
      case 'hash':
      case 'bool':
        if (first && !checkUsable(machine, first)) return unknown;
        return callee.name === 'list' || callee.name === 'tuple'
          ? listOf(machine, callee.name, site)
          : unknown;
      case 'int': {
        const known = first && knownBigint(first.value);
        return site.positional.length === 1 && known !== undefined ? integer(known) : undefined;
      }
      case 'min':
      case 'max':
        return extreme(callee.name, site);
      case 'abs': {
        const known = first && knownBigint(first.value);
        return known === undefined ? unknown : integer(known < 0n ? -known : known);
      }
      case 'ord':
        return { kind: 'int' };
      case 'float':
        return { kind: 'float' };
      case 'str':
      case 'repr':
      case 'chr':
      case 'hex':
      case 'bin':
        return { kind: 'str' };
      default:
        return undefined;
    }
  },
  method(machine, receiver, name, site) {
    if (receiver.kind === 'builtin' && receiver.name === 'int' && name === 'from_bytes') {
      const [first] = site.positional;
      if (first) checkUsable(machine, first);
      return { kind: 'int' };
    }
    if (receiver.kind === 'str' && name === 'encode') return encoded(receiver, site);
    if (receiver.kind === 'str' && /^(format|join|lower|upper|strip|replace)$/.test(name))
      return { kind: 'str' };
    if (receiver.kind === 'int' && name === 'to_bytes') {
      const length = knownNumber(site.argument(0, 'length')?.value);
      return length === undefined || length < 0 ? { kind: 'bytes' } : { kind: 'bytes', length };
    }
    const object = machine.objectOf(receiver);
    if (object?.kind === 'list') return listMethod(machine, receiver, object, name, site);
    return undefined;
  },
  attribute(_machine, receiver, name) {
    // `bytes.fromhex`, `int.from_bytes`: the class is the receiver.
    if (receiver.kind === 'builtin') return { kind: 'method', receiver, name };
    return undefined;
  },
  subscript(machine, site) {
    const items = itemsOf(machine, site.receiver);
    const [index] = site.indices;
    const dict = machine.objectOf(site.receiver);
    if (dict?.kind === 'dict') {
      const key = index?.kind === 'index' ? knownText(index.value) : undefined;
      const entry = dict.entries?.findLast(([name]) => name === key);
      if (entry) return entry[1];
      machine.escape(site.receiver);
      return unknown;
    }
    if (!items || site.indices.length !== 1 || !index) return undefined;
    if (index.kind === 'slice') {
      const slice = knownSlice(index);
      const isWhole = slice && slice.start === undefined && slice.stop === undefined && !slice.step;
      return isWhole && site.receiver.kind === 'tuple' ? site.receiver : unknown;
    }
    const at = knownNumber(index.value);
    return (at === undefined ? undefined : items.at(at)) ?? unknown;
  },
  store(machine, site, stored) {
    const object = machine.objectOf(site.receiver);
    if (object?.kind !== 'list' && object?.kind !== 'dict') return false;
    machine.escape(stored.value);
    if (object.kind === 'list') machine.update(site.receiver, withoutItems(object));
    else machine.update(site.receiver, { kind: 'dict', madeAt: object.madeAt });
    return true;
  },
  binary(machine, operator, left, right, at) {
    const items = itemsOf(machine, left.value);
    if (left.value.kind === 'tuple' || !items) return undefined;
    if (operator === '*') {
      const count = knownNumber(right.value);
      const isShort = count !== undefined && count * items.length <= 4096;
      return machine.allocate({
        kind: 'list',
        madeAt: at,
        ...(isShort
          ? { items: Array.from({ length: Math.max(0, count) }, () => items).flat() }
          : {}),
      });
    }
    const others = itemsOf(machine, right.value);
    if (operator !== '+' || !others) return undefined;
    return machine.allocate({ kind: 'list', items: [...items, ...others], madeAt: at });
  },
};

function lengthOf(machine: Machine, value: Value): number | undefined {
  if (value.kind === 'bytes' || value.kind === 'range') return value.length;
  if (value.kind === 'tuple') return value.items.length;
  if (value.kind === 'str') {
    const text = value.literal?.value;
    // A character outside the basic plane is two units here and one in Python.
    return text === undefined || /[\ud800-\udfff]/.test(text) ? undefined : text.length;
  }
  const object = machine.objectOf(value);
  switch (object?.kind) {
    case 'bytearray':
    case 'array':
    case 'mmap':
      return object.length;
    case 'memoryview':
      return object.shape?.length === 0 ? undefined : object.shape?.[0];
    case 'ndarray':
      return object.shape?.[0];
    case 'list':
      return object.items?.length;
    default:
      return undefined;
  }
}

function rangeLength(site: CallSite): { readonly length?: number } {
  const bounds = site.positional.map(({ value }) => knownNumber(value));
  if (bounds.includes(undefined) || bounds.length === 0) return {};
  const [first = 0, second, step = 1] = bounds;
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  if (step === 0) return {};
  return { length: Math.max(0, Math.ceil((stop - start) / step)) };
}

const typeNames: Readonly<Record<string, readonly string[]>> = {
  int: ['int'],
  bool: ['bool', 'int'],
  float: ['float'],
  str: ['str'],
  bytes: ['bytes'],
  tuple: ['tuple'],
};

/** Certain for the plain types; of anything else nothing is said. */
function isInstance(machine: Machine, value: Value, type: Value): Value {
  const types = type.kind === 'tuple' ? type.items : [type];
  const own = typeNames[value.kind] ?? objectTypes(machine.objectOf(value));
  if (!own) return { kind: 'bool' };
  const answers = types.map((each) => {
    const name =
      each.kind === 'builtin'
        ? each.name
        : each.kind === 'member' &&
            /^(numpy\.ndarray|array\.array)$/.test(`${each.module}.${each.name}`)
          ? `${each.module}.${each.name}`
          : undefined;
    if (name === undefined) return undefined;
    return own.includes(name) || name === 'object';
  });
  if (answers.includes(true)) return { kind: 'bool', value: true };
  return answers.includes(undefined) ? { kind: 'bool' } : { kind: 'bool', value: false };
}

function objectTypes(object: ObjectState | undefined): readonly string[] | undefined {
  switch (object?.kind) {
    case 'bytearray':
    case 'memoryview':
    case 'list':
    case 'dict':
    case 'set':
      return [object.kind];
    case 'array':
      return ['array.array'];
    default:
      return undefined;
  }
}

function listOf(machine: Machine, name: 'list' | 'tuple', site: CallSite): Value {
  const [first] = site.positional;
  const items = first ? itemsOf(machine, first.value) : [];
  if (name === 'tuple') return items ? { kind: 'tuple', items } : unknown;
  return machine.allocate({ kind: 'list', madeAt: site.call, ...(items ? { items } : {}) });
}

function extreme(name: 'min' | 'max', site: CallSite): Value {
  const known = site.positional.map(({ value }) => knownBigint(value));
  if (known.length < 2 || known.includes(undefined) || site.keywords.size > 0) return unknown;
  const numbers = known as bigint[];
  return integer(
    numbers.reduce((best, each) => ((name === 'min' ? each < best : each > best) ? each : best)),
  );
}

/** The length in bytes of text that encodes a byte a character in every common encoding. */
function encoded(receiver: Extract<Value, { kind: 'str' }>, site: CallSite): Value {
  const text = receiver.literal?.value;
  // eslint-disable-next-line no-control-regex -- the whole of ASCII is meant
  const isAscii = text !== undefined && /^[\x00-\x7f]*$/.test(text);
  const [encoding] = site.positional;
  const name = encoding?.value.kind === 'str' ? encoding.value.literal?.value : 'utf-8';
  const isCommon = name !== undefined && /^(utf-?8|ascii|latin-?1|us-ascii)$/i.test(name);
  return isAscii && isCommon ? { kind: 'bytes', length: text.length } : { kind: 'bytes' };
}

type ListObject = Extract<ObjectState, { kind: 'list' }>;

function withoutItems(object: ListObject): ListObject {
  return { kind: 'list', madeAt: object.madeAt };
}

function listMethod(
  machine: Machine,
  receiver: Value,
  object: ListObject,
  name: string,
  site: CallSite,
): Value | undefined {
  if (!/^(append|extend|insert|pop|remove|clear|sort|reverse)$/.test(name)) return undefined;
  for (const { value } of site.positional) machine.escape(value);
  machine.update(receiver, withoutItems(object));
  return name === 'pop' ? unknown : { kind: 'none' };
}
