/** Tells of changes below folders, a moment after the last one: an editor writes a file in several steps. */
import { watch } from 'node:fs';
import { join } from 'node:path';

/** How long nothing may happen before what happened is told. */
const QUIET_MS = 150;

/** The paths that changed; resolves `undefined` when the signal is aborted. */
export function nextChange(
  folders: readonly string[],
  isMeant: (path: string) => boolean,
  signal: AbortSignal,
): Promise<ReadonlySet<string> | undefined> {
  return new Promise((resolve) => {
    const changed = new Set<string>();
    let timer: NodeJS.Timeout | undefined;
    const settle = (result: ReadonlySet<string> | undefined) => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
      signal.removeEventListener('abort', stop);
      resolve(result);
    };
    const stop = () => settle(undefined);
    const watchers = folders.map((folder) =>
      watch(folder, { recursive: true }, (_event, name) => {
        const path = name === null ? folder : join(folder, name);
        if (name === null || !isMeant(path)) return;
        changed.add(path);
        clearTimeout(timer);
        timer = setTimeout(() => settle(changed), QUIET_MS);
      }),
    );
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
}
