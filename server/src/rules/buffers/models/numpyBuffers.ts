/** Arrays on memory that is there already: `np.frombuffer`, `np.asarray`, `np.ndarray(buffer=…)`. */
import type { DType } from '#shared/layout/dtype.ts';
import { dtypeName } from '#shared/layout/dtypeText.ts';
import { contiguousStrides, elementCount } from '#shared/layout/strides.ts';
import type { Argument, CallSite, Machine } from '../flow/machine.ts';
import type { Place, Value } from '../flow/values.ts';
import { knownNumber, unknown } from '../flow/values.ts';
import { hasNoBuffer, knownShape, typeName } from './arguments.ts';
import type { BufferFacts } from './bufferFacts.ts';
import { bufferFacts } from './bufferFacts.ts';
import { noBufferAdvice, noBufferFixes } from './noBuffer.ts';
import type { Sketch } from './numpyArrays.ts';
import { arrayOf, newArray, sketchOf } from './numpyArrays.ts';
import { checkBounds } from './numpyBounds.ts';
import { dtypeOfNumbers, dtypeOfValue, isUnknownDtype, scalar } from './numpyDtypes.ts';
import { checkUsable } from './releasedViews.ts';

export function arrayFromBuffer(machine: Machine, site: CallSite): Value {
  const buffer = site.argument(0, 'buffer');
  if (!buffer || site.unpacks || site.keywords.has('like')) return unknown;
  const at = { from: site.call.from, to: site.call.end };
  const report = (message: string, place: Place = at, exception = 'ValueError') =>
    machine.report({ rule: 'numpy-frombuffer', at: place, message, exception });
  const given = site.argument(1, 'dtype');
  const dtype = given ? dtypeOfValue(given.value) : scalar('<f8');
  const bad = isUnknownDtype(machine, given?.value);
  if (given && bad !== undefined)
    report(`data type '${bad}' not understood`, given.expression, 'TypeError');
  if (hasNoBuffer(machine, buffer.value)) {
    const type = typeName(machine, buffer.value) ?? 'object';
    machine.report({
      rule: 'no-buffer',
      at: buffer.expression,
      message: `a bytes-like object is required, not '${type}'${noBufferAdvice(machine, buffer.value)}`,
      exception: 'TypeError',
      fixes: noBufferFixes(machine, buffer),
    });
    return unknown;
  }
  if (!checkUsable(machine, buffer)) return unknown;
  const facts = bufferFacts(machine, buffer.value);
  machine.note(site.call, {
    relation: 'view',
    of: buffer.expression,
    because: `np.frombuffer copies nothing${facts?.writable === false ? '; the result is read-only' : ''}`,
  });
  if (facts?.isContiguous === false) {
    report(
      facts.type === 'numpy.ndarray'
        ? 'ndarray is not C-contiguous'
        : 'memoryview: underlying buffer is not C-contiguous',
      buffer.expression,
      facts.type === 'numpy.ndarray' ? 'ValueError' : 'BufferError',
    );
    return unknown;
  }
  const count = countOf(site, dtype, facts, report);
  if (count === 'refused') return unknown;
  const offset = site.argument(3, 'offset');
  const byteOffset = offset ? knownNumber(offset.value) : 0;
  const shape = count === undefined ? undefined : [count];
  return onMemory(machine, site.call, facts, dtype, shape, byteOffset);
}

/** How many items the array has. */
function countOf(
  site: CallSite,
  dtype: DType | undefined,
  facts: BufferFacts | undefined,
  report: (message: string) => void,
): number | undefined | 'refused' {
  const countArgument = site.argument(2, 'count');
  const offsetArgument = site.argument(3, 'offset');
  const count = countArgument ? knownNumber(countArgument.value) : -1;
  const offset = offsetArgument ? knownNumber(offsetArgument.value) : 0;
  const length = facts?.byteLength;
  if (!dtype || length === undefined) return count === undefined || count < 0 ? undefined : count;
  if (offset === undefined) return undefined;
  if (offset < 0 || offset > length) {
    report(`offset must be non-negative and no greater than buffer length (${length})`);
    return 'refused';
  }
  const rest = length - offset;
  const { itemsize } = dtype;
  if (count === undefined) return undefined;
  const detail = `${rest} bytes, ${itemsize} for each ${dtypeName(dtype)}`;
  if (count < 0) {
    if (rest % itemsize === 0) return rest / itemsize;
    report(`buffer size must be a multiple of element size: ${detail}`);
    return 'refused';
  }
  if (count * itemsize <= rest) return count;
  report(`buffer is smaller than requested size: ${detail}, ${count} asked for`);
  return 'refused';
}

