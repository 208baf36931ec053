/** NumPy's functions. Only literal shapes and dtypes say anything; the words of the errors are NumPy's. */
import { broadcastShapes } from '#shared/layout/broadcast.ts';
import { contiguityOf } from '#shared/layout/strides.ts';
import type { CallSite, Machine, Model } from '../flow/machine.ts';
import type { ArrayState, Value } from '../flow/values.ts';
import { knownNumber, knownText, unknown } from '../flow/values.ts';
import { knownShape } from './arguments.ts';
import { arrayOf, newArray, sketchOf } from './numpyArrays.ts';
import { arrayFromBuffer, asArray, ndarrayOnBuffer } from './numpyBuffers.ts';
import { checkBounds } from './numpyBounds.ts';
import { dtypeOfValue, scalar } from './numpyDtypes.ts';
import { indexArray, storeInArray } from './numpyItems.ts';
import { memmap } from './numpyMemmap.ts';
import { arrayAttribute, arrayMethod, reshapeTo, storeArrayAttribute } from './numpyMethods.ts';
import {
  applyUfunc,
  binaryOperation,
  joined,
  matrixProduct,
  updateInPlace,
  writeInto,
} from './numpyOperations.ts';
import { asStrided } from './numpyStrides.ts';

export const numpyModel: Model = {
  call(machine, callee, site) {
    if (callee.kind !== 'member' || !/^numpy(\.|$)/.test(callee.module)) return undefined;
    return callFunction(machine, callee.module, callee.name, site);
  },
  method(machine, receiver, name, site) {
    const array = arrayOf(machine, receiver);
    return array ? arrayMethod(machine, receiver, array, name, site) : undefined;
  },
  attribute(machine, receiver, name, at) {
    if (receiver.kind === 'method' && receiver.name === 'flags')
      return flagOf(arrayOf(machine, receiver.receiver), name);
    const array = arrayOf(machine, receiver);
    return array ? arrayAttribute(machine, receiver, array, name, at) : undefined;
  },
  subscript(machine, site) {
    const array = arrayOf(machine, site.receiver);
    return array ? indexArray(machine, array, site) : undefined;
  },
  store(machine, site, stored) {
    const array = arrayOf(machine, site.receiver);
    if (!array) return false;
    storeInArray(machine, array, site, stored);
    return true;
  },
  storeAttribute: (machine, receiver, name, stored) =>
    storeArrayAttribute(machine, receiver, name, stored),
  binary: (machine, operator, left, right, at) =>
    binaryOperation(machine, operator, left, right, at),
  update: (machine, operator, target, operand, at) =>
    updateInPlace(machine, operator, target, operand, at),
};

function flagOf(array: ArrayState | undefined, name: string): Value {
  if (name === 'writeable' && array?.readonly !== undefined)
    return { kind: 'bool', value: !array.readonly };
  const { shape, strides, dtype } = array ?? {};
  if (!/^[cf]_contiguous$/.test(name) || !shape || !strides || !dtype) return { kind: 'bool' };
  const contiguity = contiguityOf({ shape, strides, itemsize: dtype.itemsize });
  const wanted = name === 'c_contiguous' ? 'C' : 'F';
  return { kind: 'bool', value: contiguity === wanted || contiguity === 'both' };
}

