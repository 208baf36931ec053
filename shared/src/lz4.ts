/** The LZ4 frame format and its blocks (github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md), of a known length. */
const MAGIC = 0x184d2204;
const MIN_MATCH = 4;

/** Throws where the frame is broken or has another length. Checksums are skipped: Arrow's writers make none. */
export function lz4Frame(frame: Uint8Array, byteLength: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (frame.length < 7 || view.getUint32(0, true) !== MAGIC) throw new Error('it is no LZ4 frame');
  const flags = view.getUint8(4);
  const hasBlockChecksum = (flags & 0x10) !== 0;
  const hasSize = (flags & 0x08) !== 0;
  const hasDictionary = (flags & 0x01) !== 0;
  if (flags >> 6 !== 1) throw new Error('its version is not known');
  let at = 6 + (hasSize ? 8 : 0) + (hasDictionary ? 4 : 0) + 1;
  const out = new Uint8Array(byteLength);
  let written = 0;
  for (;;) {
    if (at + 4 > frame.length) throw new Error('it ends in the middle');
    const head = view.getUint32(at, true);
    at += 4;
    if (head === 0) break;
    const isStored = head >>> 31 === 1;
    const length = head & 0x7fffffff;
    if (at + length > frame.length) throw new Error('a block ends behind the frame');
    const block = frame.subarray(at, at + length);
    if (isStored) {
      if (written + length > byteLength) throw new Error('it is longer than it claims');
      out.set(block, written);
      written += length;
    } else written = lz4Block(block, out, written);
    at += length + (hasBlockChecksum ? 4 : 0);
  }
  return out.subarray(0, written);
}

/** Appends to `out`, whose earlier bytes a match may reach back to; returns where it ends. */
function lz4Block(block: Uint8Array, out: Uint8Array, start: number): number {
  let from = 0;
  let to = start;
  const lengthFrom = (nibble: number) => {
    let length = nibble;
    if (nibble !== 15) return length;
    for (let byte = 255; byte === 255;) {
      byte = block[from++] ?? fail();
      length += byte;
    }
    return length;
  };
  while (from < block.length) {
    const token = block[from++] ?? 0;
    const literals = lengthFrom(token >> 4);
    if (from + literals > block.length || to + literals > out.length) fail();
    out.set(block.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    if (from >= block.length) break;
    const distance = (block[from] ?? 0) | ((block[from + 1] ?? 0) << 8);
    from += 2;
    const length = lengthFrom(token & 15) + MIN_MATCH;
    if (distance === 0 || distance > to || to + length > out.length) fail();
    // A match may overlap what it makes, byte by byte.
    for (let k = 0; k < length; k++, to++) out[to] = out[to - distance] ?? 0;
  }
  return to;
}

function fail(): never {
  throw new Error('a block leads out of its bytes');
}

/** The most bytes that a frame can hold, by its blocks: what to make room for where the length is not told. */
export function lz4FrameLimit(frame: Uint8Array): number {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (frame.length < 7 || view.getUint32(0, true) !== MAGIC) throw new Error('it is no LZ4 frame');
  const flags = view.getUint8(4);
  const size = (view.getUint8(5) >> 4) & 7;
  const blockByteLength = 2 ** (8 + 2 * Math.max(4, size));
  const isSized = (flags & 0x08) !== 0;
  let at = 6 + (isSized ? 8 : 0) + ((flags & 0x01) !== 0 ? 4 : 0) + 1;
  let limit = 0;
  while (at + 4 <= frame.length) {
    const head = view.getUint32(at, true);
    if (head === 0) break;
    limit += blockByteLength;
    at += 4 + (head & 0x7fffffff) + ((flags & 0x10) !== 0 ? 4 : 0);
  }
  return isSized ? Math.min(limit, Number(view.getBigUint64(6, true))) : limit;
}
