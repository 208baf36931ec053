// Writes test-fixtures/frames/NAME.txt: what a real Spark prints for each script there: `npm run frame-oracle [NAME…]`.
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';
import { sparkPython } from './spark.mjs';

const folder = join(root, 'test-fixtures/frames');
const wanted = process.argv.slice(2);
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.py'))
  .map((name) => name.slice(0, -'.py'.length))
  .filter((name) => wanted.length === 0 || wanted.includes(name));
const { status, stdout, stderr } = spawnSync(
  sparkPython(),
  [join(root, 'scripts/frameOracle.py'), ...names],
  { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 },
);
if (status !== 0) throw new Error(`Spark did not run them: ${stderr.slice(-2000)}`);
for (const [name, text] of Object.entries(JSON.parse(stdout.trim().split('\n').at(-1)))) {
  writeFileSync(join(folder, `${name}.txt`), text);
  console.log(`${name}: ${text.split('\n').length - 1} lines`);
}
