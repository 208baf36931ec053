import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { pythonEnvironment } from '../../src/session/pythonEnvironment.ts';

const root = mkdtempSync(join(tmpdir(), 'strata-environment-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function environment(name: string, config: string): string {
  const folder = join(root, name);
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'pyvenv.cfg'), config);
  writeFileSync(join(folder, 'bin/python'), '');
  return folder;
}

const project = join(root, 'project');
const local = environment('project/.venv', 'home = /usr/bin\nversion = 3.11.4\n');
const active = environment('active', 'version_info = 3.10.2.final.0\n');
const bare = join(root, 'bare');
mkdirSync(bare);

test.each([
  ['the one in the folder', project, undefined, {}, { at: local, version: '3.11' }],
  [
    'before the activated one',
    project,
    undefined,
    { VIRTUAL_ENV: active },
    { at: local, version: '3.11' },
  ],
  ['the activated one', bare, undefined, { VIRTUAL_ENV: active }, { at: active, version: '3.10' }],
  ['the chosen one', project, join(active, 'bin/python'), {}, { at: active, version: '3.10' }],
  ['none on the path alone', bare, undefined, { PATH: join(active, 'bin') }, undefined],
  ['none that is gone', bare, undefined, { VIRTUAL_ENV: join(root, 'gone') }, undefined],
  [
    "not conda's base",
    bare,
    undefined,
    { CONDA_PREFIX: active, CONDA_DEFAULT_ENV: 'base' },
    undefined,
  ],
])('%s', (_what, folder, chosen, env, expected) => {
  const found = pythonEnvironment(folder, chosen, env);
  expect(found).toEqual(
    expected && { pythonPath: join(expected.at, 'bin/python'), version: expected.version },
  );
});
