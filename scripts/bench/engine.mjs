// Rows of the benchmark for the engine process: each a time of ours against hand-written DuckDB in the same run.
import { createWriteStream, existsSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine, startPeer, timed } from './processes.mjs';

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** A CSV of orders of about the size, made once; 64 bytes a row. */
async function makeOrders(path, byteLength) {
  if (existsSync(path) && statSync(path).size >= byteLength) return;
  const out = createWriteStream(path);
  out.write('id,customer,product,quantity,price,day,note\n');
  let id = 0;
  let written = 0;
  while (written < byteLength) {
    let block = '';
    for (let row = 0; row < 20_000; row++, id++) {
      const day = `2024-${String((id % 12) + 1).padStart(2, '0')}-${String((id % 28) + 1).padStart(2, '0')}`;
      block += `${id},${(id * 7919) % 150_000},${(id * 31) % 1000},${(id % 9) + 1},${(id % 5000) / 4},${day},"order ${id}, by mail"\n`;
    }
    written += block.length;
    if (!out.write(block)) await new Promise((resolve) => out.once('drain', resolve));
  }
  await new Promise((resolve) => out.end(resolve));
}

/** The same rows as Parquet, as large: DuckDB's own, not compressed. */
async function makeParquet(path, csv) {
  if (existsSync(path) && statSync(path).mtimeMs > statSync(csv).mtimeMs) return;
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT * FROM read_csv('${csv}')) TO '${path}' (FORMAT parquet, COMPRESSION uncompressed)`,
  );
  instance.closeSync();
}

const settings = { 'spark.sql.ansi.enabled': 'true' };

async function openOrders(engine, path, sample) {
  await engine.call('openSession', { sessionId: 'bench', settings });
  await engine.call('defineView', { sessionId: 'bench', view: { name: 'orders', path }, sample });
}

async function rowsOf(engine, text, count, sample = false) {
  const { resultId } = await engine.call('runQuery', { sessionId: 'bench', text, sample });
  const page = await engine.call('readRows', { resultId, start: 0, count });
  await engine.call('closeResult', { resultId });
  return page;
}

/** From before the process starts until its first rows are here. */
async function coldTimes(root, bundle, path, table, rounds) {
  const cold = { ours: [], peer: [] };
  // The first start on a machine compiles what the others find compiled.
  await (await coldEngine(bundle, path)).stop();
  for (let round = 0; round < rounds; round++) {
    const ours = await timed(() => coldEngine(bundle, path));
    await ours.value.stop();
    cold.ours.push(ours.elapsedMs);
    const peer = await timed(async () => {
      const process = startPeer(root);
      const read = await process.run(`SELECT * FROM ${table} LIMIT 100`, 100);
      if (read.length !== 100) throw new Error('not the first 100 rows');
      return process;
    });
    await peer.value.stop();
    cold.peer.push(peer.elapsedMs);
  }
  return cold;
}

async function coldEngine(bundle, path) {
  const engine = startEngine(bundle);
  await openOrders(engine, path, true);
  const page = await rowsOf(engine, 'SELECT * FROM orders LIMIT 100', 100, true);
  if (page.rowCount !== 100) throw new Error('not the first 100 rows');
  return engine;
}

export async function rows({ root, quick }) {
  const folder = join(tmpdir(), 'strata-bench');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, quick ? 'orders-50MB.csv' : 'orders-1GB.csv');
  await makeOrders(path, quick ? 50e6 : 1e9);
  const bundle = join(root, 'dist/engine.js');
  const rounds = quick ? 3 : 5;
  const results = [];

  const parquet = path.replace(/csv$/, 'parquet');
  await makeParquet(parquet, path);
  for (const format of ['csv', 'parquet']) {
    const file = format === 'csv' ? path : parquet;
    const cold = await coldTimes(root, bundle, file, `read_${format}('${file}')`, rounds);
    const name = `first 100 rows of ${quick ? '50 MB' : '1 GB'} of ${format === 'csv' ? 'CSV' : 'Parquet'}, cold engine process`;
    results.push(compared(name, cold, 1.2));
  }

  const engine = startEngine(bundle);
  const peer = startPeer(root);
  await openOrders(engine, path, false);
  const columns =
    "{'id': 'INTEGER', 'customer': 'INTEGER', 'product': 'INTEGER', 'quantity': 'INTEGER', 'price': 'DOUBLE', 'day': 'DATE', 'note': 'VARCHAR'}";
  const table = `read_csv('${path}', columns = ${columns}, header = true, auto_detect = false, quote = '"', escape = '"')`;
  const queries = [
    [
      'group-by over CSV',
      'SELECT product, count(*) AS n, sum(quantity * price) AS s FROM orders WHERE quantity > 2 GROUP BY product ORDER BY s DESC, product LIMIT 10',
      `SELECT product, count(*) AS n, sum(quantity * price) AS s FROM ${table} WHERE quantity > 2 GROUP BY product ORDER BY s DESC, product LIMIT 10`,
    ],
    [
      'join and group-by over CSV',
      'SELECT a.day, count(*) AS n FROM orders a JOIN orders b ON a.id = b.customer WHERE b.product = 7 GROUP BY a.day ORDER BY a.day',
      `SELECT a.day, count(*) AS n FROM ${table} a JOIN ${table} b ON a.id = b.customer WHERE b.product = 7 GROUP BY a.day ORDER BY a.day`,
    ],
  ];
  const { tableFromIPC } = await import('apache-arrow');
  for (const [name, spark, duckdb] of queries) {
    const times = { ours: [], peer: [] };
    for (let round = 0; round < rounds; round++) {
      const ours = await timed(() => rowsOf(engine, spark, 1000));
      const theirs = await timed(() => peer.run(duckdb));
      const counts = [...(tableFromIPC(new Uint8Array(ours.value.arrow)).getChild('n') ?? [])].map(
        String,
      );
      const expected = theirs.value.map((row) => row[1]);
      if (counts.join() !== expected.join()) throw new Error(`${name}: the results differ`);
      times.ours.push(ours.elapsedMs);
      times.peer.push(theirs.elapsedMs);
    }
    results.push(compared(name, times, 1.1));
  }

  const cancels = [];
  for (let round = 0; round < rounds; round++) {
    const text = 'SELECT count(*) AS n FROM orders a JOIN orders b ON a.id < b.id';
    const { id, reply } = engine.start('runQuery', { sessionId: 'bench', text });
    // Started once another call was answered and the interval of a frame has passed.
    await engine.call('hello', {});
    await new Promise((resolve) => setTimeout(resolve, 200));
    void reply;
    const { elapsedMs } = await timed(async () => {
      engine.cancel(id);
      await rowsOf(engine, 'SELECT 1', 1);
    });
    cancels.push(elapsedMs);
  }
  results.push({
    name: 'cancel a running query, and have another answered',
    ours: median(cancels),
    peer: null,
    ratio: null,
    goal: 100,
    unit: 'ms',
    note: 'goal: under 100 ms',
  });
  await engine.stop();
  await peer.stop();
  return results;
}

function compared(name, { ours, peer }, goal) {
  const [mine, theirs] = [median(ours), median(peer)];
  return {
    name,
    ours: mine,
    peer: theirs,
    ratio: mine / theirs,
    goal,
    unit: 'ms',
    note: 'peer: DuckDB in a Node process, results equal',
  };
}
