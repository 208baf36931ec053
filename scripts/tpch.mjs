// TPC-H's data and its 22 queries, made by DuckDB's tpch extension, which PyPI has as a package of the same DuckDB
// version. Nothing of it is in the repository: it is made once, in a folder of the system's cache (or TPCH_DATA).
// Needs a python3 with pip. `node scripts/tpch.mjs [SCALE]` makes it and prints where it lies.
import { DuckDBInstance } from '@duckdb/node-api';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { SetupError } from './run.mjs';

const version = '1.5.5';
export const testScale = '0.01';
export const tables = [
  'customer',
  'lineitem',
  'nation',
  'orders',
  'part',
  'partsupp',
  'region',
  'supplier',
];

/** The folder of a scale: a Parquet file a table, and queries.json, an array of the 22 texts. */
export function tpchFolder(scale = testScale) {
  const base = process.env.TPCH_DATA ?? join(homedir(), `.cache/strata/tpch-${version}`);
  return join(base, `sf${scale}`);
}

/** Makes what is missing; raises a SetupError that says why where it can't. */
export async function makeTpch(scale = testScale) {
  const folder = tpchFolder(scale);
  if (existsSync(folder)) return folder;
  mkdirSync(join(folder, '..'), { recursive: true });
  // Appears whole or not at all: two test runs may make it at once.
  const scratch = mkdtempSync(`${folder}-`);
  try {
    await generate(scale, unpackExtension(scratch), scratch);
    if (!existsSync(folder)) renameSync(scratch, folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return folder;
}

/** The path of the extension, taken out of its wheel. */
function unpackExtension(scratch) {
  const script = `
import pathlib, subprocess, sys, zipfile
folder = pathlib.Path(sys.argv[1])
subprocess.run([sys.executable, '-m', 'pip', 'download', '-q', '--no-deps', '-d', folder, 'duckdb-extension-tpch==${version}'],
    check=True, stdout=sys.stderr)
(wheel,) = folder.glob('*.whl')
with zipfile.ZipFile(wheel) as archive:
    (member,) = [name for name in archive.namelist() if name.endswith('.duckdb_extension')]
    (folder / 'tpch.duckdb_extension').write_bytes(archive.read(member))
wheel.unlink()
`;
  const { status, stderr, error } = spawnSync('python3', ['-c', script, scratch], {
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new SetupError(
      `TPC-H's generator could not be had from PyPI: ${error?.message ?? stderr.trim().split('\n').at(-1)}`,
    );
  return join(scratch, 'tpch.duckdb_extension');
}

async function generate(scale, extension, folder) {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run(`LOAD '${extension}'`);
  await connection.run(`CALL dbgen(sf = ${scale})`);
  for (const table of tables)
    await connection.run(`COPY ${table} TO '${join(folder, `${table}.parquet`)}' (FORMAT parquet)`);
  const reader = await connection.runAndReadAll(
    'SELECT query FROM tpch_queries() ORDER BY query_nr',
  );
  const queries = reader.getRows().map(([text]) => String(text).trim().replace(/;$/, ''));
  writeFileSync(join(folder, 'queries.json'), JSON.stringify(queries, null, 1));
  connection.closeSync();
  instance.closeSync();
  rmSync(extension);
}

if (process.argv[1]?.endsWith('tpch.mjs')) {
  try {
    console.log(await makeTpch(process.argv[2]));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