function onMemory(
  machine: Machine,
  madeAt: Place,
  facts: BufferFacts | undefined,
  dtype: DType | undefined,
  shape: readonly number[] | undefined,
  byteOffset: number | undefined,
): Value {
  return machine.allocate({
    kind: 'ndarray',
    isView: true,
    isContiguous: true,
    madeAt,
    ...(dtype ? { dtype } : {}),
    ...(shape ? { shape } : {}),
    ...(dtype && shape ? { strides: contiguousStrides(shape, dtype.itemsize, 'C') } : {}),
    ...(facts?.base === undefined ? {} : { base: facts.base }),
    ...(facts?.writable === undefined ? {} : { readonly: !facts.writable }),
    ...(facts?.writable === false
      ? {
          readonlyBecause: `its memory is that of ${facts.owner === 'bytes' ? 'a bytes object' : `a read-only ${facts.owner}`}`,
        }
      : {}),
    // Behind a memoryview there may be more memory than it shows.
    ...(facts?.byteLength === undefined || facts.type === 'memoryview'
      ? {}
      : { memory: facts.byteLength, ...(byteOffset === undefined ? {} : { offset: byteOffset }) }),
  });
}

/** Formats of the buffer protocol that are a dtype of the same bytes. */
const formats: Readonly<Record<string, string>> = {
  b: '|i1',
  B: '|u1',
  h: '<i2',
  H: '<u2',
  i: '<i4',
  I: '<u4',
  q: '<i8',
  Q: '<u8',
  f: '<f4',
  d: '<f8',
  e: '<f2',
  '?': '|b1',
};

export function asArray(machine: Machine, name: string, site: CallSite): Value {
  const object = site.argument(0, name === 'array' ? 'object' : 'a');
  if (!object || site.unpacks) return unknown;
  // Of a view that was released NumPy makes an array of one object, without a word.
  const view = machine.objectOf(object.value);
  if (view?.kind === 'memoryview' && view.released !== false) return unknown;
  const given = site.argument(1, 'dtype');
  const wanted = given ? dtypeOfValue(given.value) : undefined;
  const isOther = [...site.keywords.keys()].some((key) => !/^(dtype|object|a)$/.test(key));
  const source = arrayOf(machine, object.value);
  if (source) {
    const isSame = !given && !isOther && !/^(array|copy)$/.test(name);
    // An array is its own array; only a copy or another dtype makes a new one.
    if (isSame && name !== 'ascontiguousarray') {
      machine.note(site.call, {
        relation: 'view',
        of: object.expression,
        because: 'it is the same array: np.asarray copies only what is no array yet',
      });
      return object.value;
    }
    const isCopy = /^(array|copy)$/.test(name) && !isOther;
    const shape = source.shape;
    const dtype = given ? wanted : source.dtype;
    if (isCopy) noteCopy(machine, site, object, `np.${name} copies an array`, dtype, shape);
    return isOther || !isCopy
      ? machine.allocate({
          kind: 'ndarray',
          madeAt: site.call,
          ...(dtype ? { dtype } : {}),
          ...(shape && !isOther ? { shape } : {}),
        })
      : newArray(machine, site.call, dtype, shape);
  }
  const facts = bufferFacts(machine, object.value);
  if (facts && facts.type !== 'bytes' && facts.type !== 'bytearray')
    return asArrayOfBuffer(machine, name, site, object, facts, given ? wanted : 'own', isOther);
  if (facts) return unknown;
  const isNumber = /^(int|float|bool|complex)$/.test(object.value.kind);
  const sketch: Sketch = isNumber
    ? { shape: [], ...optionalDtype(dtypeOfNumbers([object.value])) }
    : sketchOf(machine, object.value);
  const kind = machine.objectOf(object.value)?.kind;
  if (kind !== 'list' && object.value.kind !== 'tuple' && !sketch.shape) return unknown;
  const dtype = given ? wanted : sketch.dtype;
  if (given && !isOther && !checkBounds(machine, wanted, object)) return unknown;
  const shape = site.keywords.has('ndmin') ? undefined : sketch.shape;
  if (kind === 'list' || object.value.kind === 'tuple')
    noteCopy(machine, site, object, 'the numbers of a list are copied into an array', dtype, shape);
  return newArray(machine, site.call, dtype, isOther ? undefined : shape);
}

