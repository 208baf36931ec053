/** What someone pastes, as bytes or as a table of texts. */

/** Pairs of hex digits, in whatever way tools write them; all else is text. */
export function bytesOfPaste(text: string): {
  readonly kind: 'hex' | 'text';
  readonly bytes: Uint8Array<ArrayBuffer>;
} {
  const bare = text
    .trim()
    .replace(/^(?:b'|b"|"|')|(?:'|")$/g, '')
    .replaceAll(/0x|\\x|[\s,;:_-]/gi, '');
  if (bare !== '' && /^(?:[\da-f]{2})+$/i.test(bare)) {
    const bytes = new Uint8Array(bare.length / 2);
    for (let k = 0; k < bytes.length; k++)
      bytes[k] = Number.parseInt(bare.slice(2 * k, 2 * k + 2), 16);
    return { kind: 'hex', bytes };
  }
  return { kind: 'text', bytes: new TextEncoder().encode(text) };
}

/** Lines of cells between tabs, as spreadsheets write them; a last line end ends no line. */
export function tableOfPaste(text: string): readonly (readonly string[])[] {
  return text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line) => line.split('\t'));
}
