/** Which distributions an environment has, read from the names in its folders; nothing is started or imported. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type InstalledVersion = (distribution: string) => readonly number[] | undefined;

/** `pythonPath` is the interpreter in `bin` or `Scripts`; what is installed later is seen when it is asked for again. */
export function installedVersions(pythonPath: string): InstalledVersion {
  const environment = dirname(dirname(pythonPath));
  let known = new Map<string, readonly number[]>();
  let readAt = -1;
  return (distribution) => {
    const folder = sitePackages(environment);
    if (folder === undefined) return undefined;
    const changedAt = statSync(folder).mtimeMs;
    if (changedAt !== readAt) {
      known = readVersions(folder);
      readAt = changedAt;
    }
    return known.get(normalized(distribution));
  };
}

function sitePackages(environment: string): string | undefined {
  const windows = join(environment, 'Lib', 'site-packages');
  if (existsSync(windows)) return windows;
  const lib = join(environment, 'lib');
  try {
    return readdirSync(lib)
      .filter((name) => /^python3\.\d+$/.test(name))
      .map((name) => join(lib, name, 'site-packages'))
      .find((folder) => existsSync(folder));
  } catch {
    return undefined;
  }
}

function readVersions(folder: string): Map<string, readonly number[]> {
  const versions = new Map<string, readonly number[]>();
  for (const name of readdirSync(folder)) {
    const match = /^(.+)-(\d+(?:\.\d+)*)[^-]*\.(?:dist|egg)-info$/.exec(name);
    if (match) versions.set(normalized(match[1] ?? ''), (match[2] ?? '').split('.').map(Number));
  }
  return versions;
}

/** PEP 503. */
function normalized(distribution: string): string {
  return distribution.toLowerCase().replace(/[-_.]+/g, '-');
}
