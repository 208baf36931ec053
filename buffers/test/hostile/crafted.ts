/** Files made to cost: each is small, and claims or repeats what a careless reader pays for. */
import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};
const u64 = (value: number | bigint) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const be32 = (value: number) => u32(value).reverse();

/** A Parquet file with this footer. */
const parquet = (footer: Buffer) =>
  Buffer.concat([Buffer.from('PAR1'), footer, u32(footer.length), Buffer.from('PAR1')]);

const varint = (value: number): Buffer =>
  value < 128
    ? Buffer.of(value)
    : Buffer.concat([Buffer.of((value & 0x7f) | 0x80), varint(Math.floor(value / 128))]);

/** Booleans of a map take no bytes in Thrift, so that a map of a million is three bytes long. */
function mapsOfNothing(): Buffer {
  const fill = 400_000;
  const map = Buffer.concat([varint(fill), Buffer.of(0x11)]);
  const count = 1000;
  const maps = Array.from({ length: count }, () => map);
  // Field 5, a list of maps.
  return parquet(
    Buffer.concat([
      Buffer.of(0x59, 0xfb),
      varint(count),
      ...maps,
      Buffer.of(0),
      Buffer.alloc(fill),
    ]),
  );
}

/** Structs of one byte each, of which a footer of some megabytes has some millions. */
const emptyStructs = () => {
  const count = 4_000_000;
  return parquet(
    Buffer.concat([Buffer.of(0x49, 0xfc), varint(count), Buffer.alloc(count), Buffer.of(0)]),
  );
};

/** A FlatBuffer of tables from the back: each call says where what it wrote stands. */
class Flat {
  #bytes: Buffer = Buffer.alloc(0);

  /** `at` counts from the end, so that what is written in front of it does not move it. */
  put(bytes: Buffer): number {
    this.#bytes = Buffer.concat([bytes, this.#bytes]);
    return this.#bytes.length;
  }

  /** Fields by number: an inline number of so many bytes, or what stands `to` bytes from the end. */
  table(
    fields: readonly ({ readonly bytes: Buffer } | { readonly to: number } | undefined)[],
  ): number {
    const sizes = fields.map((field) => (!field ? 0 : 'to' in field ? 4 : field.bytes.length));
    const tableSize = 4 + sizes.reduce((sum, size) => sum + Math.ceil(size / 4) * 4, 0);
    const vtable = Buffer.alloc(4 + 2 * fields.length);
    vtable.writeUInt16LE(vtable.length, 0);
    vtable.writeUInt16LE(tableSize, 2);
    const table = Buffer.alloc(tableSize);
    const end = this.#bytes.length + tableSize;
    let at = 4;
    for (const [index, field] of fields.entries()) {
      if (!field) continue;
      vtable.writeUInt16LE(at, 4 + 2 * index);
      if ('to' in field) table.writeUInt32LE(end - at - field.to, at);
      else field.bytes.copy(table, at);
      at += Math.ceil((sizes[index] ?? 0) / 4) * 4;
    }
    table.writeInt32LE(vtable.length, 0);
    const place = this.put(table);
    this.put(vtable);
    return place;
  }

  vector(targets: readonly number[]): number {
    const bytes = Buffer.alloc(4 + 4 * targets.length);
    bytes.writeUInt32LE(targets.length, 0);
    const end = this.#bytes.length + bytes.length;
    for (const [index, to] of targets.entries())
      bytes.writeUInt32LE(end - (4 + 4 * index) - to, 4 + 4 * index);
    return this.put(bytes);
  }

  text(text: string): number {
    return this.put(Buffer.concat([u32(text.length), Buffer.from(text), Buffer.alloc(4)]));
  }