function optionalDtype(dtype: DType | undefined): { readonly dtype?: DType } {
  return dtype ? { dtype } : {};
}

function noteCopy(
  machine: Machine,
  site: CallSite,
  object: Argument,
  because: string,
  dtype: DType | undefined,
  shape: readonly number[] | undefined,
): void {
  machine.note(site.call, {
    relation: 'copy',
    of: object.expression,
    because,
    ...(dtype && shape ? { byteLength: elementCount(shape) * dtype.itemsize } : {}),
  });
}

function asArrayOfBuffer(
  machine: Machine,
  name: string,
  site: CallSite,
  object: Argument,
  facts: BufferFacts,
  wanted: DType | undefined | 'own',
  isOther: boolean,
): Value {
  const own = facts.format === undefined ? undefined : formats[facts.format.replace('@', '')];
  const dtype = own === undefined ? undefined : scalar(own);
  const isCopy = /^(array|copy)$/.test(name);
  if (isOther || wanted !== 'own' || !dtype)
    return newArrayLike(machine, site, wanted === 'own' ? undefined : wanted, facts.shape);
  if (isCopy) {
    noteCopy(machine, site, object, `np.${name} copies a buffer`, dtype, facts.shape);
    return newArray(machine, site.call, dtype, facts.shape);
  }
  machine.note(site.call, {
    relation: 'view',
    of: object.expression,
    because: `np.${name} shares the memory of a buffer`,
  });
  return onMemory(machine, site.call, facts, dtype, facts.shape, 0);
}

function newArrayLike(
  machine: Machine,
  site: CallSite,
  dtype: DType | undefined,
  shape: readonly number[] | undefined,
): Value {
  return machine.allocate({
    kind: 'ndarray',
    madeAt: site.call,
    ...(dtype ? { dtype } : {}),
    ...(shape ? { shape } : {}),
  });
}

/** `np.ndarray(shape, dtype, buffer, offset, strides, order)`. */
export function ndarrayOnBuffer(machine: Machine, site: CallSite): Value {
  const shape = knownShape(machine, site.argument(0, 'shape')?.value);
  const given = site.argument(1, 'dtype');
  const buffer = site.argument(2, 'buffer');
  const offsetArgument = site.argument(3, 'offset');
  const dtype = given ? dtypeOfValue(given.value) : scalar('<f8');
  if (site.unpacks) return unknown;
  if (!buffer) return newArray(machine, site.call, dtype, shape);
  const facts = bufferFacts(machine, buffer.value);
  const offset = offsetArgument ? knownNumber(offsetArgument.value) : 0;
  const hasStrides = site.argument(4, 'strides') !== undefined;
  const length = facts?.byteLength;
  if (shape && dtype && length !== undefined && offset !== undefined && !hasStrides) {
    const needed = offset + elementCount(shape) * dtype.itemsize;
    if (needed > length) {
      machine.report({
        rule: 'numpy-frombuffer',
        at: { from: site.call.from, to: site.call.end },
        message: `buffer is too small for requested array: it has ${length} bytes, the array needs ${needed}`,
        exception: 'TypeError',
      });
      return unknown;
    }
  }
  machine.note(site.call, {
    relation: 'view',
    of: buffer.expression,
    because: 'the array lies in the memory of its buffer',
  });
  if (hasStrides) return unknown;
  // NumPy gives the buffer back at once: its memory may be resized while the array is there.
  const { base, ...lent } = facts ?? { base: undefined };
  const isArray = facts?.type === 'numpy.ndarray' || facts === undefined;
  return onMemory(
    machine,
    site.call,
    isArray || base === undefined ? facts : (lent as BufferFacts),
    dtype,
    shape,
    offset,
  );
}
