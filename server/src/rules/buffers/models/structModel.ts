/** `struct`: its functions, and the methods of `struct.Struct`. The order of the checks is CPython's (Modules/_struct.c). */
import type { StructFormatField, StructLayout } from '#shared/layout/structFormat.ts';
import { parseStructFormat } from '#shared/layout/structFormat.ts';
import type { StringLiteral } from '../../../python/stringLiteral.ts';
import type { Argument, CallSite, Machine, Model } from '../flow/machine.ts';
import type { Place, Value } from '../flow/values.ts';
import { bytesOf, integer, knownNumber, unknown } from '../flow/values.ts';
import { platform } from '../structFormats.ts';
import { hasNoBuffer, isStillTyped, typeName } from './arguments.ts';
import type { BufferFacts } from './bufferFacts.ts';
import { bufferFacts } from './bufferFacts.ts';
import { checkUsable } from './releasedViews.ts';
import { checkValues } from './structValues.ts';

const names = /^(pack|pack_into|unpack|unpack_from|iter_unpack|calcsize|Struct)$/;

export const structModel: Model = {
  call(machine, callee, site) {
    if (callee.kind !== 'member' || callee.module !== 'struct' || !names.test(callee.name))
      return undefined;
    const format = site.argument(0, callee.name === 'Struct' ? 'format' : undefined);
    if (!format) return site.unpacks ? unknown : undefined;
    const literal = formatOf(format.value);
    const layout = literal && checkFormat(machine, literal, format);
    if (callee.name === 'calcsize') return integer(exactSize(layout));
    if (layout) hintPadding(machine, literal, layout, format.expression, callee.name);
    if (callee.name === 'Struct')
      return {
        kind: 'struct',
        madeAt: site.call,
        ...(layout ? { format: literal } : {}),
      };
    return run(machine, callee.name, layout, shifted(site));
  },
  method(machine, receiver, name, site) {
    if (receiver.kind !== 'struct' || !names.test(name)) return undefined;
    const layout = receiver.format && parseStructFormat(receiver.format.value, platform).layout;
    return run(machine, name, layout, site);
  },
  attribute(machine, receiver, name) {
    if (receiver.kind !== 'struct') return undefined;
    const layout = receiver.format && parseStructFormat(receiver.format.value, platform).layout;
    if (name === 'size') return integer(exactSize(layout));
    if (name === 'format')
      return { kind: 'str', ...(receiver.format ? { literal: receiver.format } : {}) };
    return undefined;
  },
};

/** The arguments behind the format. */
function shifted(site: CallSite): CallSite {
  const positional = site.positional.slice(1);
  return {
    ...site,
    positional,
    argument: (index, keyword) =>
      positional[index] ?? (keyword === undefined ? undefined : site.keywords.get(keyword)),
  };
}

function formatOf(value: Value): StringLiteral | undefined {
  return value.kind === 'str' || value.kind === 'bytes' ? value.literal : undefined;
}

function exactSize(layout: StructLayout | undefined): number | undefined {
  return layout && Number.isSafeInteger(layout.size) ? layout.size : undefined;
}

function checkFormat(
  machine: Machine,
  literal: StringLiteral,
  argument: Argument,
): StructLayout | undefined {
  const { layout, problems } = parseStructFormat(literal.value, platform);
  const [problem] = problems;
  if (problem) {
    const kinds: Readonly<Record<string, string>> = {
      'not-ascii': 'UnicodeEncodeError',
      'embedded-null': 'ValueError',
    };
    const place = placeOf(literal, argument.expression, problem.start, problem.end);
    const text = literal.value.slice(problem.start, problem.end);
    const named = problem.kind === 'bad-char' ? `: '${text}'${standardOnly(literal, text)}` : '';
    machine.report({
      rule: 'struct-format',
      at: place,
      message: `${problem.message}${named}`,
      exception: kinds[problem.kind] ?? 'struct.error',
    });
  }
  return layout;
}

function standardOnly(literal: StringLiteral, code: string): string {
  return /^[<>=!]/.test(literal.value) && /^[nNP]$/.test(code)
    ? ' has a native size only, so it needs no prefix or `@`'
    : '';
}

/** Where units `[start, end)` of the format stand in the source; the whole argument where the literal is elsewhere. */
function placeOf(literal: StringLiteral, argument: Place, start: number, end: number): Place {
  const from = literal.starts[start];
  const to = literal.ends[Math.max(start, end - 1)];
  const isHere =
    from !== undefined && to !== undefined && argument.from <= from && to <= argument.to;
  return isHere ? { from, to } : argument;
}

