/** Items and slices of a `memoryview`: reading and writing. The words are CPython's. */
import { nativeItemsize } from '#shared/layout/memoryviewCast.ts';
import { sliceLayout } from '#shared/layout/slice.ts';
import { elementCount } from '#shared/layout/strides.ts';
import type { Argument, Machine, SubscriptSite } from '../flow/machine.ts';
import type { MemoryviewState, Value } from '../flow/values.ts';
import { integer, knownBigint, knownNumber, unknown } from '../flow/values.ts';
import { platform } from '../structFormats.ts';
import { hasNoBuffer, knownSlice, typeName } from './arguments.ts';
import { bufferFacts } from './bufferFacts.ts';
import { checkUsable } from './releasedViews.ts';
import { rangeOfCode } from './typecodes.ts';

export function indexView(machine: Machine, view: MemoryviewState, site: SubscriptSite): Value {
  const { subscript, indices } = site;
  if (!checkUsable(machine, { expression: subscript.object, value: site.receiver })) return unknown;
  const [only] = indices;
  if (indices.length === 1 && only?.kind === 'slice' && !subscript.hasComma)
    return sliceView(machine, view, site, only);
  const problem = problemOfIndex(view, site, false);
  if (problem) {
    machine.report({ rule: 'memoryview-index', at: subscript, ...problem });
    return unknown;
  }
  return itemOf(view.format);
}

function sliceView(
  machine: Machine,
  view: MemoryviewState,
  site: SubscriptSite,
  item: Extract<SubscriptSite['indices'][number], { kind: 'slice' }>,
): Value {
  const { shape, strides, itemsize, offset = 0, ...rest } = view;
  machine.note(site.subscript, {
    relation: 'view',
    of: site.subscript.object,
    because: 'a slice of a memoryview copies nothing',
  });
  if (shape?.length === 0) {
    machine.report({
      rule: 'memoryview-index',
      at: site.subscript,
      message: 'invalid indexing of 0-dim memory',
      exception: 'TypeError',
    });
    return unknown;
  }
  const made = { ...rest, madeAt: site.subscript };
  const partial = itemsize === undefined ? made : { ...made, itemsize };
  const slice = knownSlice(item);
  if (item.step && knownNumber(item.step) === 0) {
    machine.report({
      rule: 'memoryview-index',
      at: site.subscript,
      message: 'slice step cannot be zero',
      exception: 'ValueError',
    });
    return unknown;
  }
  if (!shape || !strides || itemsize === undefined || !slice) return machine.allocate(partial);
  const sliced = sliceLayout({ shape, strides, offset, itemsize }, [slice]);
  return machine.allocate(sliced.ok ? { ...made, ...sliced.value } : partial);
}

interface ItemProblem {
  readonly message: string;
  readonly exception: string;
}

/** What is wrong with an index that is no single slice. */
function problemOfIndex(
  view: MemoryviewState,
  site: SubscriptSite,
  isStore: boolean,
): ItemProblem | undefined {
  const { shape, format } = view;
  const { indices, subscript } = site;
  const isTuple = subscript.hasComma;
  const [only] = indices;
  const single = only?.kind === 'index' && !isTuple ? only.value : undefined;
  // `view[pair]` with a tuple in a name is the same as with its items written out.
  const keys =
    single?.kind === 'tuple'
      ? single.items
      : isTuple
        ? indices.map((index) => (index.kind === 'index' ? index.value : undefined))
        : undefined;
  if (!shape) return undefined;
  if (shape.length === 0) {
    const isFine =
      (keys?.length === 0 || single?.kind === 'ellipsis') && (single !== undefined || isTuple);
    if (isFine || single?.kind === 'unknown') return undefined;
    return { message: 'invalid indexing of 0-dim memory', exception: 'TypeError' };
  }
  if (
    format !== undefined &&
    nativeItemsize(format, platform) === undefined &&
    (single?.kind === 'int' || keys)
  )
    return {
      message: `memoryview: unsupported format ${format}`,
      exception: 'NotImplementedError',
    };
  if (keys) return problemOfTuple(shape, keys, isStore);
  if (single?.kind === 'int' || single?.kind === 'bool') {
    if (shape.length > 1)
      return {
        message: isStore
          ? 'sub-views are not implemented'
          : 'multi-dimensional sub-views are not implemented: index with one number for each axis, or slice',
        exception: 'NotImplementedError',
      };
    return isOutside(knownNumber(single), shape[0])
      ? { message: 'index out of bounds on dimension 1', exception: 'IndexError' }
      : undefined;
  }
  return single && /^(str|bytes|float|none|ellipsis)$/.test(single.kind)
    ? { message: 'memoryview: invalid slice key', exception: 'TypeError' }
    : undefined;
}

