/** Methods and attributes of NumPy's arrays. */
import { transposeLayout, squeezeLayout } from '#shared/layout/axisOrder.ts';
import type { DType } from '#shared/layout/dtype.ts';
import { reshapeLayout } from '#shared/layout/reshape.ts';
import { contiguityOf, elementCount } from '#shared/layout/strides.ts';
import { viewAsItemsize } from '#shared/layout/viewDType.ts';
import type { Expression } from '../../../python/syntax.ts';
import type { Argument, CallSite, Machine } from '../flow/machine.ts';
import type { ArrayState, Place, Value } from '../flow/values.ts';
import { bytesOf, integer, knownNumber, knownText, none, unknown } from '../flow/values.ts';
import { knownShape } from './arguments.ts';
import { arrayOf, checkWritable, newArray } from './numpyArrays.ts';
import { dtypeOfValue } from './numpyDtypes.ts';
import { matrixProduct } from './numpyOperations.ts';

export function arrayMethod(
  machine: Machine,
  receiver: Value,
  array: ArrayState,
  name: string,
  site: CallSite,
): Value | undefined {
  const object = objectOfCall(site);
  const { shape, dtype } = array;
  const byteLength = shape && dtype ? elementCount(shape) * dtype.itemsize : undefined;
  const copied = (because: string, length = byteLength) =>
    machine.note(site.call, {
      relation: 'copy',
      of: object,
      because,
      ...(length === undefined ? {} : { byteLength: length }),
    });
  switch (name) {
    case 'reshape':
      return reshapeTo(machine, { value: receiver, expression: object }, site, 0);
    case 'view':
      return view(machine, receiver, array, site);
    case 'astype': {
      const to = dtypeOfValue(site.argument(0, 'dtype')?.value);
      const copy = site.argument(4, 'copy')?.value;
      if (copy !== undefined) return machine.allocate(sketch(site.call, to, shape));
      copied('astype makes a new array', shape && to && elementCount(shape) * to.itemsize);
      return newArray(machine, site.call, to, shape);
    }
    case 'copy':
      copied('copy() makes a new array');
      return newArray(machine, site.call, dtype, shape);
    case 'flatten':
      copied('flatten always copies; ravel copies only where it must');
      return newArray(machine, site.call, dtype, shape && [elementCount(shape)]);
    case 'ravel':
      return reshapeLike(machine, { value: receiver, expression: object }, array, [-1], site.call);
    case 'tobytes':
      copied('tobytes makes a new bytes object');
      return bytesOf(byteLength);
    case 'tolist':
      return machine.allocate({ kind: 'list', madeAt: site.call });
    case 'transpose':
      return transpose(machine, receiver, array, site.call, object, axesOf(machine, site));
    case 'swapaxes': {
      const axes = site.positional.map(({ value }) => knownNumber(value));
      const swapped = swappedAxes(shape?.length, axes);
      const at = { from: site.call.from, to: site.call.end };
      if (swapped === 'refused') {
        const bad = axes.find((axis) => !isAxis(axis, shape?.length ?? 0)) ?? 0;
        machine.report({
          rule: 'numpy-reshape',
          at,
          message: `axis${axes.indexOf(bad) + 1}: axis ${bad} is out of bounds for array of dimension ${shape?.length ?? 0}`,
          exception: 'AxisError',
        });
        return unknown;
      }
      return transpose(machine, receiver, array, site.call, object, swapped);
    }
    case 'squeeze':
      return squeeze(machine, receiver, array, site);
    case 'dot': {
      const [other] = site.positional;
      const at = { from: site.call.from, to: site.call.end };
      return other
        ? matrixProduct(machine, 'dot', { value: receiver, expression: object }, other, at)
        : unknown;
    }
    case 'fill':
    case 'put':
    case 'itemset':
      checkWritable(
        machine,
        { value: receiver, expression: object },
        'assignment destination is read-only',
      );
      return none;
    case 'sort':
      checkWritable(machine, { value: receiver, expression: object }, 'sort array is read-only');
      return none;
    case 'setflags': {
      const write = site.argument(0, 'write')?.value;
      if (write) setWritable(machine, receiver, array, write);
      return none;
    }
    case 'resize':
      machine.update(receiver, undefined);
      return none;
    default:
      return undefined;
  }
}

