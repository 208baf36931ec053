import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodePage } from '#shared/protocol/resultRows.ts';
import type { EngineProcess } from './engineProcess.ts';
import { startEngineProcess } from './engineProcess.ts';

let folder: string;
let engine: EngineProcess;
const progress: number[] = [];

async function define(name: string, file: string, content?: string): Promise<void> {
  const path = join(folder, file);
  if (content !== undefined) writeFileSync(path, content);
  const defined = await engine.call('defineView', { sessionId: 's', view: { name, path } });
  expect(defined.ok).toBe(true);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'strata-engine-test '));
  engine = startEngineProcess({
    env: { STRATA_TEMP: folder },
    onProgress: ({ percent }) => progress.push(percent),
  });
  await engine.call('openSession', { sessionId: 's', settings: {} });
  await define(
    'customers',
    "it's customers.csv",
    'id,name,city\n1,Ada,London\n2,Béla,\n3,"Chen, W.",Paris\n4,Dora,Paris\n',
  );
  await define(
    'orders',
    'orders.json',
    '{"order":10,"customer":1,"total":12.5}\n{"order":11,"customer":1,"total":7.5}\n' +
      '{"order":12,"customer":3,"total":100.0}\n{"order":13,"customer":9,"total":null}\n',
  );
  const written = await engine.call('exportQuery', {
    sessionId: 's',
    text: "SELECT id, CAST(id AS DECIMAL(10,2)) * 1.5BD AS amount, DATE '2024-01-31' AS day FROM customers",
    path: join(folder, 'amounts.parquet'),
    format: 'parquet',
  });
  expect(written).toEqual({ ok: true, value: { rowCount: 4 } });
  await define('amounts', 'amounts.parquet');
});

