/**
 * One value of an Arrow column, read the way the format says (arrow.apache.org/docs/format/Columnar.html): through its
 * validity bit, its offsets, its indices, its children. What was read where is told step by step.
 */
import type { DType } from '#shared/layout/dtype.ts';
import { bytesText, formatElement } from '#shared/layout/elementText.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { pythonString } from '#shared/layout/pythonLiteral.ts';
import type { ReadingStep, ValueReading } from '#shared/protocol/bufferView.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import type { ArrowField } from './arrowSchema.ts';
import { clockText, decimalText } from './arrowText.ts';
import type { PackedBuffer } from './arrowUnpack.ts';
import { unpackedBytes } from './arrowUnpack.ts';

/** A column of one batch: its buffers where they lie, and those of its children. */
export interface ArrowNode {
  readonly field: ArrowField;
  /** `batch 0/name`, or `dictionary of name`. */
  readonly path: string;
  readonly length: number;
  /** By the name of the buffer; what has no bytes is not there. */
  readonly buffers: ReadonlyMap<string, NodeBuffer>;
  readonly children: readonly ArrowNode[];
}

export interface NodeBuffer {
  readonly start: number;
  readonly end: number;
  readonly packed?: PackedBuffer;
}

/** Values of the dictionaries that a batch names: those of the delta batches follow those before. */
type Dictionaries = ReadonlyMap<bigint, readonly ArrowNode[]>;

/** The column that has a buffer, and which of its buffers that is. */
export interface BufferOwner {
  readonly node: ArrowNode;
  /** Empty for the column as a whole. */
  readonly kind: string;
  readonly dictionaries: Dictionaries;
}

/** Items of a list that are read to be shown, and bytes of a text. */
const MOST_ITEMS = 20;
const MOST_TEXT_BYTES = 400;
/** A decimal of 256 bits is the widest number. */
const MOST_NUMBER_BYTES = 32;
/** Far more than the 76 digits that 256 bits have; a file may claim any scale. */
const MOST_DIGITS = 1000;
const MAX_DEPTH = 32;
/** Of values that are read for one, all lists in it counted. */
const MOST_VALUES = 400;
/** Compressed buffers are unpacked as a whole to read a few bytes of them. */
const MOST_UNPACKED_BYTES = 64 * 1024 * 1024;

export async function readArrowValue(
  source: ByteSource,
  owner: BufferOwner,
  element: number,
  signal?: AbortSignal,
): Promise<Result<ValueReading | null, SourceFailure>> {
  const reader = new Reader(source, owner.dictionaries, signal);
  try {
    const position = await reader.positionOf(owner, element);
    if (position === undefined) return ok(null);
    const { node } = owner;
    const steps: ReadingStep[] = [];
    const text = await reader.value(node, position, steps, 0);
    return ok({ column: node.path, typeName: node.field.typeName, position, text, steps });
  } catch (error) {
    if (error instanceof Unreadable) return fail(error.failure);
    if (error instanceof BadValue)
      return ok({
        column: owner.node.path,
        typeName: owner.node.field.typeName,
        position: element,
        text: null,
        problem: error.message,
        steps: [],
      });
    throw error;
  }
}

