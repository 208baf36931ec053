/** What the engine owes to queries that run beside others, need more than there is, or die with their process. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EngineEvents } from '#shared/protocol/engine.ts';
import { decodePage } from '#shared/protocol/resultRows.ts';
import { parse } from '#sql/compile.ts';
import { statementToJson } from '#sql/plan/planJson.ts';
import type { EngineProcess } from './engineProcess.ts';
import { startEngineProcess } from './engineProcess.ts';

let folder: string;
let engine: EngineProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-service-'));
});
afterEach(async () => {
  await engine?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(
  env: Readonly<Record<string, string>> = {},
  onProgress?: (event: EngineEvents['progress']) => void,
): Promise<EngineProcess> {
  engine = startEngineProcess({
    env: { STRATA_TEMP: folder, ...env },
    ...(onProgress ? { onProgress } : {}),
  });
  const opened = await engine.call('openSession', { sessionId: 's', settings: {} });
  expect(opened.ok).toBe(true);
  return engine;
}

const endless =
  'SELECT count(*) AS n FROM range(1000000000) a JOIN range(1000000000) b ON a.id < b.id';

/** Each runs for minutes unless it is stopped. */
const shapes: readonly (readonly [name: string, text: string])[] = [
  ['a join', endless],
  ['a sort', 'SELECT id, hash(id) AS h FROM range(100000000000) ORDER BY h, id'],
  ['a scan', 'SELECT sum(id % 7) FROM range(1000000000000)'],
  ['a group-by', 'SELECT id % 1000 AS k, count(*) FROM range(1000000000000) GROUP BY id % 1000'],
  [
    'a recursion',
    'WITH RECURSIVE t(n) AS (SELECT 1L UNION ALL SELECT n + 1 FROM t WHERE n < 90) ' +
      'SELECT count(*) FROM t a, t b, t c, t d, t e, t f, t g, t h WHERE a.n + b.n + c.n > d.n + e.n * h.n',
  ],
  ['functions of ours', 'SELECT max(soundex(CAST(id AS STRING))) FROM range(1000000000000)'],
];

describe('a query that is cancelled', () => {
  test.each(shapes)('ends, be it %s', async (_name, text) => {
    let heard: () => void = () => undefined;
    const isRunning = new Promise<void>((resolve) => (heard = resolve));
    const { call, query } = await start({}, () => {
      heard();
    });
    const controller = new AbortController();
    const running = call('runQuery', { sessionId: 's', text }, controller.signal);
    await Promise.race([isRunning, running]);
    controller.abort();
    expect(await running).toEqual({ ok: false, error: { kind: 'cancelled' } });
    expect(await query('SELECT 1')).toEqual(['1']);
  });
});

test('more queries than there are threads leave a turn to the next one', async () => {
  const { call, query } = await start();
  const controllers = Array.from({ length: 20 }, () => new AbortController());
  const running = controllers.map(({ signal }) =>
    call('runQuery', { sessionId: 's', text: endless }, signal),
  );
  expect(await query('SELECT count(*), max(id) FROM range(1000)')).toEqual(['1000\t999']);
  for (const controller of controllers) controller.abort();
  for (const each of running) expect(await each).toMatchObject({ error: { kind: 'cancelled' } });
});

test('progress tells the share, the rows and the bytes of the files', async () => {
  const events: EngineEvents['progress'][] = [];
  let heard: () => void = () => undefined;
  const { call } = await start({}, (event) => {
    events.push(event);
    if (event.totalRowCount > 0) heard();
  });
  const isTold = new Promise<void>((resolve) => (heard = resolve));
  const path = join(folder, 'numbers.parquet');
  const text = 'SELECT id FROM range(500000)';
  const written = await call('exportQuery', { sessionId: 's', text, path, format: 'parquet' });
  expect(written).toEqual({ ok: true, value: { rowCount: 500_000 } });
  await call('defineView', { sessionId: 's', view: { name: 'numbers', path } });
  const controller = new AbortController();
  const running = call(
    'runQuery',
    {
      sessionId: 's',
      text: 'SELECT count(*) FROM numbers a JOIN numbers b ON a.id < b.id AND a.id % 7 < b.id % 5',
    },
    controller.signal,
  );
  await Promise.race([isTold, running]);
  controller.abort();
  await running;
  const last = events.at(-1);
  expect(last).toMatchObject({ sessionId: 's' });
  expect(last?.totalRowCount).toBeGreaterThan(0);
  expect(last?.totalByteLength).toBeGreaterThan(0);
  expect(last?.byteLength).toBeLessThanOrEqual(last?.totalByteLength ?? 0);
});

