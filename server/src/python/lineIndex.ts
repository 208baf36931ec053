/** Offsets to lines and back. Columns are UTF-16 code units, as JavaScript's strings and LSP count. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface LineIndex {
  readonly lineCount: number;
  positionAt(offset: number): Position;
  /** Positions past the end of a line or of the text are moved back to that end. */
  offsetAt(position: Position): number;
}

/** Line breaks are `\n`, `\r\n` and `\r`, as in LSP and in Python. */
export function indexLines(text: string): LineIndex {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== 10 && code !== 13) continue;
    if (code === 13 && text.charCodeAt(i + 1) === 10) i++;
    starts.push(i + 1);
  }
  const startOf = (line: number) => starts[line] ?? text.length;
  const endOf = (line: number) => {
    let end = startOf(line + 1);
    while (end > startOf(line) && /[\r\n]/.test(text.charAt(end - 1))) end--;
    return end;
  };
  return {
    lineCount: starts.length,
    positionAt(offset) {
      const clamped = Math.min(Math.max(offset, 0), text.length);
      let low = 0;
      let high = starts.length;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (startOf(middle) <= clamped) low = middle;
        else high = middle;
      }
      return { line: low, character: clamped - startOf(low) };
    },
    offsetAt({ line, character }) {
      if (line < 0) return 0;
      if (line >= starts.length) return text.length;
      return Math.min(startOf(line) + Math.max(character, 0), endOf(line));
    },
  };
}