class Unreadable extends Error {
  readonly failure: SourceFailure;
  constructor(failure: SourceFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** The buffers say what can't be. */
class BadValue extends Error {}

class Reader {
  private readonly source: ByteSource;
  private readonly dictionaries: Dictionaries;
  private readonly signal: AbortSignal | undefined;
  private readonly unpacked = new Map<NodeBuffer, Uint8Array>();
  private valueCount = 0;

  constructor(source: ByteSource, dictionaries: Dictionaries, signal: AbortSignal | undefined) {
    this.source = source;
    this.dictionaries = dictionaries;
    this.signal = signal;
  }

  /** The value that an element of a buffer belongs to; undefined of padding and of what tells no value. */
  async positionOf({ node, kind }: BufferOwner, element: number): Promise<number | undefined> {
    const { length, field } = node;
    if (!Number.isSafeInteger(length)) throw new BadValue(`${node.path} has ${length} values`);
    if (length <= 0) return undefined;
    const isBits = kind === 'validity' || (kind === 'data' && field.typeName === 'bool');
    if (isBits) return 8 * element < length ? 8 * element : undefined;
    if (kind === 'data' && node.buffers.has('offsets')) {
      const position = await this.valueWith(node, element);
      return position;
    }
    if (kind.startsWith('data ')) return undefined;
    // One more offset than values: the last one says where the last value ends.
    if (kind === 'offsets' && element === length && !isUnion(field)) return length - 1;
    return element < length ? element : undefined;
  }

  /** The value whose bytes include byte `at` of the column's data: the last one that begins there or before. */
  private async valueWith(node: ArrowNode, at: number): Promise<number | undefined> {
    let [low, high] = [0, node.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((await this.offset(node, middle + 1)) > at) high = middle;
      else low = middle + 1;
    }
    return low < node.length && (await this.offset(node, low)) <= at ? low : undefined;
  }

  async value(
    node: ArrowNode,
    position: number,
    steps: ReadingStep[],
    depth: number,
  ): Promise<string> {
    if (depth > MAX_DEPTH) throw new BadValue(`values are nested deeper than ${MAX_DEPTH}`);
    this.valueCount += 1;
    const { field } = node;
    if (position >= node.length || !Number.isSafeInteger(node.length))
      throw new BadValue(`${node.path} has ${node.length} values, and none at ${position}`);
    if (field.typeName === 'null') return 'None';
    if (field.buffers.some(({ name }) => name === 'validity')) {
      const isValid = await this.validity(node, position, steps);
      if (!isValid) return 'None';
    }
    if (field.dictionary) return this.dictionaryValue(node, position, steps, depth);
    if (isUnion(field)) return this.unionValue(node, position, steps, depth);
    if (field.typeName === 'run_end_encoded') return this.runValue(node, position, steps, depth);
    if (field.isView) return this.viewValue(node, position, steps);
    if (field.typeName === 'struct') return this.structValue(node, position, steps, depth);
    if (field.fixedLength !== undefined && node.children.length > 0) {
      const start = position * field.fixedLength;
      return this.listValue(node, start, start + field.fixedLength, steps, depth);
    }
    if (field.buffers.some(({ name }) => name === 'sizes'))
      return this.sizedValue(node, position, steps, depth);
    if (field.buffers.some(({ name }) => name === 'offsets'))
      return this.variableValue(node, position, steps, depth);
    return this.fixedValue(node, position, steps);
  }

  private async validity(node: ArrowNode, position: number, steps: ReadingStep[]) {
    const buffer = node.buffers.get('validity');
    if (!buffer) {
      steps.push({ buffer: `${node.path}.validity`, text: 'no bytes: no value is null' });
      return true;
    }
    const byteAt = Math.floor(position / 8);
    const [byte = 0] = await this.bytes(buffer, byteAt, 1);
    const bit = (byte >> (position % 8)) & 1;
    steps.push({
      buffer: `${node.path}.validity`,
      text: `byte ${byteAt} is ${byte} = 0b${byte.toString(2).padStart(8, '0')}, bit ${position % 8} is ${bit}: ${bit ? 'not null' : 'null'}`,
      ...place(buffer, byteAt, 1),
    });
    return bit === 1;
  }

  private async dictionaryValue(
    node: ArrowNode,
    position: number,
    steps: ReadingStep[],
    depth: number,
  ): Promise<string> {
    const index = await this.integer(node, 'indices', position, steps);
    let rest = index;
    for (const values of this.dictionaries.get(node.field.dictionary?.id ?? -1n) ?? []) {
      if (rest < 0) break;
      if (rest < values.length) return this.value(values, rest, steps, depth + 1);
      rest -= values.length;
    }
    throw new BadValue(`the dictionary of ${node.path} has no value ${index}`);
  }

  private async unionValue(
    node: ArrowNode,
    position: number,
    steps: ReadingStep[],
    depth: number,
  ): Promise<string> {
    const type = await this.integer(node, 'types', position, steps);
    const ids = node.field.unionIds ?? [];
    const at = ids.length > 0 ? ids.indexOf(type) : type;
    const child = node.children[at];
    if (!child) throw new BadValue(`the union ${node.path} has no type ${type}`);
    const isDense = node.field.typeName === 'dense_union';
    const place = isDense ? await this.integer(node, 'offsets', position, steps) : position;
    return this.value(child, place, steps, depth + 1);
  }

  /** The run whose end is the first beyond the position. */
  private async runValue(
    node: ArrowNode,
    position: number,
    steps: ReadingStep[],
    depth: number,
  ): Promise<string> {
    const [ends, values] = node.children;
    if (!ends || !values) throw new BadValue(`${node.path} has no runs`);
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((await this.number(ends, 'data', middle)) > position) high = middle;
      else low = middle + 1;
    }
    if (low >= ends.length) throw new BadValue(`the runs of ${node.path} end before ${position}`);
    await this.integer(ends, 'data', low, steps);
    return this.value(values, low, steps, depth + 1);
  }

  private async viewValue(node: ArrowNode, position: number, steps: ReadingStep[]) {
    const views = this.buffer(node, 'views');
    const view = viewOf(await this.bytes(views, position * 16, 16));
    const length = view.getInt32(0, true);
    const at = place(views, position * 16, 16);
    if (length < 0) throw new BadValue(`views[${position}] of ${node.path} has a length below 0`);
    if (length <= 12) {
      const text = `views[${position}]: ${length} bytes, which follow the length`;
      steps.push({ buffer: `${node.path}.views`, text, ...at });
      return textOf(node.field, new Uint8Array(view.buffer, view.byteOffset + 4, length), length);
    }
    const [number, offset] = [view.getInt32(8, true), view.getInt32(12, true)];
    steps.push({
      buffer: `${node.path}.views`,
      text: `views[${position}]: ${length} bytes from byte ${offset} of data ${number}`,
      ...at,
    });
    return this.textAt(node, `data ${number}`, offset, length, steps);
  }

  private async structValue(
    node: ArrowNode,
    position: number,
    steps: ReadingStep[],
    depth: number,
  ): Promise<string> {
    const items: string[] = [];
    for (const child of node.children) {
      const value = this.isSpent()
        ? '…'
        : await this.value(child, position, depth === 0 ? steps : [], depth + 1);
      items.push(`${pythonString(child.field.name)}: ${value}`);
    }
    return `{${items.join(', ')}}`;
  }

  private async sizedValue(
    node: ArrowNode,
    position: number,
    steps: ReadingStep[],
    depth: number,
  ): Promise<string> {
    const start = await this.integer(node, 'offsets', position, steps);
    const size = await this.integer(node, 'sizes', position, steps);
    return this.listValue(node, start, start + size, steps, depth);
  }

  private async variableValue(
    node: ArrowNode,
    position: number,
    steps: ReadingStep[],
    depth: number,
  ): Promise<string> {
    const offsets = this.buffer(node, 'offsets');
    const width = itemsizeOf(node.field, 'offsets');
    const start = await this.offset(node, position);
    const end = await this.offset(node, position + 1);
    if (start < 0 || end < start)
      throw new BadValue(
        `the offsets of value ${position} in ${node.path} are ${start} and ${end}`,
      );
    steps.push({
      buffer: `${node.path}.offsets`,
      text: `offsets[${position}] is ${start}, offsets[${position + 1}] is ${end}`,
      ...place(offsets, position * width, 2 * width),
    });
    if (node.children.length > 0) return this.listValue(node, start, end, steps, depth);
    if (end === start) return textOf(node.field, new Uint8Array(), 0);
    return this.textAt(node, 'data', start, end - start, steps);
  }

  private async textAt(
    node: ArrowNode,
    kind: string,
    start: number,
    length: number,
    steps: ReadingStep[],
  ): Promise<string> {
    const buffer = this.buffer(node, kind);
    const bytes = await this.bytes(buffer, start, Math.min(length, MOST_TEXT_BYTES), length);
    steps.push({
      buffer: `${node.path}.${kind}`,
      text: `bytes ${start} to ${start + length - 1}`,
      ...place(buffer, start, length),
    });
    return textOf(node.field, bytes, length);
  }

  /** Items of the child; of the first one it is told where it lies, of all of them what they are. */
  private async listValue(
    node: ArrowNode,
    start: number,
    end: number,
    steps: ReadingStep[],
    depth: number,
  ): Promise<string> {
    const [child] = node.children;
    if (!child) throw new BadValue(`${node.path} has no items`);
    if (start < 0 || end < start || end > child.length)
      throw new BadValue(
        `${node.path} has ${child.length} items, not those from ${start} to ${end}`,
      );
    if (end > start) steps.push({ buffer: child.path, text: itemsText(start, end) });
    const items: string[] = [];
    for (let at = start; at < end; at++) {
      if (items.length === MOST_ITEMS || this.isSpent()) {
        items.push('…');
        break;
      }
      // The way to one item is the way to all of them.
      const own = depth === 0 && at === start ? steps : [];
      items.push(await this.item(node, child, at, own, depth + 1));
    }
    return `[${items.join(', ')}]`;
  }

  /** An entry of a map is a pair. */
  private async item(
    node: ArrowNode,
    child: ArrowNode,
    at: number,
    steps: ReadingStep[],
    depth: number,
  ): Promise<string> {
    const [key, value] = child.children;
    if (node.field.typeName !== 'map' || !key || !value) return this.value(child, at, steps, depth);
    const pair = [
      await this.value(key, at, steps, depth + 1),
      await this.value(value, at, steps, depth + 1),
    ];
    return `(${pair.join(', ')})`;
  }

  private async fixedValue(node: ArrowNode, position: number, steps: ReadingStep[]) {
    const { field } = node;
    const buffer = this.buffer(node, 'data');
    if (field.typeName === 'bool') {
      const at = Math.floor(position / 8);
      const [byte = 0] = await this.bytes(buffer, at, 1);
      const bit = (byte >> (position % 8)) & 1;
      steps.push({
        buffer: `${node.path}.data`,
        text: `byte ${at} is ${byte} = 0b${byte.toString(2).padStart(8, '0')}, bit ${position % 8} is ${bit}`,
        ...place(buffer, at, 1),
      });
      return bit ? 'True' : 'False';
    }
    const dtype = dtypeOf(field, 'data');
    const isBytes = field.typeName.startsWith('fixed_size_binary');
    if (!isBytes && dtype.itemsize > MOST_NUMBER_BYTES)
      throw new BadValue(`a value of ${node.path} has ${dtype.itemsize} bytes`);
    const count = Math.min(dtype.itemsize, MOST_TEXT_BYTES);
    const bytes = await this.bytes(buffer, position * dtype.itemsize, count, dtype.itemsize);
    steps.push({
      buffer: `${node.path}.data`,
      text: `data[${position}], ${dtype.itemsize === 1 ? '1 byte' : `${dtype.itemsize} bytes`}`,
      ...place(buffer, position * dtype.itemsize, dtype.itemsize),
    });
    return isBytes ? textOf(field, bytes, dtype.itemsize) : fixedText(field, dtype, bytes);
  }

  /** An integer that leads on, told as a step. */
  private async integer(
    node: ArrowNode,
    kind: string,
    position: number,
    steps: ReadingStep[],
  ): Promise<number> {
    const value = await this.number(node, kind, position);
    const width = itemsizeOf(node.field, kind);
    steps.push({
      buffer: `${node.path}.${kind}`,
      text: `${kind}[${position}] is ${value}`,
      ...place(this.buffer(node, kind), position * width, width),
    });
    return value;
  }

  private offset(node: ArrowNode, position: number): Promise<number> {
    return this.number(node, 'offsets', position);
  }

  private async number(node: ArrowNode, kind: string, position: number): Promise<number> {
    const dtype = dtypeOf(node.field, kind);
    const buffer = this.buffer(node, kind);
    const bytes = await this.bytes(buffer, position * dtype.itemsize, dtype.itemsize);
    const value = Number(decodeElement(dtype, viewOf(bytes), 0));
    if (!Number.isSafeInteger(value))
      throw new BadValue(`${kind}[${position}] of ${node.path} is no place in memory`);
    return value;
  }

  private buffer(node: ArrowNode, kind: string): NodeBuffer {
    const buffer = node.buffers.get(kind);
    if (!buffer) throw new BadValue(`${node.path} has no ${kind}`);
    return buffer;
  }

  /** Bytes of a buffer; `length` of them have to be there, of which `count` are read. */
  private async bytes(
    buffer: NodeBuffer,
    at: number,
    count: number,
    length = count,
  ): Promise<Uint8Array> {
    const whole = buffer.packed ? await this.unpack(buffer, buffer.packed) : undefined;
    const byteLength = whole ? whole.length : buffer.end - buffer.start;
    if (at < 0 || at + length > byteLength)
      throw new BadValue(`bytes ${at} to ${at + length - 1} are not in a buffer of ${byteLength}`);
    if (whole) return whole.subarray(at, at + count);
    const read = await this.source.read(buffer.start + at, count, this.signal);
    if (!read.ok) throw new Unreadable(read.error);
    if (read.value.length < count) throw new BadValue('the file ends before the value does');
    return read.value;
  }

  private async unpack(buffer: NodeBuffer, packed: PackedBuffer): Promise<Uint8Array> {
    const known = this.unpacked.get(buffer);
    if (known) return known;
    const unpacked = await unpackedBytes(this.source, packed, MOST_UNPACKED_BYTES, this.signal);
    if (!unpacked.ok) throw new BadValue(`${packed.name}: ${unpacked.error.message}`);
    this.unpacked.set(buffer, unpacked.value);
    return unpacked.value;
  }

  private isSpent(): boolean {
    return this.valueCount >= MOST_VALUES;
  }
}

/** Where in the file; a compressed buffer has no bytes of one value. */
function place({ start, packed }: NodeBuffer, at: number, length: number) {
  return packed ? {} : { start: start + at, end: start + at + length };
}

function isUnion({ typeName }: ArrowField): boolean {
  return typeName.endsWith('_union');
}

function itemsText(start: number, end: number): string {
  return end - start === 1 ? `item ${start}` : `items ${start} to ${end - 1}`;
}

function dtypeOf(field: ArrowField, kind: string): DType {
  const found = field.buffers.find(({ name }) => name === kind);
  if (!found) throw new BadValue(`${field.typeName} has no ${kind}`);
  return found.dtype;
}

function itemsizeOf(field: ArrowField, kind: string): number {
  return dtypeOf(field, kind).itemsize;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** `length` bytes of text or plain bytes, of which the first ones are here. */
function textOf({ typeName }: ArrowField, bytes: Uint8Array, length: number): string {
  const more = length > bytes.length ? ` … (${length} bytes)` : '';
  if (!typeName.includes('string')) return bytesText(bytes) + more;
  try {
    // The cut may go through a character, which is no mistake of the text.
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return pythonString(decoder.decode(bytes, { stream: more !== '' })) + more;
  } catch {
    return `${bytesText(bytes)}${more}, which is no UTF-8`;
  }
}

function fixedText(field: ArrowField, dtype: DType, bytes: Uint8Array): string {
  const { typeName } = field;
  if (typeName.startsWith('decimal')) {
    const { scale = 0 } = field;
    if (Math.abs(scale) > MOST_DIGITS) throw new BadValue(`${typeName} has a scale of ${scale}`);
    return decimalText(bytes, scale);
  }
  const value = decodeElement(dtype, viewOf(bytes), 0);
  if (typeName.startsWith('date32'))
    return formatElement({ ...dtype, kind: 'scalar', scalar: 'datetime', unit: 'D' } as DType, {
      kind: 'datetime',
      ticks: BigInt(value as number | bigint),
    });
  const [, unit] = /^time\d+\[(\w+)\]$/.exec(typeName) ?? [];
  if (unit) return clockText(BigInt(value as number | bigint), unit);
  return formatElement(dtype, value);
}
