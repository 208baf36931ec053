/**
 * FlatBuffers as Arrow's metadata uses them (flatbuffers.dev/internals): tables whose fields may be missing, vectors
 * and inline structs. Every offset is checked; a wrong one throws a `FlatBufferError`, which the format tells of.
 */
export class FlatBufferError extends Error {}

export interface Table {
  readonly view: DataView;
  readonly at: number;
  /** Of all tables of one buffer together. */
  readonly budget: { left: number };
}

/** Several tables may refer to the same bytes, and forty levels of that are a tree that nobody reads to its end. */
const TABLE_COST = 16;
const SPARE_BYTES = 64 * 1024;

export function rootTable(bytes: Uint8Array): Table {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  // Of bytes that are referred to once each, tables and texts cost less than there are.
  return { view, at: follow(view, 0), budget: { left: SPARE_BYTES + 4 * bytes.length } };
}

function spend({ budget }: Table, cost: number): void {
  budget.left -= cost;
  if (budget.left < 0) throw new FlatBufferError('its metadata refers to the same bytes too often');
}

/** Where a field's value stands, or undefined where it is left out and has its default. */
function place({ view, at }: Table, field: number): number | undefined {
  const vtable = at - inside(view, at, 4, (offset) => view.getInt32(offset, true));
  const size = inside(view, vtable, 4, (offset) => view.getUint16(offset, true));
  const entry = 4 + 2 * field;
  if (entry + 2 > size) return undefined;
  const offset = inside(view, vtable + entry, 2, (from) => view.getUint16(from, true));
  return offset === 0 ? undefined : at + offset;
}

export function int8(table: Table, field: number, missing = 0): number {
  const at = place(table, field);
  return at === undefined ? missing : inside(table.view, at, 1, (from) => table.view.getInt8(from));
}

export function int16(table: Table, field: number, missing = 0): number {
  const at = place(table, field);
  return at === undefined
    ? missing
    : inside(table.view, at, 2, (from) => table.view.getInt16(from, true));
}

export function int32(table: Table, field: number, missing = 0): number {
  const at = place(table, field);
  return at === undefined
    ? missing
    : inside(table.view, at, 4, (from) => table.view.getInt32(from, true));
}

export function int64(table: Table, field: number, missing = 0n): bigint {
  const at = place(table, field);
  return at === undefined
    ? missing
    : inside(table.view, at, 8, (from) => table.view.getBigInt64(from, true));
}

export function tableAt(table: Table, field: number): Table | undefined {
  const at = place(table, field);
  if (at === undefined) return undefined;
  spend(table, TABLE_COST);
  return { ...table, at: follow(table.view, at) };
}

export function text(table: Table, field: number): string | undefined {
  const at = place(table, field);
  if (at === undefined) return undefined;
  const { view } = table;
  const start = follow(view, at);
  const length = inside(view, start, 4, (from) => view.getUint32(from, true));
  spend(table, length);
  return inside(view, start + 4, length, (from) =>
    new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + from, length)),
  );
}

/** The places of a vector's elements, each `size` bytes. */
export function vector(table: Table, field: number, size: number): readonly number[] {
  const at = place(table, field);
  if (at === undefined) return [];
  const { view } = table;
  const start = follow(view, at);
  const length = inside(view, start, 4, (from) => view.getUint32(from, true));
  spend(table, length);
  return inside(view, start + 4, length * size, (from) =>
    Array.from({ length }, (_, k) => from + k * size),
  );
}

export function tables(table: Table, field: number): readonly Table[] {
  return vector(table, field, 4).map((at) => {
    spend(table, TABLE_COST);
    return { ...table, at: follow(table.view, at) };
  });
}

function follow(view: DataView, at: number): number {
  return at + inside(view, at, 4, (from) => view.getUint32(from, true));
}

function inside<T>(view: DataView, at: number, length: number, read: (at: number) => T): T {
  if (at < 0 || at + length > view.byteLength)
    throw new FlatBufferError('an offset leads out of the metadata');
  return read(at);
}
