/** What is known of the memory behind a value: how long it is, whether it may be written, and whose it is. */
import { contiguityOf, contiguousStrides, elementCount } from '#shared/layout/strides.ts';
import type { Machine } from '../flow/machine.ts';
import type { ObjectState, Place, Value } from '../flow/values.ts';
import { arrayItemsize } from './typecodes.ts';

export interface BufferFacts {
  /** What Python calls its type. */
  readonly type: string;
  readonly byteLength?: number;
  readonly writable?: boolean;
  /** Whether its bytes lie in one run in C order; undefined where that is not known. */
  readonly isContiguous?: boolean;
  /** The object that its memory belongs to, where that one can change. */
  readonly base?: number;
  readonly format?: string;
  readonly itemsize?: number;
  readonly shape?: readonly number[];
  readonly strides?: readonly number[];
  readonly madeAt?: Place;
  /** Words for what the memory belongs to. */
  readonly owner: string;
}

/** Undefined for what has no buffer, and for what is not known. */
export function bufferFacts(machine: Machine, value: Value): BufferFacts | undefined {
  if (value.kind === 'bytes')
    return {
      type: 'bytes',
      writable: false,
      isContiguous: true,
      format: 'B',
      itemsize: 1,
      owner: 'bytes',
      ...(value.length === undefined
        ? {}
        : { byteLength: value.length, shape: [value.length], strides: [1] }),
    };
  const object = machine.objectOf(value);
  if (!object || value.kind !== 'object') return undefined;
  return factsOfObject(object, value.id);
}

function factsOfObject(object: ObjectState, id: number): BufferFacts | undefined {
  switch (object.kind) {
    case 'bytearray':
      return {
        type: 'bytearray',
        writable: true,
        isContiguous: true,
        base: id,
        format: 'B',
        itemsize: 1,
        madeAt: object.madeAt,
        owner: 'bytearray',
        ...(object.length === undefined
          ? {}
          : { byteLength: object.length, shape: [object.length], strides: [1] }),
      };
    case 'array': {
      const itemsize = object.typecode === undefined ? undefined : arrayItemsize(object.typecode);
      const { length } = object;
      return {
        type: 'array.array',
        writable: true,
        isContiguous: true,
        base: id,
        madeAt: object.madeAt,
        owner: 'array',
        ...(object.typecode === undefined || itemsize === undefined
          ? {}
          : { format: object.typecode === 'u' ? 'w' : object.typecode, itemsize }),
        ...(itemsize === undefined || length === undefined
          ? {}
          : { byteLength: itemsize * length, shape: [length], strides: [itemsize] }),
      };
    }
    case 'memoryview': {
      const { shape, strides, itemsize, readonly, base, format, owner = 'memoryview' } = object;
      const isContiguous =
        shape && strides && itemsize !== undefined ? isOneRun(shape, strides, itemsize) : undefined;
      return {
        type: 'memoryview',
        madeAt: object.madeAt,
        owner,
        ...(base === undefined ? {} : { base }),
        ...(readonly === undefined ? {} : { writable: !readonly }),
        ...(format === undefined ? {} : { format }),
        ...(itemsize === undefined ? {} : { itemsize }),
        ...(shape ? { shape } : {}),
        ...(strides ? { strides } : {}),
        ...(shape && itemsize !== undefined ? { byteLength: elementCount(shape) * itemsize } : {}),
        ...(isContiguous === undefined ? {} : { isContiguous }),
      };
    }
    case 'ndarray': {
      const { shape, strides, dtype, readonly, base } = object;
      return {
        type: 'numpy.ndarray',
        madeAt: object.madeAt,
        owner: 'ndarray',
        base: base ?? id,
        ...(readonly === undefined ? {} : { writable: !readonly }),
        ...(dtype ? { itemsize: dtype.itemsize } : {}),
        ...(shape ? { shape } : {}),
        ...(strides ? { strides } : {}),
        ...(shape && dtype ? { byteLength: elementCount(shape) * dtype.itemsize } : {}),
        ...(shape && strides && dtype
          ? { isContiguous: isOneRun(shape, strides, dtype.itemsize) }
          : {}),
      };
    }
    case 'ctypes':
      return {
        type: object.type.name,
        writable: true,
        isContiguous: true,
        base: object.base ?? id,
        madeAt: object.madeAt,
        owner: 'ctypes object',
        ...(object.type.size === undefined ? {} : { byteLength: object.type.size }),
        ...(object.type.element && object.type.shape
          ? {
              ...object.type.element,
              shape: object.type.shape,
              strides: contiguousStrides(object.type.shape, object.type.element.itemsize, 'C'),
            }
          : {}),
      };
    case 'mmap':
      return {
        type: 'mmap.mmap',
        isContiguous: true,
        base: id,
        madeAt: object.madeAt,
        owner: 'mmap',
        ...(object.readonly === undefined ? {} : { writable: !object.readonly }),
        ...(object.length === undefined ? {} : { byteLength: object.length }),
      };
    default:
      return undefined;
  }
}

function isOneRun(shape: readonly number[], strides: readonly number[], itemsize: number): boolean {
  return /^(C|both)$/.test(contiguityOf({ shape, strides, itemsize }));
}
