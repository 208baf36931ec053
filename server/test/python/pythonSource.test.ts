import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexLines } from '../../src/python/lineIndex.ts';
import {
  editPython,
  fromOriginal,
  parsePython,
  toOriginal,
} from '../../src/python/pythonSource.ts';

const lines = fc.constantFrom(
  'import struct',
  'x = foo(1, [2',
  'def f(a, b):',
  '    return "(" + a',
  '    y = {1: (2',
  "struct.unpack('<Q', b'1')",
  'class A:',
  '# (comment',
  '',
);
const texts = fc.array(lines, { maxLength: 12 }).map((each) => each.join('\n'));

describe('an edited text', () => {
  it('has the tree of the text parsed anew', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), lines, (text, a, b, inserted) => {
        const start = a % (text.length + 1);
        const end = start + (b % (text.length - start + 1));
        const edited = editPython(parsePython(text), [{ start, end, text: inserted }]);
        const fresh = parsePython(text.slice(0, start) + inserted + text.slice(end));
        expect(edited.original).toBe(fresh.original);
        expect(edited.text).toBe(fresh.text);
      }),
    );
  });
});

describe('brackets left open', () => {
  it.each([
    ['x = foo(1,\nimport os\n', 'x = foo(1,)\nimport os\n'],
    ['def f():\n    x = [1, {2\n    return x\n', 'def f():\n    x = [1, {2}]\n    return x\n'],
    ['foo(bar  # (\ny = 1\n', 'foo(bar)  # (\ny = 1\n'],
    ['x = foo(")"\n@decorator\ndef f(): pass\n', 'x = foo(")")\n@decorator\ndef f(): pass\n'],
  ])('%j is read as %j', (text, read) => {
    expect(parsePython(text).text).toBe(read);
  });

  it.each(['x = foo(\n    a,\n    b\n)\n', 'x = [\n1,\n2]\n', 'x = (a\nif b\nelse c)\n'])(
    '%j is left as it is',
    (text) => {
      expect(parsePython(text).text).toBe(text);
    },
  );

  it('keep every place of the original', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const source = parsePython(text);
        for (let offset = 0; offset <= text.length; offset++)
          expect(toOriginal(source, fromOriginal(source, offset))).toBe(offset);
      }),
    );
  });
});

describe('lines', () => {
  it('turn offsets to positions and back, with every kind of line break', () => {
    const pieces = fc.array(fc.constantFrom('a', '😀', '\n', '\r', '\r\n', ''), { maxLength: 20 });
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        const index = indexLines(text);
        for (let offset = 0; offset <= text.length; offset++) {
          const isInsideBreak = text[offset - 1] === '\r' && text[offset] === '\n';
          if (!isInsideBreak) expect(index.offsetAt(index.positionAt(offset))).toBe(offset);
        }
        expect(index.offsetAt({ line: 1e9, character: 0 })).toBe(text.length);
      }),
    );
  });
});
