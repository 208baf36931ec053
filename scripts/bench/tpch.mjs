// Rows of the benchmark for whole queries: TPC-H's 22 on data of scale 1, ours against hand-written DuckDB (the texts
// that DuckDB's own generator gives), Apache Spark local[*] and Sail, in one run and with equal row counts.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sparkPython } from '../spark.mjs';
import { makeTpch, tables } from '../tpch.mjs';
import { startEngine, startPeer, timed } from './processes.mjs';

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const geometricMean = (values) =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

export async function rows({ root, quick }) {
  const folder = await makeTpch(quick ? '0.1' : '1');
  const queries = JSON.parse(readFileSync(join(folder, 'queries.json'), 'utf8'));
  const rounds = quick ? 1 : 3;
  const bundle = join(root, 'dist/engine.js');

  const engine = startEngine(bundle);
  const peer = startPeer(root);
  await openTables(engine, folder);
  for (const table of tables)
    await peer.run(`CREATE VIEW ${table} AS FROM '${join(folder, `${table}.parquet`)}'`);
  const ratios = [];
  for (const [at, query] of queries.entries()) {
    const times = { ours: [], theirs: [] };
    const counts = { ours: 0, theirs: 0 };
    for (let round = 0; round <= rounds; round++) {
      const ours = await timed(() => countRows(engine, query));
      const theirs = await timed(() => peer.run(query));
      [counts.ours, counts.theirs] = [ours.value, theirs.value.length];
      // The first round reads the files into the system's cache.
      if (round === 0) continue;
      times.ours.push(ours.elapsedMs);
      times.theirs.push(theirs.elapsedMs);
    }
    if (counts.ours !== counts.theirs)
      throw new Error(`query ${at + 1}: ${counts.ours} rows here, ${counts.theirs} in DuckDB`);
    ratios.push({
      number: at + 1,
      ours: median(times.ours),
      theirs: median(times.theirs),
      ratio: median(times.ours) / median(times.theirs),
    });
  }
  await engine.stop();
  await peer.stop();

  const worst = ratios.reduce((a, b) => (a.ratio > b.ratio ? a : b));
  const total = (key) => ratios.reduce((sum, one) => sum + one[key], 0);
  const results = [
    {
      name: `TPC-H's 22 queries, scale ${quick ? '0.1' : '1'}, geometric mean of ratios`,
      ours: total('ours'),
      peer: total('theirs'),
      ratio: geometricMean(ratios.map(({ ratio }) => ratio)),
      goal: 1.1,
      unit: 'ms',
      note: 'peer: hand-written DuckDB; times are of all 22 together',
    },
    {
      name: `the slowest of them against DuckDB, query ${worst.number}`,
      ours: worst.ours,
      peer: worst.theirs,
      ratio: worst.ratio,
      goal: 1.5,
      unit: 'ms',
      note: 'peer: hand-written DuckDB',
    },
  ];

  const ours = await timed(async () => {
    const cold = startEngine(bundle);
    await openTables(cold, folder);
    for (const query of queries) await countRows(cold, query);
    return cold;
  });
  await ours.value.stop();
  for (const [name, start, goal] of [
    ['Apache Spark local[*]', sparkPython, 'at most 0.1'],
    ['Sail', sailPython, '–'],
  ]) {
    const theirs = await timed(() => wholeRun(name, start(), join(root, 'scripts/bench'), folder));
    results.push({
      name: `the same 22, start included, against ${name}`,
      ours: ours.elapsedMs,
      peer: theirs.elapsedMs,
      ratio: ours.elapsedMs / theirs.elapsedMs,
      goal,
      unit: 'ms',
      note: `peer: ${name}, ${theirs.value} of 22 ran`,
    });
  }
  return results;
}

async function openTables(engine, folder) {
  const settings = { 'spark.sql.ansi.enabled': 'true' };
  await engine.call('openSession', { sessionId: 'bench', settings });
  for (const name of tables)
    await engine.call('defineView', {
      sessionId: 'bench',
      view: { name, path: join(folder, `${name}.parquet`) },
    });
}

async function countRows(engine, text) {
  const { resultId } = await engine.call('runQuery', { sessionId: 'bench', text, readOnce: true });
  let count = 0;
  for (;;) {
    const page = await engine.call('readRows', { resultId, start: count, count: 4096 });
    count += page.rowCount;
    if (page.rowCount < 4096) break;
  }
  await engine.call('closeResult', { resultId });
  return count;
}

/** A whole process of a peer, from its start to its last row; resolves with how many queries it could run. */
async function wholeRun(name, python, scripts, folder) {
  const child = spawn(python, [join(scripts, 'tpchPeer.py'), name, folder], {
    stdio: ['ignore', 'pipe', process.env.SPARK_LOG ? 'inherit' : 'ignore'],
  });
  let last = '';
  for await (const line of createInterface({ input: child.stdout }))
    if (line.startsWith('{')) last = line;
  const { ran, failed } = JSON.parse(last || '{"ran":0,"failed":["did not start"]}');
  if (failed.length > 0) console.error(`${name}: ${failed.join('; ')}`);
  return ran;
}

/** Sail is a Spark Connect server in Rust; asked through pyspark's own client. */
function sailPython() {
  const environment = join(homedir(), '.cache/strata/sail-0.7.2');
  const found = join(environment, 'bin/python');
  const stamp = join(environment, 'complete');
  if (!existsSync(stamp)) {
    execFileSync('python3', ['-m', 'venv', environment], { stdio: 'inherit' });
    execFileSync(found, ['-m', 'pip', 'install', '-q', 'pysail==0.7.2', 'pyspark-client==4.0.*'], {
      stdio: 'inherit',
    });
    writeFileSync(stamp, '');
  }
  return found;
}
