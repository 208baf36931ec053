import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { pathNotFound, unreadable } from './failures.ts';
import type { FileSet, SourceFailure } from './source.ts';

/** A file, or the files of a folder as Spark reads it: names that begin with `_` or `.` are not data. */
export async function fileSetOf(path: string): Promise<Result<FileSet, SourceFailure>> {
  try {
    const info = await stat(path);
    const files = info.isDirectory() ? await dataFiles(path) : [path];
    const infos = await Promise.all(
      files.map(async (file) => ({ file, info: await stat(file, { bigint: true }) })),
    );
    return ok({
      path,
      files,
      byteLength: infos.reduce((sum, { info: { size } }) => sum + Number(size), 0),
      fingerprint: infos
        .map(({ file, info: { size, mtimeNs } }) => `${file}\0${size}\0${mtimeNs}`)
        .join('\0'),
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return fail(
      code === 'ENOENT' || code === 'ENOTDIR' ? pathNotFound(path) : unreadable(path, message),
    );
  }
}

async function dataFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/^[_.]/.test(entry.name))
    .map((entry) => join(folder, entry.name))
    .sort();
}
