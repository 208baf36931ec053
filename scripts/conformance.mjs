// Scores `strata check` by the typing conformance suite of python/typing, as the suite itself judges a checker.
// `npm run conformance -- --suite DIR [--python-version V] [--record]`; DIR (or CONFORMANCE) is a clone of
// python/typing, its `conformance` folder or the `tests` in that. The suite is read where it is, and never kept here.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './build.mjs';

const ratchetFile = join(root, 'test-fixtures/python/typing/conformance.json');

const groups = new Set([
  ...['concepts', 'annotations', 'typeforms', 'specialtypes', 'generics', 'qualifiers', 'classes'],
  ...['aliases', 'literals', 'protocols', 'callables', 'constructors', 'overloads', 'exceptions'],
  ...['dataclasses', 'typeddicts', 'tuples', 'namedtuples', 'enums', 'narrowing', 'directives'],
  ...['distribution', 'historical'],
]);

function main() {
  const { values } = parseArgs({
    options: {
      suite: { type: 'string' },
      'python-version': { type: 'string', multiple: true },
      record: { type: 'boolean' },
      verbose: { type: 'boolean' },
    },
  });
  const tests = testsFolder(values.suite ?? process.env.CONFORMANCE);
  if (tests === undefined) {
    console.error(
      'conformance: name a clone of github.com/python/typing, with --suite DIR or CONFORMANCE=DIR',
    );
    process.exit(2);
  }
  const kept = existsSync(ratchetFile) ? JSON.parse(readFileSync(ratchetFile, 'utf8')) : {};
  const scores = {};
  let fell = false;
  for (const version of values['python-version'] ?? ['3.12', 'default']) {
    const { passed, total, failing } = score(tests, version);
    scores[version] = { passed, total };
    console.log(`Python ${version}: ${passed} of ${total} files pass`);
    for (const [name, differences] of failing) {
      console.log(`  ${name}`);
      for (const each of differences) console.log(`    ${each}`);
    }
    const best = kept[version];
    if (best === undefined || total !== best.total || passed >= best.passed) continue;
    console.log(`  ${best.passed} passed before: ${ratchetFile.slice(root.length)}`);
    fell = true;
  }
  if (values.record && !fell)
    writeFileSync(ratchetFile, `${JSON.stringify({ ...kept, ...scores }, null, 2)}\n`);
  process.exit(fell ? 1 : 0);
}

function testsFolder(given) {
  if (given === undefined) return undefined;
  return [given, join(given, 'tests'), join(given, 'conformance/tests')].find((folder) =>
    existsSync(join(folder, 'generics_basic.py')),
  );
}

/** The tests are checked in a folder of their own, so that no configuration above them chooses a version. */
function score(tests, version) {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    cpSync(tests, folder, { recursive: true });
    const errors = linesWithErrors(folder, version);
    const cases = readdirSync(folder)
      .filter((name) => /\.pyi?$/.test(name) && groups.has(name.split('_')[0]))
      .sort();
    const failing = cases
      .map((name) => [
        name,
        differences(readFileSync(join(folder, name), 'utf8'), errors.get(name) ?? new Map()),
      ])
      .filter(([, found]) => found.length > 0);
    return { passed: cases.length - failing.length, total: cases.length, failing };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Errors and warnings by file and one-based line: the suite counts both. */
function linesWithErrors(folder, version) {
  const chosen = version === 'default' ? [] : ['--python-version', version];
  const run = spawnSync(
    process.execPath,
    [join(root, 'dist/cli.js'), 'check', '.', '--output', 'json', ...chosen],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, VIRTUAL_ENV: '' } },
  );
  if (run.status !== 0 && run.status !== 1) throw new Error(`strata check: ${run.stderr}`);
  const files = new Map();
  for (const each of JSON.parse(run.stdout).diagnostics) {
    if (each.severity === 'information') continue;
    const lines = files.get(each.file) ?? new Map();
    files.set(each.file, lines);
    const line = each.range.start.line + 1;
    lines.set(line, [...(lines.get(line) ?? []), `${each.message.split('\n')[0]} (${each.rule})`]);
  }
  return files;
}

/**
 * What the suite's README says of its comments: `# E` is a line that must have an error, `# E?` one that may;
 * of the lines of `# E[tag]` exactly one has it, of `# E[tag+]` at least one. Every other error is a wrong one.
 */
export function differences(text, errors) {
  const expected = new Map();
  const tags = new Map();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.split('#')[0].trim() === '') continue;
    const marks = [...line.matchAll(/# E\??(?=:|$| )/g)].map(([mark]) => mark);
    if (marks.length > 0) expected.set(index + 1, marks.includes('# E'));
    for (const [, name] of line.matchAll(/# E\[([^\]]+)\]/g)) {
      const tag = name.replace(/\+$/, '');
      const group = tags.get(tag) ?? { lines: [], allowsMany: name.endsWith('+') };
      group.lines.push(index + 1);
      tags.set(tag, group);
    }
  }
  const found = [];
  for (const [line, isRequired] of expected)
    if (isRequired && !errors.has(line)) found.push(`line ${line}: an error is missing`);
  const tagged = new Set();
  for (const [tag, { lines, allowsMany }] of tags) {
    const count = lines.filter((line) => errors.has(line)).length;
    if (count === 1 || (count > 1 && allowsMany)) for (const line of lines) tagged.add(line);
    else found.push(`lines ${lines.join(', ')} (${tag}): ${count} errors instead of one`);
  }
  for (const [line, messages] of [...errors].sort(([a], [b]) => a - b))
    if (!expected.has(line) && !tagged.has(line))
      found.push(`line ${line}: ${messages.join('; ')}`);
  return found;
}

main();
