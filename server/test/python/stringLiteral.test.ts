import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { decodeStringLiteral } from '../../src/python/stringLiteral.ts';

/** Pieces of source and the value that Python gives them. */
const strPieces = fc.oneof(
  fc.constantFrom(
    ['\\n', '\n'],
    ['\\\\', '\\'],
    ["\\'", "'"],
    ['\\x41', 'A'],
    ['\\101', 'A'],
    ['\\7', '\x07'],
    ['\\u20ac', '€'],
    ['\\U0001f600', '😀'],
    ['\\\n', ''],
    ['\\q', '\\q'],
    ['😀', '😀'],
  ),
  fc
    .string({ minLength: 1, maxLength: 3 })
    .filter((text) => !/['"\\\r\n0-7]/.test(text))
    .map((text) => [text, text] as const),
);
const bytesPieces = fc.constantFrom(
  ['Q', 'Q'],
  ['d ', 'd '],
  ['\\x00', '\0'],
  ['\\377', '\xff'],
  ['\\u0041', '\\u0041'],
  ['\\"', '"'],
  ['\\\r\n', ''],
);

describe('a literal', () => {
  it.each([
    ['str', "'", strPieces],
    ['str', '"""', strPieces],
    ['bytes', 'b"', bytesPieces],
    ['bytes', "B'''", bytesPieces],
  ] as const)('of %s in %s keeps for every unit where it stands', (kind, open, pieces) => {
    const fence = open.replace(/^[a-zA-Z]/, '');
    fc.assert(
      fc.property(
        fc.array(pieces as fc.Arbitrary<readonly [string, string]>, { maxLength: 8 }),
        fc.nat(5),
        (parts, indent) => {
          const before = ' '.repeat(indent);
          const content = parts.map(([source]) => source).join('');
          const source = `${before}${open}${content}${fence}`;
          const literal = decodeStringLiteral(source, indent, source.length);
          expect(literal?.kind).toBe(kind);
          expect(literal?.value).toBe(parts.map(([, value]) => value).join(''));
          let at = indent + open.length;
          let unit = 0;
          for (const [text, value] of parts) {
            for (let i = 0; i < value.length; i++, unit++) {
              const [start, end] = [literal?.starts[unit] ?? -1, literal?.ends[unit] ?? -1];
              expect(at <= start && start < end && end <= at + text.length).toBe(true);
            }
            at += text.length;
          }
          expect(literal?.starts.length).toBe(unit);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('decodes any text without a throw, to as many places as units', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const literal = decodeStringLiteral(text, 0, text.length);
        if (!literal) return;
        expect(literal.starts).toHaveLength(literal.value.length);
        expect(literal.ends).toHaveLength(literal.value.length);
      }),
    );
  });

  it.each(['f"a"', 't"a"', '"a', "'", 'b"é"', '"\\N{DOT}"', '"\\x4"', 'rf"a"', ''])(
    '%s has no value that is certain',
    (source) => {
      expect(decodeStringLiteral(source, 0, source.length)).toBeUndefined();
    },
  );

  const literals = [
    String.raw`'a\x41\101\n\t\\\'\q'`,
    String.raw`r'\n\''`,
    String.raw`b'\x00\777\u0041'`,
    String.raw`"""a"b""c"""`,
    String.raw`Rb'\x00'`,
    String.raw`'\u20ac\U0001f600'`,
  ];
  it.runIf(hasPython())('has the value that Python gives it', () => {
    const program = `import json,ast,sys,warnings
warnings.simplefilter('ignore')
value = lambda v: v.decode('latin-1') if isinstance(v, bytes) else v
print(json.dumps([value(ast.literal_eval(s)) for s in json.loads(sys.argv[1])]))`;
    const output = execFileSync('python3', ['-I', '-c', program, JSON.stringify(literals)], {
      encoding: 'utf8',
    });
    expect(literals.map((each) => decodeStringLiteral(each, 0, each.length)?.value)).toEqual(
      JSON.parse(output),
    );
  });
});

function hasPython(): boolean {
  try {
    execFileSync('python3', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
