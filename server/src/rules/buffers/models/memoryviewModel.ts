/** `memoryview`: making, casting, slicing, releasing. The words are CPython's (Objects/memoryobject.c). */
import { castView, NOT_AN_INTEGER } from '#shared/layout/memoryviewCast.ts';
import { pep3118Format } from '#shared/layout/pep3118.ts';
import { contiguityOf, elementCount } from '#shared/layout/strides.ts';
import type { Argument, CallSite, Machine, Model } from '../flow/machine.ts';
import type { MemoryviewState, Place, Value } from '../flow/values.ts';
import { bytesOf, integer, knownNumber, knownText, none, unknown } from '../flow/values.ts';
import { platform } from '../structFormats.ts';
import { hasNoBuffer, itemsOf, typeName } from './arguments.ts';
import type { BufferFacts } from './bufferFacts.ts';
import { bufferFacts } from './bufferFacts.ts';
import { deleteFromView, indexView, storeInView } from './memoryviewItems.ts';
import { noBufferAdvice, noBufferFixes, reportInstance } from './noBuffer.ts';
import { checkUsable } from './releasedViews.ts';

export const memoryviewModel: Model = {
  call(machine, callee, site) {
    if (callee.kind !== 'builtin' || callee.name !== 'memoryview') return undefined;
    const argument = site.argument(0, 'object');
    if (!argument || site.unpacks) return unknown;
    return makeView(machine, argument, site.call);
  },
  method(machine, receiver, name, site) {
    const view = machine.objectOf(receiver);
    if (view?.kind !== 'memoryview') return undefined;
    const argument = { expression: objectOfCall(site), value: receiver };
    if (name === 'release') {
      machine.update(receiver, { ...view, released: true, releasedAt: site.call });
      return none;
    }
    if (/^__(repr|str|eq|ne|class|init_subclass)__$/.test(name)) return unknown;
    if (!checkUsable(machine, argument)) return unknown;
    return callMethod(machine, receiver, view, name, site);
  },
  attribute(machine, receiver, name, at) {
    const view = machine.objectOf(receiver);
    if (view?.kind !== 'memoryview') return undefined;
    if (at.kind !== 'attribute' || !attributeNames.test(name)) return undefined;
    if (!checkUsable(machine, { expression: at, value: receiver })) return unknown;
    return attributeOf(view, name);
  },
  subscript: (machine, site) => {
    const view = machine.objectOf(site.receiver);
    return view?.kind === 'memoryview' ? indexView(machine, view, site) : undefined;
  },
  store: (machine, site, stored) => {
    const view = machine.objectOf(site.receiver);
    return view?.kind === 'memoryview' && storeInView(machine, view, site, stored);
  },
  deleteItem: (machine, site) => {
    const view = machine.objectOf(site.receiver);
    return view?.kind === 'memoryview' && deleteFromView(machine, site);
  },
};

const attributeNames =
  /^(format|itemsize|nbytes|shape|strides|suboffsets|ndim|readonly|c_contiguous|f_contiguous|contiguous|obj)$/;

function objectOfCall(site: CallSite) {
  const { callee } = site.call;
  return callee.kind === 'attribute' ? callee.object : callee;
}

export function makeView(machine: Machine, argument: Argument, at: Place): Value {
  const { value, expression } = argument;
  if (value.kind === 'instance') return reportInstance(machine, value.statement, argument);
  if (hasNoBuffer(machine, value)) {
    const type = typeName(machine, value) ?? 'object';
    machine.report({
      rule: 'no-buffer',
      at: expression,
      message: `memoryview: a bytes-like object is required, not '${type}'${noBufferAdvice(machine, value)}`,
      exception: 'TypeError',
      fixes: noBufferFixes(machine, argument),
    });
    return unknown;
  }
  if (!checkUsable(machine, argument)) return unknown;
  const facts = bufferFacts(machine, value);
  if (!facts) return unknown;
  const format = facts.format ?? arrayFormat(machine, argument);
  if (format === 'refused') return unknown;
  machine.note(at, { relation: 'view', of: expression, because: 'a memoryview copies nothing' });
  return machine.allocate({
    ...viewOf(facts, at),
    ...(format === undefined ? {} : { format }),
  });
}

/** A view of all of the memory that the facts tell of. */
function viewOf(facts: BufferFacts, madeAt: Place): MemoryviewState {
  const { itemsize, shape, strides, writable, base, owner } = facts;
  return {
    kind: 'memoryview',
    released: false,
    offset: 0,
    owner,
    madeAt,
    ...(itemsize === undefined ? {} : { itemsize }),
    ...(shape && strides ? { shape, strides } : {}),
    ...(writable === undefined ? {} : { readonly: !writable }),
    ...(base === undefined ? {} : { base }),
  };
}

/** What NumPy spells its dtype as; `refused` where it has no spelling. */
function arrayFormat(machine: Machine, argument: Argument): string | undefined {
  const array = machine.objectOf(argument.value);
  if (array?.kind !== 'ndarray' || !array.dtype) return undefined;
  const format = pep3118Format(array.dtype, array.strides ?? []);
  if (format.ok) return format.value;
  machine.report({
    rule: 'no-buffer',
    at: argument.expression,
    message: `${format.error.message}: view it as 'i8' first`,
    exception: 'ValueError',
  });
  return 'refused';
}

