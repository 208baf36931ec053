/** Writes small ZIP archives, also the kinds that Python does not write and those that lie. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipMember {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly deflate?: boolean;
  /** Sizes behind the data, as a writer that can't go back leaves them. */
  readonly descriptor?: boolean;
  readonly zip64?: boolean;
  /** What the directory claims instead of the truth. */
  readonly claims?: { readonly size?: number; readonly crc?: number; readonly offset?: number };
  readonly flags?: number;
}

export interface ZipOptions {
  /** In front of the archive, which does not know of it. */
  readonly prefix?: Uint8Array;
  readonly comment?: string;
  readonly zip64?: boolean;
}

const fields = (...parts: readonly (readonly [size: 2 | 4 | 8, value: number])[]) =>
  Buffer.concat(
    parts.map(([size, value]) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(value));
      return bytes.subarray(0, size);
    }),
  );

export function writeZip(members: readonly ZipMember[], options: ZipOptions = {}): Uint8Array {
  const body: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  const push = (bytes: Buffer) => {
    body.push(bytes);
    at += bytes.length;
  };
  for (const member of members) {
    const { bytes, deflate = false, descriptor = false, zip64 = false, claims = {} } = member;
    const name = Buffer.from(member.name, 'utf8');
    const data = deflate ? deflateRawSync(bytes) : Buffer.from(bytes);
    const offset = claims.offset ?? at;
    const size = claims.size ?? bytes.length;
    const crc = claims.crc ?? crc32(bytes);
    const flags = 0x800 | (descriptor ? 8 : 0) | (member.flags ?? 0);
    const method = deflate ? 8 : 0;
    const known = descriptor ? [0, 0, 0] : [crc, data.length, size];
    push(
      Buffer.concat([
        fields([4, 0x04034b50], [2, 45], [2, flags], [2, method], [4, 0]),
        fields([4, known[0]!], [4, known[1]!], [4, known[2]!], [2, name.length], [2, 0]),
        name,
        data,
        descriptor ? fields([4, 0x08074b50], [4, crc], [4, data.length], [4, size]) : Buffer.of(),
      ]),
    );
    const extra = zip64
      ? fields([2, 1], [2, 24], [8, size], [8, data.length], [8, offset])
      : Buffer.of();
    const narrow = (value: number): [4, number] => [4, zip64 ? 0xffffffff : value];
    directory.push(
      fields([4, 0x02014b50], [2, 45], [2, 45], [2, flags], [2, method], [4, 0], [4, crc]),
      fields(narrow(data.length), narrow(size), [2, name.length], [2, extra.length]),
      fields([2, 0], [2, 0], [2, 0], [4, 0], narrow(offset)),
      name,
      extra,
    );
  }
  const entries = Buffer.concat(directory);
  const comment = Buffer.from(options.comment ?? '', 'latin1');
  const count = members.length;
  const wide = options.zip64
    ? Buffer.concat([
        fields([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0]),
        fields([8, count], [8, count], [8, entries.length], [8, at]),
        fields([4, 0x07064b50], [4, 0], [8, at + entries.length], [4, 1]),
      ])
    : Buffer.of();
  const end = options.zip64
    ? fields([2, 0xffff], [2, 0xffff], [4, 0xffffffff], [4, 0xffffffff])
    : fields([2, count], [2, count], [4, entries.length], [4, at]);
  const whole = Buffer.concat([
    options.prefix ?? Buffer.of(),
    ...body,
    entries,
    wide,
    fields([4, 0x06054b50], [4, 0]),
    end,
    fields([2, comment.length]),
    comment,
  ]);
  // Not a Buffer, whose slices share memory.
  return new Uint8Array(whole);
}

/** A one-dimensional `.npy` of float64. */
export function npyBytes(values: readonly number[]): Uint8Array {
  const header =
    `{'descr': '<f8', 'fortran_order': False, 'shape': (${values.length},), }`.padEnd(117) + '\n';
  return Buffer.concat([
    Buffer.from(`\x93NUMPY\x01\x00${String.fromCharCode(header.length)}\x00${header}`, 'latin1'),
    Buffer.from(Float64Array.from(values).buffer),
  ]);
}