describe('a limit', () => {
  const sorting =
    'SELECT id, repeat(CAST(id * 7919 % 1000003 AS STRING), 8) AS text FROM range(1500000) ORDER BY text, id';

  test('of memory spills to disk, and the answer is the same', async () => {
    const { query } = await start({ STRATA_MEMORY_LIMIT: '64MiB', STRATA_THREADS: '1' });
    const counted = `SELECT count(*), min(r) FROM (SELECT row_number() OVER (ORDER BY text, id) AS r FROM (${sorting}))`;
    expect(await query(counted)).toEqual(['1500000\t1']);
  });

  test('of what may be spilled ends the query with its reason, and others go on', async () => {
    const { call, query } = await start({
      STRATA_MEMORY_LIMIT: '64MiB',
      STRATA_SPILL_LIMIT: '1MiB',
      STRATA_THREADS: '1',
    });
    const started = await call('runQuery', { sessionId: 's', text: sorting });
    const failed = started.ok
      ? await call('readRows', { resultId: started.value.resultId, start: 0, count: 1 })
      : started;
    expect(failed).toMatchObject({
      error: {
        kind: 'unavailable',
        message: expect.stringMatching(
          /^The query could not go on: it needs more .*memory.* Filter or aggregate earlier/,
        ) as string,
      },
    });
    expect(await query('SELECT 1')).toEqual(['1']);
  });

  test('of the rows that are kept says what to do, and what was read before stays', async () => {
    const { call } = await start({ STRATA_RESULT_STORE_MIB: '1' });
    const started = await call('runQuery', {
      sessionId: 's',
      text: 'SELECT id, repeat("x", 100) AS text FROM range(1000000)',
    });
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    const { resultId } = started.value;
    const far = await call('readRows', { resultId, start: 900_000, count: 10 });
    expect(far).toMatchObject({
      error: {
        kind: 'unavailable',
        message: expect.stringMatching(/close one, add a LIMIT, or export/) as string,
      },
    });
    expect(await call('readRows', { resultId, start: 0, count: 10 })).toMatchObject({
      value: { rowCount: 10 },
    });
  });
});

test('a text that comes with a statement reads its rows', async () => {
  const { call } = await start();
  const { statement: made } = parse('SELECT id, id * 2 AS twice FROM range(5)');
  if (!made) throw new Error('it is a statement');
  const statement = statementToJson(made);
  const text =
    'SELECT * FROM (SELECT * FROM strata_result LIMIT 4) AS result WHERE twice > 2 ORDER BY id DESC';
  const started = await call('runQuery', { sessionId: 's', text, statement });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  const { resultId } = started.value;
  const page = await call('readRows', { resultId, start: 0, count: 10 });
  if (!page.ok) throw new Error(JSON.stringify(page.error));
  expect(decodePage(page.value.arrow).rows.map((row) => row.map(String))).toEqual([
    ['3', '6'],
    ['2', '4'],
  ]);
});

describe('a statement that changes the session', () => {
  test.each([
    ['SET spark.sql.ansi.enabled = false', 'itself'],
    ['CREATE TEMP VIEW v AS SELECT 1', 'itself'],
    ['CREATE TABLE t AS SELECT 1 AS a', 'itself'],
    ['DECLARE VARIABLE x INT DEFAULT 3', 'itself'],
    ["EXECUTE IMMEDIATE 'CREATE TEMP VIEW w AS SELECT 2'", 'itself'],
    ['CACHE TABLE c AS SELECT 1', 'itself'],
    ['SELECT 1', 'nothing'],
    ['SHOW TABLES', 'nothing'],
    ['SET spark.sql.ansi.enabled', 'nothing'],
    ["INSERT OVERWRITE DIRECTORY 'FOLDER/out' USING csv SELECT 1", 'nothing'],
    ["CREATE TABLE k USING csv LOCATION 'FOLDER/k' AS SELECT 1 AS a", 'a table over its files'],
  ])('%s is restored by %s', async (statement, by) => {
    const { call } = await start();
    const text = statement.replace('FOLDER', folder);
    const started = await call('runQuery', { sessionId: 's', text });
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    const files = `CREATE TABLE \`k\` USING csv LOCATION '${folder}/k'`;
    const expected = { itself: text, nothing: undefined, 'a table over its files': files }[by];
    expect(started.value.restoredBy).toBe(expected);
  });
});

test('what is cached is held with its level, rows and bytes until it is let go', async () => {
  const { call, query } = await start();
  const listed = async () => {
    const list = await call('listCached', { sessionId: 's' });
    if (!list.ok) throw new Error(list.error.kind);
    return list.value.caches;
  };
  await query(
    "CACHE TABLE held OPTIONS ('storageLevel' 'DISK_ONLY') AS SELECT id FROM range(1000)",
  );
  await query('CACHE LAZY TABLE later AS SELECT id FROM range(10)');
  expect(await listed()).toEqual([
    {
      name: 'held',
      storageLevel: 'StorageLevel(disk, 1 replicas)',
      rowCount: 1000,
      byteLength: 8000,
    },
    { name: 'later', storageLevel: 'StorageLevel(disk, memory, deserialized, 1 replicas)' },
  ]);
  expect(await query('SELECT max(id) FROM later')).toEqual(['9']);
  expect((await listed())[1]).toMatchObject({ rowCount: 10, byteLength: 80 });
  const explained = await call('explain', {
    sessionId: 's',
    text: 'SELECT id FROM held WHERE id > 3',
    mode: 'simple',
  });
  expect(explained).toMatchObject({
    value: { printed: expect.stringContaining('InMemoryTableScan') as string },
  });
  await query('UNCACHE TABLE held');
  expect((await listed()).map(({ name }) => name)).toEqual(['later']);
  await query('CLEAR CACHE');
  expect(await listed()).toEqual([]);
  expect(await query('SELECT max(id) FROM held')).toEqual(['999']);
});