function callFunction(
  machine: Machine,
  module: string,
  name: string,
  site: CallSite,
): Value | undefined {
  if (name === 'as_strided' && /^numpy\.lib(\.stride_tricks)?$/.test(module))
    return asStrided(machine, site);
  if (module === 'numpy.random') return random(machine, name, site);
  if (module !== 'numpy') return undefined;
  const dtypeArgument = (position: number) => site.argument(position, 'dtype')?.value;
  switch (name) {
    case 'dtype': {
      const dtype = dtypeOfValue(site.argument(0, 'dtype')?.value);
      return { kind: 'dtype', ...(dtype ? { dtype } : {}) };
    }
    case 'zeros':
    case 'ones':
    case 'empty': {
      const given = dtypeArgument(1);
      const dtype = given ? dtypeOfValue(given) : site.unpacks ? undefined : scalar('<f8');
      return made(machine, site, dtype, site.argument(0, 'shape')?.value, 2);
    }
    case 'full': {
      const fill = site.argument(1, 'fill_value');
      const given = dtypeArgument(2);
      const dtype = given ? dtypeOfValue(given) : fill && sketchOfScalar(fill.value);
      if (given && fill && !checkBounds(machine, dtype, fill)) return unknown;
      return made(machine, site, dtype, site.argument(0, 'shape')?.value, 3);
    }
    case 'zeros_like':
    case 'ones_like':
    case 'empty_like':
    case 'full_like': {
      const like = site.argument(0);
      const sketch = like ? sketchOf(machine, like.value) : {};
      const given = dtypeArgument(name === 'full_like' ? 2 : 1);
      const dtype = given ? dtypeOfValue(given) : sketch.dtype;
      const hasShape = site.keywords.has('shape') || site.unpacks;
      return newArray(machine, site.call, dtype, hasShape ? undefined : sketch.shape);
    }
    case 'arange':
      return arange(machine, site);
    case 'linspace': {
      const count = site.argument(2, 'num');
      const length = count ? knownNumber(count.value) : 50;
      const isPlain = !site.unpacks && !site.keywords.has('retstep') && !site.keywords.has('dtype');
      const ends = [site.argument(0, 'start'), site.argument(1, 'stop')];
      const areNumbers = ends.every((end) => /^(int|float)$/.test(end?.value.kind ?? ''));
      return isPlain && areNumbers && length !== undefined
        ? newArray(machine, site.call, scalar('<f8'), [length])
        : unknown;
    }
    case 'eye':
    case 'identity': {
      const rows = knownNumber(site.argument(0, name === 'eye' ? 'N' : 'n')?.value);
      const columnArgument = name === 'eye' ? site.argument(1, 'M') : undefined;
      const columns = columnArgument ? knownNumber(columnArgument.value) : rows;
      const given = site.keywords.get('dtype')?.value;
      return newArray(
        machine,
        site.call,
        given ? dtypeOfValue(given) : scalar('<f8'),
        rows === undefined || columns === undefined ? undefined : [rows, columns],
      );
    }
    case 'array':
    case 'asarray':
    case 'asanyarray':
    case 'ascontiguousarray':
    case 'copy':
      return asArray(machine, name, site);
    case 'frombuffer':
      return arrayFromBuffer(machine, site);
    case 'ndarray':
      return ndarrayOnBuffer(machine, site);
    case 'memmap':
      return memmap(machine, site);
    case 'fromfile': {
      const given = dtypeArgument(1);
      const dtype = given ? dtypeOfValue(given) : site.unpacks ? undefined : scalar('<f8');
      return newArray(machine, site.call, dtype, undefined);
    }
    case 'reshape': {
      const [array] = site.positional;
      return array ? reshapeTo(machine, array, site, 1) : unknown;
    }
    case 'ravel':
    case 'transpose':
    case 'squeeze': {
      const [first] = site.positional;
      const array = arrayOf(machine, first?.value);
      return first && array && !site.unpacks
        ? arrayMethod(machine, first.value, array, name, shifted(site))
        : unknown;
    }
    case 'broadcast_to':
      return broadcastTo(machine, site);
    case 'matmul':
    case 'dot': {
      const [left, right] = site.positional;
      return left && right
        ? matrixProduct(machine, name, left, right, { from: site.call.from, to: site.call.end })
        : unknown;
    }
    case 'concatenate':
    case 'vstack':
    case 'hstack':
    case 'stack':
      return joined(machine, name, site);
    case 'copyto':
    case 'put':
    case 'place':
    case 'putmask':
    case 'fill_diagonal': {
      const [target, source] = site.positional;
      // Copied onto itself, an array is not written at all.
      const isSame = name === 'copyto' && source?.value === target?.value;
      if (target && !isSame) writeInto(machine, target, 'assignment destination is read-only');
      return { kind: 'none' };
    }
    default:
      return applyUfunc(machine, name, site);
  }
}

function shifted(site: CallSite): CallSite {
  const positional = site.positional.slice(1);
  return {
    ...site,
    positional,
    argument: (index, keyword) =>
      positional[index] ?? (keyword === undefined ? undefined : site.keywords.get(keyword)),
  };
}