function hintPadding(
  machine: Machine,
  literal: StringLiteral,
  layout: StructLayout,
  argument: Place,
  name: string,
): void {
  if (!layout.native || literal.value.startsWith('@')) return;
  const padded = layout.fields.find((field) => field.padding > 0);
  // `calcsize` is how people look for padding; a format that ends in `0q` asks for it.
  if (!padded || name === 'calcsize' || layout.fields.at(-1)?.repeat === 0) return;
  const packed = parseStructFormat(`=${literal.value}`, platform).layout;
  const first = literal.starts[0];
  const isHere = first !== undefined && argument.from <= first && first < argument.to;
  const bytes = padded.padding === 1 ? '1 byte' : `${padded.padding} bytes`;
  machine.report({
    rule: 'struct-padding',
    severity: 'hint',
    at: placeOf(literal, argument, 0, literal.value.length),
    message: `native alignment puts ${bytes} of padding before '${padded.code}': ${layout.size} bytes${packed && packed.size !== layout.size ? `, ${packed.size} with '<', '>' or '='` : ''}. '@' says that this is meant`,
    fixes: isHere
      ? [{ title: "Say with '@' that native alignment is meant", edits: [insertAt(first, '@')] }]
      : [],
  });
}

function insertAt(offset: number, text: string) {
  return { start: offset, end: offset, text };
}

function run(
  machine: Machine,
  name: string,
  layout: StructLayout | undefined,
  site: CallSite,
): Value | undefined {
  switch (name) {
    case 'pack':
      if (layout) checkCount(machine, 'pack', layout, site, 0);
      return bytesOf(exactSize(layout));
    case 'pack_into':
      packInto(machine, layout, site);
      return { kind: 'none' };
    case 'unpack':
    case 'unpack_from':
    case 'iter_unpack':
      return unpack(machine, name, layout, site);
    default:
      return undefined;
  }
}

/** The number of values, then each of them; true where all is well. */
function checkCount(
  machine: Machine,
  name: string,
  layout: StructLayout,
  site: CallSite,
  first: number,
): boolean {
  const values = site.positional.slice(first);
  const isTyped = isStillTyped(machine, site.call);
  const tooMany = values.length > layout.valueCount;
  if (tooMany || (!site.unpacks && !isTyped && values.length < layout.valueCount)) {
    machine.report({
      rule: 'struct-arguments',
      at: { from: site.call.from, to: site.call.end },
      message: `${name} expected ${layout.valueCount} items for packing (got ${values.length}${site.unpacks ? ' or more' : ''})`,
      exception: 'struct.error',
    });
    return false;
  }
  return checkValues(machine, layout, values);
}

function packInto(machine: Machine, layout: StructLayout | undefined, site: CallSite): void {
  const buffer = site.argument(0);
  const at = { from: site.call.from, to: site.call.end };
  if (!buffer) return;
  // CPython counts the values before it looks at the buffer.
  const offset = site.argument(1);
  const isTyped = isStillTyped(machine, site.call);
  const given = Math.max(0, site.positional.length - 2);
  const counts =
    !layout || (!offset && !site.unpacks)
      ? undefined
      : given > layout.valueCount || (!site.unpacks && !isTyped && given < layout.valueCount);
  if (layout && counts === true) {
    checkCount(machine, 'pack_into', layout, site, 2);
    return;
  }
  if (!checkUsable(machine, buffer)) return;
  const facts = bufferFacts(machine, buffer.value);
  if (facts?.writable === false || hasNoBuffer(machine, buffer.value)) {
    const type = facts?.type ?? typeName(machine, buffer.value) ?? 'object';
    machine.report({
      rule: facts ? 'buffer-readonly' : 'no-buffer',
      at: buffer.expression,
      message: `argument must be read-write bytes-like object, not ${type}`,
      exception: 'TypeError',
      ...relatedTo(facts),
    });
    return;
  }
  if (!layout) return;
  if (facts && isSized(facts)) {
    const problem = problemAtOffset('pack_into', layout.size, facts.byteLength, offset);
    if (problem !== undefined) {
      reportSize(machine, at, problem.message, facts, problem.needed);
      return;
    }
  }
  if (counts === false) checkValues(machine, layout, site.positional.slice(2));
}