test.each([
  ['parentheses', `SELECT ${'('.repeat(10_000)}1${')'.repeat(10_000)}`],
  ['a sum', `SELECT ${Array.from({ length: 1400 }, () => '1').join(' + ')}`],
  ['a megabyte of conditions', `SELECT 1 WHERE ${'1 <> 2 AND '.repeat(100_000)} true`],
  ['unions', Array.from({ length: 1400 }, (_, index) => `SELECT ${index}`).join(' UNION ALL ')],
  ['arrays', `SELECT ${'array('.repeat(390)}1${')'.repeat(390)}`],
])('%s beyond the stack are too complex, by name, and the next query runs', async (_name, text) => {
  const { query } = await start();
  const [outcome] = await query(text);
  expect(['FAILED_TO_PARSE_TOO_COMPLEX', '1400', '0']).toContain(outcome);
  expect(await query('SELECT 1')).toEqual(['1']);
});

test('a file that goes or changes under a view is an error that names it, or its new rows', async () => {
  const { call, query } = await start();
  const path = join(folder, 'orders.csv');
  writeFileSync(path, 'id,total\n1,2\n');
  const view = { name: 'orders', path };
  expect(await call('defineView', { sessionId: 's', view })).toMatchObject({ ok: true });
  expect(await query('SELECT * FROM orders')).toEqual(['1\t2']);
  writeFileSync(path, 'id,total,note\n1,2.5,first\n2,3.5,second\n');
  expect(await query('SELECT * FROM orders ORDER BY id')).toEqual([
    '1\t2.5\tfirst',
    '2\t3.5\tsecond',
  ]);
  rmSync(path);
  const gone = await call('runQuery', { sessionId: 's', text: 'SELECT * FROM orders' });
  expect(gone).toMatchObject({ ok: false, error: { kind: 'spark', class: 'PATH_NOT_FOUND' } });
  expect(JSON.stringify(gone)).toContain('orders.csv');
  writeFileSync(path, 'id\n7\n');
  expect(await query('SELECT * FROM orders')).toEqual(['7']);
});

test('a query of a megabyte runs', async () => {
  const { query } = await start();
  const text = 'x'.repeat(1 << 20);
  expect(await query(`SELECT length('${text}')`)).toEqual([String(1 << 20)]);
});

test('the types of thousands of columns are those of all rows', { timeout: 180_000 }, async () => {
  const { call } = await start();
  const path = join(folder, 'mixed.csv');
  const kinds = [
    ['1', '2', 'INT'],
    ['1', '3000000000', 'BIGINT'],
    ['7', '1234567890123456789012', 'DECIMAL(22,0)'],
    ['1', '1.5', 'DOUBLE'],
    ['2024-01-02', '', 'DATE'],
    ['2024-01-02', '2024-01-02 03:04:05', 'TIMESTAMP'],
    ['true', 'FALSE', 'BOOLEAN'],
    ['1', 'one', 'STRING'],
    ['', '', 'STRING'],
  ] as const;
  const of = (at: 0 | 1 | 2) =>
    Array.from({ length: 3000 }, (_, index) => kinds[index % kinds.length]?.[at] ?? '');
  const names = of(0).map((_, index) => `column_${index}`);
  writeFileSync(path, [names, of(0), of(1)].map((row) => `${row.join(',')}\n`).join(''));
  await call('defineView', { sessionId: 's', view: { name: 'mixed', path } });
  const all = await call('runQuery', { sessionId: 's', text: 'SELECT * FROM mixed' });
  const types = all.ok ? all.value.schema.map(({ type }) => type.toUpperCase()) : [];
  expect(types).toEqual(of(2));
});

test(
  'a file of ten thousand columns is read, all of it and by name',
  { timeout: 180_000 },
  async () => {
    const { call, query } = await start();
    const path = join(folder, 'wide.csv');
    const columns = Array.from({ length: 10_000 }, (_, index) => `column_${index}`);
    const row = (first: number) => columns.map((_, index) => first + index).join(',');
    writeFileSync(path, `${columns.join(',')}\n${row(0)}\n${row(5)}\n`);
    await call('defineView', { sessionId: 's', view: { name: 'wide', path } });
    expect(await query('SELECT sum(column_9999) FROM wide')).toEqual(['20003']);
    const all = await call('runQuery', { sessionId: 's', text: 'SELECT * FROM wide' });
    expect(all.ok && all.value.schema.length).toBe(10_000);
    const [first = ''] = await query('SELECT * FROM wide ORDER BY column_0 DESC');
    expect(first.split('\t').slice(9_998)).toEqual(['10003', '10004']);
    const [unknown = ''] = await query('SELECT column_10000 FROM wide');
    expect(unknown).toContain('UNRESOLVED_COLUMN');
  },
);
