/** Whether a file is UTF-8 throughout. DuckDB ends its whole database over a column of it that is not. */
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';

const chunkByteLength = 4 * 1024 * 1024;

export async function isUtf8File(path: string, signal?: AbortSignal): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(chunkByteLength);
    let kept = 0;
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(buffer, kept, chunkByteLength - kept);
      if (bytesRead === 0) return isUtf8(buffer.subarray(0, kept));
      const length = kept + bytesRead;
      const whole = length - cutByteLength(buffer, length);
      if (!isUtf8(buffer.subarray(0, whole))) return false;
      buffer.copyWithin(0, whole, length);
      kept = length - whole;
    }
  } finally {
    await file.close();
  }
}

/** Of a character that the bytes end within. */
function cutByteLength(bytes: Buffer, length: number): number {
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = bytes[length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const size = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return back < size ? back : 0;
  }
  return 0;
}
