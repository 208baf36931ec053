/** What the Python side says of an object, checked: a program that is debugged may answer anything. */
import type { DType, StructField } from '#shared/layout/dtype.ts';
import { parseDType } from '#shared/layout/dtypeText.ts';
import { parsePep3118 } from '#shared/layout/pep3118Parse.ts';
import { byteExtent, elementCount } from '#shared/layout/strides.ts';
import type { ArrayDescription, BufferProblem, FileRegion } from '#shared/protocol/bufferView.ts';
import { describeArray } from '../format/format.ts';
import type { LiveFact, LiveLayout } from './liveMemory.ts';

export interface Segment {
  readonly byteLength: number;
  /** In the space of bytes that is shown. */
  readonly start: number;
}

export interface ProbeLayout extends Omit<LiveLayout, 'first'> {
  readonly segments: readonly Segment[];
  /** By which the Python side knows that it still is the same memory. */
  readonly print: number;
}

/** Undefined where it is not what the Python side says. */
export function layoutOfHeader(header: Readonly<Record<string, unknown>>): ProbeLayout | undefined {
  const { segments: given, arrays: laid, problems: told, facts, print, locked } = header;
  if (!isList(given) || !isList(laid) || !isList(told) || !isList(facts) || !isCount(print))
    return undefined;
  const segments: Segment[] = [];
  const regions: FileRegion[] = [];
  let byteLength = 0;
  let writable = 0;
  for (const item of given) {
    if (!isRecord(item) || !isCount(item.bytes)) return undefined;
    segments.push({ byteLength: item.bytes, start: byteLength });
    const address = typeof item.address === 'string' ? ` at ${item.address}` : '';
    if (item.bytes > 0)
      regions.push({
        label: `${textOf(item.label)}${address}`,
        start: byteLength,
        end: byteLength + item.bytes,
      });
    byteLength += item.bytes;
    if (item.readonly === false) writable++;
  }
  if (!Number.isSafeInteger(byteLength)) return undefined;
  const problems: BufferProblem[] = told.filter(isList).map(([kind, severity, message]) => ({
    kind: textOf(kind),
    severity: severity === 'error' || severity === 'warning' ? severity : 'info',
    message: textOf(message),
  }));
  if (segments.length > 1)
    problems.push({
      kind: 'apart-in-memory',
      severity: 'info',
      message: `Its ${segments.length} pieces lie apart in memory; they are shown one behind the other`,
    });
  const arrays: ArrayDescription[] = [];
  for (const item of laid) {
    const array = isRecord(item) ? arrayOf(item, segments) : undefined;
    if (!array) return undefined;
    if (array.kind === 'array') arrays.push(array.value);
    else problems.push(array.value);
  }
  return {
    objectClass: textOf(header.class),
    byteLength,
    arrays,
    regions,
    problems,
    facts: facts.filter(isList).map(factOf),
    whyReadOnly: whyReadOnly(locked, writable, laid[0]),
    segments,
    print,
  };
}

function arrayOf(
  item: Readonly<Record<string, unknown>>,
  segments: readonly Segment[],
):
  | { readonly kind: 'array'; readonly value: ArrayDescription }
  | { readonly kind: 'problem'; readonly value: BufferProblem }
  | undefined {
  const { shape, strides, offset } = item;
  const segment = isCount(item.segment) ? segments[item.segment] : undefined;
  if (!segment || !isList(shape) || !isList(strides) || shape.length !== strides.length)
    return undefined;
  if (!shape.every(isCount) || !strides.every(isWhole) || !isWhole(offset)) return undefined;
  const typed = typeOf(item.dtype, 0);
  if (!typed) return undefined;
  const name = textOf(item.name);
  const { dtype, note } = typed;
  const layout = { shape, strides, offset, itemsize: dtype.itemsize };
  const { start, end } = byteExtent(layout);
  const refuse = (message: string) => ({
    kind: 'problem' as const,
    value: { kind: 'outside-its-memory', severity: 'error' as const, message },
  });
  if (start < 0 || end > segment.byteLength || !Number.isSafeInteger(end))
    return refuse(
      `${name || 'the array'} of shape (${shape.join(', ')}) and strides (${strides.join(', ')}) reaches bytes ${start} to ${end} of memory of ${segment.byteLength}: such elements are not read`,
    );
  if (!Number.isSafeInteger(elementCount(shape)))
    return refuse(`${name || 'the array'} has more elements than can be counted`);
  const notes = [item.note, note].filter((text) => typeof text === 'string').join('; ');
  const placed = { shape, strides, offset: segment.start + offset };
  return {
    kind: 'array',
    value: describeArray(name, dtype, placed, notes === '' ? undefined : notes),
  };
}

