// Plans as the engine gives them, measured, for the gallery and the bench: queries of the course over the examples,
// TPC-H's where its data is made (`node scripts/tpch.mjs 0.01`), many joins, subqueries and cached tables.
import { build } from 'esbuild';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionsFor, root } from '../../scripts/build.mjs';
import { tables as tpchTables, tpchFolder } from '../../scripts/tpch.mjs';

const examples = ['customers.csv', 'orders.csv', 'products.csv', 'transactions.parquet'];

const chain = (count) =>
  [
    'SELECT count(*) AS n, sum(t0.total_amount) AS total',
    'FROM orders t0',
    ...Array.from(
      { length: count },
      (_, i) => `JOIN orders t${i + 1} ON t${i}.order_id = t${i + 1}.order_id`,
    ),
    'WHERE t0.total_amount > 10',
  ].join('\n');

const queries = {
  course: `SELECT c.customer_id, c.name, count(*) AS transaction_count,
  sum(t.amount) AS total_spent, avg(t.amount) AS average_purchase
FROM customers c JOIN transactions t ON c.customer_id = t.customer_id
WHERE t.amount > 0
GROUP BY c.customer_id, c.name
ORDER BY total_spent DESC LIMIT 10`,
  window: `SELECT customer_id, order_date, total_amount,
  rank() OVER (PARTITION BY customer_id ORDER BY total_amount DESC) AS place
FROM orders`,
  subqueries: `WITH big AS (SELECT customer_id, sum(total_amount) AS total FROM orders GROUP BY customer_id)
SELECT c.name, b.total FROM customers c JOIN big b ON b.customer_id = c.customer_id
WHERE b.total > (SELECT avg(total) FROM big)
  AND EXISTS (SELECT 1 FROM transactions t WHERE t.customer_id = c.customer_id)
ORDER BY b.total DESC`,
  cached: `SELECT a.city, count(*) AS n FROM kept a JOIN kept b ON a.city = b.city GROUP BY a.city`,
  joins: chain(40),
};

/** By name: the text, and what explaining it answered. */
export async function realPlans(wanted = () => true) {
  const folder = mkdtempSync(join(tmpdir(), 'strata-plans-'));
  const [node] = optionsFor({ outdir: join(root, 'out/plans') });
  await build({
    ...node,
    metafile: false,
    entryPoints: {
      engine: 'engine/src/session/engine.ts',
      native: 'engine/src/duckdb/native.ts',
    },
  });
  const load = createRequire(join(root, 'out/plans/engine.js'));
  const { createEngine } = load('./engine.js');
  const { databaseLoader } = load('./native.js');
  const database = databaseLoader({ STRATA_TEMP: folder, STRATA_THREADS: '2' });
  const engine = createEngine({ database, onProgress: () => undefined, storeByteLength: 1 << 24 });
  const { signal } = new globalThis.AbortController();
  const plans = {};
  const call = async (method, params) => {
    const reply = await engine.answers[method](params, signal);
    if (!reply.ok) throw new Error(JSON.stringify(reply.error));
    return reply.value;
  };
  const explain = async (sessionId, name, text, mode) => {
    if (wanted(name))
      plans[name] = { text, explanation: await call('explain', { sessionId, text, mode }) };
  };
  const define = async (sessionId, path) => {
    const [file = ''] = path.split('/').slice(-1);
    const [name, format] = file.split('.');
    const options = format === 'csv' ? { header: 'true', inferSchema: 'true' } : {};
    await call('defineView', { sessionId, view: { name, path, format, options } });
  };
  try {
    await call('openSession', { sessionId: 'examples', settings: {} });
    for (const file of examples) await define('examples', join(root, 'examples', file));
    await call('runQuery', {
      sessionId: 'examples',
      text: 'CACHE TABLE kept AS SELECT * FROM customers',
    });
    for (const [name, text] of Object.entries(queries))
      await explain('examples', name, text, 'analyze');
    await explain('examples', 'unmeasured', queries.course, 'extended');
    const tpch = tpchFolder('0.01');
    if (existsSync(tpch)) {
      const texts = JSON.parse(readFileSync(join(tpch, 'queries.json'), 'utf8'));
      await call('openSession', {
        sessionId: 'tpch',
        // As a cluster joins tables that are too big to be sent to every machine.
        settings: { 'spark.sql.autoBroadcastJoinThreshold': '10000' },
      });
      for (const table of tpchTables) await define('tpch', join(tpch, `${table}.parquet`));
      for (const number of [1, 2, 5, 8, 9, 18, 21])
        await explain('tpch', `tpch ${number}`, texts[number - 1], 'analyze');
    }
    return plans;
  } finally {
    engine.dispose();
    const opened = await database();
    if (opened.ok) opened.value.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}
