/** The files behind a path as Spark lists them: a file, a folder with its partitions, or a pattern of either. */
import { readdir, stat } from 'node:fs/promises';
import { basename, join, parse, relative, sep } from 'node:path';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { pathNotFound, unreadable } from './failures.ts';
import type { FileSelection } from './fileSelection.ts';
import { globPattern } from './glob.ts';
import type { FileSet, Partition, SourceFailure } from './source.ts';

export async function fileSetOf(
  path: string,
  selection: FileSelection,
): Promise<Result<FileSet, SourceFailure>> {
  try {
    const found = await listed(path, selection);
    if (!found) return fail(pathNotFound(path));
    const infos = await Promise.all(
      found.files.map(async (file) => ({ file, info: await stat(file, { bigint: true }) })),
    );
    return ok({
      path,
      ...found,
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

type Listed = Pick<FileSet, 'files' | 'partitionColumns' | 'partitions'>;

async function listed(path: string, selection: FileSelection): Promise<Listed | undefined> {
  const info = await stat(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && /[*?[{]/.test(path)) return undefined;
    throw error;
  });
  const { basePath, isRecursive } = selection;
  const root = basePath ?? path;
  const grouped = (files: readonly string[]) =>
    isRecursive || (!info?.isDirectory() && basePath === undefined)
      ? plain(files)
      : partitioned(root, files);
  if (info?.isFile()) return grouped(await selected([path], selection));
  if (info) return grouped(await selected(await dataFiles(path, isRecursive), selection));
  const matches = await matchesOf(path);
  if (matches.length === 0) return undefined;
  const files = await Promise.all(
    matches.map(async (match) =>
      (await stat(match)).isDirectory() ? dataFiles(match, isRecursive) : [match],
    ),
  );
  return grouped(await selected(files.flat().sort(), selection));
}

async function selected(
  files: readonly string[],
  { selects }: FileSelection,
): Promise<readonly string[]> {
  const infos = await Promise.all(files.map((file) => stat(file)));
  return files.filter((file, index) => selects(file, infos[index]?.mtimeMs ?? 0));
}

const plain = (files: readonly string[]): Listed => ({
  files,
  partitionColumns: [],
  partitions: [],
});

/** Names that begin with `_` or `.` are not data; of folders, only those of partitions are looked into. */
async function dataFiles(folder: string, isRecursive: boolean): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        const isLookedInto = isRecursive ? !/^[_.]/.test(entry.name) : isPartition(entry.name);
        return isLookedInto ? dataFiles(path, isRecursive) : [];
      }
      const isFile = entry.isFile() || (entry.isSymbolicLink() && (await stat(path)).isFile());
      return isFile && !/^[_.]/.test(entry.name) ? [path] : [];
    }),
  );
  return files.flat().sort();
}

function isPartition(name: string): boolean {
  return /^[^=.][^=]*=/.test(name);
}

const nullValue = '__HIVE_DEFAULT_PARTITION__';

/** Partitions count where every file lies in folders of the same columns. */
function partitioned(root: string, files: readonly string[]): Listed {
  const groups = new Map<string, { values: Partition['values']; files: string[] }>();
  let columns: readonly string[] | undefined;
  for (const file of files) {
    const folders = relative(root, file).split(sep).slice(0, -1);
    if (!folders.every(isPartition)) return plain(files);
    const pairs = folders.map((folder) => [
      folder.slice(0, folder.indexOf('=')),
      folder.slice(folder.indexOf('=') + 1),
    ]);
    const names = pairs.map(([name = '']) => unescaped(name));
    columns ??= names;
    if (names.join('\0') !== columns.join('\0')) return plain(files);
    const values = pairs.map(([, value = '']) => (value === nullValue ? null : unescaped(value)));
    const key = folders.join('/');
    const group = groups.get(key) ?? { values, files: [] };
    group.files.push(file);
    groups.set(key, group);
  }
  if (!columns || columns.length === 0) return plain(files);
  return { files, partitionColumns: columns, partitions: [...groups.values()] };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `*`, `?`, `[a-c]` and `{a,b}`, each within one name. */
async function matchesOf(pattern: string): Promise<string[]> {
  const { root } = parse(pattern);
  let found = [root];
  for (const part of pattern.slice(root.length).split(/[/\\]/)) {
    if (part === '') continue;
    if (!/[*?[{]/.test(part)) {
      const joined = found.map((folder) => join(folder, part));
      const known = await Promise.all(joined.map((path) => stat(path).catch(() => undefined)));
      found = joined.filter((_, index) => known[index] !== undefined);
      continue;
    }
    const test = globPattern(part);
    const names = await Promise.all(found.map((folder) => readdir(folder).catch(() => [])));
    found = found.flatMap((folder, index) =>
      (names[index] ?? []).filter((name) => test.test(name)).map((name) => join(folder, name)),
    );
  }
  return found.filter((path) => !/^[_.]/.test(basename(path))).sort();
}
