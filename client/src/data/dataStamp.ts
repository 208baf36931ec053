/** How large data is and when it changed last: of a file, or of all files of a folder. Knows nothing of VS Code. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface DataStamp {
  readonly fileCount: number;
  readonly byteLength: number;
  readonly modifiedMs: number;
}

/** A folder of more files is told by its first ones. */
const MOST_FILES = 10_000;

/** Undefined where nothing is there. Spark reads no files whose names begin with `_` or `.`, so that they don't count. */
export async function dataStamp(path: string): Promise<DataStamp | undefined> {
  const found = { fileCount: 0, byteLength: 0, modifiedMs: 0 };
  const add = async (file: string) => {
    const { size, mtimeMs } = await stat(file);
    found.fileCount++;
    found.byteLength += size;
    found.modifiedMs = Math.max(found.modifiedMs, mtimeMs);
  };
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (/^[_.]/.test(entry.name) || found.fileCount >= MOST_FILES) continue;
      const inner = join(folder, entry.name);
      await (entry.isDirectory() ? walk(inner) : add(inner));
    }
  };
  try {
    await ((await stat(path)).isDirectory() ? walk(path) : add(path));
  } catch {
    return undefined;
  }
  return found;
}
