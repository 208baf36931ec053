// What a VSIX ships for each target: DuckDB's binding, and the packages of its production dependencies.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/** VS Code's name of a target, and how DuckDB's package and its native files call the same. */
export const targets = {
  'linux-x64': { binding: 'linux-x64', machine: 'ELF x64' },
  'linux-arm64': { binding: 'linux-arm64', machine: 'ELF arm64' },
  'alpine-x64': { binding: 'linux-x64-musl', machine: 'ELF x64' },
  'alpine-arm64': { binding: 'linux-arm64-musl', machine: 'ELF arm64' },
  'darwin-x64': { binding: 'darwin-x64', machine: 'Mach-O x64' },
  'darwin-arm64': { binding: 'darwin-arm64', machine: 'Mach-O arm64' },
  'win32-x64': { binding: 'win32-x64', machine: 'PE x64' },
  'win32-arm64': { binding: 'win32-arm64', machine: 'PE arm64' },
};

export const bindingPackage = (target) => `@duckdb/node-bindings-${targets[target].binding}`;

export function thisTarget() {
  if (process.platform !== 'linux') return `${process.platform}-${process.arch}`;
  const isMusl = process.report?.getReport().header.glibcVersionRuntime === undefined;
  return `${isMusl ? 'alpine' : 'linux'}-${process.arch}`;
}

export const lockedPackages = JSON.parse(
  readFileSync(join(root, 'package-lock.json'), 'utf8'),
).packages;

/** The production packages of a target by name, without the optional ones of other platforms. */
export function productionPackages(target) {
  const found = new Set([bindingPackage(target)]);
  const visit = (names) => {
    for (const name of names) {
      if (found.has(name)) continue;
      found.add(name);
      visit(Object.keys(lockedPackages[`node_modules/${name}`].dependencies ?? {}));
    }
  };
  visit(Object.keys(lockedPackages[''].dependencies));
  return [...found].sort();
}
