/**
 * What V8 made of the bundles at an earlier start: to compile them again is half of the time that a start takes.
 * Node's own cache comes with 22.1, and is not told where to look for one bundle alone.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import Module, { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { Script } from 'node:vm';

type Load = (module: NodeJS.Module, file: string) => void;

interface Loader {
  /** By the ending of a file's name. */
  readonly _extensions: Record<string, Load>;
  wrap(source: string): string;
}

interface Compiled {
  readonly sourceHash: string;
  readonly data: Uint8Array;
}

export interface CodeCache {
  /** How many of the scripts that were loaded the file holds. */
  readonly heldCount: number;
  /** Writes what was compiled, unless it was all there. */
  readonly save: () => void;
}

const hashByteLength = 20;
const keptMs = 30 * 24 * 3600 * 1000;

/** In the user's own folder of caches: code that another user could write is none to run. */
export function codeCacheFile(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
): string | undefined {
  if (env.STRATA_CODE_CACHE === 'off') return undefined;
  const home = homedir();
  const caches =
    platform === 'win32'
      ? (env.LOCALAPPDATA ?? join(home, 'AppData/Local'))
      : platform === 'darwin'
        ? join(home, 'Library/Caches')
        : (env.XDG_CACHE_HOME ?? join(home, '.cache'));
  const build = [folder, process.versions.v8, process.version, process.arch].join('\0');
  return join(caches, 'strata/code', `${hashOf(build).slice(0, 16)}.bin`);
}

/** From now on the scripts that lie in the folder itself are taken from the file, and compiled where they are not. */
export function useCodeCache(
  folder: string,
  file: string,
  loader: Loader = Module as unknown as Loader,
): CodeCache {
  const known = readCache(file);
  const scripts = new Map<string, { readonly sourceHash: string; readonly script: Script }>();
  let heldCount = 0;
  const load = loader._extensions['.js'];
  loader._extensions['.js'] = (module, path) => {
    if (dirname(path) !== folder) {
      load?.(module, path);
      return;
    }
    const source = readFileSync(path, 'utf8');
    const sourceHash = hashOf(source);
    const name = basename(path);
    const compiled = known.get(name);
    const cachedData = compiled?.sourceHash === sourceHash ? compiled.data : undefined;
    const script = new Script(loader.wrap(source), {
      filename: path,
      ...(cachedData ? { cachedData: Buffer.from(cachedData) } : {}),
    });
    if (cachedData && script.cachedDataRejected !== true) heldCount += 1;
    scripts.set(name, { sourceHash, script });
    const run = script.runInThisContext() as (...values: readonly unknown[]) => void;
    run.call(module.exports, module.exports, createRequire(path), module, path, folder);
  };
  return {
    get heldCount() {
      return heldCount;
    },
    save() {
      if (scripts.size === heldCount) return;
      heldCount = scripts.size;
      const all = new Map([...known].filter(([name]) => existsSync(join(folder, name))));
      for (const [name, { sourceHash, script }] of scripts)
        all.set(name, { sourceHash, data: script.createCachedData() });
      writeCache(file, all);
    },
  };
}

function readCache(file: string): ReadonlyMap<string, Compiled> {
  try {
    const bytes = readFileSync(file);
    const written = bytes.subarray(hashByteLength);
    // V8 itself does not look whether what it is given is whole.
    if (digestOf(written).equals(bytes.subarray(0, hashByteLength)))
      return deserialize(written) as ReadonlyMap<string, Compiled>;
  } catch {
    // None there, or none of ours: it is written anew.
  }
  return new Map();
}

function writeCache(file: string, all: ReadonlyMap<string, Compiled>): void {
  const folder = dirname(file);
  const half = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const bytes = serialize(all);
    writeFileSync(half, Buffer.concat([digestOf(bytes), bytes]), { mode: 0o600 });
    renameSync(half, file);
    removeOld(folder);
  } catch {
    // A start without it takes a little longer, that is all; and half a file goes with the old ones.
  }
}

/** Of versions that are no longer there. */
function removeOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (Date.now() - statSync(path).mtimeMs > keptMs) rmSync(path, { force: true });
  }
}

function hashOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha1').update(bytes).digest();
}
