/** What statements write, and what is read back: folders as Spark lays them out, partitions, patterns. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createEngine } from '../src/session/engine.ts';
import { testDatabase } from './duckdb/evaluate.ts';
import { runStatement } from './runStatement.ts';
import { ok } from '#shared/result.ts';

const folder = mkdtempSync(join(tmpdir(), 'strata-sinks-'));
const engine = createEngine({
  database: async () => ok(await testDatabase()),
  onProgress: () => undefined,
  storeByteLength: 1 << 24,
});
const { signal } = new AbortController();
void engine.answers.openSession({ sessionId: 'sinks', settings: {} }, signal);
afterAll(() => {
  engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** `@/` is the test's own folder. The rows, or the class of what went wrong. */
async function run(sql: string, sessionId = 'sinks'): Promise<readonly string[] | string> {
  const ran = await runStatement(engine, sessionId, sql.replaceAll('@/', `${folder}/`));
  return ran.ok ? ran.rows : ran.error.class;
}

/** Names of files, with what differs from run to run left out. */
function filesIn(name: string): string[] {
  return readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replace(/part-00000-[-0-9a-f]+[-.]c000/, 'part'))
    .filter((path) => path.includes('.') || path.includes('_SUCCESS'))
    .sort();
}

const rows = "SELECT * FROM VALUES (1, 'a', 2.5D), (2, NULL, NULL), (3, 'c d', 1D) AS t(i, s, d)";

test('a folder of Parquet files is written, added to and replaced', async () => {
  expect(await run(`INSERT OVERWRITE parquet.\`@/pq\` ${rows}`)).toEqual([]);
  expect(filesIn('pq')).toEqual(['_SUCCESS', 'part.snappy.parquet']);
  expect(await run(`INSERT INTO parquet.\`@/pq\` ${rows}`)).toEqual([]);
  expect(await run('SELECT count(*), sum(i) FROM parquet.`@/pq`')).toEqual(['6\t12']);
  expect(await run(`CREATE TABLE parquet.\`@/pq\` AS ${rows}`)).toBe('PATH_ALREADY_EXISTS');
  // What fails leaves what was there, and nothing of its own.
  expect(await run('INSERT OVERWRITE parquet.`@/pq` SELECT 1 / 0 AS x')).toBe('DIVIDE_BY_ZERO');
  expect(await run('SELECT count(*) FROM parquet.`@/pq`')).toEqual(['6']);
  expect(readdirSync(folder)).toEqual(['pq']);
});

test('rows go to folders by partition, and come back with their values', async () => {
  const by = 'USING parquet PARTITIONED BY (s) LOCATION';
  expect(await run(`CREATE TABLE parts ${by} '@/parts' AS ${rows}`)).toEqual([]);
  expect(filesIn('parts').filter((path) => path !== '_SUCCESS')).toEqual([
    's=__HIVE_DEFAULT_PARTITION__/part.snappy.parquet',
    's=a/part.snappy.parquet',
    's=c%20d/part.snappy.parquet',
  ]);
  expect(await run('SELECT * FROM parts ORDER BY i')).toEqual([
    '1\t2.5\ta',
    '2\tNULL\tNULL',
    '3\t1.0\tc d',
  ]);
  expect(await run("SELECT i FROM parts WHERE s = 'a'")).toEqual(['1']);
});

test('times of day are written and read back', async () => {
  const times =
    "SELECT TIME'12:00:00.123456' AS a, array(TIME'1:00', NULL) AS b, named_struct('t', CAST(NULL AS TIME)) AS s";
  for (const format of ['parquet', 'json']) {
    const place = `'@/times-${format}'`;
    expect(await run(`INSERT OVERWRITE DIRECTORY ${place} USING ${format} ${times}`)).toEqual([]);
    const view = `(a TIME, b ARRAY<TIME>, s STRUCT<t: TIME>) USING ${format} OPTIONS (path ${place})`;
    const made = format === 'parquet' ? `USING parquet OPTIONS (path ${place})` : view;
    expect(await run(`CREATE OR REPLACE TEMPORARY VIEW times ${made}`)).toEqual([]);
    expect(await run("SELECT a, b, s.t, typeof(a) FROM times WHERE a > '12:00'")).toEqual([
      '12:00:00.123456\t[01:00:00,null]\tNULL\ttime(6)',
    ]);
  }
  const csv = "USING csv OPTIONS (path '@/times-csv', timeFormat 'HH-mm-ss')";
  const lines = "SELECT TIME'12:00:00.123456' AS a";
  expect(
    await run(
      `INSERT OVERWRITE DIRECTORY USING csv OPTIONS (path '@/times-csv', timeFormat 'HH-mm-ss') ${lines}`,
    ),
  ).toEqual([]);
  expect(await run(`CREATE OR REPLACE TEMPORARY VIEW lines (a TIME(3)) ${csv}`)).toEqual([]);
  expect(await run('SELECT * FROM lines')).toEqual(['12:00:00']);
});

test('text formats are written as Spark writes them', async () => {
  expect(await run(`INSERT OVERWRITE DIRECTORY '@/js' USING json ${rows}`)).toEqual([]);
  const [json = ''] = readdirSync(join(folder, 'js')).filter((name) => name.endsWith('.json'));
  expect(readFileSync(join(folder, 'js', json), 'utf8').split('\n')[1]).toBe('{"i":2}');
  const single = "USING csv OPTIONS (header 'true', sep ';', singleFile 'true')";
  expect(await run(`INSERT OVERWRITE DIRECTORY '@/one.csv' ${single} ${rows}`)).toEqual([]);
  expect(readFileSync(join(folder, 'one.csv'), 'utf8')).toBe('i;s;d\n1;a;2.5\n2;;\n3;c d;1.0\n');
  const packed = "USING csv OPTIONS (header 'true', compression 'gzip')";
  expect(await run(`INSERT OVERWRITE DIRECTORY '@/gz' ${packed} ${rows}`)).toEqual([]);
  const view = "USING csv OPTIONS (path '@/gz', header 'true', inferSchema 'true')";
  expect(await run(`CREATE TEMP VIEW packed ${view}`)).toEqual([]);
  expect(await run('SELECT * FROM packed WHERE i > 2')).toEqual(['3\tc d\t1.0']);
  expect(await run(`INSERT OVERWRITE DIRECTORY '@/orc' USING orc ${rows}`)).toBe(
    'UNSUPPORTED_SINK_FORMAT',
  );
});

test('a pattern reads what it matches, and a schema that is given names and types the columns', async () => {
  expect(await run('SELECT count(*) FROM parquet.`@/p{q,x}/part-*.parquet`')).toEqual(['6']);
  expect(await run('SELECT count(*) FROM parquet.`@/nothing-*`')).toBe('PATH_NOT_FOUND');
  const options = "OPTIONS (path '@/one.csv', sep ';', header 'true')";
  expect(await run(`CREATE TEMP VIEW typed (a INT, b INT) USING csv ${options}`)).toEqual([]);
  expect(await run('SELECT * FROM typed')).toEqual(['1\tNULL', '2\tNULL', '3\tNULL']);
});

test('a session that may not write does not', async () => {
  await engine.answers.openSession(
    { sessionId: 'reader', settings: { 'strata.allowWrites': 'false' } },
    signal,
  );
  expect(await run("INSERT OVERWRITE DIRECTORY '@/no' USING csv SELECT 1", 'reader')).toBe(
    'UNSUPPORTED_COMMAND',
  );
});