function unpack(
  machine: Machine,
  name: 'unpack' | 'unpack_from' | 'iter_unpack',
  layout: StructLayout | undefined,
  site: CallSite,
): Value {
  const result = name === 'iter_unpack' ? unknown : unpackedValues(layout);
  const buffer = site.argument(0, name === 'iter_unpack' ? undefined : 'buffer');
  if (!buffer || !checkUsable(machine, buffer)) return result;
  const at = { from: site.call.from, to: site.call.end };
  if (hasNoBuffer(machine, buffer.value)) {
    machine.report({
      rule: 'no-buffer',
      at: buffer.expression,
      message: `a bytes-like object is required, not '${typeName(machine, buffer.value) ?? 'object'}'`,
      exception: 'TypeError',
    });
    return result;
  }
  const facts = bufferFacts(machine, buffer.value);
  if (!layout || !facts || site.unpacks || !isSized(facts)) return result;
  const { byteLength } = facts;
  const { size } = layout;
  const actual = `(actual buffer size is ${byteLength})`;
  if (name === 'unpack' && byteLength !== size)
    reportSize(machine, at, `unpack requires a buffer of ${size} bytes ${actual}`, facts, size);
  else if (name === 'iter_unpack' && size === 0)
    reportSize(machine, at, 'cannot iteratively unpack with a struct of length 0', facts);
  else if (name === 'iter_unpack' && byteLength % size !== 0)
    reportSize(
      machine,
      at,
      `iterative unpacking requires a buffer of a multiple of ${size} bytes ${actual}`,
      facts,
    );
  else if (name === 'unpack_from') {
    const offset = site.argument(1, 'offset');
    const problem = problemAtOffset(
      name,
      size,
      byteLength,
      offset ?? { value: integer(0), expression: buffer.expression },
    );
    if (problem) reportSize(machine, at, problem.message, facts, problem.needed);
  }
  return result;
}

type Sized = BufferFacts & { readonly byteLength: number };

/** A view that skips bytes fails for another reason before its size matters. */
function isSized(facts: BufferFacts): facts is Sized {
  return facts.byteLength !== undefined && facts.isContiguous === true;
}

function unpackedValues(layout: StructLayout | undefined): Value {
  if (!layout || layout.valueCount > 1000) return unknown;
  const items = layout.fields.flatMap((field) =>
    new Array<Value>(field.valueCount).fill(valueOf(field)),
  );
  return { kind: 'tuple', items, from: 'struct' };
}

function valueOf(field: StructFormatField): Value {
  if (field.code === 's') return bytesOf(field.size);
  if (field.code === 'c') return bytesOf(1);
  if (field.code === 'p') return bytesOf(undefined);
  if (field.pythonType === 'float') return { kind: 'float' };
  return field.pythonType === 'bool' ? { kind: 'bool' } : { kind: 'int' };
}

function problemAtOffset(
  name: 'pack_into' | 'unpack_from',
  size: number,
  byteLength: number,
  argument: Argument | undefined,
): { readonly message: string; readonly needed?: number } | undefined {
  const offset = knownNumber(argument?.value);
  const doing = name === 'pack_into' ? 'packing' : 'unpacking';
  const actual = `(actual buffer size is ${byteLength})`;
  if (offset === undefined)
    // No offset makes room for a struct that is larger than the buffer.
    return size > byteLength
      ? {
          message: `${name} requires a buffer of at least ${size} bytes for ${doing} ${size} bytes ${actual}`,
          needed: size,
        }
      : undefined;
  if (offset < 0 && offset + size > 0)
    return {
      message:
        name === 'pack_into'
          ? `no space to pack ${size} bytes at offset ${offset}`
          : `not enough data to unpack ${size} bytes at offset ${offset}`,
    };
  if (offset + byteLength < 0)
    return { message: `offset ${offset} out of range for ${byteLength}-byte buffer` };
  const start = offset < 0 ? offset + byteLength : offset;
  if (byteLength - start >= size) return undefined;
  return {
    message: `${name} requires a buffer of at least ${size + start} bytes for ${doing} ${size} bytes at offset ${start} ${actual}`,
    needed: size + start,
  };
}

function reportSize(
  machine: Machine,
  at: Place,
  message: string,
  facts: BufferFacts,
  needed?: number,
): void {
  const { madeAt } = facts;
  const isElsewhere = madeAt && (madeAt.from < at.from || madeAt.to > at.to);
  const length = madeAt && /^bytearray\(\s*(\d+)\s*\)$/.exec(machine.textOf(madeAt));
  const digits = length?.[1];
  machine.report({
    rule: 'struct-size',
    at,
    message,
    exception: 'struct.error',
    ...(isElsewhere
      ? {
          related: [
            { start: madeAt.from, end: madeAt.to, message: `The ${facts.type} is made here.` },
          ],
        }
      : {}),
    ...(madeAt && digits !== undefined && needed !== undefined
      ? {
          fixes: [
            {
              title: `Make the buffer ${needed} bytes long`,
              edits: [
                {
                  start: madeAt.from + machine.textOf(madeAt).indexOf(digits),
                  end: madeAt.from + machine.textOf(madeAt).indexOf(digits) + digits.length,
                  text: String(needed),
                },
              ],
            },
          ],
        }
      : {}),
  });
}

function relatedTo(facts: BufferFacts | undefined) {
  return facts?.madeAt
    ? {
        related: [
          {
            start: facts.madeAt.from,
            end: facts.madeAt.to,
            message: `The ${facts.type} is made here, on read-only memory.`,
          },
        ],
      }
    : {};
}
