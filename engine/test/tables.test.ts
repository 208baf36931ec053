/** Files that are looked at: rows in the file's order and in another, what a column holds, and what changes beneath. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Dictionary,
  Int32,
  makeVector,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Arrangement } from '#shared/protocol/arrangement.ts';
import { unarranged } from '#shared/protocol/arrangement.ts';
import { cellText, decodePage } from '#shared/protocol/resultRows.ts';
import type { TableProgress, TableState } from '#shared/protocol/tables.ts';
import { ok } from '#shared/result.ts';
import { createEngine } from '../src/session/engine.ts';
import { testDatabase } from './duckdb/evaluate.ts';

const { signal } = new AbortController();
const states: TableState[] = [];
let limitByteLength = 1 << 30;
let heard: () => void = () => undefined;
let onProgress: (progress: TableProgress) => void = () => undefined;
const engineOf = () =>
  createEngine({
    database: async () => ok(await testDatabase()),
    onProgress: () => undefined,
    onTableProgress: (progress) => onProgress(progress),
    onTableState({ state }) {
      states.push(state);
      heard();
    },
    storeByteLength: limitByteLength,
  });
let engine = engineOf();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-tables-'));
  states.length = 0;
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => engine.dispose());

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function open(path: string, name = 't'): Promise<TableState> {
  const opened = await engine.answers.openTable(
    { tableId: 'a', settings: {}, view: { name, path } },
    signal,
  );
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
}

/** Rows as text, cells with bars between; the failure's kind or class where there are none. */
async function rows(
  start: number,
  count: number,
  arrangementId?: number,
  range = { start: 0, end: 100 },
): Promise<string[]> {
  const page = await engine.answers.readTable(
    {
      tableId: 'a',
      start,
      count,
      columnStart: range.start,
      columnEnd: range.end,
      ...(arrangementId === undefined ? {} : { arrangementId }),
    },
    signal,
  );
  if (!page.ok) return [page.error.kind === 'spark' ? page.error.class : page.error.kind];
  const { columns, rows: cells, timeZone } = decodePage(page.value.arrow);
  expect(cells).toHaveLength(page.value.rowCount);
  return cells.map((row) =>
    row
      .map((cell, index) =>
        cell === null ? 'null' : cellText(cell, columns[index]!.type, timeZone),
      )
      .join('|'),
  );
}

async function arrange(arrangement: Partial<Arrangement>) {
  return engine.answers.arrangeTable(
    { tableId: 'a', arrangement: { ...unarranged, ...arrangement } },
    signal,
  );
}

async function arrangedRows(arrangement: Partial<Arrangement>): Promise<string[]> {
  const arranged = await arrange(arrangement);
  if (!arranged.ok) throw new Error(JSON.stringify(arranged.error));
  return rows(0, 100, arranged.value.arrangementId);
}

async function untilComplete(): Promise<TableState> {
  for (;;) {
    const last = states.at(-1);
    if (last?.complete && !last.isSampled) return last;
    await new Promise<void>((resolve) => (heard = resolve));
  }
}

const orders = 'id,city,price\n3,Bern,1.5\n1,"Zü,rich",2.25\n2,,0.5\n';

async function parquet(query: string, name = 'p.parquet'): Promise<string> {
  const path = join(folder, name);
  await engine.answers.openSession({ sessionId: 's', settings: {} }, signal);
  const written = await engine.answers.exportQuery(
    { sessionId: 's', text: query, path, format: 'parquet' },
    signal,
  );
  expect(written).toMatchObject({ ok: true });
  return path;
}