function objectOfCall(site: CallSite): Expression {
  const { callee } = site.call;
  const [first] = site.call.arguments;
  if (callee.kind === 'attribute' && first && isFunction(callee.object, site)) return first.value;
  return callee.kind === 'attribute' ? callee.object : callee;
}

/** `np.ravel(a)` is asked here as `a.ravel()`: its object is the first argument. */
function isFunction(object: Expression, site: CallSite): boolean {
  return site.positional.length < site.call.arguments.length && object.kind === 'name';
}

function sketch(
  madeAt: Place,
  dtype: DType | undefined,
  shape: readonly number[] | undefined,
): ArrayState {
  return { kind: 'ndarray', madeAt, ...(dtype ? { dtype } : {}), ...(shape ? { shape } : {}) };
}

/** What a view of an array shares with it, all but its layout. */
function shared(receiver: Value, array: ArrayState, madeAt: Place): ArrayState {
  const base = array.base ?? (receiver.kind === 'object' ? receiver.id : undefined);
  return {
    kind: 'ndarray',
    isView: true,
    madeAt,
    ...(base === undefined ? {} : { base }),
    ...(array.readonly === undefined ? {} : { readonly: array.readonly }),
    ...(array.readonlyBecause === undefined ? {} : { readonlyBecause: array.readonlyBecause }),
    ...(array.readonlyRule === undefined ? {} : { readonlyRule: array.readonlyRule }),
    ...(array.memory === undefined ? {} : { memory: array.memory }),
  };
}

/** `a.reshape(2, 3)`, `a.reshape((2, 3))` and `np.reshape(a, (2, 3))`: the shape begins at argument `first`. */
export function reshapeTo(
  machine: Machine,
  target: Argument,
  site: CallSite,
  first: number,
): Value {
  const array = arrayOf(machine, target.value);
  if (!array || site.unpacks) return unknown;
  const lengths = site.positional.slice(first).map(({ value }) => value);
  const [only] = lengths;
  const named = site.keywords.get('shape') ?? site.keywords.get('newshape');
  const order = site.keywords.get('order') ?? (first === 1 ? site.positional[2] : undefined);
  const isOther = [...site.keywords.keys()].some((name) => !/^(shape|newshape|order)$/.test(name));
  let shape: readonly number[] | undefined;
  if (named) shape = knownShape(machine, named.value);
  else if (first === 1 || lengths.length === 1) shape = knownShape(machine, only);
  else {
    const numbers = lengths.map((length) => knownNumber(length));
    shape = numbers.includes(undefined) ? undefined : (numbers as readonly number[]);
  }
  const orderText = order ? knownText(order.value) : 'C';
  const isKnown = orderText === 'C' || orderText === 'F' || orderText === 'A';
  if (!shape && !isOther && orderText === 'C' && array.isContiguous === true)
    return machine.allocate({
      ...shared(target.value, array, site.call),
      isContiguous: true,
      ...(array.dtype ? { dtype: array.dtype } : {}),
    });
  if (!shape || isOther || !isKnown)
    return machine.allocate({
      ...sketch(site.call, array.dtype, undefined),
      ...(array.readonly === false ? { readonly: false } : {}),
    });
  return reshapeLike(machine, target, array, shape, site.call, orderText);
}

function reshapeLike(
  machine: Machine,
  target: Argument,
  array: ArrayState,
  wanted: readonly number[],
  at: Place & { readonly end?: number },
  order: 'C' | 'F' | 'A' = 'C',
): Value {
  const { shape, strides, dtype, offset = 0 } = array;
  const state = shared(target.value, array, at);
  if (!shape) {
    const isWhole = wanted.every((length) => length >= 0);
    return machine.allocate(sketch(at, dtype, isWhole ? wanted : undefined));
  }
  const itemsize = dtype?.itemsize ?? 1;
  const layout = { shape, strides: strides ?? shape.map(() => itemsize), offset, itemsize };
  const reshaped = reshapeLayout(layout, wanted, order);
  if (!reshaped.ok) {
    machine.report({
      rule: 'numpy-reshape',
      at: { from: at.from, to: at.end ?? at.to },
      message: reshaped.error.message,
      exception: 'ValueError',
    });
    return unknown;
  }
  const made = reshaped.value;
  if (!strides || !dtype)
    return machine.allocate({
      ...sketch(at, dtype, made.layout.shape),
      ...(array.readonly === false ? { readonly: false } : {}),
    });
  machine.note(
    at,
    made.isView
      ? {
          relation: 'view',
          of: target.expression,
          because: 'the items stay where they are; only shape and strides change',
        }
      : {
          relation: 'copy',
          of: target.expression,
          byteLength: elementCount(shape) * itemsize,
          because: 'no strides walk the items in this order, so they are moved',
        },
  );
  if (!made.isView) return newArray(machine, at, dtype, made.layout.shape);
  const { shape: newShape, strides: newStrides } = made.layout;
  return machine.allocate({ ...state, dtype, offset, shape: newShape, strides: newStrides });
}

