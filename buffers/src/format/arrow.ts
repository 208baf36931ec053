/**
 * Arrow IPC, file and stream, and Feather 2, which is the file format (arrow.apache.org/docs/format/Columnar.html).
 * Each column's buffers are arrays where they lie; compressed ones are unpacked when they are opened. Only metadata
 * is read.
 */
import type { ArrayDescription, BufferProblem, FileRegion } from '#shared/protocol/bufferView.ts';
import { contiguousStrides } from '#shared/layout/strides.ts';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import type { ArrowMessage } from './arrowMessages.ts';
import { fileMessages, isArrowFile, streamMessages } from './arrowMessages.ts';
import type { ArrowField, BufferKind } from './arrowSchema.ts';
import { arrowFields } from './arrowSchema.ts';
import type { PackedBuffer } from './arrowUnpack.ts';
import type { ArrowNode, BufferOwner, NodeBuffer } from './arrowValue.ts';
import { readArrowValue } from './arrowValue.ts';
import { packedMember } from './arrowUnpack.ts';
import type { Table } from './flatBuffer.ts';
import { FlatBufferError, int16, int64, int8, tableAt, vector } from './flatBuffer.ts';
import type { FileMember, Format, FormatDescription } from './format.ts';
import { describeArray } from './format.ts';

const SCHEMA = 1;
const DICTIONARY_BATCH = 2;
const RECORD_BATCH = 3;
const V5 = 4;
const MAX_ARRAYS = 5000;
const MAX_REGIONS = 300;
const MAX_PROBLEMS = 100;
const codecs = ['lz4', 'zstd'] as const;

export const arrow: Format = {
  id: 'arrow',
  matches: (head, fileName) =>
    isArrowFile(head) ||
    (/\.(?:arrows?|ipc|feather)$/i.test(fileName) &&
      head[0] === 0xff &&
      head[1] === 0xff &&
      head[2] === 0xff &&
      head[3] === 0xff),
  async describe(source, signal) {
    const head = await source.read(0, 8, signal);
    if (!head.ok) return head;
    const isFile = isArrowFile(head.value);
    const label = isFile ? 'Arrow IPC file' : 'Arrow IPC stream';
    const read = await (isFile ? fileMessages : streamMessages)(source, signal);
    if (!read.ok) return read;
    const { messages, regions, problems } = read.value;
    const found = new Collector(source, isFile, label, [...regions], [...problems]);
    try {
      for (const message of messages) found.add(message);
    } catch (error) {
      if (!(error instanceof FlatBufferError)) throw error;
      found.problems.push({ kind: 'bad-header', severity: 'error', message: error.message });
    }
    const measured = await found.measurePacked(signal);
    return measured.ok ? ok(found.description()) : measured;
  },
};

/** Reads messages in order: the schema first, then what its fields have in each batch. */
class Collector {
  readonly problems: BufferProblem[];
  private readonly arrays: ArrayDescription[] = [];
  private readonly members: FileMember[] = [];
  private readonly packed: { readonly buffer: PackedBuffer; readonly owner: BufferOwner }[] = [];
  /** Of `arrays`, in their order. */
  private readonly owners: BufferOwner[] = [];
  /** By the names of buffers and of columns. */
  private readonly ownersByName = new Map<string, BufferOwner>();
  private dictionaries = new Map<bigint, readonly ArrowNode[]>();
  private dictionariesSince = 0;
  private readonly isFile: boolean;
  private fields: readonly ArrowField[] = [];
  /** The first field that has its values in the dictionary of an id. */
  private readonly encoded = new Map<bigint, ArrowField>();
  private version = V5;
  private batchCount = 0;
  private rowCount = 0;
  private readonly source: ByteSource;
  private readonly label: string;
  private readonly regions: FileRegion[];

  constructor(
    source: ByteSource,
    isFile: boolean,
    label: string,
    regions: FileRegion[],
    problems: BufferProblem[],
  ) {
    this.source = source;
    this.isFile = isFile;
    this.label = label;
    this.regions = regions;
    this.problems = problems;
  }

