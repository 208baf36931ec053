/** The native library: loaded when first needed, set up once, and locked. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  DuckDBResult,
} from '@duckdb/node-api';
import type { Disposable, Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { macroSql, macrosOf } from './macros.ts';
import { quoteString } from './quote.ts';
import { duckFunction } from './scalarFunctions/registration.ts';
import type { Signature } from './scalarFunctions/scalarFunction.ts';

export interface Unavailable {
  readonly kind: 'unavailable';
  readonly message: string;
}

/** A running database of this process. Holds no tables: files are read where a query names them. */
export interface Database extends Disposable {
  readonly version: string;
  /** A folder of this process's own, removed with it: spilled data and result pages. */
  readonly scratchFolder: string;
  /** For a statement, which may use macros of ours, and calls these functions of ours. */
  connect(sql?: string, functions?: readonly Signature[]): Promise<DuckDBConnection>;
}

interface Started {
  readonly instance: DuckDBInstance;
  /** Names of functions of ours that it knows. */
  readonly registered: Set<string>;
  /** Of macros. */
  readonly defined: Set<string>;
  /** The macros that are being defined: two connections that define one at once are in each other's way. */
  defining: Promise<unknown>;
}

export type Rows = DuckDBResult;
export type Connection = DuckDBConnection;
export type Chunk = DuckDBDataChunk;

/** Loads on first call; a failure is remembered too, as a library that is missing stays missing. */
export function databaseLoader(
  env: Readonly<Record<string, string | undefined>>,
): () => Promise<Result<Database, Unavailable>> {
  let loading: Promise<Result<Database, Unavailable>> | undefined;
  return () => (loading ??= load(env));
}

async function load(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Result<Database, Unavailable>> {
  let api: typeof import('@duckdb/node-api');
  try {
    ({ api } = await import('./library.ts'));
  } catch (error) {
    return fail({ kind: 'unavailable', message: whyNotLoaded(error) });
  }
  try {
    const scratchFolder = makeScratchFolder(env.STRATA_TEMP ?? tmpdir());
    const start = async (): Promise<Started> => {
      const instance = await api.DuckDBInstance.create(':memory:', {
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
        allow_community_extensions: 'false',
        threads: env.STRATA_THREADS ?? String(availableParallelism()),
        memory_limit: env.STRATA_MEMORY_LIMIT ?? `${memoryLimitMiB()}MiB`,
        temp_directory: scratchFolder,
      });
      await setUp(instance, env.STRATA_SPILL_LIMIT);
      return { instance, registered: new Set(), defined: new Set(), defining: Promise.resolve() };
    };
    let started = Promise.resolve(await start());
    return ok({
      version: api.version(),
      scratchFolder,
      async connect(sql = '', functions = []) {
        const used = started;
        try {
          return await connectTo(await used, api, sql, functions);
        } catch (error) {
          if (!isInvalidated(error)) throw error;
          // One of those who wait starts it for all.
          if (started === used) started = start();
          return connectTo(await started, api, sql, functions);
        }
      },
      dispose() {
        void started.then(({ instance }) => {
          instance.closeSync();
        });
        removeFolder(scratchFolder);
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail({
      kind: 'unavailable',
      message: `The query engine could not start: ${firstLine(reason)}. Type checking and the buffer inspector work without it.`,
    });
  }
}

/** After a failure inside of DuckDB nothing runs in its instance any more. It holds no tables, so another does as well. */
function isInvalidated(error: unknown): boolean {
  return error instanceof Error && error.message.includes('database has been invalidated');
}

async function connectTo(
  started: Started,
  api: typeof import('@duckdb/node-api'),
  sql: string,
  functions: readonly Signature[],
): Promise<DuckDBConnection> {
  const { instance, registered } = started;
  const connection = await instance.connect();
  for (const signature of functions) {
    if (registered.has(signature.name)) continue;
    connection.registerScalarFunction(duckFunction(api, signature));
    registered.add(signature.name);
  }
  await connection.run(
    'SET enable_progress_bar = true; SET enable_progress_bar_print = false; SET progress_bar_time = 0',
  );
  const macros = macrosOf(sql);
  if (macros.size > 0) await defineMacros(started, connection, macros);
  return connection;
}

/** Only what is used: to define them all takes longer than to open the database. */
async function defineMacros(
  started: Started,
  connection: DuckDBConnection,
  names: ReadonlySet<string>,
): Promise<void> {
  const { defined } = started;
  const work = started.defining.then(async () => {
    const missing = [...names].filter((name) => !defined.has(name));
    if (missing.length === 0) return;
    await connection.run(missing.map(macroSql).join(';\n'));
    for (const name of missing) defined.add(name);
  });
  started.defining = work.catch(() => undefined);
  await work;
}

async function setUp(instance: DuckDBInstance, spillLimit: string | undefined): Promise<void> {
  const connection = await instance.connect();
  const settings = [
    // Spark's TIMESTAMP is lowered to its UTC instant; whatever DuckDB itself converts is UTC.
    "SET GLOBAL TimeZone = 'UTC'",
    'SET GLOBAL ieee_floating_point_ops = true',
    'SET GLOBAL preserve_insertion_order = true',
    // It takes a sum of `x + 1` for a sum of `x` and a count, and so loses the overflow of a row.
    "SET GLOBAL disabled_optimizers = 'sum_rewriter'",
    // Else nine tenths of what is free on the disk. As an option of the instance it is shown and not kept to.
    ...(spillLimit === undefined
      ? []
      : [`SET GLOBAL max_temp_directory_size = ${quoteString(spillLimit)}`]),
    // The only settings that stay open: DuckDB measures progress for a connection that asks for it.
    "SET GLOBAL allowed_configs = ['enable_progress_bar', 'enable_progress_bar_print', 'progress_bar_time']",
  ];
  // One call: each costs a trip to a thread and back, and a user waits for all of them.
  await connection.run([...settings, 'SET GLOBAL lock_configuration = true'].join(';\n'));
  connection.closeSync();
}

/** Half of the machine's memory, so that an editor and its language servers keep the rest. */
function memoryLimitMiB(): number {
  return Math.max(512, Math.floor(totalmem() / 2 / 1024 / 1024));
}

const scratchPrefix = 'strata-engine-';

function makeScratchFolder(parent: string): string {
  sweepScratchFolders(parent);
  const folder = mkdtempSync(join(parent, `${scratchPrefix}${process.pid}-`));
  process.once('exit', () => removeFolder(folder));
  return folder;
}

/** Removes what engine processes left that were killed. Their ids are in the folders' names. */
export function sweepScratchFolders(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^strata-engine-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const folder = join(parent, name);
    try {
      if (statSync(folder).uid === (process.getuid?.() ?? 0)) removeFolder(folder);
    } catch {
      // Another process was quicker.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Left for the next start's sweep.
  }
}

function whyNotLoaded(error: unknown): string {
  const reason = firstLine(error instanceof Error ? error.message : String(error));
  const platform = `${process.platform}-${process.arch}`;
  return (
    `Queries can't run: DuckDB's native library does not load on ${platform} (${reason}). ` +
    'Type checking and the buffer inspector work without it. Installing the Strata package for this platform brings it.'
  );
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
