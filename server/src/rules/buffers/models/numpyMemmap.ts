/** `np.memmap`: files as arrays. */
import { elementCount } from '#shared/layout/strides.ts';
import type { CallSite, Machine } from '../flow/machine.ts';
import type { Value } from '../flow/values.ts';
import { knownNumber, knownText, unknown } from '../flow/values.ts';
import { knownShape } from './arguments.ts';
import { dtypeOfValue, scalar } from './numpyDtypes.ts';

const modes = /^(r|c|r\+|w\+|readonly|copyonwrite|readwrite|write)$/;

export function memmap(machine: Machine, site: CallSite): Value {
  const file = site.argument(0, 'filename');
  const given = site.argument(1, 'dtype');
  const modeArgument = site.argument(2, 'mode');
  const offsetArgument = site.argument(3, 'offset');
  const shapeArgument = site.argument(4, 'shape');
  if (!file || site.unpacks) return unknown;
  const mode = modeArgument ? knownText(modeArgument.value) : 'r+';
  const dtype = given ? dtypeOfValue(given.value) : scalar('|u1');
  const shape = shapeArgument && knownShape(machine, shapeArgument.value);
  const at = { from: site.call.from, to: site.call.end };
  if (mode !== undefined && modeArgument && !modes.test(mode))
    machine.report({
      rule: 'numpy-memmap',
      at: modeArgument.expression,
      message: `mode must be one of ['r', 'c', 'r+', 'w+', 'readonly', 'copyonwrite', 'readwrite', 'write'] (got '${mode}')`,
      exception: 'ValueError',
    });
  const creates = mode === 'w+' || mode === 'write';
  if (creates && !shapeArgument)
    machine.report({
      rule: 'numpy-memmap',
      at,
      message: "shape must be given if mode == 'w+'",
      exception: 'ValueError',
    });
  const path = knownText(file.value);
  const size = path === undefined ? undefined : machine.context.fileSize?.(path);
  if (creates && modeArgument && size !== undefined && size > 0)
    machine.report({
      rule: 'numpy-memmap',
      severity: 'warning',
      at: modeArgument.expression,
      message: `mode '${mode}' empties '${path ?? ''}', which is there and has ${size} bytes: 'r+' keeps what is in it`,
      fixes: [
        {
          title: "Open with 'r+', which keeps the file",
          edits: [
            {
              start: modeArgument.expression.from,
              end: modeArgument.expression.to,
              text: "'r+'",
            },
          ],
        },
      ],
    });
  const offset = offsetArgument ? knownNumber(offsetArgument.value) : 0;
  const isRead = mode === 'r' || mode === 'c' || mode === 'readonly' || mode === 'copyonwrite';
  if (isRead && size !== undefined && offset !== undefined && dtype)
    checkSize(machine, at, size - offset, dtype.itemsize, shapeArgument ? shape : null);
  const known =
    shape ??
    (shapeArgument || size === undefined || offset === undefined || !dtype
      ? undefined
      : [Math.floor((size - offset) / dtype.itemsize)]);
  const isReadOnly = mode === 'r' || mode === 'readonly';
  return machine.allocate({
    kind: 'ndarray',
    madeAt: site.call,
    ...(mode === undefined ? {} : { readonly: isReadOnly }),
    ...(isReadOnly ? { readonlyBecause: "the file is mapped with mode 'r'" } : {}),
    ...(dtype ? { dtype } : {}),
    ...(known ? { shape: known } : {}),
  });
}

/** `shape` is null where none was given. */
function checkSize(
  machine: Machine,
  at: { readonly from: number; readonly to: number },
  available: number,
  itemsize: number,
  shape: readonly number[] | undefined | null,
): void {
  if (shape === null && available % itemsize !== 0)
    machine.report({
      rule: 'numpy-memmap',
      at,
      message: `Size of available data is not a multiple of the data-type size: ${available} bytes, ${itemsize} an item`,
      exception: 'ValueError',
    });
  else if (shape && elementCount(shape) * itemsize > available)
    machine.report({
      rule: 'numpy-memmap',
      at,
      message: `mmap length is greater than file size: ${available} bytes are there, the array needs ${elementCount(shape) * itemsize}`,
      exception: 'ValueError',
    });
}