function made(
  machine: Machine,
  site: CallSite,
  dtype: ReturnType<typeof dtypeOfValue>,
  shape: Value | undefined,
  orderAt: number,
): Value {
  const order = site.argument(orderAt, 'order');
  const layout = order ? knownText(order.value) : 'C';
  const known = site.unpacks ? undefined : knownShape(machine, shape);
  const isKnown = layout === 'C' || layout === 'F';
  const isValid = known?.every((length) => length >= 0);
  return newArray(
    machine,
    site.call,
    dtype,
    isValid && isKnown ? known : undefined,
    isKnown ? layout : 'C',
  );
}

function sketchOfScalar(value: Value) {
  if (value.kind === 'float') return scalar('<f8');
  if (value.kind === 'bool') return scalar('|b1');
  return value.kind === 'int' && value.value !== undefined ? scalar('<i8') : undefined;
}

function arange(machine: Machine, site: CallSite): Value {
  const bounds = site.positional.slice(0, 3).map(({ value }) => value);
  const given = site.argument(3, 'dtype')?.value;
  const isPlain = !site.unpacks && [...site.keywords.keys()].every((name) => name === 'dtype');
  if (!isPlain || bounds.length === 0) return unknown;
  const areIntegers = bounds.every(({ kind }) => kind === 'int');
  if (!areIntegers) {
    const isFloat = bounds.every(({ kind }) => /^(int|float)$/.test(kind));
    const dtype = given ? dtypeOfValue(given) : isFloat ? scalar('<f8') : undefined;
    return newArray(machine, site.call, dtype, undefined);
  }
  const numbers = bounds.map((bound) => knownNumber(bound));
  const dtype = given ? dtypeOfValue(given) : scalar('<i8');
  if (numbers.includes(undefined)) return newArray(machine, site.call, dtype, undefined);
  const [first = 0, second, step = 1] = numbers;
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  if (step === 0) return unknown;
  const length = Math.max(0, Math.ceil((stop - start) / step));
  return newArray(machine, site.call, dtype, [length]);
}

function random(machine: Machine, name: string, site: CallSite): Value | undefined {
  if (!/^(rand|randn|random|random_sample)$/.test(name) || site.unpacks) return undefined;
  // `rand(2, 3)` takes lengths, `random((2, 3))` a shape.
  const takesLengths = name === 'rand' || name === 'randn';
  const hasNone = site.positional.length + site.keywords.size === 0;
  if (hasNone) return { kind: 'float' };
  const shape = takesLengths
    ? knownShape(machine, { kind: 'tuple', items: site.positional.map(({ value }) => value) })
    : knownShape(machine, site.argument(0, 'size')?.value);
  return newArray(machine, site.call, scalar('<f8'), shape);
}

function broadcastTo(machine: Machine, site: CallSite): Value {
  const array = site.argument(0, 'array');
  const shape = knownShape(machine, site.argument(1, 'shape')?.value);
  const sketch = array ? sketchOf(machine, array.value) : {};
  if (!array || !shape || !sketch.shape) return unknown;
  const broadcast = broadcastShapes([sketch.shape, shape]);
  const fits =
    broadcast.kind === 'fits' &&
    broadcast.shape.length === shape.length &&
    broadcast.shape.every((length, axis) => length === shape[axis]);
  const words = (lengths: readonly number[]) =>
    `(${lengths.join(',')}${lengths.length === 1 ? ',' : ''})`;
  if (sketch.shape.length > shape.length) {
    machine.report({
      rule: 'numpy-broadcast',
      at: { from: site.call.from, to: site.call.end },
      message: `input operand has more dimensions than allowed by the axis remapping: ${words(sketch.shape)} has ${sketch.shape.length}, ${words(shape)} has ${shape.length}`,
      exception: 'ValueError',
    });
    return unknown;
  }
  if (!fits) {
    machine.report({
      rule: 'numpy-broadcast',
      at: { from: site.call.from, to: site.call.end },
      message: `operands could not be broadcast together with remapped shapes [original->remapped]: ${words(sketch.shape)}  and requested shape ${words(shape)}`,
      exception: 'ValueError',
    });
    return unknown;
  }
  machine.note(site.call, {
    relation: 'view',
    of: array.expression,
    because: 'repeated axes have stride 0; the result is read-only',
  });
  return machine.allocate({
    kind: 'ndarray',
    shape,
    readonly: true,
    readonlyBecause: 'np.broadcast_to gives a read-only view',
    isView: true,
    madeAt: site.call,
    ...(sketch.dtype ? { dtype: sketch.dtype } : {}),
  });
}
