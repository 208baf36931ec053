// Holds the rules on buffers against CPython and NumPy: makes random functions, runs each, and compares where it raised
// with where the rules find an error. A finding where nothing raises is a false alarm and fails the run; an error that
// they miss is counted by its message, for the rules claim little and are silent on doubt.
// `--seed N` (1) and `--count N` (1000) choose the functions, `--misses` prints what is missed, `--of TEXT`
// those with such a message, `--code` all of one function.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../run.mjs';
import { bundledRules } from './bundledRules.mjs';

const argument = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const isWindows = process.platform === 'win32';
const python =
  process.env.STRATA_PYTHON ??
  join(homedir(), '.cache/strata-python-oracle', isWindows ? 'Scripts/python.exe' : 'bin/python');
const count = Number(argument('--count', '1000'));
const seed = Number(argument('--seed', '1'));

const { readModule, parsePython, checkModule } = await bundledRules();
const folder = mkdtempSync(join(tmpdir(), 'strata-differential-'));
const context = {
  pythonVersion: [3, 11],
  installedVersion: (name) => (name === 'numpy' ? [2, 4, 6] : undefined),
  fileSize: () => undefined,
};
const BATCH = 500;
const tally = { functions: 0, agreed: 0, silent: 0, missed: 0, crashes: 0 };
const wrong = [];
const missed = [];
try {
  for (let from = 0; from < count; from += BATCH) compareBatch(from, Math.min(count, from + BATCH));
} finally {
  rmSync(folder, { recursive: true });
}

for (const each of wrong) console.log(`false: ${each}\n`);
if (process.argv.includes('--misses')) {
  const byMessage = new Map();
  for (const each of missed.filter(({ message }) => message.includes(argument('--of', '')))) {
    const key = `${each.type}: ${each.message.replace(/-?\d+/g, 'N').slice(0, 90)}`;
    byMessage.set(key, [...(byMessage.get(key) ?? []), each]);
  }
  for (const [key, all] of [...byMessage].sort((a, b) => b[1].length - a[1].length)) {
    console.log(`${all.length} × ${key}`);
    for (const { text } of all.slice(0, Number(argument('--examples', '2'))))
      console.log(`      ${text}`);
    if (process.argv.includes('--code'))
      for (const { code } of all.slice(0, Number(argument('--examples', '2')))) console.log(code());
  }
}
console.log(
  `${tally.functions} functions: ${tally.agreed} errors found, ${tally.missed} missed, ${tally.silent} run through in silence, ${wrong.length} false alarms${tally.crashes > 0 ? `; ${tally.crashes} batches left out, which ended Python` : ''}`,
);
process.exitCode = wrong.length > 0 ? 1 : 0;

function compareBatch(from, to) {
  const file = join(folder, `cases${from}.py`);
  let outcomes;
  try {
    const program = join(root, 'scripts/differential/snippets.py');
    const range = [seed, from, to].map(String);
    const output = execFileSync(python, ['-I', '-B', program, ...range, file], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    outcomes = Object.entries(JSON.parse(output));
  } catch (error) {
    // Memory that was freed under an array may end Python: none of the rules' business.
    if (error.signal !== 'SIGSEGV' && error.signal !== 'SIGABRT') throw error;
    tally.crashes++;
    return;
  }
  const source = readFileSync(file, 'utf8');
  const lines = source.split('\n');
  const starts = lines.reduce((all, line) => [...all, all.at(-1) + line.length + 1], [0]);
  const findings = checkModule(readModule(parsePython(source)), context)
    .filter(({ severity }) => severity === 'error')
    .map((each) => ({ ...each, line: starts.findLastIndex((start) => start <= each.start) + 1 }));
  tally.functions += outcomes.length;
  for (const [index, [name, outcome]] of outcomes.entries()) {
    const end = outcomes[index + 1]?.[1].from ?? lines.length + 1;
    const [first] = findings
      .filter(({ line }) => outcome.from <= line && line < end)
      .sort((a, b) => a.line - b.line);
    const code = () =>
      lines
        .slice(outcome.from - 1, end - 1)
        .join('\n')
        .trimEnd();
    if (first && (outcome.line === null || first.line < outcome.line))
      wrong.push(
        `${name}: line ${first.line - outcome.from + 1} [${first.rule}] ${first.message}, but ${outcome.line === null ? 'it runs through' : `it raises in line ${outcome.line - outcome.from + 1}: ${outcome.message}`}\n${code()}`,
      );
    else if (first && first.line === outcome.line) {
      tally.agreed++;
      const core = first.message.split(/: |'/)[0];
      if (!outcome.message.includes(core) && process.argv.includes('--words'))
        console.log(
          `other words: [${first.rule}] ${first.message} / ${outcome.type}: ${outcome.message}\n    ${lines[outcome.line - 1].trim()}`,
        );
    } else if (outcome.line === null) tally.silent++;
    else {
      tally.missed++;
      missed.push({ ...outcome, text: lines[outcome.line - 1].trim(), code });
    }
  }
}
