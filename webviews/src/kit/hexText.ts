/** What stands beside the bytes: ASCII, or UTF-8 in which several bytes are one character. */
export type HexEncoding = 'ascii' | 'utf-8';

export interface HexCharacter {
  readonly text: string;
  /** Columns that it takes: the bytes of its sequence. */
  readonly width: number;
}

export function characterAt(
  byteOffset: number,
  end: number,
  encoding: HexEncoding,
  byteAt: (byteOffset: number) => number | undefined,
): HexCharacter {
  const first = byteAt(byteOffset);
  if (first === undefined) return { text: ' ', width: 1 };
  if (0x20 <= first && first < 0x7f) return { text: String.fromCharCode(first), width: 1 };
  if (encoding === 'ascii' || first < 0xc2 || first > 0xf4) return { text: '·', width: 1 };
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const bytes = Uint8Array.from({ length }, (_, k) => byteAt(byteOffset + k) ?? 0);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // A character that only begins in this row takes what is left of it.
    return { text: isShown(text) ? text : '·', width: Math.min(length, end - byteOffset) };
  } catch {
    return { text: '·', width: 1 };
  }
}

/** No control, no mark that would join the character before, nothing that turns the line round. */
function isShown(text: string): boolean {
  return !/[\p{C}\p{M}\p{Z}]/u.test(text);
}