  add({ table, bodyStart }: ArrowMessage): void {
    const header = tableAt(table, 2);
    if (!header) throw new FlatBufferError('a message has no header');
    this.version = int16(table, 0);
    switch (int8(table, 1)) {
      case SCHEMA:
        this.addSchema(header);
        return;
      case DICTIONARY_BATCH: {
        const id = int64(header, 0);
        const field = this.encoded.get(id);
        const batch = tableAt(header, 1);
        if (!field?.dictionary || !batch)
          throw new FlatBufferError(`a dictionary batch has the id ${id}, which no column has`);
        const added = this.addBatch(
          `dictionary of ${field.name}`,
          [field.dictionary.values],
          batch,
          bodyStart,
          true,
        );
        const isDelta = int8(header, 2) !== 0;
        this.addDictionary(id, isDelta, added);
        return;
      }
      case RECORD_BATCH: {
        const rows = Number(int64(header, 0));
        this.addBatch(`batch ${this.batchCount}`, this.fields, header, bodyStart, false);
        this.batchCount += 1;
        this.rowCount += rows;
        return;
      }
    }
  }

  /**
   * Batches name the dictionaries as they stand when they are read. In a file all of them belong to every batch, and
   * may come in any order; in a stream a batch has those before it.
   */
  private addDictionary(id: bigint, isDelta: boolean, added: readonly ArrowNode[]): void {
    const before = this.dictionaries.get(id) ?? [];
    if (!this.isFile && this.batchCount > this.dictionariesSince) {
      this.dictionaries = new Map(this.dictionaries);
      this.dictionariesSince = this.batchCount;
    }
    this.dictionaries.set(id, isDelta ? [...before, ...added] : added);
  }

  addSchema(schema: Table): void {
    if (int16(schema, 0) !== 0)
      throw new FlatBufferError('its buffers are big-endian, which is not read');
    this.fields = arrowFields(schema);
    this.encoded.clear();
    for (const field of dictionaries(this.fields))
      if (field.dictionary && !this.encoded.has(field.dictionary.id))
        this.encoded.set(field.dictionary.id, field);
  }

  private addBatch(
    batchName: string,
    fields: readonly ArrowField[],
    batch: Table,
    bodyStart: number,
    isNamedByBatch: boolean,
  ): readonly ArrowNode[] {
    const { view } = batch;
    const nodes = vector(batch, 1, 16).map((at) => ({
      length: Number(view.getBigInt64(at, true)),
      nullCount: Number(view.getBigInt64(at + 8, true)),
    }));
    const buffers = vector(batch, 2, 16).map((at) => ({
      offset: Number(view.getBigInt64(at, true)),
      length: Number(view.getBigInt64(at + 8, true)),
    }));
    const viewCounts = vector(batch, 4, 8).map((at) => Number(view.getBigInt64(at, true)));
    const compression = tableAt(batch, 3);
    const codec = compression && codecs[int8(compression, 0)];
    if (compression && !codec)
      throw new FlatBufferError('its buffers are compressed by a codec that is not known');
    let [nodeAt, bufferAt, viewAt] = [0, 0, 0];
    const visit = (field: ArrowField, path: string): ArrowNode => {
      const node = nodes[nodeAt++];
      if (!node) throw new FlatBufferError(`${batchName} has fewer columns than its schema`);
      const isUnion = field.typeName.endsWith('_union');
      const kinds = [...field.buffers];
      if (isUnion && this.version < V5) kinds.unshift(oldValidity);
      if (field.isView) {
        const count = viewCounts[viewAt++] ?? 0;
        if (!(0 <= count && count <= buffers.length))
          throw new FlatBufferError(`${path} claims ${count} buffers for its texts`);
        for (let k = 0; k < count; k++) kinds.push({ ...viewData, name: `data ${k}` });
      }
      const own = new Map<string, NodeBuffer>();
      const column: ArrowNode = { field, path, length: node.length, buffers: own, children: [] };
      this.ownersByName.set(path, { node: column, kind: '', dictionaries: this.dictionaries });
      for (const kind of kinds) {
        const buffer = buffers[bufferAt++];
        if (!buffer)
          throw new FlatBufferError(`${batchName} has fewer buffers than its columns need`);
        const added = this.addBuffer(column, kind, buffer, bodyStart, codec);
        if (added) own.set(kind.name, added);
      }
      return Object.assign(column, {
        children: field.children.map((child) => visit(child, `${path}.${child.name}`)),
      });
    };
    return fields.map((field) =>
      visit(field, isNamedByBatch ? batchName : `${batchName}/${field.name}`),
    );
  }

