import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  differences,
  expectedIn,
  findingsIn,
  fixtures,
  fixturesIn,
  readFixture,
} from '../fixture.ts';

const errs = fixturesIn('struct-size/errs');
const silent = fixturesIn('struct-size/silent');

describe('struct-size', () => {
  it.each([...errs, ...silent])('finds in %s what its comments say, and nothing else', (name) => {
    expect(differences(readFixture(name))).toEqual([]);
  });

  it.each(silent)('expects nothing in %s', (name) => {
    expect(expectedIn(readFixture(name))).toEqual([]);
  });
});

describe('CPython', () => {
  const keptFile = join(fixtures, 'struct-size/cpython.json');
  const raised = runInPython([...errs, ...silent]) ?? readKept(keptFile);
  if (process.env.UPDATE) writeFileSync(keptFile, `${JSON.stringify(raised, null, 2)}\n`);

  it.each(errs)('raises in %s with the words of the first finding', (name) => {
    const [first] = findingsIn(readFixture(name));
    const expectedText = expectedIn(readFixture(name))[0]?.text ?? '';
    const message = raised[name] ?? '';
    expect(message).toMatch(/^struct\.error: /);
    expect(message).toContain(expectedText);
    // Where the offset is known only at run time, CPython adds it to what is needed.
    if (!name.includes('offset-unknown'))
      expect(first?.message.startsWith(message.slice('struct.error: '.length))).toBe(true);
  });

  it.each(silent)('runs %s through', (name) => {
    expect(raised[name]).toBe('');
  });
});

describe('what is still being typed', () => {
  it.each([
    ["import struct\nstruct.pack_into('QdQ', bytearray(16), 0, ", 24],
    ["import struct\nstruct.pack_into('QdQ', bytearray(16),", 24],
    ["import struct\nstruct.unpack('<Q', b'1234'\n\ndef f(:\n  return (\n", 8],
    ["def f(:\nimport struct\nstruct.unpack('<Q', b'1234')\nx = [1, 2", 8],
    ["import struct\nif True\n  struct.unpack('<Q', b'1234')", 8],
  ])('%j is already too short', (source, needed) => {
    const [finding, ...rest] = findingsIn(source);
    expect(rest).toEqual([]);
    expect(finding?.message).toContain(`requires a buffer of`);
    expect(finding?.message).toContain(`${needed} bytes`);
  });

  it.each([
    "import struct\nstruct.unpack('<Q', ",
    "import struct\nstruct.unpack('<Q",
    'import struct\nstruct.',
  ])('%j says nothing yet', (source) => {
    expect(findingsIn(source)).toEqual([]);
  });

  it('keeps pace with a buffer that is used thousands of times', () => {
    const writes = Array.from(
      { length: 3000 },
      (_, i) => `struct.pack_into('<I', out, ${i * 4}, 1)`,
    );
    const source = `import struct\nout = bytearray(11996)\n${writes.join('\n')}\n`;
    expect(findingsIn(source)).toHaveLength(1);
  });

  it('survives nesting that no person writes', () => {
    const deep = `import struct\nx = ${'('.repeat(20_000)}1\nstruct.unpack('<Q', b'1234')\n`;
    expect(findingsIn(deep).length).toBeLessThan(2);
  });
});

/** The exception that each file ends with, or '' where it ends well. Undefined where there is no Python. */
function runInPython(names: readonly string[]): Readonly<Record<string, string>> | undefined {
  const program = [
    'import contextlib, io, json, runpy, struct, sys',
    'out = {}',
    'for name in sys.argv[2:]:',
    '    try:',
    '        with contextlib.redirect_stdout(io.StringIO()): runpy.run_path(sys.argv[1] + name)',
    '        out[name] = ""',
    '    except Exception as error:',
    '        out[name] = f"{type(error).__module__}.{type(error).__name__}: {error}"',
    'print(json.dumps(out))',
  ].join('\n');
  try {
    const output = execFileSync('python3', ['-I', '-B', '-c', program, fixtures, ...names], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(output) as Record<string, string>;
  } catch {
    console.warn('python3 is not there: the kept results of its last run stand in');
    return undefined;
  }
}

function readKept(file: string): Readonly<Record<string, string>> {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}
