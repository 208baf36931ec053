import { describe, expect, it } from 'vitest';
import { readModule } from '../../src/python/module.ts';
import { parsePython } from '../../src/python/pythonSource.ts';
import { structHover } from '../../src/rules/buffers/structHover.ts';

/** `|` marks the pointer. */
function hoverAt(marked: string) {
  const offset = marked.indexOf('|');
  const source = parsePython(marked.replace('|', ''));
  const hover = structHover(readModule(source), offset);
  return hover && { ...hover, text: source.text.slice(hover.start, hover.end) };
}

describe('hover on a literal struct format', () => {
  it('shows every field, its place and the padding before it', () => {
    const hover = hoverAt("import struct\nstruct.pack('b|Q2h', 1, 2, 3, 4)");
    expect(hover?.text).toBe("'bQ2h'");
    expect(hover?.markdown.split('\n')).toEqual([
      '`struct` format `bQ2h` — **20 bytes**, 4 values',
      '',
      '| Code | C type | Python | Offset | Size | Padding before |',
      '|:--|:--|:--|--:|--:|--:|',
      '| `b` | signed char | int | 0 | 1 | – |',
      '| **`Q`** | **unsigned long long** | **int** | **8** | **8** | **7** |',
      '| `2h` | short × 2 | 2 × int | 16 | 4 | – |',
      '',
      '`@`: native sizes and alignment, little-endian on this machine.',
      '',
      'With `<`, `>`, `=` or `!`: 13 bytes instead of 20, `Q` begins at 1 instead of 8.',
      '',
      "C's `sizeof` is 24: `struct` adds no padding at the end unless the format ends in `0Q`.",
      '',
      'With `>` the bytes of each number stand in the opposite order.',
    ]);
  });

  it('says what native alignment would change', () => {
    expect(hoverAt("import struct\nstruct.calcsize('|>bI')")?.markdown).toContain(
      'With `@`, or no prefix: 8 bytes instead of 5, `I` begins at 4 instead of 1.',
    );
  });

  it('says which codes the standard modes lack', () => {
    expect(hoverAt("import struct\nstruct.calcsize('|P')")?.markdown).toContain(
      'not valid, they have no `n`, `N` and `P`',
    );
  });

  it('points at the field behind an escape', () => {
    const hover = hoverAt(String.raw`import struct; struct.calcsize('\x3cI\x|51')`);
    expect(hover?.markdown).toContain('**`Q`**');
  });

  it.each([
    ["import struct\nF = '<|Q'\nstruct.unpack(F, data)", "'<Q'"],
    ["import struct\nF = '<Q'\nstruct.unpack(|F, data)", 'F'],
    ["import struct\n|F = '<Q'\nstruct.unpack(F, data)", 'F'],
    ["from struct import Struct\nS = Struct('<|Q')", "'<Q'"],
    ["import struct as s\ns.iter_unpack('|<' 'Q', data)", "'<' 'Q'"],
    ["import struct\nstruct.pack('Q|", undefined],
  ])('%j finds %j', (marked, text) => {
    expect(hoverAt(marked)?.text).toBe(text);
  });

  it.each([
    "import struct\nstruct.unpack(f'|<{n}Q', data)",
    "import struct\nF = '|<Q'\nF = '<I'\nstruct.unpack(F, data)",
    "import struct\nprint('|<Q')",
    "struct.unpack('|<Q', data)",
    "import struct\nstruct.unpack('<Q', b'|12345678')",
  ])('%j shows nothing', (marked) => {
    expect(hoverAt(marked)).toBeUndefined();
  });

  it('shows why a format is wrong', () => {
    expect(hoverAt("import struct\nstruct.pack('|z`z')")?.markdown).toBe(
      '`struct` format `` z`z ``: **bad char in struct format**',
    );
  });

  it('cuts a table that nobody would read', () => {
    const hover = hoverAt(`import struct\nstruct.calcsize('|${'bH'.repeat(500)}')`);
    expect(hover?.markdown.split('\n').length).toBeLessThan(60);
    expect(hover?.markdown).toContain('960 more');
  });
});