interface Typed {
  readonly dtype: DType;
  readonly note?: string | undefined;
}

const MAX_DEPTH = 32;

function typeOf(given: unknown, depth: number): Typed | undefined {
  if (!isRecord(given) || !isCount(given.itemsize) || depth > MAX_DEPTH) return undefined;
  const { itemsize } = given;
  const bytes = (note: string): Typed => ({
    dtype: { kind: 'scalar', scalar: 'void', itemsize, byteOrder: 'none' },
    note,
  });
  if (given.object === true) return bytes('references to Python objects');
  if (typeof given.text === 'string') {
    const parsed = parseDType(given.text);
    if (parsed.ok && parsed.value.itemsize === itemsize) return { dtype: parsed.value };
    return bytes(`elements of ${textOf(given.name) || given.text}`);
  }
  if (typeof given.format === 'string') {
    const parsed = parsePep3118(given.format);
    if (!parsed.ok) return bytes(`elements of format ${given.format}`);
    const dtype = resized(parsed.value, itemsize);
    return dtype ? { dtype } : bytes(`elements of format ${given.format}`);
  }
  if (isList(given.shape)) {
    const base = typeOf(given.base, depth + 1);
    if (!base || !given.shape.every(isCount)) return undefined;
    if (base.dtype.itemsize * elementCount(given.shape) !== itemsize) return undefined;
    return {
      dtype: { kind: 'subarray', itemsize, base: base.dtype, shape: given.shape },
      note: base.note,
    };
  }
  return isList(given.fields) ? structOf(given.fields, itemsize, depth) : undefined;
}

/** In the order of memory; fields that overlap another are left out, and said. */
function structOf(given: readonly unknown[], itemsize: number, depth: number): Typed | undefined {
  const fields: StructField[] = [];
  const notes: string[] = [];
  for (const item of given) {
    if (!isList(item)) return undefined;
    const [name, offset, type, title] = item;
    const typed = typeOf(type, depth + 1);
    if (typeof name !== 'string' || !isCount(offset) || !typed) return undefined;
    if (offset + typed.dtype.itemsize > itemsize) return undefined;
    if (typed.note) notes.push(`${name}: ${typed.note}`);
    const named = typeof title === 'string' ? { title } : {};
    fields.push({ name, offset, dtype: typed.dtype, ...named });
  }
  fields.sort((one, other) => one.offset - other.offset);
  const kept: StructField[] = [];
  for (const field of fields) {
    const last = kept.at(-1);
    if (last && last.offset + last.dtype.itemsize > field.offset)
      notes.push(`${field.name} overlaps ${last.name} and is left out`);
    else kept.push(field);
  }
  return {
    dtype: { kind: 'struct', itemsize, fields: kept },
    note: notes.length > 0 ? notes.join('; ') : undefined,
  };
}

/** Padding at the end of a struct is not in its format. */
function resized(dtype: DType, itemsize: number): DType | undefined {
  if (dtype.itemsize === itemsize) return dtype;
  return dtype.kind === 'struct' && dtype.itemsize < itemsize ? { ...dtype, itemsize } : undefined;
}

function whyReadOnly(locked: unknown, writable: number, first: unknown): string | undefined {
  if (typeof locked === 'string') return locked;
  if (writable === 0) return 'its memory is read-only';
  if (isRecord(first) && first.readonly === true) return 'it is a read-only view';
  return undefined;
}

function factOf([label, text]: readonly unknown[]): LiveFact {
  return { label: textOf(label), text: textOf(text) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
