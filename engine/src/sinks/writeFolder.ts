/**
 * A result as a folder of files, laid out as Spark lays it out. It is written beside its place and moved there
 * when it is whole, so that what was there is whole until then, and nothing half is ever seen.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
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
  const partial = join(parent, `.strata-${randomUUID()}.partial`);
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
  if (!exists) {
    await rename(from, to);
    return;
  }
  const aside = join(dirname(to), `.strata-${randomUUID()}.replaced`);
  await rename(to, aside);
  try {
    await rename(from, to);
  } catch (error) {
    await rename(aside, to);
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
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
