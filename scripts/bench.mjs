// `npm run bench`: the speeds of design, each as a ratio against its peer in the same run, printed and kept as JSON.
// `-- --quick` uses small data (to see that it works, not to report); `-- --only buffers` picks a group.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { root, SetupError } from './run.mjs';
import { bundles, packages } from './setup.mjs';

const quick = process.argv.includes('--quick');
const only = process.argv[process.argv.indexOf('--only') + 1];
const groups = [
  'typing',
  'sql',
  'buffers',
  'inspector',
  'engine',
  'tables',
  'tpch',
  'workbench',
  'extension',
].filter((group) => !process.argv.includes('--only') || group === only);

const number = (value) =>
  value === undefined || value === null
    ? '–'
    : value >= 100
      ? value.toFixed(0)
      : value.toPrecision(3);

try {
  await packages();
  await bundles({ production: true });
  const rows = [];
  for (const group of groups) {
    const { rows: measure } = await import(`./bench/${group}.mjs`);
    for (const row of await measure({ root, quick })) rows.push({ group, ...row });
  }
  const table = [['what', 'ours', 'peer', 'ratio', 'goal', 'note']];
  for (const row of rows)
    table.push([
      row.name,
      `${number(row.ours)} ${row.unit ?? ''}`.trim(),
      row.peer === undefined || row.peer === null
        ? '–'
        : `${number(row.peer)} ${row.unit ?? ''}`.trim(),
      number(row.ratio),
      String(row.goal ?? '–'),
      row.note ?? '',
    ]);
  const widths = table[0].map((_, column) => Math.max(...table.map((line) => line[column].length)));
  console.log();
  for (const line of table)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
  mkdirSync(join(root, 'out'), { recursive: true });
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
  writeFileSync(
    join(root, 'out/bench.json'),
    JSON.stringify({ quick, machine, rows }, null, 2) + '\n',
  );
  console.log(`\nKept in out/bench.json${quick ? ' (quick run: not for reporting)' : ''}.`);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
