import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { codeCacheFile, useCodeCache } from '../src/codeCache.ts';

const folder = mkdtempSync(join(tmpdir(), 'strata-code-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const script = join(folder, 'answer.js');
const file = join(folder, 'caches/of/code.bin');

/** A start: what the script exports, and whether it was compiled. */
function start() {
  const loader = {
    _extensions: {} as Record<string, (module: NodeJS.Module, path: string) => void>,
    wrap: (source: string) =>
      `(function (exports, require, module, __filename, __dirname) { ${source}\n})`,
  };
  const cache = useCodeCache(folder, file, loader);
  const module = { exports: {} } as NodeJS.Module;
  loader._extensions['.js']?.(module, script);
  const isCompiled = cache.heldCount === 0;
  cache.save();
  return { exports: module.exports as unknown, isCompiled };
}

test('a script is compiled once, and again where it or the cache has changed', () => {
  const write = (value: number) => {
    writeFileSync(script, `module.exports = [${value}, require('node:path').sep, __filename];`);
  };
  const exportsOf = (value: number) => [value, join('/'), script];
  write(1);
  expect(start()).toEqual({ exports: exportsOf(1), isCompiled: true });
  expect(start()).toEqual({ exports: exportsOf(1), isCompiled: false });
  write(2);
  expect(start()).toEqual({ exports: exportsOf(2), isCompiled: true });
  expect(start()).toEqual({ exports: exportsOf(2), isCompiled: false });
  const bytes = readFileSync(file);
  for (const broken of [bytes.subarray(0, bytes.length - 9), Buffer.alloc(0), flipped(bytes)]) {
    writeFileSync(file, broken);
    expect(start()).toEqual({ exports: exportsOf(2), isCompiled: true });
    expect(start()).toEqual({ exports: exportsOf(2), isCompiled: false });
  }
  expect(readdirSync(join(folder, 'caches/of'))).toEqual(['code.bin']);
});

test('a cache that can not be written is done without', () => {
  rmSync(join(folder, 'caches'), { recursive: true });
  writeFileSync(join(folder, 'caches'), '');
  expect(start().isCompiled).toBe(true);
  expect(start().isCompiled).toBe(true);
});

test('it lies among the caches of the user, one for each build', () => {
  const at = (env: Record<string, string>, platform: string) =>
    codeCacheFile('/ext/dist', env, platform)?.replaceAll('\\', '/');
  expect(at({ XDG_CACHE_HOME: '/c' }, 'linux')).toMatch(/^\/c\/strata\/code\/[0-9a-f]{16}\.bin$/);
  expect(at({ LOCALAPPDATA: '/l' }, 'win32')).toMatch(/^\/l\/strata\/code\//);
  expect(at({}, 'darwin')).toContain('/Library/Caches/strata/code/');
  expect(at({ XDG_CACHE_HOME: '/c' }, 'linux')).not.toBe(
    codeCacheFile('/other/dist', { XDG_CACHE_HOME: '/c' }, 'linux')?.replaceAll('\\', '/'),
  );
  expect(at({ STRATA_CODE_CACHE: 'off' }, 'linux')).toBeUndefined();
});

function flipped(bytes: Buffer): Buffer {
  const other = Buffer.from(bytes);
  other.writeUInt8(other.readUInt8(other.length - 40) ^ 1, other.length - 40);
  return other;
}