function problemOfTuple(
  shape: readonly number[],
  keys: readonly (Value | undefined)[],
  isStore: boolean,
): ItemProblem | undefined {
  const isAll = (test: (key: Value | undefined) => boolean) => keys.length > 0 && keys.every(test);
  const isNumber = (key: Value | undefined) => key?.kind === 'int' || key?.kind === 'bool';
  // Slices of several axes are named as not implemented only where all of them are slices.
  if (isAll((key) => key === undefined))
    return isStore
      ? {
          message: 'memoryview slice assignments are currently restricted to ndim = 1',
          exception: 'NotImplementedError',
        }
      : {
          message: 'multi-dimensional slicing is not implemented',
          exception: 'NotImplementedError',
        };
  if (!isAll(isNumber)) {
    const isCertain = keys.every((key) => key === undefined || isNumber(key));
    return isCertain && keys.length > 0
      ? { message: 'memoryview: invalid slice key', exception: 'TypeError' }
      : undefined;
  }
  if (keys.length > shape.length)
    return {
      message: `cannot index ${shape.length}-dimension view with ${keys.length}-element tuple`,
      exception: 'TypeError',
    };
  if (keys.length < shape.length)
    return { message: 'sub-views are not implemented', exception: 'NotImplementedError' };
  const axis = keys.findIndex((key, at) => isOutside(knownNumber(key), shape[at]));
  return axis < 0
    ? undefined
    : { message: `index out of bounds on dimension ${axis + 1}`, exception: 'IndexError' };
}

function isOutside(index: number | undefined, length: number | undefined): boolean {
  if (index === undefined || length === undefined) return false;
  return index < -length || index >= length;
}

function itemOf(format: string | undefined): Value {
  const code = format?.replace('@', '') ?? '';
  if (code === '') return unknown;
  if (code === 'c') return { kind: 'bytes', length: 1 };
  if (code === '?') return { kind: 'bool' };
  return /^[fd]$/.test(code) ? { kind: 'float' } : integer(undefined);
}

/** `view[…] = value`. Always the last word on it. */
export function storeInView(
  machine: Machine,
  view: MemoryviewState,
  site: SubscriptSite,
  stored: Argument,
): boolean {
  const { subscript, indices } = site;
  if (!checkUsable(machine, { expression: subscript.object, value: site.receiver })) return true;
  if (view.readonly === true) {
    machine.report({
      rule: 'buffer-readonly',
      at: subscript,
      message: `cannot modify read-only memory${ownerWords(view)}`,
      exception: 'TypeError',
      related: [
        { start: view.madeAt.from, end: view.madeAt.to, message: 'The view is made here.' },
      ],
    });
    return true;
  }
  const [only] = indices;
  const isSlice = indices.length === 1 && only?.kind === 'slice' && !subscript.hasComma;
  const problem = isSlice
    ? problemOfSliceStore(machine, view, only, stored)
    : (problemOfIndex(view, site, true) ?? problemOfItemStore(machine, view, stored));
  if (problem) {
    const isIndex = /^(index|sub-views|memoryview: invalid slice|cannot index|invalid)/.test(
      problem.message,
    );
    machine.report({
      rule: isIndex ? 'memoryview-index' : 'memoryview-assignment',
      at: isIndex ? subscript : { from: subscript.from, to: stored.expression.to },
      ...problem,
    });
  }
  return true;
}

