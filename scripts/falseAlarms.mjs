// Runs our own rules over real packages from PyPI, pinned in test-fixtures/alarms/packages.txt. Each finding is kept in
// findings.json with a verdict, made by reading the code: `right` or `false`. A finding without a verdict fails.
// `--write` adds new findings without one; `--packages DIR` takes wheels that are there already,
// `--only NAME,…` looks at those packages alone, `--pins FILE` at the packages of another list.
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { bundledRules } from './differential/bundledRules.mjs';
import { root } from './run.mjs';
import { sparkPython } from './spark.mjs';

const data = join(root, 'test-fixtures/alarms');
const wheels = argument('--packages') ?? join(homedir(), '.cache/strata-alarms');
const keptFile = join(data, 'findings.json');
const only = argument('--only')?.split(',');
const pins = readFileSync(argument('--pins') ?? join(data, 'packages.txt'), 'utf8')
  .split('\n')
  .filter((pin) => pin !== '' && (only === undefined || only.includes(pin.split('==')[0])));

const { readModule, parsePython, checkModule } = await bundledRules();
const kept = JSON.parse(readFileSync(keptFile, 'utf8'));
const verdicts = new Map(kept.map((each) => [keyOf(each), each]));
const found = [];
let lineCount = 0;
let fileCount = 0;
const startedAt = performance.now();
let slowest = { file: '', ms: 0 };

const scratch = mkdtempSync(join(tmpdir(), 'strata-alarms-'));
try {
  for (const pin of pins) {
    const installed = pin.startsWith('pyspark==') ? installedSpark() : undefined;
    const folder = installed ?? join(scratch, pin);
    if (!installed) {
      mkdirSync(folder);
      unpack(wheelOf(pin), folder);
    }
    for (const path of pythonFilesIn(folder)) check(pin, folder, path);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

const unjudged = found.filter((each) => each.verdict === undefined);
const wrong = found.filter((each) => each.verdict === 'false');
for (const each of [...unjudged, ...wrong])
  console.log(
    `${each.verdict ?? 'new'}: ${each.package} ${each.file}:${each.line} ${each.severity} [${each.rule}] ${each.message}\n    ${each.code}`,
  );
const byRule = Object.groupBy?.(found, (each) => each.rule) ?? {};
for (const [rule, each] of Object.entries(byRule)) console.log(`${rule}: ${each.length}`);
console.log(
  `${pins.length} packages, ${fileCount} files, ${lineCount.toLocaleString('en')} lines, ${((performance.now() - startedAt) / 1000).toFixed(1)} s; slowest ${slowest.file} ${slowest.ms.toFixed(0)} ms`,
);
console.log(
  `${found.length} findings: ${found.filter((each) => each.verdict === 'right').length} right, ${wrong.length} false, ${unjudged.length} not judged`,
);
if (process.argv.includes('--write'))
  writeFileSync(keptFile, `${JSON.stringify(found, null, 1)}\n`);
process.exitCode = unjudged.length + wrong.length > 0 ? 1 : 0;

function check(pin, folder, path) {
  const text = readFileSync(path, 'utf8');
  const file = relative(folder, path).replaceAll('\\', '/');
  const before = performance.now();
  const findings = checkModule(readModule(parsePython(text)), contextOf());
  const ms = performance.now() - before;
  if (ms > slowest.ms) slowest = { file, ms };
  fileCount++;
  lineCount += text.split('\n').length - 1;
  for (const finding of findings) {
    const line = text.slice(0, finding.start).split('\n').length;
    const each = {
      package: pin,
      file,
      line,
      severity: finding.severity,
      rule: finding.rule,
      message: finding.message,
      code: text.split('\n')[line - 1].trim(),
    };
    const { verdict, why } = verdicts.get(keyOf(each)) ?? {};
    found.push({ ...each, verdict, why });
    // A run takes minutes: what is new is told at once.
    if (verdict !== 'right') console.log(`${pin} ${file}:${line} [${each.rule}] ${each.message}`);
  }
}

/** The packages that are installed with each other: what a rule may ask for is the same set. */
function contextOf() {
  const versions = new Map(pins.map((pin) => pin.split('==')));
  return {
    installedVersion: (name) => versions.get(name)?.split('.').map(Number),
    fileSize: () => undefined,
  };
}

function keyOf({ package: name, file, line, rule, message }) {
  return `${name} ${file} ${line} ${rule} ${message}`;
}

function wheelOf(pin) {
  mkdirSync(wheels, { recursive: true });
  const [name, version] = pin.split('==');
  const has = () =>
    readdirSync(wheels).find((file) =>
      file.toLowerCase().startsWith(`${name}-${version}-`.toLowerCase()),
    );
  if (!has())
    execFileSync(
      'python3',
      ['-m', 'pip', 'download', '-q', '--no-deps', '--only-binary', ':all:', '-d', wheels, pin],
      { stdio: 'inherit' },
    );
  return join(wheels, has());
}

/** PyPI has pyspark as source with all of Spark in it; the environment of `scripts/spark.mjs` has it already. */
function installedSpark() {
  const program = 'import pyspark, os; print(os.path.dirname(pyspark.__file__))';
  return execFileSync(sparkPython(), ['-I', '-c', program], { encoding: 'utf8' }).trim();
}

function unpack(wheel, folder) {
  const program =
    'import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nz.extractall(sys.argv[2], [n for n in z.namelist() if n.endswith(".py")])';
  execFileSync('python3', ['-I', '-c', program, wheel, folder]);
}

function pythonFilesIn(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return pythonFilesIn(path);
      return name.endsWith('.py') ? [path] : [];
    });
}

function argument(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}