describe('CSV', () => {
  test('rows in the order of the file, with the types of a query', async () => {
    const state = await open(write('orders.csv', orders));
    expect(state).toMatchObject({ access: 'records' });
    expect(state.schema.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'id int',
      'city string',
      'price double',
    ]);
    expect(await rows(0, 10)).toEqual(['3|Bern|1.5', '1|Zü,rich|2.25', '2|null|0.5']);
    expect(await rows(2, 10)).toEqual(['2|null|0.5']);
    expect(await rows(3, 10)).toEqual([]);
  });

  test('the last of many rows is found by its offset', async () => {
    const lines = Array.from({ length: 30_000 }, (_, k) => `${k},"line ${k}\nand more"`);
    await open(write('long.csv', `n,text\n${lines.join('\n')}`));
    expect(await rows(29_998, 10)).toEqual([
      '29998|line 29998\nand more',
      '29999|line 29999\nand more',
    ]);
    expect(await rows(1023, 2)).toEqual(['1023|line 1023\nand more', '1024|line 1024\nand more']);
    expect(await untilComplete()).toMatchObject({ rowCount: 30_000, percent: 100 });
  });

  test('empty lines, line breaks of Windows and a byte order mark are no rows', async () => {
    await open(write('w.csv', '\ufeffa,b\r\n1,2\r\n\r\n3,4\r\n'));
    expect(await rows(0, 10)).toEqual(['1|2', '3|4']);
  });

  test('a row that the first ones did not foretell settles the types of all', async () => {
    const lines = Array.from({ length: 30_000 }, (_, k) => (k === 29_999 ? 'many' : String(k)));
    const state = await open(write('late.csv', `n\n${lines.join('\n')}\n`));
    expect(state).toMatchObject({ isSampled: true, schema: [{ type: 'int' }] });
    expect(await rows(29_998, 2)).toEqual(['29998', 'many']);
    expect(await untilComplete()).toMatchObject({ schema: [{ type: 'string' }] });
  });

  test('a file of ten thousand columns', { timeout: 120_000 }, async () => {
    const row = (cell: (column: number) => string) =>
      `${Array.from({ length: 10_000 }, (_, column) => cell(column)).join(',')}\n`;
    const header = row((column) => `c${column}`);
    const line = (first: number) =>
      row((column) => (column % 3 === 0 ? `text ${first}` : String(first + column)));
    const lines = Array.from({ length: 20 }, (_, index) => line(index));
    const { schema } = await open(write('wide.csv', header + lines.join('')));
    expect(schema).toHaveLength(10_000);
    expect(schema.slice(9_999)).toMatchObject([{ name: 'c9999', type: 'string' }]);
    expect(schema[9_998]).toMatchObject({ name: 'c9998', type: 'int' });
    const [last = ''] = await rows(19, 1);
    expect(last.split('|').slice(0, 3)).toEqual(['text 19', '20', '21']);
  });

  test.each([
    ['bare', (cell: string) => cell, '\n'],
    ['with carriage returns', (cell: string) => cell, '\r\n'],
    ['quoted here and there', (cell: string) => (cell === '7.5' ? '"7.5"' : cell), '\n'],
  ])('some columns of many, in rows of any length, %s', async (_, written, lineEnd) => {
    const line = (cells: readonly string[]) => cells.map(written).join(',') + lineEnd;
    const cells = Array.from({ length: 200 }, (_, column) => `${column}.5`);
    const text = [
      line(cells.map((_, column) => `c${column}`)),
      line(cells),
      line(cells.slice(0, 100)),
      lineEnd,
      line(['only one']),
      line([...cells.slice(0, 199), '', 'one too many']),
    ];
    const { isSampled } = await open(write('some.csv', text.join('')));
    if (isSampled) await untilComplete();
    const some = (start: number, end: number) => rows(0, 10, undefined, { start, end });
    expect(await some(0, 2)).toEqual(['0.5|1.5', '0.5|1.5', 'only one|null', '0.5|1.5']);
    expect(await some(99, 101)).toEqual(['99.5|100.5', '99.5|null', 'null|null', '99.5|100.5']);
    expect(await some(198, 200)).toEqual(['198.5|199.5', 'null|null', 'null|null', '198.5|null']);
  });

  test('a line longer than DuckDB’s own limit', async () => {
    const text = 'x'.repeat(3_000_000);
    await open(write('long.csv', `id,text\n1,a\n2,${text}\n3,b\n`));
    expect(await rows(0, 10)).toEqual(['1|a', `2|${text}`, '3|b']);
  });

  test('bytes that are no UTF-8 are marked, as Spark does', async () => {
    await open(write('latin1.csv', Buffer.from('name,n\nJos\u00e9,1\nplain,2\n', 'latin1')));
    expect(await rows(0, 10)).toEqual(['Jos\ufffd|1', 'plain|2']);
  });

  test('bytes that are no UTF-8, far behind the first rows', async () => {
    const lines = Array.from({ length: 30_000 }, (_, k) => `${k},x\n`).join('');
    await open(write('late.csv', Buffer.from(`n,name\n${lines}30000,Jos\u00e9\n`, 'latin1')));
    expect(await rows(29_999, 10)).toEqual(['29999|x', '30000|Jos\ufffd']);
  });

  test('UTF-16 with a mark of its byte order', async () => {
    await open(write('wide.csv', Buffer.from('\ufeffname,n\nJosé,1\n', 'utf16le')));
    expect(await rows(0, 10)).toEqual(['José|1']);
  });

  test.each(['', '\n\n\n'])('a file without any cell: %j', async (text) => {
    expect(await open(write('nothing.csv', text))).toMatchObject({
      schema: [],
      rowCount: 0,
      complete: true,
    });
    expect(await rows(0, 10)).toEqual([]);
  });

  test('what can’t be found by bytes is copied once', async () => {
    write('orders.csv.gz', gzipSync(orders));
    await engine.answers.openTable(
      {
        tableId: 'a',
        settings: {},
        view: { name: 't', path: join(folder, 'orders.csv.gz'), format: 'csv' },
      },
      signal,
    );
    expect(await rows(1, 10)).toEqual(['1|Zü,rich|2.25', '2|null|0.5']);
    expect(await untilComplete()).toMatchObject({ access: 'copy', rowCount: 3 });
    expect(await rows(2, 10)).toEqual(['2|null|0.5']);
  });

  test('bytes that are no records of the engine’s are copied as well', async () => {
    // A quote inside of a cell opens nothing; one at its beginning that is not closed takes all that follows.
    const path = write('odd.csv', 'a,b\n1,x"y\n2,"z" w\n3,v\n');
    await open(path);
    const read = await rows(0, 10);
    expect(read).toHaveLength(3);
    expect(read[0]).toBe('1|x"y');
    expect(read[2]).toBe('3|v');
  });
});

