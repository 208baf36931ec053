/**
 * A result as a folder of files, laid out as Spark lays it out. It is written beside its place and moved there
 * when it is whole, so that what was there is whole until then, and nothing half is ever seen.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import type { SparkError } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';

export type WriteMode = 'append' | 'overwrite' | 'error' | 'ignore';

export interface FolderTarget {
  /** Absolute. */
  readonly path: string;
  readonly mode: WriteMode;
  /** The ending of a data file, its compression included: `snappy.parquet`, `csv.gz`. */
  readonly ending: string;
  readonly isSingleFile: boolean;
}

/** What writes: given the file, or the folder and the name's pattern where rows go to folders by partition. */
export type Write = (place: { readonly folder: string; readonly file: string }) => Promise<void>;

/** Throws what `write` throws, after nothing of it is left. */
export async function writeFolder(
  target: FolderTarget,
  write: Write,
): Promise<Result<undefined, SparkError>> {
  const existing = await stat(target.path).catch(() => undefined);
  if (existing && target.mode === 'ignore') return ok(undefined);
  if (existing && target.mode === 'error') return fail(alreadyExists(target.path));
  const parent = dirname(target.path);
  await mkdir(parent, { recursive: true });
  await sweep(parent);
  const partial = join(parent, `${ownPrefix}${randomUUID()}.partial`);
  await mkdir(partial);
  try {
    const name = `part-00000-${randomUUID()}-c000.${target.ending}`;
    await write({ folder: partial, file: join(partial, name) });
    if (target.isSingleFile) await place(join(partial, name), target.path, existing !== undefined);
    else {
      await writeFile(join(partial, '_SUCCESS'), '');
      if (existing && target.mode === 'append') await moveInto(partial, target.path);
      else await place(partial, target.path, existing !== undefined);
    }
    return ok(undefined);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** What was there goes aside first, and comes back where the new one can't take its place. */
async function place(from: string, to: string, exists: boolean): Promise<void> {
  // A file takes the place of another at once.
  if (!exists || ((await stat(to)).isFile() && (await stat(from)).isFile())) {
    await rename(from, to);
    return;
  }
  const aside = join(dirname(to), `${ownPrefix}${basename(to)}.replaced`);
  await rename(to, aside);
  try {
    await rename(from, to);
  } catch (error) {
    await rename(aside, to);
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

/** What this process has beside the places that it writes to; the name tells whose it is. */
const ownPrefix = `.strata-${hostname().replaceAll(/[^A-Za-z0-9]/g, '')}-${process.pid}-`;
const leftBehind = /^\.strata-([A-Za-z0-9]*)-(\d+)-(.+)\.(partial|replaced)$/;

/** Takes away what processes that ended while they wrote have left, and puts back what they had set aside. */
async function sweep(parent: string): Promise<void> {
  for (const entry of await readdir(parent)) {
    const [, host, pid, name = '', ending] = leftBehind.exec(entry) ?? [];
    const isOurs = host !== undefined && `.strata-${host}-${process.pid}-` === ownPrefix;
    if (!isOurs || isRunning(Number(pid))) continue;
    const path = join(parent, entry);
    const isPlaceEmpty =
      ending === 'replaced' &&
      (await stat(join(parent, name)).catch(() => undefined)) === undefined;
    if (isPlaceEmpty) await rename(path, join(parent, name));
    else await rm(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process is running, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** File by file: names of data files are unique, so nothing is replaced but `_SUCCESS`. */
async function moveInto(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = join(entry.parentPath, entry.name);
    const destination = join(to, relative(from, source));
    await mkdir(dirname(destination), { recursive: true });
    await rename(source, destination);
  }
}

function alreadyExists(path: string): SparkError {
  return {
    kind: 'spark',
    class: 'PATH_ALREADY_EXISTS',
    sqlState: '42K04',
    message: `[PATH_ALREADY_EXISTS] Path file:${path} already exists. Set mode as "overwrite" to overwrite the existing path. SQLSTATE: 42K04`,
    parameters: { outputPath: `file:${path}` },
  };
}
