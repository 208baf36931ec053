/** `ctypes`: addresses, and types laid over buffers. The words are CPython's (Modules/_ctypes). */
import type { Fix } from '../../finding.ts';
import type { CallSite, Machine, Model } from '../flow/machine.ts';
import type { CType, Value } from '../flow/values.ts';
import { integer, knownNumber, unknown } from '../flow/values.ts';
import { platform } from '../structFormats.ts';
import { hasNoBuffer, typeName } from './arguments.ts';
import { bufferFacts } from './bufferFacts.ts';
import { checkUsable } from './releasedViews.ts';

const { longSize, pointerSize } = platform;

const sizes: Readonly<Record<string, number>> = {
  ...{ c_bool: 1, c_char: 1, c_byte: 1, c_ubyte: 1, c_int8: 1, c_uint8: 1 },
  ...{ c_short: 2, c_ushort: 2, c_int16: 2, c_uint16: 2 },
  ...{ c_int: 4, c_uint: 4, c_int32: 4, c_uint32: 4, c_float: 4 },
  ...{ c_longlong: 8, c_ulonglong: 8, c_int64: 8, c_uint64: 8, c_double: 8 },
  ...{ c_long: longSize, c_ulong: longSize },
  ...{ c_size_t: pointerSize, c_ssize_t: pointerSize, c_void_p: pointerSize },
  ...{ c_char_p: pointerSize, c_wchar_p: pointerSize },
};

/** What a view says of them; those whose size differs between platforms, and pointers, are not here. */
const codes: Readonly<Record<string, string>> = {
  ...{ c_bool: '?', c_char: 'c', c_byte: 'b', c_ubyte: 'B', c_int8: 'b', c_uint8: 'B' },
  ...{ c_short: 'h', c_ushort: 'H', c_int16: 'h', c_uint16: 'H' },
  ...{ c_int: 'i', c_uint: 'I', c_int32: 'i', c_uint32: 'I', c_float: 'f', c_double: 'd' },
};

export const ctypesModel: Model = {
  call(machine, callee, site) {
    const type = typeOf(callee);
    if (type) return machine.allocate({ kind: 'ctypes', type, madeAt: site.call });
    if (callee.kind !== 'member' || callee.module !== 'ctypes') return undefined;
    return callFunction(machine, callee.name, site);
  },
  method(machine, receiver, name, site) {
    const type = typeOf(receiver) ?? structureOf(receiver);
    if (!type || !/^from_buffer(_copy)?$/.test(name)) return undefined;
    return fromBuffer(machine, type, name, site);
  },
  attribute(_machine, receiver, name) {
    const type = typeOf(receiver) ?? structureOf(receiver);
    return type && /^from_buffer(_copy)?$/.test(name)
      ? { kind: 'method', receiver, name }
      : undefined;
  },
  binary(_machine, operator, left, right) {
    const type = typeOf(left.value);
    const length = knownNumber(right.value);
    if (operator !== '*' || !type || (right.value.kind !== 'int' && length === undefined))
      return undefined;
    const made: CType = {
      name: `${type.name}_Array`,
      kind: 'array',
      ...(length === undefined || length < 0 ? {} : { length }),
      ...(length === undefined || length < 0 || type.size === undefined
        ? {}
        : { size: type.size * length }),
      ...(length === undefined || length < 0 || !type.shape || !type.element
        ? {}
        : { element: type.element, shape: [length, ...type.shape] }),
    };
    return { kind: 'ctype', type: made };
  },
};

function typeOf(value: Value): CType | undefined {
  if (value.kind === 'ctype') return value.type;
  if (value.kind !== 'member' || value.module !== 'ctypes') return undefined;
  const size = sizes[value.name];
  if (size === undefined) return undefined;
  const code = codes[value.name];
  return {
    name: value.name,
    kind: 'simple',
    size,
    ...(code === undefined ? {} : { element: { format: `<${code}`, itemsize: size }, shape: [] }),
  };
}

/** A class of the module that derives from `Structure` or `Union` alone; its size is not worked out. */
function structureOf(value: Value): CType | undefined {
  if (value.kind !== 'class') return undefined;
  const [base] = value.statement.bases;
  if (value.statement.bases.length !== 1 || base?.keyword !== undefined) return undefined;
  const { value: expression } = base ?? {};
  const name =
    expression?.kind === 'attribute' && expression.object.kind === 'name'
      ? `${expression.object.name}.${expression.name}`
      : expression?.kind === 'name'
        ? expression.name
        : '';
  return /^(ctypes\.)?(LittleEndian|BigEndian)?(Structure|Union)$/.test(name)
    ? { name: value.statement.name, kind: 'structure' }
    : undefined;
}