describe('Parquet', () => {
  test('its rows are counted at once, and any page is read by itself', async () => {
    const path = await parquet(
      'SELECT id AS n, CAST(id AS STRING) AS s FROM range(300000) ORDER BY id',
    );
    expect(await open(path)).toMatchObject({
      access: 'rowGroups',
      rowCount: 300_000,
      complete: true,
    });
    expect(await rows(299_998, 10)).toEqual(['299998|299998', '299999|299999']);
    expect(await rows(150_000, 1)).toEqual(['150000|150000']);
  });

  test('nested values and times come through a sort as they were', async () => {
    const path = await parquet(
      `SELECT * FROM VALUES
        (2, array('a', null), named_struct('x', 1), map('k', 1.50), TIMESTAMP'2024-01-02 03:04:05', DATE'2024-01-02', X'00ff'),
        (1, null, null, null, null, null, null) AS t(n, a, s, m, t, d, b)`,
    );
    const { schema } = await open(path);
    const asIs = await rows(0, 10);
    expect(schema.map(({ type }) => type)).toContain('timestamp');
    expect(await arrangedRows({ orderBy: [{ column: 0, descending: false }] })).toEqual(
      [...asIs].reverse(),
    );
  });

  test('a column called as DuckDB calls its row numbers', async () => {
    await open(await parquet('SELECT id * 10 AS file_row_number FROM range(5) ORDER BY id'));
    expect(await rows(3, 10)).toEqual(['30', '40']);
  });
});

