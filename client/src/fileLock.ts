/**
 * One at a time over windows and processes of this machine, by a file that only one of them can create.
 * Knows nothing of VS Code.
 */
import { createHash } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Work under a lock takes milliseconds; who holds it longer has died. */
const STALE_MS = 10_000;
const RETRY_MS = 15;

/** `path` names what is worked on; the lock itself lies elsewhere, since that folder may be the user's. */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 24);
  const lock = join(tmpdir(), `strata-${hash}.lock`);
  const isHeld = await take(lock);
  try {
    return await work();
  } finally {
    if (isHeld) await rm(lock, { force: true }).catch(() => undefined);
  }
}

/** False where a lock can't be made at all: work without it is better than none. */
async function take(lock: string): Promise<boolean> {
  for (;;) {
    try {
      await (await open(lock, 'wx', 0o600)).close();
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Windows says EPERM of a file that is being removed.
      if (code !== 'EEXIST' && code !== 'EPERM') return false;
    }
    const held = await stat(lock).catch(() => undefined);
    if (held && Date.now() - held.mtimeMs > STALE_MS) {
      const isFree = await rm(lock).then(
        () => true,
        () => false,
      );
      if (!isFree) return false;
    } else await delay(RETRY_MS);
  }
}
