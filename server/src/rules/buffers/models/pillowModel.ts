/** Pillow: which images share the memory of a buffer, and which copy it. */
import type { CallSite, Machine, Model } from '../flow/machine.ts';
import type { Value } from '../flow/values.ts';
import { knownText, unknown } from '../flow/values.ts';
import { arrayOf } from './numpyArrays.ts';
import { asNumber } from './numpyDtypes.ts';

/** Modes whose pixels lie in memory as a buffer has them. Others are unpacked, which copies. */
const sharing = /^(L|P|RGBX|RGBA|CMYK|I;16|I;16L|I;16B)$/;
const known = /^(1|L|P|RGB|RGBX|RGBA|CMYK|YCbCr|LAB|HSV|I|F|LA|PA|I;16|I;16L|I;16B)$/;

export const pillowModel: Model = {
  call(machine, callee, site) {
    if (callee.kind !== 'member' || callee.module !== 'PIL.Image') return undefined;
    switch (callee.name) {
      case 'open':
        return machine.allocate({ kind: 'image', madeAt: site.call });
      case 'new':
      case 'frombytes': {
        const mode = knownText(site.argument(0, 'mode')?.value);
        return image(machine, site, mode);
      }
      case 'frombuffer':
        return fromBuffer(machine, site);
      case 'fromarray':
        return fromArray(machine, site);
      default:
        return undefined;
    }
  },
  method(machine, receiver, name) {
    if (machine.objectOf(receiver)?.kind !== 'image') return undefined;
    if (name === 'tobytes') return { kind: 'bytes' };
    return unknown;
  },
  attribute(machine, receiver, name) {
    const object = machine.objectOf(receiver);
    if (object?.kind !== 'image') return undefined;
    return name === 'mode' ? { kind: 'str' } : unknown;
  },
};

function image(machine: Machine, site: CallSite, mode: string | undefined): Value {
  return machine.allocate({
    kind: 'image',
    madeAt: site.call,
    ...(mode === undefined ? {} : { mode }),
  });
}

function fromBuffer(machine: Machine, site: CallSite): Value {
  const modeArgument = site.argument(0, 'mode');
  const data = site.argument(2, 'data');
  const mode = knownText(modeArgument?.value);
  if (mode === undefined || !modeArgument || !known.test(mode)) return image(machine, site, mode);
  // Another decoder, or raw mode, may unpack pixels too.
  const raw = knownText(site.positional[4]?.value) ?? mode;
  const decoder = knownText(site.positional[3]?.value) ?? 'raw';
  const isShared = sharing.test(mode) && decoder === 'raw' && raw === mode;
  machine.note(site.call, {
    relation: isShared ? 'view' : 'copy',
    because: isShared
      ? `an image of mode ${mode} lies in the memory of its buffer`
      : `pixels of mode ${mode} are unpacked into memory of the image`,
    ...(data ? { of: data.expression } : {}),
  });
  const isInstalled = machine.context.installedVersion?.('pillow') !== undefined;
  if (!isShared && isInstalled && !site.unpacks)
    machine.report({
      rule: 'pillow-copy',
      severity: 'information',
      at: modeArgument.expression,
      message: `an image of mode '${mode}' copies its buffer: Image.frombuffer shares the memory of L, P, RGBX, RGBA, CMYK and I;16 only`,
    });
  return image(machine, site, mode);
}

function fromArray(machine: Machine, site: CallSite): Value {
  const object = site.argument(0, 'obj');
  const array = arrayOf(machine, object?.value);
  const type = asNumber(array?.dtype);
  const channels = array?.shape?.length === 3 ? array.shape[2] : 1;
  if (!object || !array?.shape || !type || site.unpacks) return image(machine, site, undefined);
  const isByte = type.scalar === 'uint' && type.itemsize === 1;
  const modes: Readonly<Record<number, string>> = { 1: 'L', 2: 'LA', 3: 'RGB', 4: 'RGBA' };
  const mode = isByte
    ? modes[channels ?? 0]
    : type.scalar === 'uint' && type.itemsize === 2
      ? 'I;16'
      : undefined;
  if (mode !== undefined)
    machine.note(site.call, {
      relation: sharing.test(mode) ? 'view' : 'copy',
      of: object.expression,
      because: sharing.test(mode)
        ? `an image of mode ${mode} lies in the memory of a contiguous array`
        : `pixels of mode ${mode} are unpacked into memory of the image`,
    });
  return image(machine, site, mode);
}