describe('sorting and filtering', () => {
  test('by columns, a condition and a text in any column', async () => {
    await open(write('orders.csv', orders), 'orders');
    expect(await arrangedRows({ orderBy: [{ column: 2, descending: true }] })).toEqual([
      '1|Zü,rich|2.25',
      '3|Bern|1.5',
      '2|null|0.5',
    ]);
    expect(await arrangedRows({ where: 'orders.price > 1 -- dear ones' })).toHaveLength(2);
    expect(await arrangedRows({ search: 'BERN' })).toEqual(['3|Bern|1.5']);
    expect(await arrangedRows({ search: "it's \\ none" })).toEqual([]);
    expect(
      await arrangedRows({
        where: 'id < 3',
        search: '2',
        orderBy: [{ column: 0, descending: false }],
      }),
    ).toEqual(['1|Zü,rich|2.25', '2|null|0.5']);
  });

  test('a condition’s mistake is told at its place in the condition', async () => {
    await open(write('orders.csv', orders));
    const wrong = await arrange({ where: 'prise > 1' });
    expect(wrong).toMatchObject({
      ok: false,
      error: { kind: 'spark', class: 'UNRESOLVED_COLUMN.WITH_SUGGESTION', start: 0, end: 5 },
    });
    expect(await arrange({ where: 'price >' })).toMatchObject({
      ok: false,
      error: { kind: 'spark' },
    });
  });

  test('the copy before is gone once another is there, and none is left when the table closes', async () => {
    await open(write('orders.csv', orders));
    const first = await arrange({ where: 'id = 1' });
    const second = await arrange({ where: 'id = 2' });
    if (!first.ok || !second.ok) throw new Error('arranged');
    expect(await rows(0, 1, first.value.arrangementId)).toEqual(['gone']);
    expect(await rows(0, 1, second.value.arrangementId)).toEqual(['2|null|0.5']);
    await engine.answers.closeTable({ tableId: 'a' }, signal);
    expect(await rows(0, 1)).toEqual(['gone']);
    const { scratchFolder } = await testDatabase();
    await expect
      .poll(() => readdirSync(scratchFolder).filter((name) => name.startsWith('table-')))
      .toEqual([]);
  });

  test('a copy larger than it may be says what works still', async () => {
    const before = limitByteLength;
    limitByteLength = 1000;
    const small = engineOf();
    const usual = engine;
    engine = small;
    try {
      await open(await parquet('SELECT id, hash(id) AS h FROM range(100000)'));
      expect(await arrange({ orderBy: [{ column: 1, descending: false }] })).toMatchObject({
        ok: false,
        error: { kind: 'unavailable', message: expect.stringMatching(/on disk/) as string },
      });
      expect(await rows(0, 1)).toHaveLength(1);
    } finally {
      small.dispose();
      engine = usual;
      limitByteLength = before;
    }
  });

  test('cancelled, it ends and the rows before stay', async () => {
    await open(await parquet('SELECT id, hash(id) AS h FROM range(1000000)'));
    const controller = new AbortController();
    const sorting = engine.answers.arrangeTable(
      {
        tableId: 'a',
        arrangement: { ...unarranged, orderBy: [{ column: 1, descending: false }] },
      },
      controller.signal,
    );
    controller.abort();
    expect(await sorting).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    expect(await rows(0, 1)).toHaveLength(1);
  });
});

describe('a column’s profile', () => {
  const profile = (column: number, arrangement: Partial<Arrangement> = {}) =>
    engine.answers.profileColumn(
      { tableId: 'a', arrangement: { ...unarranged, ...arrangement }, column },
      signal,
    );

  test('of numbers, texts, dates and nested values', async () => {
    await open(
      await parquet(
        `SELECT id AS n, IF(id = 3, NULL, IF(id = 4, double('NaN'), id / 2)) AS x, IF(id < 8, 'low', 'high') AS s,
          date_add(DATE'2024-01-01', CAST(id AS INT)) AS d, array(id) AS a FROM range(10) ORDER BY id`,
      ),
    );
    const n = await profile(0);
    expect(n).toMatchObject({
      value: {
        rowCount: 10,
        nullCount: 0,
        distinctCount: 10,
        min: '0',
        max: '9',
        mean: '4.5',
        quartiles: ['2', '4', '7'],
      },
    });
    if (!n.ok) throw new Error('profiled');
    expect(n.value.histogram?.reduce((sum, count) => sum + count)).toBe(10);
    expect(n.value.histogram?.at(-1)).toBe(1);
    expect(await profile(1)).toMatchObject({
      value: { nullCount: 1, outsideCount: 1, max: 'NaN', quartiles: ['0.5', '2.5', '3.5'] },
    });
    expect(await profile(2)).toMatchObject({
      value: {
        distinctCount: 2,
        frequent: [
          { text: 'low', count: 8 },
          { text: 'high', count: 2 },
        ],
      },
    });
    expect(await profile(3)).toMatchObject({ value: { min: '2024-01-01', max: '2024-01-10' } });
    expect(await profile(4)).toMatchObject({ value: { rowCount: 10, nullCount: 0 } });
    expect(await profile(0, { where: 'n > 6' })).toMatchObject({
      value: { rowCount: 3, min: '7' },
    });
  });

  test('of a folder that is one table, and of a column that it does not have', async () => {
    mkdirSync(join(folder, 'parts'));
    write('parts/a.csv', 'id,city\n1,Bern\n2,\n');
    write('parts/b.csv', 'id,city\n3,Chur\n');
    const view = { name: 'two parts', path: join(folder, 'parts'), format: 'csv' } as const;
    const of = (column: string) =>
      engine.answers.profileView({ settings: {}, view, column }, signal);
    expect(await of('city')).toMatchObject({ value: { rowCount: 3, nullCount: 1, max: 'Chur' } });
    expect(await of('id')).toMatchObject({ value: { mean: '2.0', quartiles: ['1', '2', '3'] } });
    expect(await of('name')).toMatchObject({ error: { kind: 'gone' } });
  });

  test('of no rows', async () => {
    await open(write('orders.csv', orders));
    expect(await profile(0, { where: 'id > 99' })).toMatchObject({
      value: { rowCount: 0, distinctCount: 0, min: null, max: null, histogram: [] },
    });
  });
});

