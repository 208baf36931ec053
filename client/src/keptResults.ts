/** Where the engine keeps results over a reload of the window. Knows nothing of VS Code. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes all but these. */
export async function sweepKeptResults(
  folder: string,
  keptIds: ReadonlySet<string>,
): Promise<void> {
  try {
    for (const name of await readdir(folder)) {
      if (!keptIds.has(name)) await rm(join(folder, name), { recursive: true, force: true });
    }
  } catch {
    // There is no such folder yet.
  }
}

export function removeKeptResult(folder: string, keptId: string): Promise<void> {
  return rm(join(folder, keptId), { recursive: true, force: true });
}