function callFunction(machine: Machine, name: string, site: CallSite): Value | undefined {
  const [first, second] = site.positional;
  switch (name) {
    case 'sizeof': {
      const object = machine.objectOf(first?.value);
      const type = object?.kind === 'ctypes' ? object.type : first && typeOf(first.value);
      if (type) return integer(type.size);
      if (first && isNoCtypesObject(machine, first.value))
        report(machine, site, 'this type has no size');
      return integer(undefined);
    }
    case 'addressof':
    case 'byref':
    case 'pointer': {
      if (!first || !isNoCtypesObject(machine, first.value, true)) return unknown;
      const type = typeName(machine, first.value);
      const words: Readonly<Record<string, string>> = {
        addressof: 'invalid type',
        byref: 'byref() argument must be a ctypes instance',
        pointer: '_type_ must have storage info',
      };
      const isType = typeOf(first.value) !== undefined;
      report(
        machine,
        site,
        `${words[name] ?? ''}${type === undefined ? '' : `, not '${type}'`}${isType ? ': it is a type; make an object of it first' : bufferAdvice(machine, first.value)}`,
      );
      return unknown;
    }
    case 'create_string_buffer': {
      const length = first?.value.kind === 'bytes' ? first.value.length : undefined;
      const given = knownNumber(second?.value ?? first?.value);
      if (first?.value.kind === 'str')
        machine.report({
          rule: 'ctypes-buffer',
          at: first.expression,
          message: 'create_string_buffer takes bytes or a size, not str: encode it first',
          exception: 'TypeError',
        });
      if (second && length !== undefined && given !== undefined && length > given)
        machine.report({
          rule: 'ctypes-buffer',
          at: first?.expression ?? site.call,
          message: `byte string too long: ${length} bytes into a buffer of ${given}`,
          exception: 'ValueError',
        });
      const size = given ?? (length === undefined ? undefined : length + 1);
      return machine.allocate({
        kind: 'ctypes',
        madeAt: site.call,
        type: {
          name: 'c_char_Array',
          kind: 'array',
          ...(size === undefined || size < 0
            ? {}
            : { size, shape: [size], element: { format: '<c', itemsize: 1 } }),
        },
      });
    }
    default:
      return undefined;
  }
}

function report(machine: Machine, site: CallSite, message: string): void {
  const [first] = site.positional;
  machine.report({
    rule: 'ctypes-address',
    at: first?.expression ?? site.call,
    message,
    exception: 'TypeError',
  });
}

/** Buffers do have an address, by way of a type that is laid over them. */
function bufferAdvice(machine: Machine, value: Value): string {
  const facts = bufferFacts(machine, value);
  return facts?.writable === true
    ? ': lay a type over it with (ctypes.c_char * n).from_buffer(…)'
    : '';
}

function isNoCtypesObject(machine: Machine, value: Value, types = false): boolean {
  if (types && typeOf(value)) return true;
  if (/^(none|int|float|complex|bool|str|bytes|tuple|range)$/.test(value.kind)) return true;
  return /^(bytearray|memoryview|array|ndarray|list|dict|set)$/.test(
    machine.objectOf(value)?.kind ?? '',
  );
}

function copyFix(site: CallSite): readonly Fix[] {
  const { to } = site.call.callee;
  return [
    {
      title: 'Take a copy: from_buffer_copy',
      edits: [{ start: to - 'from_buffer'.length, end: to, text: 'from_buffer_copy' }],
    },
  ];
}

function fromBuffer(machine: Machine, type: CType, name: string, site: CallSite): Value {
  const buffer = site.argument(0, name === 'from_buffer' ? 'source' : 'source');
  const offsetArgument = site.argument(1, 'offset');
  if (!buffer || site.unpacks || !checkUsable(machine, buffer)) return unknown;
  const facts = bufferFacts(machine, buffer.value);
  const refuse = (message: string, exception: string, fixes: readonly Fix[] = []) => {
    machine.report({
      rule: 'ctypes-buffer',
      at: { from: site.call.from, to: site.call.end },
      message,
      exception,
      fixes,
      ...(facts?.madeAt
        ? {
            related: [
              {
                start: facts.madeAt.from,
                end: facts.madeAt.to,
                message: `The ${facts.type} is made here.`,
              },
            ],
          }
        : {}),
    });
    return unknown;
  };
  if (hasNoBuffer(machine, buffer.value)) {
    machine.report({
      rule: 'no-buffer',
      at: buffer.expression,
      message: `a bytes-like object is required, not '${typeName(machine, buffer.value) ?? 'object'}'`,
      exception: 'TypeError',
    });
    return unknown;
  }
  if (name === 'from_buffer') {
    if (facts?.writable === false)
      return refuse(
        `underlying buffer is not writable: from_buffer_copy takes a copy of the ${facts.owner}`,
        'TypeError',
        copyFix(site),
      );
    if (facts?.isContiguous === false)
      return refuse('underlying buffer is not C contiguous', 'TypeError');
  }
  const offset = offsetArgument ? knownNumber(offsetArgument.value) : 0;
  if (offset !== undefined && offset < 0) return refuse('offset cannot be negative', 'ValueError');
  const length = facts?.byteLength;
  if (offset !== undefined && length !== undefined && type.size !== undefined)
    if (length < offset + type.size)
      return refuse(
        `Buffer size too small (${length} instead of at least ${offset + type.size} bytes)`,
        'ValueError',
      );
  machine.note(site.call, {
    relation: name === 'from_buffer' ? 'view' : 'copy',
    of: buffer.expression,
    because:
      name === 'from_buffer'
        ? 'the object lies in the memory of the buffer'
        : 'from_buffer_copy takes the bytes into memory of its own',
    ...(name === 'from_buffer' || type.size === undefined ? {} : { byteLength: type.size }),
  });
  return machine.allocate({
    kind: 'ctypes',
    type,
    madeAt: site.call,
    ...(name === 'from_buffer' && facts?.base !== undefined ? { base: facts.base } : {}),
  });
}
