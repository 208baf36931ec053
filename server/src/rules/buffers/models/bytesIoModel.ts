/** `io.BytesIO` and `mmap.mmap`: objects that hold memory. */
import type { Model } from '../flow/machine.ts';
import { knownNumber, unknown } from '../flow/values.ts';

export const bytesIoModel: Model = {
  call(machine, callee, site) {
    if (callee.kind !== 'member') return undefined;
    if (callee.module === 'io' && callee.name === 'BytesIO')
      return machine.allocate({ kind: 'bytesio', madeAt: site.call });
    if (callee.module !== 'mmap' || callee.name !== 'mmap') return undefined;
    const access = site.argument(5, 'access')?.value;
    const isReadOnly = access?.kind === 'member' && access.name === 'ACCESS_READ';
    const isWritable = access?.kind === 'member' && /^ACCESS_(WRITE|COPY)$/.test(access.name);
    const length = knownNumber(site.argument(1, 'length')?.value);
    return machine.allocate({
      kind: 'mmap',
      madeAt: site.call,
      ...(isReadOnly || isWritable ? { readonly: isReadOnly } : {}),
      // 0 means all of the file, however long that is.
      ...(length === undefined || length <= 0 ? {} : { length }),
    });
  },
  method(machine, receiver, name, site) {
    const object = machine.objectOf(receiver);
    if (object?.kind === 'bytesio') {
      if (name !== 'getbuffer') return /^(getvalue|read)$/.test(name) ? { kind: 'bytes' } : unknown;
      machine.note(site.call, { relation: 'view', because: 'getbuffer() copies nothing' });
      return machine.allocate({
        kind: 'memoryview',
        format: 'B',
        itemsize: 1,
        readonly: false,
        released: false,
        madeAt: site.call,
      });
    }
    if (object?.kind === 'mmap') {
      if (/^(close|resize|__exit__)$/.test(name)) machine.update(receiver, undefined);
      return unknown;
    }
    return undefined;
  },
};
