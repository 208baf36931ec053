/** Whether a value counts as true in a test. */
import type { Machine } from './machine.ts';
import type { Value } from './values.ts';

export function isTrue(machine: Machine, value: Value): boolean | undefined {
  switch (value.kind) {
    case 'bool':
      return value.value;
    case 'int':
      return value.value === undefined ? undefined : value.value !== 0n;
    case 'float':
      return value.value === undefined ? undefined : value.value !== 0;
    case 'none':
      return false;
    case 'str':
      return value.literal && value.literal.value !== '';
    case 'bytes':
      return value.length === undefined ? undefined : value.length > 0;
    case 'tuple':
      return value.items.length > 0;
    case 'range':
      return value.length === undefined ? undefined : value.length > 0;
    case 'module':
    case 'function':
    case 'class':
    case 'struct':
    case 'method':
    case 'ellipsis':
      return true;
    case 'object': {
      const object = machine.objectOf(value);
      if (!object) return undefined;
      if (object.kind === 'bytearray' || object.kind === 'array')
        return object.length === undefined ? undefined : object.length > 0;
      if (object.kind === 'list') return object.items && object.items.length > 0;
      if (object.kind === 'memoryview' && object.released === false && object.shape?.length)
        return object.shape[0] !== 0;
      return undefined;
    }
    default:
      return undefined;
  }
}
