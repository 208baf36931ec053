/** The text of a file piece by piece: unpacked, decoded, and cut into lines or records. */
import { createReadStream } from 'node:fs';
import { createGunzip, createInflate } from 'node:zlib';
import type { Transform } from 'node:stream';

/** The encodings that Spark takes, but for UTF-32. */
const encodings: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  'utf-16': 'utf-16be',
  'utf-16be': 'utf-16be',
  'utf-16le': 'utf-16le',
  'iso-8859-1': 'latin1',
  'us-ascii': 'ascii',
};

export function encodingOf(name: string): string | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(encodings, key) ? encodings[key] : undefined;
}

/** Whether a mark of UTF-16's byte order stands at the beginning. */
export async function beginsAsUtf16(path: string): Promise<boolean> {
  try {
    for await (const chunk of createReadStream(path, { start: 0, end: 1 }))
      return ['fffe', 'feff'].includes((chunk as Buffer).toString('hex'));
  } catch {
    // Who reads all of it says why it can't be read.
  }
  return false;
}

const unpackers: Readonly<Record<string, () => Transform>> = {
  gz: createGunzip,
  deflate: createInflate,
};

/** Endings of packed files that nothing here can unpack. */
export function packedUnknown(path: string): string | undefined {
  return /\.(bz2|lz4|snappy|xz|lzo|br)$/i.exec(path)?.[1]?.toLowerCase();
}

/** A mark of the byte order decides over UTF-16's order and is no text. */
export async function* textOf(
  path: string,
  encoding: string,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const ending = /\.(gz|deflate)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const unpack = unpackers[ending]?.();
  const bytes: AsyncIterable<Buffer> = unpack ? file.pipe(unpack) : file;
  if (unpack) file.once('error', (error) => unpack.destroy(error));
  const decode = decoderOf(encoding);
  for await (const chunk of bytes) {
    signal?.throwIfAborted();
    const text = decode(chunk);
    if (text !== '') yield text;
  }
  const rest = decode(undefined);
  if (rest !== '') yield rest;
}

/** Undefined ends the text. */
function decoderOf(encoding: string): (bytes: Buffer | undefined) => string {
  // Node takes latin1 for windows-1252, which has other characters from 128 to 159.
  if (encoding === 'latin1') return (bytes) => bytes?.toString('latin1') ?? '';
  if (encoding === 'ascii') {
    return (bytes) => bytes?.toString('latin1').replace(/[\u0080-\u00ff]/g, '\ufffd') ?? '';
  }
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  return (bytes) => {
    if (!decoder) {
      if (bytes === undefined) return '';
      const isLittle = encoding === 'utf-16be' && bytes[0] === 0xff && bytes[1] === 0xfe;
      decoder = new TextDecoder(isLittle ? 'utf-16le' : encoding);
    }
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
  };
}

/** Without the line breaks: `\n`, `\r\n` and `\r`, or the one that is given. A last empty line is none. */
export async function* linesOf(
  pieces: AsyncIterable<string>,
  lineBreak?: string,
): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    const text = rest + piece;
    // The other half of a break may be in the next piece.
    const isCut = lineBreak === undefined && text.endsWith('\r');
    const whole = isCut ? text.slice(0, -1) : text;
    const lines = whole.split(lineBreak ?? /\r\n|\n|\r/);
    rest = (lines.pop() ?? '') + (isCut ? '\r' : '');
    yield* lines;
  }
  if (rest !== '') yield rest.replace(lineBreak === undefined ? /\r$/ : '', '');
}