test('a file that changed is read no more', async () => {
  const path = write('orders.csv', orders);
  await open(path);
  expect(await rows(0, 1)).toHaveLength(1);
  writeFileSync(path, `${orders}4,Chur,1\n`);
  expect(await rows(0, 1)).toEqual(['changed']);
  expect(await arrange({ where: 'id = 1' })).toMatchObject({ error: { kind: 'changed' } });
  await open(path);
  expect(await rows(3, 1)).toEqual(['4|Chur|1.0']);
  utimesSync(path, new Date(0), new Date(0));
  expect(await rows(0, 1)).toEqual(['changed']);
  rmSync(path);
  expect(await rows(0, 1)).toEqual(['changed']);
});

test('what is sorted and filtered is exported by the engine', async () => {
  await open(write('orders.csv', orders));
  const path = join(folder, 'out.csv');
  const arrangement = {
    ...unarranged,
    where: 'id < 3',
    orderBy: [{ column: 0, descending: true }],
  };
  expect(
    await engine.answers.exportTable({ tableId: 'a', arrangement, path, format: 'csv' }, signal),
  ).toEqual(ok({ rowCount: 2 }));
  await open(path);
  expect(await rows(0, 10)).toEqual(['2|null|0.5', '1|Zü,rich|2.25']);
});

describe('an Arrow file', () => {
  /** Batches of a thousand rows; the text of each is one of three, written once. */
  const table = (batchCount: number) => {
    const dictionary = vectorFromArray(['a', 'b', 'c'], new Utf8());
    const type = new Dictionary(new Utf8(), new Int32(), 7);
    const batches = Array.from({ length: batchCount }, (_, k) => {
      const ids = BigInt64Array.from({ length: 1000 }, (_row, row) => BigInt(k * 1000 + row));
      const codes = Int32Array.from(ids, (id) => Number(id % 3n));
      const text = makeVector({ type, length: 1000, nullCount: 0, data: codes, dictionary });
      return new Table({ id: makeVector(ids), text }).batches[0]!;
    });
    return new Table(batches);
  };
  const converted = async () =>
    readdirSync((await testDatabase()).scratchFolder).filter((name) => name.startsWith('source-'));

  test.each(['file', 'stream'] as const)(
    'as a %s is read batch by batch, and written anew only to be sorted',
    async (form) => {
      const before = await converted();
      await open(write('t.arrow', Buffer.from(tableToIPC(table(12), form))));
      expect(await rows(0, 2)).toEqual(['0|a', '1|b']);
      expect(await untilComplete()).toMatchObject({ rowCount: 12_000, access: 'records' });
      expect(await rows(11_998, 10)).toEqual(['11998|b', '11999|c']);
      expect(await rows(999, 3)).toEqual(['999|a', '1000|b', '1001|c']);
      expect(await converted()).toEqual(before);
      expect(
        await arrangedRows({ orderBy: [{ column: 0, descending: true }], where: "text = 'c'" }),
      ).toEqual(expect.arrayContaining(['11999|c', '11996|c']));
    },
  );

  test('says how much of it was written anew, and ends when it is cancelled', async () => {
    await open(write('big.arrow', Buffer.from(tableToIPC(table(60), 'file'))));
    const controller = new AbortController();
    const shares: number[] = [];
    onProgress = ({ percent, isReading }) => {
      if (isReading !== true) return;
      shares.push(percent);
      if (percent >= 20) controller.abort();
    };
    const arrangement = { ...unarranged, where: 'id > 5' };
    expect(
      await engine.answers.arrangeTable({ tableId: 'a', arrangement }, controller.signal),
    ).toMatchObject({ error: { kind: 'cancelled' } });
    onProgress = () => undefined;
    expect(shares[0]).toBeLessThan(20);
    expect(await rows(59_999, 1)).toEqual(['59999|c']);
    expect((await arrangedRows({ where: 'id > 59998' })).length).toBe(1);
  });

  test('that is cut short says so, and where it is', async () => {
    const bytes = tableToIPC(table(3), 'stream');
    await open(write('cut.arrows', Buffer.from(bytes.subarray(0, bytes.length - 5000))));
    expect(await rows(2500, 10)).toEqual(['FAILED_READ_FILE.NO_HINT']);
  });
});