function ownerWords(view: MemoryviewState): string {
  return view.owner === undefined || view.owner === 'memoryview'
    ? ''
    : view.owner === 'bytes'
      ? ': it is that of a bytes object'
      : `: the view of the ${view.owner} is read-only`;
}

function problemOfItemStore(
  machine: Machine,
  view: MemoryviewState,
  stored: Argument,
): ItemProblem | undefined {
  const code = view.format?.replace('@', '');
  if (code?.length !== 1) return undefined;
  const { value } = stored;
  const object = machine.objectOf(value)?.kind ?? '';
  const isContainer = /^(list|dict|set|bytearray|memoryview|array)$/.test(object);
  const type = {
    message: `memoryview: invalid type for format '${code}'`,
    exception: 'TypeError',
  };
  if (code === '?') return undefined;
  if (code === 'c') {
    if (value.kind !== 'bytes')
      return isContainer || /^(int|bool|float|str|none|tuple)$/.test(value.kind) ? type : undefined;
    return value.length !== undefined && value.length !== 1
      ? { message: "memoryview: invalid value for format 'c'", exception: 'ValueError' }
      : undefined;
  }
  if (code === 'f' || code === 'd')
    return isContainer || /^(str|bytes|none|tuple|complex)$/.test(value.kind) ? type : undefined;
  if (isContainer || /^(str|bytes|none|tuple|complex|float)$/.test(value.kind)) return type;
  const known = knownBigint(value);
  const itemsize = nativeItemsize(code, platform);
  const range = itemsize === undefined ? undefined : rangeOfCode(code, itemsize);
  if (known === undefined || !range || code === 'P') return undefined;
  return known < range.low || known > range.high
    ? {
        message: `memoryview: invalid value for format '${code}': it takes ${range.low} to ${range.high}`,
        exception: 'ValueError',
      }
    : undefined;
}

function problemOfSliceStore(
  machine: Machine,
  view: MemoryviewState,
  item: Extract<SubscriptSite['indices'][number], { kind: 'slice' }>,
  stored: Argument,
): ItemProblem | undefined {
  const { value } = stored;
  if (view.shape && view.shape.length > 1)
    return {
      message: 'memoryview slice assignments are currently restricted to ndim = 1',
      exception: 'NotImplementedError',
    };
  if (hasNoBuffer(machine, value))
    return {
      message: `a bytes-like object is required, not '${typeName(machine, value) ?? 'object'}'`,
      exception: 'TypeError',
    };
  if (!checkUsable(machine, stored)) return undefined;
  const facts = bufferFacts(machine, value);
  const structures = (detail: string) => ({
    message: `memoryview assignment: lvalue and rvalue have different structures: ${detail}`,
    exception: 'ValueError',
  });
  if (!facts) return undefined;
  const [left, right] = [view.format?.replace('@', ''), facts.format?.replace('@', '')];
  if (left !== undefined && right !== undefined && left !== right)
    return structures(`the view has format '${left}', the ${facts.type} '${right}'`);
  if (left === undefined || right === undefined) return undefined;
  const slice = knownSlice(item);
  const { shape, strides, itemsize } = view;
  if (!slice || !shape || !strides || itemsize === undefined || !facts.shape) return undefined;
  const sliced = sliceLayout({ shape, strides, itemsize, offset: 0 }, [slice]);
  if (!sliced.ok) return undefined;
  const [wanted, given] = [elementCount(sliced.value.shape), elementCount(facts.shape)];
  if (facts.shape.length !== 1)
    return structures(`the ${facts.type} has ${facts.shape.length} axes`);
  return wanted === given
    ? undefined
    : structures(`the slice has ${wanted} items, the ${facts.type} ${given}`);
}

export function deleteFromView(machine: Machine, site: SubscriptSite): boolean {
  if (!checkUsable(machine, { expression: site.subscript.object, value: site.receiver }))
    return true;
  const view = machine.objectOf(site.receiver);
  const isReadOnly = view?.kind === 'memoryview' && view.readonly === true;
  machine.report({
    rule: 'memoryview-assignment',
    at: site.subscript,
    message: isReadOnly ? 'cannot modify read-only memory' : 'cannot delete memory',
    exception: 'TypeError',
  });
  return true;
}
