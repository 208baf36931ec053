import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { databaseLoader } from '#engine/duckdb/native.ts';

const folder = mkdtempSync(join(tmpdir(), 'strata-invalidated-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('after DuckDB gave up its database, the next queries run in another', async () => {
  const path = join(folder, 'latin1.csv');
  const lines = Array.from({ length: 5000 }, (_, k) => `${k},Jos\u00e9,${k}\n`).join('');
  writeFileSync(path, Buffer.from(`a,b,c\n${lines}`, 'latin1'));
  const loaded = await databaseLoader({ STRATA_TEMP: folder })();
  if (!loaded.ok) throw new Error(loaded.error.message);
  const database = loaded.value;
  const columns = "{'a': 'VARCHAR', 'b': 'VARCHAR', 'c': 'VARCHAR'}";
  const broken = await database.connect();
  const scan = `SELECT b FROM read_csv('${path}', columns = ${columns}, header = true, auto_detect = false, strict_mode = false)`;
  await expect(broken.run(scan)).rejects.toThrow();
  await expect(broken.run('SELECT 1')).rejects.toThrow(/invalidated/);
  const connections = await Promise.all([database.connect(), database.connect()]);
  for (const connection of connections) {
    const rows = await connection.runAndReadAll('SELECT 42 AS answer');
    expect(rows.getRows()).toEqual([[42]]);
  }
  database.dispose();
});
