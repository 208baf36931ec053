import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bufferRules } from '../../src/rules/buffers/bufferRules.ts';
import { differences, expectedIn, fixtures, fixturesIn, readFixture } from '../fixture.ts';

const errs = fixturesIn('buffers/errs');
const silent = fixturesIn('buffers/silent');
const ruleOf = (name: string) => name.replace(/^.*\//, '').replace('.py', '');

describe('the rules on buffers', () => {
  it.each([...errs, ...silent])('find in %s what its comments say, and nothing else', (name) => {
    expect(differences(readFixture(name))).toEqual([]);
  });

  it.each(fixturesIn('course/buffers'))('find in %s what the course gets wrong', (name) => {
    expect(differences(readFixture(name))).toEqual([]);
  });

  it.each(errs)('have ten cases and more in %s, all of one rule', (name) => {
    const expected = expectedIn(readFixture(name));
    const own = expected.filter(({ rule }) => rule === ruleOf(name));
    expect(own.length).toBeGreaterThanOrEqual(10);
  });

  it.each(errs)('take half of the cases in %s through an assignment, a slice or a call', (name) => {
    const source = readFixture(name);
    const lines = source.split('\n');
    const own = expectedIn(source).filter(({ rule }) => rule === ruleOf(name));
    const indirect = own.filter(({ line }) => isIndirect(lines, line));
    expect(indirect.length * 2).toBeGreaterThanOrEqual(own.length);
  });

  it.each(silent)('have ten cases and more in %s, none of them found', (name) => {
    const source = readFixture(name);
    expect(source.match(/^def \w+\(\):/gm)?.length).toBeGreaterThanOrEqual(10);
    expect(expectedIn(source)).toEqual([]);
  });

  it('have a page each', () => {
    const pages = fileURLToPath(new URL('../../../docs/rules/', import.meta.url));
    expect(bufferRules.ids.filter((id) => !existsSync(join(pages, `${id}.md`)))).toEqual([]);
  });

  it('have cases each', () => {
    // struct-size has files of its own.
    const tested = [...errs.map(ruleOf), 'struct-size'].sort();
    expect([...bufferRules.ids].sort().filter((id) => !tested.includes(id))).toEqual([]);
  });
});

/** Whether what the line uses comes from a line before it, from a slice, or from a function around it. */
function isIndirect(lines: readonly string[], line: number): boolean {
  const code = lines[line - 1] ?? '';
  const head = lines
    .slice(0, line - 1)
    .findLastIndex((each) => /^(async )?(def|class) /.test(each));
  const constants = lines.filter((each) => /^[A-Z]\w* = /.test(each));
  const before = [...constants, ...lines.slice(head, line - 1)].join('\n');
  const names = [
    ...before.matchAll(/(?<![.\w])([A-Za-z_]\w*)(?=[^=\n]*(?<![=!<>])=(?!=)|\b(?=,)|:)/g),
  ];
  const used = names.some(([, name = '']) => new RegExp(`(?<![.\\w])${name}\\b`).test(code));
  return used || /\[[^\]]*:[^\]]*\]/.test(code) || /\b_\w+\(/.test(code);
}

interface Outcome {
  readonly line: number;
  readonly type: string;
  readonly message: string;
}

interface Answers {
  readonly python: string;
  readonly packages: Readonly<Record<string, string | null>>;
  /** By file and case; null where the case runs through. */
  readonly results: Readonly<Record<string, Readonly<Record<string, Outcome | null>>>>;
}

it('joins ways on which lists and places hold code', () => {
  const source = [
    'import struct',
    'def f(x):',
    '    if x:',
    '        table = {"a": sorted(x, key=lambda y: y), "b": [y for y in x]}',
    '        items = list(sorted(x, key=lambda y: y))',
    '    else:',
    '        table = {"a": 1}',
    '        items = list(sorted(x, key=lambda y: -y))',
    '    first = [lambda: 1, f]',
    '    if x:',
    '        first.append(2)',
    '    return table, items, first',
  ].join('\n');
  expect(differences(source)).toEqual([]);
});

describe('CPython and the packages', () => {
  const keptFile = join(fixtures, 'buffers/python.json');
  const answers = runInPython([...errs, ...silent]) ?? readKept(keptFile);
  if (process.env.UPDATE) writeFileSync(keptFile, `${JSON.stringify(answers, null, 1)}\n`);

  it.each(errs)('raise in %s what the comments say, where they say it', (name) => {
    const source = readFixture(name);
    const lines = source.split('\n');
    const wrong: string[] = [];
    for (const [caseName, outcome] of Object.entries(answers.results[name] ?? {})) {
      const start = lines.findIndex((line) => line.startsWith(`def ${caseName}(`)) + 1;
      const length = lines.slice(start).findIndex((line) => /^\S/.test(line));
      const end = length < 0 ? lines.length : start + length;
      const expected = expectedIn(source).filter(
        ({ line, severity }) => start < line && line <= end && severity === 'error',
      );
      const [first] = expected;
      if (outcome === null ? first !== undefined : !first)
        wrong.push(`${caseName}: ${JSON.stringify(outcome)}`);
      else if (outcome && (outcome.line !== first?.line || !outcome.message.includes(first.text)))
        wrong.push(`${caseName}: ${JSON.stringify(outcome)}`);
    }
    expect(wrong).toEqual([]);
    expect(Object.keys(answers.results[name] ?? {}).length).toBeGreaterThanOrEqual(10);
  });

  it.each(silent)('run %s through', (name) => {
    const raised = Object.entries(answers.results[name] ?? {}).filter(([, outcome]) => outcome);
    expect(raised).toEqual([]);
    expect(Object.keys(answers.results[name] ?? {}).length).toBeGreaterThanOrEqual(10);
  });
});

/** Undefined where there is no Python of the kept version with the pinned packages. */
function runInPython(names: readonly string[]): Answers | undefined {
  const python = process.env.STRATA_PYTHON ?? 'python3';
  const program = fileURLToPath(new URL('runCases.py', import.meta.url));
  try {
    const output = execFileSync(python, ['-I', '-B', program, fixtures, ...names], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', process.env.STRATA_PYTHON === undefined ? 'ignore' : 'inherit'],
    });
    const answers = JSON.parse(output) as Answers;
    if (isPinned(answers)) return answers;
    throw new Error('other versions');
  } catch {
    console.warn('Python with the pinned packages is not there: the kept results stand in');
    return undefined;
  }
}

/** Other versions say other words; CPython's here are those of 3.11. */
function isPinned({ python, packages }: Answers): boolean {
  const pins = readFixture('buffers/requirements.txt').trim().split('\n');
  return (
    python === '3.11' &&
    pins.every((pin) => {
      const [name = '', version] = pin.split('==');
      return packages[name] === version;
    })
  );
}

function readKept(file: string): Answers {
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Answers)
    : { python: '', packages: {}, results: {} };
}