afterAll(async () => {
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('queries on files', () => {
  test.each([
    ['filter', "SELECT name FROM customers WHERE city = 'Paris' ORDER BY id", ['Chen, W.', 'Dora']],
    [
      'nulls first',
      'SELECT city, id FROM customers ORDER BY city, id DESC',
      ['NULL\t2', 'London\t1', 'Paris\t4', 'Paris\t3'],
    ],
    [
      'inner join of CSV and JSON',
      'SELECT c.name, o.total FROM customers c JOIN orders o ON c.id = o.customer ORDER BY o.order',
      ['Ada\t12.5', 'Ada\t7.5', 'Chen, W.\t100.0'],
    ],
    [
      'left join',
      'SELECT c.id, o.order FROM customers c LEFT JOIN orders o ON c.id = o.customer ORDER BY c.id, o.order',
      ['1\t10', '1\t11', '2\tNULL', '3\t12', '4\tNULL'],
    ],
    [
      'group, having, order, limit',
      'SELECT customer, count(*) AS n, sum(total) AS s FROM orders GROUP BY customer HAVING count(*) >= 1 ORDER BY s DESC NULLS LAST, customer LIMIT 2',
      ['3\t1\t100.0', '1\t2\t20.0'],
    ],
    [
      'count of a column',
      'SELECT count(city), count(*), count(DISTINCT city) FROM customers',
      ['3\t4\t2'],
    ],
    ['average of integers', 'SELECT avg(id) FROM customers', ['2.5']],
    ['no rows', 'SELECT sum(id), count(id) FROM customers WHERE id > 99', ['NULL\t0']],
    [
      'decimals and dates of Parquet',
      'SELECT amount, day FROM amounts ORDER BY id LIMIT 1',
      ['1.500\t2024-01-31'],
    ],
    ['distinct', 'SELECT DISTINCT city FROM customers ORDER BY 1', ['NULL', 'London', 'Paris']],
    ['offset', 'SELECT id FROM customers ORDER BY id LIMIT 2 OFFSET 1', ['2', '3']],
    ['division by zero', 'SELECT 1 / (id - 1) FROM customers', ['DIVIDE_BY_ZERO']],
    ['overflow', 'SELECT 2147483647 + id FROM customers', ['ARITHMETIC_OVERFLOW']],
    ['a cast that fails', 'SELECT CAST(name AS INT) FROM customers', ['CAST_INVALID_INPUT']],
    ['an unknown column', 'SELECT nme FROM customers', ['UNRESOLVED_COLUMN.WITH_SUGGESTION']],
    ['an unknown table', 'SELECT * FROM nowhere', ['TABLE_OR_VIEW_NOT_FOUND']],
    ['a missing file', 'SELECT * FROM csv.`/no/such/file.csv`', ['PATH_NOT_FOUND']],
    [
      'functions of DuckDB',
      "SELECT * FROM read_csv('/etc/passwd')",
      ['UNRESOLVABLE_TABLE_VALUED_FUNCTION'],
    ],
    ['settings of DuckDB', "SELECT current_setting('memory_limit')", ['UNRESOLVED_ROUTINE']],
  ])('%s', async (_name, text, rows) => {
    expect(await engine.query(text)).toEqual(rows);
  });

  test.each([
    'ATTACH DATABASE x',
    "COPY customers TO '/tmp/x'",
    'PRAGMA version',
    'INSTALL httpfs',
  ])('%s does not reach DuckDB', async (text) => {
    const [failure] = await engine.query(text);
    expect(failure).toMatch(/^(PARSE_SYNTAX_ERROR|UNSUPPORTED_)/);
  });
});

describe('results', () => {
  const cross =
    'FROM customers a CROSS JOIN customers b CROSS JOIN customers c CROSS JOIN customers d CROSS JOIN customers e CROSS JOIN customers f';

  test('are read in any order, and again', async () => {
    const started = await engine.call('runQuery', {
      sessionId: 's',
      text: `SELECT a.id * 1000 + b.id AS n ${cross}`,
    });
    if (!started.ok) throw new Error(started.error.kind);
    const { resultId } = started.value;
    const read = async (start: number, count: number) => {
      const page = await engine.call('readRows', { resultId, start, count });
      if (!page.ok) throw new Error(page.error.kind);
      return { ...page.value, rows: decodePage(page.value.arrow).rows.flat() };
    };
    const tail = await read(4000, 1000);
    expect(tail).toMatchObject({ rowCount: 96, knownRowCount: 4096, complete: true });
    const whole = await read(0, 5000);
    expect(whole.rowCount).toBe(4096);
    expect((await read(100, 3)).rows).toEqual(whole.rows.slice(100, 103));
    expect(whole.rows.slice(4000)).toEqual(tail.rows);
    await engine.call('closeResult', { resultId });
    expect(await engine.call('readRows', { resultId, start: 0, count: 1 })).toMatchObject({
      error: { kind: 'gone' },
    });
  });

  test('say how far they are known', async () => {
    const started = await engine.call('runQuery', {
      sessionId: 's',
      text: 'SELECT id FROM customers',
    });
    const resultId = started.ok ? started.value.resultId : 0;
    expect(await engine.call('readRows', { resultId, start: 0, count: 2 })).toMatchObject({
      value: { rowCount: 2, start: 0 },
    });
  });
});

/** Runs for minutes unless it is stopped. */
const endless = `SELECT count(*) AS n FROM ${Array.from({ length: 18 }, (_, index) => `customers c${index}`).join(' CROSS JOIN ')} WHERE c0.id + c1.id + c2.id + c17.id > c3.id * c16.id`;

describe('several at once', () => {
  test('a query that is cancelled ends, and others go on', async () => {
    const controller = new AbortController();
    const running = engine.call('runQuery', { sessionId: 's', text: endless }, controller.signal);
    expect(await engine.query('SELECT 1 + 1')).toEqual(['2']);
    controller.abort();
    expect(await running).toEqual({ ok: false, error: { kind: 'cancelled' } });
    expect(await engine.query('SELECT 2 + 2')).toEqual(['4']);
  });

  test('a query that fails harms no other', async () => {
    const [failed, other] = await Promise.all([
      engine.query('SELECT 1 / (id - 1) FROM customers'),
      engine.query('SELECT max(id) FROM customers'),
    ]);
    expect([failed, other]).toEqual([['DIVIDE_BY_ZERO'], ['4']]);
  });

  test('a session does not see the views of another', async () => {
    await engine.call('openSession', { sessionId: 'other', settings: {} });
    const started = await engine.call('runQuery', {
      sessionId: 'other',
      text: 'SELECT * FROM customers',
    });
    expect(started).toMatchObject({ error: { class: 'TABLE_OR_VIEW_NOT_FOUND' } });
    expect(await engine.call('runQuery', { sessionId: 'none', text: 'SELECT 1' })).toMatchObject({
      error: { kind: 'gone' },
    });
  });
});

test('explain tells the SQL that runs, and what was measured', async () => {
  const explained = await engine.call('explain', {
    sessionId: 's',
    text: 'SELECT city, count(*) FROM customers GROUP BY city',
    mode: 'analyze',
  });
  if (!explained.ok) throw new Error(JSON.stringify(explained.error));
  expect(explained.value.sql).toContain('read_csv');
  expect(explained.value.metrics?.operator).not.toBe('');
  expect(explained.value.text.physical).toContain('HashAggregate');
  expect(explained.value.trees.analyzed.name).toBe('Aggregate');
  expect(explained.value.trace.length).toBeGreaterThan(0);
  const codegen = await engine.call('explain', {
    sessionId: 's',
    text: 'SELECT 1',
    mode: 'codegen',
  });
  expect(codegen).toMatchObject({ error: { class: 'UNSUPPORTED_EXPLAIN_MODE' } });
});

test('a setting that is not known is refused by name', async () => {
  const settings = { 'spark.sql.legacy.negativeIndexInArrayInsert': 'true' };
  expect(await engine.call('openSession', { sessionId: 'x', settings })).toMatchObject({
    error: { class: 'UNSUPPORTED_SETTING' },
  });
});

describe('the end of the process', () => {
  test('settles what was asked of it, and the next start sweeps what it left', async () => {
    const home = mkdtempSync(join(tmpdir(), 'strata-engine-killed-'));
    const killed = startEngineProcess({ env: { STRATA_TEMP: home } });
    await killed.call('openSession', { sessionId: 's', settings: {} });
    await killed.call('hello', {});
    const running = killed.call('hello', {});
    const reading = killed.call('readRows', { resultId: 1, start: 0, count: 1 });
    killed.child.kill('SIGKILL');
    const settled = await Promise.all([running, reading]);
    for (const result of settled) if (!result.ok) expect(result.error.kind).toMatch(/closed|gone/);
    expect(await killed.call('hello', {})).toEqual({ ok: false, error: { kind: 'closed' } });
    expect(readdirSync(home)).toHaveLength(1);
    const next = startEngineProcess({ env: { STRATA_TEMP: home } });
    await next.call('hello', {});
    expect(readdirSync(home)).toHaveLength(1);
    await next.stop();
    expect(readdirSync(home)).toEqual([]);
    rmSync(home, { recursive: true, force: true });
  });

  test('comes with the end of its channel', async () => {
    const orphan = startEngineProcess({ env: { STRATA_TEMP: folder } });
    await orphan.call('hello', {});
    await orphan.stop();
    expect(orphan.child.exitCode).toBe(0);
  });
});

test('without the native library every call says why, and what still works', async () => {
  const home = mkdtempSync(join(tmpdir(), 'strata-engine-alone-'));
  const bundle = join(home, 'engine.js');
  copyFileSync(join(process.env.STRATA_DIST ?? '', 'engine.js'), bundle);
  expect(existsSync(join(home, 'node_modules'))).toBe(false);
  const alone = startEngineProcess({ bundle });
  for (const answer of [
    await alone.call('hello', {}),
    await alone.call('runQuery', { sessionId: 's', text: 'SELECT 1' }),
  ]) {
    expect(answer).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    const message = !answer.ok && 'message' in answer.error ? answer.error.message : '';
    expect(message).toContain("Queries can't run");
    expect(message).toContain('Type checking and the buffer inspector work without it');
  }
  await alone.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('the end of the process while it writes', () => {
  const home = mkdtempSync(join(tmpdir(), 'strata-engine-writes-'));
  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
  });
  const out = join(home, 'out');
  const insert = (query: string) => `INSERT OVERWRITE DIRECTORY '${out}' USING csv ${query}`;

  async function started() {
    const writer = startEngineProcess({ env: { STRATA_TEMP: folder } });
    await writer.call('openSession', { sessionId: 's', settings: {} });
    return writer;
  }

  test('leaves what was there, and the next one takes away its half', async () => {
    const killed = await started();
    await killed.query(insert('SELECT 1 AS a'));
    const before = readdirSync(out);
    const running = killed.query(insert('SELECT a.id FROM range(1000000) a, range(1000000) b'));
    const isHalfWritten = () =>
      readdirSync(home, { recursive: true, encoding: 'utf8' }).some(
        (path) => path.includes('.partial') && path.endsWith('.csv'),
      );
    while (!isHalfWritten()) await new Promise((resolve) => setTimeout(resolve, 10));
    killed.child.kill('SIGKILL');
    expect(await running).toEqual(['closed']);
    expect(readdirSync(out)).toEqual(before);

    const next = await started();
    expect(await next.query(`SELECT * FROM csv.\`${out}\``)).toEqual(['1']);
    await next.query(insert('SELECT 2 AS a'));
    expect(readdirSync(home)).toEqual(['out']);
    expect(await next.query(`SELECT * FROM csv.\`${out}\``)).toEqual(['2']);
    await next.stop();
  });

  test('between the old and the new leaves the old one to be put back', async () => {
    const writer = await started();
    await writer.query(insert('SELECT 3 AS a'));
    // As a process of this machine that is gone would have left it.
    const ended = spawnSync(process.execPath, ['-e', '']).pid;
    const host = hostname().replaceAll(/[^A-Za-z0-9]/g, '');
    renameSync(out, join(home, `.strata-${host}-${ended}-out.replaced`));
    await writer.query(`INSERT OVERWRITE DIRECTORY '${home}/other' USING csv SELECT 4 AS a`);
    expect(readdirSync(home).sort()).toEqual(['other', 'out']);
    expect(await writer.query(`SELECT * FROM csv.\`${out}\``)).toEqual(['3']);
    await writer.stop();
  });
});