function view(machine: Machine, receiver: Value, array: ArrayState, site: CallSite): Value {
  const given = site.argument(0, 'dtype');
  const state = shared(receiver, array, site.call);
  const object = objectOfCall(site);
  machine.note(site.call, {
    relation: 'view',
    of: object,
    because: 'view reads the same bytes as another dtype',
  });
  const { shape, strides, offset = 0 } = array;
  if (!given) return machine.allocate({ ...array, ...state });
  const dtype = dtypeOfValue(given.value);
  if (!dtype || !array.dtype || site.unpacks)
    return machine.allocate({ ...state, ...(dtype ? { dtype } : {}) });
  if (!shape || !strides) {
    const isSame = dtype.itemsize === array.dtype.itemsize;
    return machine.allocate({ ...state, dtype, ...(shape && isSame ? { shape } : {}) });
  }
  const layout = { shape, strides, offset, itemsize: array.dtype.itemsize };
  const viewed = viewAsItemsize(layout, dtype.itemsize);
  if (!viewed.ok) {
    machine.report({
      rule: 'numpy-view',
      at: { from: site.call.from, to: site.call.end },
      message: viewed.error.message,
      exception: viewed.error.exception,
    });
    return unknown;
  }
  return machine.allocate({
    ...state,
    dtype,
    offset,
    shape: viewed.value.shape,
    strides: viewed.value.strides,
  });
}

function isAxis(axis: number | undefined, count: number): boolean {
  return axis !== undefined && -count <= axis && axis < count;
}

/** The order of axes after two of them have changed places. */
function swappedAxes(
  count: number | undefined,
  axes: readonly (number | undefined)[],
): readonly number[] | 'unknown' | 'refused' {
  const [first, second] = axes;
  if (count === undefined || axes.length !== 2 || first === undefined || second === undefined)
    return 'unknown';
  if (!isAxis(first, count) || !isAxis(second, count)) return 'refused';
  const order = Array.from({ length: count }, (_, axis) => axis);
  const [a, b] = [(first + count) % count, (second + count) % count];
  [order[a], order[b]] = [b, a];
  return order;
}

function axesOf(machine: Machine, site: CallSite): readonly number[] | undefined | 'unknown' {
  if (site.unpacks) return 'unknown';
  const { positional, keywords } = site;
  const named = keywords.get('axes');
  if (named) return knownShape(machine, named.value) ?? 'unknown';
  if (positional.length === 0) return undefined;
  if (positional.length === 1) {
    const [only] = positional;
    if (only?.value.kind === 'none') return undefined;
    return knownShape(machine, only?.value) ?? 'unknown';
  }
  const numbers = positional.map(({ value }) => knownNumber(value));
  return numbers.includes(undefined) ? 'unknown' : (numbers as readonly number[]);
}

function transpose(
  machine: Machine,
  receiver: Value,
  array: ArrayState,
  at: Place & { readonly end?: number },
  object: Expression,
  axes: readonly number[] | undefined | 'unknown',
): Value {
  const state = shared(receiver, array, at);
  machine.note(at, {
    relation: 'view',
    of: object,
    because: 'transposing only changes the order of the strides',
  });
  const { shape, strides, dtype, offset = 0 } = array;
  const partial = dtype ? { ...state, dtype } : state;
  if (!shape || axes === 'unknown') return machine.allocate(partial);
  const itemsize = dtype?.itemsize ?? 1;
  const turned = transposeLayout(
    { shape, strides: strides ?? shape.map(() => 0), offset, itemsize },
    axes,
  );
  if (!turned.ok) {
    machine.report({
      rule: 'numpy-reshape',
      at: { from: at.from, to: at.end ?? at.to },
      message: turned.error.message,
      exception: turned.error.exception === 'ValueError' ? 'ValueError' : 'IndexError',
    });
    return unknown;
  }
  return machine.allocate({
    ...partial,
    shape: turned.value.shape,
    ...(strides ? { strides: turned.value.strides, offset } : {}),
  });
}