function callMethod(
  machine: Machine,
  receiver: Value,
  view: MemoryviewState,
  name: string,
  site: CallSite,
): Value | undefined {
  const { shape, itemsize } = view;
  const byteLength = shape && itemsize !== undefined ? elementCount(shape) * itemsize : undefined;
  const object = objectOfCall(site);
  switch (name) {
    case 'cast':
      return cast(machine, view, site);
    case 'tobytes':
      machine.note(site.call, {
        relation: 'copy',
        of: object,
        because: 'tobytes() makes a new bytes object',
        ...(byteLength === undefined ? {} : { byteLength }),
      });
      return bytesOf(byteLength);
    case 'toreadonly':
      machine.note(site.call, {
        relation: 'view',
        of: object,
        because: 'it looks at the same memory and may not write',
      });
      return machine.allocate({ ...view, readonly: true, madeAt: site.call });
    case 'tolist':
      return machine.allocate({ kind: 'list', madeAt: site.call });
    case 'hex':
      return { kind: 'str' };
    case '__enter__':
      return receiver;
    case '__exit__':
      machine.update(receiver, { ...view, released: true, releasedAt: site.call });
      return none;
    default:
      return undefined;
  }
}

function cast(machine: Machine, view: MemoryviewState, site: CallSite): Value {
  const format = site.argument(0, 'format');
  const shapeArgument = site.argument(1, 'shape');
  const text = knownText(format?.value);
  const { shape, strides, itemsize, format: before, offset = 0 } = view;
  const unknownView: MemoryviewState = {
    kind: 'memoryview',
    released: false,
    madeAt: site.call,
    ...(view.readonly === undefined ? {} : { readonly: view.readonly }),
    ...(view.base === undefined ? {} : { base: view.base }),
    ...(view.owner === undefined ? {} : { owner: view.owner }),
    ...(text === undefined ? {} : { format: text }),
  };
  if (!format || text === undefined || site.unpacks) return machine.allocate(unknownView);
  const lengths = shapeArgument && shapeOf(machine, shapeArgument);
  const isKnown =
    shape && strides && itemsize !== undefined && before !== undefined && lengths !== 'unknown';
  machine.note(site.call, {
    relation: 'view',
    of: objectOfCall(site),
    because: 'cast() reads the same bytes in another format',
  });
  if (!isKnown) {
    // The formats alone may already settle it, whatever the length.
    if (before !== undefined && !shape && !shapeArgument) {
      const probe = { format: before, itemsize: 1, shape: [64], strides: [1], offset: 0 };
      const tried = castView(probe, text, undefined, platform);
      if (!tried.ok && /^(bad-format|no-byte-format)$/.test(tried.error.kind))
        reportCast(machine, tried.error, before, site);
    }
    return machine.allocate(unknownView);
  }
  const made = castView(
    { format: before, itemsize, shape, strides, offset },
    text,
    lengths,
    platform,
  );
  if (!made.ok) {
    reportCast(machine, made.error, before, site);
    return machine.allocate(unknownView);
  }
  return machine.allocate({ ...unknownView, ...made.value });
}

function reportCast(
  machine: Machine,
  error: { readonly kind: string; readonly message: string; readonly exception: string },
  before: string,
  site: CallSite,
): void {
  const { callee } = site.call;
  const isBetween = error.kind === 'no-byte-format';
  const dot = callee.kind === 'attribute' ? callee.object.to : callee.to;
  machine.report({
    rule: 'memoryview-cast',
    at: { from: site.call.from, to: site.call.end },
    message: isBetween
      ? `${error.message}: the view has format '${before}'; cast to 'B' first`
      : error.message,
    exception: error.exception,
    fixes: isBetween
      ? [
          {
            title: "Cast to bytes first: .cast('B')",
            edits: [{ start: dot, end: dot, text: ".cast('B')" }],
          },
        ]
      : [],
  });
}

function shapeOf(
  machine: Machine,
  argument: Argument,
): readonly (number | typeof NOT_AN_INTEGER)[] | undefined | 'unknown' {
  const items = itemsOf(machine, argument.value);
  if (!items) return 'unknown';
  const lengths = items.map((item) => {
    const length = knownNumber(item);
    if (length !== undefined) return length;
    return /^(float|str|bytes|none)$/.test(item.kind) ? NOT_AN_INTEGER : 'unknown';
  });
  return lengths.includes('unknown')
    ? 'unknown'
    : (lengths as readonly (number | typeof NOT_AN_INTEGER)[]);
}

function attributeOf(view: MemoryviewState, name: string): Value {
  const { shape, strides, itemsize } = view;
  const tuple = (items: readonly number[]): Value => ({
    kind: 'tuple',
    items: items.map((item) => integer(item)),
  });
  const contiguity =
    shape && strides && itemsize !== undefined
      ? contiguityOf({ shape, strides, itemsize })
      : undefined;
  const flag = (...those: readonly string[]): Value =>
    contiguity === undefined
      ? { kind: 'bool' }
      : { kind: 'bool', value: those.includes(contiguity) };
  switch (name) {
    case 'format':
      return view.format === undefined ? { kind: 'str' } : textValue(view.format);
    case 'itemsize':
      return integer(itemsize);
    case 'nbytes':
      return integer(shape && itemsize !== undefined ? elementCount(shape) * itemsize : undefined);
    case 'shape':
      return shape ? tuple(shape) : unknown;
    case 'strides':
      return strides ? tuple(strides) : unknown;
    case 'ndim':
      return integer(shape?.length);
    case 'readonly':
      return view.readonly === undefined
        ? { kind: 'bool' }
        : { kind: 'bool', value: view.readonly };
    case 'c_contiguous':
      return flag('C', 'both');
    case 'f_contiguous':
      return flag('F', 'both');
    case 'contiguous':
      return flag('C', 'F', 'both');
    default:
      return unknown;
  }
}

function textValue(value: string): Value {
  const starts = Array.from(value, () => -1);
  return { kind: 'str', literal: { kind: 'str', value, starts, ends: starts } };
}