  private addBuffer(
    node: ArrowNode,
    kind: BufferKind,
    { offset, length }: { readonly offset: number; readonly length: number },
    bodyStart: number,
    codec: (typeof codecs)[number] | undefined,
  ): NodeBuffer | undefined {
    const name = `${node.path}.${kind.name}`;
    const { typeName } = node.field;
    if (length === 0 || this.arrays.length + this.packed.length >= MAX_ARRAYS) return undefined;
    const start = bodyStart + offset;
    const end = start + length;
    if (!(offset >= 0 && length > 0 && end <= this.source.byteLength)) {
      if (this.problems.length >= MAX_PROBLEMS) return;
      this.problems.push({
        kind: 'offset-outside-file',
        severity: 'error',
        message: `${name}: its ${length} bytes from byte ${start} are not in the file`,
      });
      return undefined;
    }
    if (this.regions.length < MAX_REGIONS) this.regions.push({ label: name, start, end });
    const note = `${typeName}: ${kind.note}`;
    const { itemsize } = kind.dtype;
    const describe = (byteLength: number, at: number) => {
      const shape = [Math.floor(byteLength / itemsize)];
      const layout = { shape, strides: contiguousStrides(shape, itemsize, 'C'), offset: at };
      return { ...describeArray(name, kind.dtype, layout, note), isOfColumn: true };
    };
    const owner = { node, kind: kind.name, dictionaries: this.dictionaries };
    this.ownersByName.set(name, owner);
    if (!codec) {
      this.arrays.push(describe(length, start));
      this.owners.push(owner);
      return { start, end };
    }
    const packed: PackedBuffer = {
      name,
      codec,
      start,
      end,
      describe: (byteLength: number) => describe(byteLength, 0),
    };
    this.packed.push({ buffer: packed, owner });
    return { start, end, packed };
  }

  /**
   * A compressed buffer's first bytes say how long it is once unpacked. One that was left as it is lies in the file like
   * any other.
   */
  async measurePacked(signal: AbortSignal | undefined): Promise<Result<undefined, SourceFailure>> {
    for (const { buffer, owner } of this.packed) {
      const { name, start, end } = buffer;
      const member = await packedMember(this.source, buffer, signal);
      if (!member.ok) return member;
      if (!member.value)
        this.problems.push({
          kind: 'corrupt-member',
          severity: 'error',
          message: `${name}: its bytes do not say how long it is`,
          start,
          end,
        });
      else if (member.value.isInFile && member.value.array) {
        this.arrays.push(member.value.array);
        this.owners.push(owner);
      } else this.members.push(member.value);
    }
    return ok(undefined);
  }

  description(): FormatDescription {
    const count = this.arrays.length + this.members.length;
    if (count >= MAX_ARRAYS)
      this.problems.push({
        kind: 'too-many-arrays',
        severity: 'info',
        message: `only the first ${MAX_ARRAYS.toLocaleString('en')} buffers are listed`,
      });
    const columns = `${this.fields.length} ${this.fields.length === 1 ? 'column' : 'columns'}`;
    const batches = `${this.batchCount} ${this.batchCount === 1 ? 'batch' : 'batches'}`;
    return {
      label: `${this.label}, ${columns}, ${this.rowCount.toLocaleString('en')} rows in ${batches}`,
      arrays: this.arrays,
      regions: this.regions,
      problems: this.problems,
      ...(this.members.length > 0 ? { members: this.members } : {}),
      readValue: (wanted, signal) => {
        const owner =
          'array' in wanted ? this.owners[wanted.array] : this.ownersByName.get(wanted.name);
        return owner
          ? readArrowValue(this.source, owner, wanted.element, signal)
          : Promise.resolve(ok(null));
      },
    };
  }
}

function dictionaries(fields: readonly ArrowField[]): readonly ArrowField[] {
  return fields.flatMap((field) => [
    ...(field.dictionary ? [field, ...dictionaries([field.dictionary.values])] : []),
    ...dictionaries(field.children),
  ]);
}

const oldValidity: BufferKind = {
  name: 'validity',
  dtype: { kind: 'scalar', scalar: 'uint', itemsize: 1, byteOrder: 'none' },
  note: 'unions had one before Arrow 1.0',
};

const viewData: BufferKind = {
  name: 'data',
  dtype: { kind: 'scalar', scalar: 'uint', itemsize: 1, byteOrder: 'none' },
  note: 'the bytes of values longer than 12',
};