function squeeze(machine: Machine, receiver: Value, array: ArrayState, site: CallSite): Value {
  const axis = site.argument(0, 'axis');
  const state = shared(receiver, array, site.call);
  const { shape, strides, dtype, offset = 0 } = array;
  const number = axis && knownNumber(axis.value);
  if (!shape || !strides || !dtype || (axis && number === undefined))
    return machine.allocate(dtype ? { ...state, dtype } : state);
  const squeezed = squeezeLayout({ shape, strides, offset, itemsize: dtype.itemsize }, number);
  if (!squeezed.ok) return unknown;
  const { shape: newShape, strides: newStrides } = squeezed.value;
  return machine.allocate({ ...state, dtype, offset, shape: newShape, strides: newStrides });
}

export function arrayAttribute(
  machine: Machine,
  receiver: Value,
  array: ArrayState,
  name: string,
  at: Expression,
): Value | undefined {
  const { shape, strides, dtype } = array;
  const tuple = (items: readonly number[]): Value => ({
    kind: 'tuple',
    items: items.map((item) => integer(item)),
  });
  switch (name) {
    case 'shape':
      return shape ? tuple(shape) : unknown;
    case 'strides':
      return strides ? tuple(strides) : unknown;
    case 'dtype':
      return { kind: 'dtype', ...(dtype ? { dtype } : {}) };
    case 'ndim':
      return integer(shape?.length);
    case 'size':
      return integer(shape && elementCount(shape));
    case 'itemsize':
      return integer(dtype?.itemsize);
    case 'nbytes':
      return integer(shape && dtype ? elementCount(shape) * dtype.itemsize : undefined);
    case 'T':
      return transpose(
        machine,
        receiver,
        array,
        at,
        at.kind === 'attribute' ? at.object : at,
        undefined,
      );
    case 'flags':
      return { kind: 'method', receiver, name };
    case 'data':
    case 'base':
    case 'real':
    case 'imag':
    case 'flat':
    case 'ctypes':
      return unknown;
    default:
      return undefined;
  }
}

function setWritable(machine: Machine, receiver: Value, array: ArrayState, write: Value): void {
  const known = write.kind === 'bool' ? write.value : undefined;
  const rest: { -readonly [K in keyof ArrayState]: ArrayState[K] } = { ...array };
  delete rest.readonly;
  delete rest.readonlyBecause;
  if (known !== undefined) rest.readonly = !known;
  if (known === false) rest.readonlyBecause = 'its WRITEABLE flag was cleared';
  machine.update(receiver, rest);
}

/** `array.shape = …`, `array.flags.writeable = …`. */
export function storeArrayAttribute(
  machine: Machine,
  receiver: Value,
  name: string,
  stored: Argument,
): boolean {
  if (receiver.kind === 'method' && receiver.name === 'flags') {
    const array = arrayOf(machine, receiver.receiver);
    if (!array || name !== 'writeable') return false;
    setWritable(machine, receiver.receiver, array, stored.value);
    return true;
  }
  const array = arrayOf(machine, receiver);
  if (!array || !/^(shape|dtype|strides)$/.test(name)) return false;
  const wanted = knownShape(machine, stored.value);
  const { shape, strides, dtype, offset = 0 } = array;
  if (name === 'shape' && wanted && shape && strides && dtype) {
    const layout = { shape, strides, offset, itemsize: dtype.itemsize };
    const reshaped = reshapeLayout(layout, wanted);
    const isRun = /^(C|both)$/.test(contiguityOf(layout));
    const problem = !reshaped.ok
      ? { message: reshaped.error.message, exception: 'ValueError' }
      : reshaped.value.isView || isRun
        ? undefined
        : {
            message:
              'Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.',
            exception: 'AttributeError',
          };
    if (problem) machine.report({ rule: 'numpy-reshape', at: stored.expression, ...problem });
  }
  machine.update(receiver, undefined);
  return true;
}
