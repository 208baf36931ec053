import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-cli-sql-'));
  writeFileSync(
    join(folder, 'orders.csv'),
    'id,customer,total,day\n1,Ada,12.50,2024-01-31\n2,Béla,,2024-02-29\n3,"Chen, W.",7.25,\n',
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function strata(args: readonly string[], input = ''): Promise<Ran> {
  return new Promise((resolve) => {
    const cli = join(process.env.STRATA_DIST ?? '', 'cli.js');
    const child = execFile(
      process.execPath,
      [cli, ...args],
      { cwd: folder, encoding: 'buffer', maxBuffer: 2 ** 28 },
      (error, out, err) => {
        const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0;
        resolve({ code, out: out.toString('latin1'), err: err.toString('utf8') });
      },
    );
    child.stdin?.end(input);
  });
}

const text = (latin1: string) => Buffer.from(latin1, 'latin1').toString('utf8');
const sql = (query: string, ...more: string[]) =>
  strata(['sql', query, '--view', 'orders=orders.csv', ...more]);

describe('strata sql', () => {
  test('prints a table that lines up', async () => {
    const { out, code } = await sql('SELECT customer, total FROM orders ORDER BY id');
    expect(code).toBe(0);
    expect(text(out).split('\n').slice(0, -2)).toEqual([
      '┌──────────┬───────┐',
      '│ customer │ total │',
      '├──────────┼───────┤',
      '│ Ada      │  12.5 │',
      '│ Béla     │  null │',
      '│ Chen, W. │  7.25 │',
      '└──────────┴───────┘',
    ]);
    expect(text(out)).toMatch(/\n3 rows, \d+ ms\n$/);
  });

  test('says of a statement without columns that it was done', async () => {
    const { out, code } = await sql('CREATE TEMP VIEW few AS SELECT * FROM orders LIMIT 1');
    expect([code, text(out)]).toEqual([0, expect.stringMatching(/^OK, \d+ ms\n$/)]);
  });

  test('prints the envelope as JSON', async () => {
    const query =
      'SELECT id, CAST(total AS DECIMAL(6,2)) AS total, day, count(*) OVER_ FROM orders';
    expect((await sql(query, '--output', 'json')).code).toBe(1);
    const { out, code } = await sql(
      'SELECT id, CAST(total AS DECIMAL(6,2)) AS total, day, CAST(id AS BIGINT) AS big FROM orders ORDER BY id',
      '--output',
      'json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      schema: [
        { name: 'id', type: 'int', nullable: true },
        { name: 'total', type: 'decimal(6,2)', nullable: true },
        { name: 'day', type: 'date', nullable: true },
        { name: 'big', type: 'bigint', nullable: true },
      ],
      rows: [
        [1, '12.50', '2024-01-31', '1'],
        [2, null, '2024-02-29', '2'],
        [3, '7.25', null, '3'],
      ],
      rowCount: 3,
      elapsedMs: expect.any(Number) as number,
    });
  });

  test('says where an error is, one-based and inclusive', async () => {
    const { out, code } = await sql('SELECT nme FROM orders', '--output', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      error: { class: 'UNRESOLVED_COLUMN.WITH_SUGGESTION', sqlState: '42703', start: 8, stop: 10 },
    });
  });

  test('reads statements from standard input in one session', async () => {
    const input =
      "SELECT 1 AS a; -- a comment; with a semicolon\nSELECT 1/0; SELECT 'x;y' AS b, NULL;";
    const stopped = await strata(['sql', '-', '--output', 'jsonl'], input);
    expect(stopped.code).toBe(1);
    expect(stopped.out.trim().split('\n')).toHaveLength(2);
    const { out, code } = await strata(['sql', '-', '--output', 'jsonl', '--keep-going'], input);
    expect(code).toBe(1);
    const [first, second, third] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(first).toMatchObject({ rows: [[1]], text: '1' });
    expect(second).toMatchObject({ error: { class: 'DIVIDE_BY_ZERO', sqlState: '22012' } });
    expect(third).toMatchObject({ rows: [['x;y', null]], text: 'x;y\tNULL' });
  });

  test('prints rows as CSV, as JSON lines, and at most so many', async () => {
    expect(
      text((await sql('SELECT customer, day FROM orders ORDER BY id', '--format', 'csv')).out),
    ).toBe('customer,day\nAda,2024-01-31\nBéla,2024-02-29\n"Chen, W.",\n');
    expect(
      (await sql('SELECT id FROM orders ORDER BY id', '--format', 'json', '--limit', '2')).out,
    ).toBe('{"id":1}\n{"id":2}\n');
  });

  test.each(['table', 'csv', 'json', 'arrow', 'parquet'])(
    'fails as %s where a late row can not be computed',
    async (format) => {
      const late = 'SELECT id, 1 / (id - 250000) AS q FROM range(300000)';
      const { code, err } = await sql(late, '--format', format);
      expect([code, err]).toEqual([1, expect.stringContaining('[DIVIDE_BY_ZERO]')]);
    },
  );

  test('fails in the envelope where a late row can not be computed', async () => {
    const { code, out } = await sql(
      'SELECT id, 1 / (id - 250000) AS q FROM range(300000)',
      '--output',
      'json',
    );
    expect([code, out.slice(-400)]).toEqual([1, expect.stringContaining('DIVIDE_BY_ZERO')]);
  });

  test('writes Arrow and Parquet', async () => {
    const arrow = await sql('SELECT id, customer FROM orders', '--format', 'arrow');
    const table = tableFromIPC(Buffer.from(arrow.out, 'latin1'));
    expect([table.numRows, table.schema.names]).toEqual([3, ['id', 'customer']]);
    const parquet = await sql('SELECT id FROM orders', '--format', 'parquet');
    writeFileSync(join(folder, 'out.parquet'), Buffer.from(parquet.out, 'latin1'));
    const back = await strata([
      'sql',
      'SELECT sum(id) AS s FROM p',
      '--view',
      'p=out.parquet',
      '--format',
      'csv',
    ]);
    expect(back.out).toBe('s\n6\n');
  });

  test.each(['arrow', 'feather', 'ipc'])('reads a .%s file as a view', async (ending) => {
    const written = await sql('SELECT id FROM orders', '--format', 'arrow');
    writeFileSync(join(folder, `ids.${ending}`), Buffer.from(written.out, 'latin1'));
    const query = ['sql', 'SELECT sum(id) AS s FROM i', '--view', `i=ids.${ending}`];
    expect((await strata([...query, '--format', 'csv'])).out).toBe('s\n6\n');
    expect((await strata(['sql', '--help'])).out).toContain('Parquet, Arrow or Feather file');
  });

  test('takes options of the reader behind the path', async () => {
    const { out } = await strata([
      'sql',
      'SELECT count(*) AS n, max(_c0) AS m FROM o',
      '--view',
      'o=orders.csv?header=false',
      '--format',
      'csv',
    ]);
    expect(out).toBe('n,m\n4,id\n');
  });

  test('has settings', async () => {
    const { out } = await sql(
      'SELECT 1/0 AS x',
      '--set',
      'spark.sql.ansi.enabled=false',
      '--format',
      'csv',
    );
    expect(out).toBe('x\n\n');
  });

  test.each([
    ['no query', ['sql'], 'there is no query'],
    ['an unknown option', ['sql', 'SELECT 1', '--frmat', 'csv'], "there is no option '--frmat'"],
    ['an unknown format', ['sql', 'SELECT 1', '--format', 'xml'], "not 'xml'"],
    ['a view without a path', ['sql', 'SELECT 1', '--view', 'orders'], 'NAME=PATH'],
    ['a file that is not there', ['sql', 'SELECT 1', '--view', 'o=none.csv'], 'PATH_NOT_FOUND'],
    [
      'a setting that is not known',
      ['sql', 'SELECT 1', '--set', 'spark.sql.x=y'],
      'UNSUPPORTED_SETTING',
    ],
  ])('cannot run with %s', async (_name, args, message) => {
    const { code, err, out } = await strata(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('strata explain', () => {
  test('prints the physical plan', async () => {
    const { out, code } = await strata([
      'explain',
      'SELECT id FROM o WHERE total > 5',
      '--view',
      'o=orders.csv',
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^== Physical Plan ==\n/);
    expect(out).toContain('FileScan csv');
  });

  test('has all plans, the trace and what was measured as JSON', async () => {
    const { out } = await strata([
      'explain',
      'SELECT count(*) FROM o',
      '--view',
      'o=orders.csv',
      '--mode',
      'analyze',
      '--output',
      'json',
    ]);
    const explained = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(explained)).toEqual([
      'parsed',
      'analyzed',
      'optimized',
      'physical',
      'trace',
      'sql',
      'advice',
      'metrics',
    ]);
    expect(explained.analyzed).toContain('Aggregate');
    expect(explained.metrics).toMatchObject({ rows: 1 });
  });

  test('refuses codegen by name', async () => {
    const { code, err } = await strata(['explain', 'SELECT 1', '--mode', 'codegen']);
    expect([code, err]).toEqual([1, expect.stringContaining('UNSUPPORTED_EXPLAIN_MODE') as string]);
  });
});

test('the help tells how positions count', async () => {
  expect((await strata(['sql', '--help'])).out).toContain('one-based and inclusive');
});

describe('strata sql --file and --to', () => {
  test('runs the statements of a file and writes what the last one yields', async () => {
    writeFileSync(
      join(folder, 'report.sql'),
      '-- two; statements\nCREATE TEMP VIEW big AS SELECT * FROM orders WHERE total > 8;\nSELECT id FROM big;\n',
    );
    const view = ['--view', 'orders=orders.csv'];
    const ran = await strata(['sql', '--file', 'report.sql', '--to', 'big.csv', ...view]);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain(`1 row written to ${join(folder, 'big.csv')}`);
    expect(readFileSync(join(folder, 'big.csv'), 'utf8')).toBe('id\n1\n');
  });

  test('begins an error with its place in the file', async () => {
    writeFileSync(join(folder, 'wrong.sql'), 'SELECT 1;\n\nSELECT id,\n  totl FROM orders;\n');
    const ran = await strata(['sql', '--file', 'wrong.sql', '--view', 'orders=orders.csv']);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/^wrong\.sql:4:3: error: \[UNRESOLVED_COLUMN\.WITH_SUGGESTION\] /);
  });

  test('asks behind the error what a function that is none may mean', async () => {
    const ran = await strata(['sql', "SELECT uper('a')"]);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/^\[UNRESOLVED_ROUTINE\] .* SQLSTATE: 42883\nDid you mean upper/);
    const json = await strata(['sql', "SELECT uper('a')", '--output', 'json']);
    expect(json.out).not.toContain('Did you mean');
  });

  test.each([
    [['SELECT 1', '--file', 'report.sql'], "'SELECT 1' came too many"],
    [['SELECT 1', '--to', 'rows.xlsx'], '--to writes .csv, .json or .parquet'],
    [['SELECT 1', '--to', 'rows.csv', '--limit', '1'], 'leave --format, --output and --limit out'],
    [['--file', 'missing.sql'], "--file can't be read"],
  ])('refuses %j', async (args, why) => {
    const ran = await strata(['sql', ...args]);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(why);
  });
});
