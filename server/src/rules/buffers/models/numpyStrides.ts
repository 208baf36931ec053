/** `as_strided`: NumPy checks nothing, so a view beyond the memory reads and writes what belongs to others. */
import { byteExtent } from '#shared/layout/strides.ts';
import type { CallSite, Machine } from '../flow/machine.ts';
import type { Value } from '../flow/values.ts';
import { unknown } from '../flow/values.ts';
import { knownShape } from './arguments.ts';
import { arrayOf } from './numpyArrays.ts';

export function asStrided(machine: Machine, site: CallSite): Value {
  const source = site.argument(0, 'x');
  const array = arrayOf(machine, source?.value);
  const shapeArgument = site.argument(1, 'shape');
  const stridesArgument = site.argument(2, 'strides');
  if (!source || !array?.dtype || site.unpacks) return unknown;
  const shape = shapeArgument ? knownShape(machine, shapeArgument.value) : array.shape;
  const strides = stridesArgument ? knownShape(machine, stridesArgument.value) : array.strides;
  machine.note(site.call, {
    relation: 'view',
    of: source.expression,
    because: 'as_strided lays another shape over the same memory, and checks nothing',
  });
  const { itemsize } = array.dtype;
  const { offset, memory } = array;
  if (shape && strides?.length === shape.length && offset !== undefined && memory !== undefined) {
    const { start, end } = byteExtent({ shape, strides, offset, itemsize });
    const isEmpty = shape.includes(0);
    if (!isEmpty && (start < 0 || end > memory))
      machine.report({
        rule: 'numpy-strided',
        severity: 'warning',
        at: { from: site.call.from, to: site.call.end },
        message: `the view reaches ${start < 0 ? `${-start} bytes before` : `${end - memory} bytes past the end of`} the array's memory: bytes ${start} to ${end} of ${memory}, and as_strided checks nothing`,
        related: [
          { start: array.madeAt.from, end: array.madeAt.to, message: 'The array is made here.' },
        ],
      });
  }
  return machine.allocate({
    kind: 'ndarray',
    isView: true,
    madeAt: site.call,
    dtype: array.dtype,
    ...(shape ? { shape } : {}),
    ...(strides ? { strides } : {}),
    ...(array.base === undefined ? {} : { base: array.base }),
  });
}