  root(table: number): Buffer {
    const end = this.#bytes.length + 4;
    return Buffer.concat([u32(end - table), this.#bytes]);
  }
}

const byte = (value: number) => ({ bytes: Buffer.of(value) });
const short = (value: number) => ({ bytes: Buffer.of(value & 255, value >> 8) });

/** An Arrow stream whose message is a schema with these fields. */
function arrowSchema(make: (flat: Flat) => readonly number[]): Buffer {
  const flat = new Flat();
  const fields = flat.vector(make(flat));
  const schema = flat.table([undefined, { to: fields }]);
  const message = flat.root(flat.table([short(4), byte(1), { to: schema }, { bytes: u64(0) }]));
  return Buffer.concat([Buffer.from([255, 255, 255, 255]), u32(message.length), message]);
}

/** Each field has the same two children, 40 times over: 2^40 of them. */
const arrowTree = () =>
  arrowSchema((flat) => {
    const struct = flat.table([]);
    let field = flat.table([undefined, undefined, byte(13), { to: struct }]);
    for (let depth = 0; depth < 40; depth++) {
      const children = flat.vector([field, field]);
      const kind = flat.table([]);
      field = flat.table([
        undefined,
        undefined,
        byte(13),
        { to: kind },
        undefined,
        { to: children },
      ]);
    }
    return [field];
  });

/** Fields that share one name of a megabyte. */
const arrowNames = () =>
  arrowSchema((flat) => {
    const name = flat.text('n'.repeat(2 ** 20));
    const struct = flat.table([]);
    const field = flat.table([{ to: name }, undefined, byte(13), { to: struct }]);
    return Array.from({ length: 4000 }, () => field);
  });

/** A footer that names the same message of half a megabyte twenty thousand times. */
function arrowBlocks(): Buffer {
  const flat = new Flat();
  const schema = flat.table([undefined, { to: flat.vector([]) }]);
  flat.put(Buffer.alloc(2 ** 19));
  const message = flat.root(flat.table([short(4), byte(1), { to: schema }, { bytes: u64(0) }]));
  const body = Buffer.concat([Buffer.from([255, 255, 255, 255]), u32(message.length), message]);
  const blocks = 20_000;
  const block = Buffer.concat([u64(8), u64(body.length), u64(0)]);
  const list = Buffer.concat([u32(blocks), ...Array.from({ length: blocks }, () => block)]);
  const footer = new Flat();
  const batches = footer.put(list);
  const root = footer.root(footer.table([short(4), undefined, undefined, { to: batches }]));
  const magic = Buffer.from('ARROW1');
  return Buffer.concat([magic, Buffer.alloc(2), body, root, u32(root.length), magic]);
}

/** Members that all have their bytes, a header of a megabyte, in the same place. */
function npzOfOneHeader(compress: boolean): Buffer {
  const shape = '1,'.repeat(60);
  const text =
    `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape})}`.padEnd(2 ** 20 - 1) + '\n';
  const npy = Buffer.concat([
    Buffer.from('\x93NUMPY\x02\x00', 'latin1'),
    u32(text.length),
    Buffer.from(text),
    Buffer.of(7),
  ]);
  const data = compress ? deflateRawSync(npy) : npy;
  const method = Buffer.of(compress ? 8 : 0, 0);
  const sizes = Buffer.concat([u32(crc32(npy)), u32(data.length), u32(npy.length)]);
  const local = Buffer.concat([
    Buffer.from('PK\x03\x04\x14\x00\x00\x00', 'latin1'),
    method,
    Buffer.alloc(4),
    sizes,
    Buffer.of(5, 0, 0, 0),
    Buffer.from('a.npy'),
    data,
  ]);
  const count = 3000;
  const entries = Array.from({ length: count }, (_, at) =>
    Buffer.concat([
      Buffer.from('PK\x01\x02\x14\x00\x14\x00\x00\x00', 'latin1'),
      method,
      Buffer.alloc(4),
      sizes,
      Buffer.of(9, 0),
      Buffer.alloc(16),
      Buffer.from(`${String(at).padStart(5, '0')}.npy`),
    ]),
  );
  const directory = Buffer.concat(entries);
  return Buffer.concat([
    local,
    directory,
    Buffer.from('PK\x05\x06\x00\x00\x00\x00', 'latin1'),
    Buffer.of(count & 255, count >> 8, count & 255, count >> 8),
    u32(directory.length),
    u32(local.length),
    Buffer.alloc(2),
  ]);
}

const pngChunk = (type: string, data: Buffer) => {
  const body = Buffer.concat([Buffer.from(type), data]);
  return Buffer.concat([be32(data.length), body, be32(crc32(body))]);
};
const pngOf = (width: number, height: number, kind: readonly number[], data: Buffer) =>
  Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', Buffer.concat([be32(width), be32(height), Buffer.from(kind)])),
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);

/** Noise that does not inflate, as long as its ratio allows a row of three hundred megabytes. */
const pngRow = () => pngOf(300_000_000, 1, [8, 0, 0, 0, 0], Buffer.alloc(300_000, 0x78));

/** An interlaced image is made in memory whole, this one of bytes that do not inflate. */
const pngInterlaced = () => pngOf(20_000, 20_000, [8, 0, 0, 0, 1], Buffer.alloc(400_000, 0x78));

/** A hundred thousand chunks with wrong checksums. */
const pngChunks = () => {
  const wrong = Buffer.concat([be32(0), Buffer.from('tEXt'), be32(1)]);
  const whole = pngOf(1, 1, [8, 0, 0, 0, 0], deflateSync(Buffer.alloc(2)));
  return Buffer.concat([
    whole.subarray(0, 33),
    ...Array.from({ length: 90_000 }, () => wrong),
    whole.subarray(33),
  ]);
};

/** A baseline JPEG of a kilobyte that claims as many pixels as its length lets pass. */
const jpegSize = (bytes: number, side: number) => {
  const frame = Buffer.from('ffd8ffc0001108000000000301220002110103110100', 'hex').subarray(0, 21);
  frame.writeUInt16BE(side, 7);
  frame.writeUInt16BE(side, 9);
  return Buffer.concat([
    frame,
    Buffer.from('ffda000c03010002110311003f00', 'hex'),
    Buffer.alloc(bytes),
  ]);
};

/** Run lengths of a million rows. */
const bmpRuns = () => {
  const header = Buffer.alloc(54 + 1024);
  header.write('BM');
  header.writeUInt32LE(54 + 1024, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(20_000, 18);
  header.writeInt32LE(20_000, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(8, 28);
  header.writeUInt32LE(1, 30);
  return Buffer.concat([header, Buffer.alloc(2_100_000, 1)]);
};

const safetensors = (header: string) => Buffer.concat([u64(header.length), Buffer.from(header)]);

/** Brackets: deep ones for a parser that calls itself, and millions for one that keeps them. */
const nested = () => safetensors(`{"a":${'['.repeat(3_000_000)}`);
const manyNames = () =>
  safetensors(`{${Array.from({ length: 390_000 }, (_, at) => `"${at.toString(36)}":[]`).join()}}`);

/** Of one frame with no whole bytes, and with chunks that lead back. */
const wavOf = (fmt: readonly number[], dataSize: number) => {
  const body = Buffer.alloc(16);
  for (const [at, value] of fmt.entries()) body.writeUInt16LE(value, 2 * at);
  return Buffer.concat([
    Buffer.from('RIFF'),
    u32(0xffffffff),
    Buffer.from('WAVEfmt '),
    u32(16),
    body,
    Buffer.from('data'),
    u32(dataSize),
    Buffer.alloc(64),
  ]);
};

/** By name: the file's bytes. */
export const crafted: Readonly<Record<string, () => Buffer>> = {
  'maps of nothing.parquet': mapsOfNothing,
  'empty structs.parquet': emptyStructs,
  'shared children.arrows': arrowTree,
  'shared name.arrows': arrowNames,
  'one message many times.arrow': arrowBlocks,
  'one header many times.npz': () => npzOfOneHeader(false),
  'one header many times, deflated.npz': () => npzOfOneHeader(true),
  'a row of 300 MB.png': pngRow,
  'interlaced 400 MB.png': pngInterlaced,
  'wrong checksums.png': pngChunks,
  'a gigapixel.jpg': () => jpegSize(600_000, 32_000),
  'run lengths.bmp': bmpRuns,
  'deep.safetensors': nested,
  'many names.safetensors': manyNames,
  'half a byte.wav': () => wavOf([1, 2, 8000, 0, 8000, 0, 1, 0], 64),
  'no bytes.wav': () => wavOf([1, 65535, 8000, 0, 8000, 0, 65535, 1], 0xffffffff),
};
