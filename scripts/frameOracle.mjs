// Writes test-fixtures/frames/**/NAME.txt: what a real Spark prints for each script there:
// `npm run frame-oracle [-- NAME…]`, where a name is a script's or a folder's, as in `joins` or `joins/kinds`.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './run.mjs';
import { sparkPython } from './spark.mjs';

const folder = join(root, 'test-fixtures/frames');
const wanted = process.argv.slice(2);
const files = readdirSync(folder, { recursive: true }).map((name) => name.replaceAll('\\', '/'));
const names = files
  .filter((name) => name.endsWith('.py'))
  .map((name) => name.slice(0, -'.py'.length))
  .filter(
    (name) => wanted.length === 0 || wanted.includes(name) || wanted.includes(name.split('/')[0]),
  )
  .sort();
// Scripts read the data files beside them and write folders, which go away.
const cwd = mkdtempSync(join(tmpdir(), 'strata-frames-'));
for (const name of files)
  if (/^[^/]+\.(?:csv|json)$/.test(name)) copyFileSync(join(folder, name), join(cwd, name));
const { status, stdout, stderr } = spawnSync(
  sparkPython(),
  [join(root, 'scripts/frameOracle.py'), folder, ...names],
  { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 },
);
rmSync(cwd, { recursive: true, force: true });
if (status !== 0) throw new Error(`Spark did not run them: ${stderr.slice(-2000)}`);
for (const [name, { printed, error }] of Object.entries(
  JSON.parse(stdout.trim().split('\n').at(-1)),
)) {
  if (error === undefined) writeFileSync(join(folder, `${name}.txt`), printed);
  else {
    console.error(`${name}: ${error}`);
    process.exitCode = 1;
  }
}
