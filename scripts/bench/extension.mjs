// Activation: loading the extension as it is shipped and running `activate`, in a fresh process against a stand-in for
// the `vscode` module that does nothing. What is left out is VS Code's own part, which is the same for any extension.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionsFor } from '../build.mjs';

const measured = `
const Module = require('node:module');
const anything = new Proxy(class {}, {
  get: (target, key) => (key === Symbol.toPrimitive ? () => '' : key === 'prototype' ? target.prototype : key === 'textDocuments' || key === 'subscriptions' ? [] : key === 'fsPath' ? process.argv[2] : key === 'then' ? undefined : anything),
  set: () => true,
  apply: () => anything,
  construct: () => anything,
  getPrototypeOf: () => anything,
});
const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? anything : load(name, ...rest));
const began = performance.now();
const extension = require(process.argv[1]);
const loaded = performance.now();
extension.activate({ subscriptions: [], extensionUri: anything, extensionMode: 1, workspaceState: anything, globalStorageUri: anything, asAbsolutePath: (path) => path, extension: anything, storageUri: anything, globalState: anything, environmentVariableCollection: anything });
console.log(JSON.stringify({ load: loaded - began, activate: performance.now() - loaded }));
process.exit(0);
`;

export async function rows() {
  const storage = mkdtempSync(join(tmpdir(), 'strata-activation-'));
  const [node] = optionsFor({ outdir: join(storage, 'dist'), production: true, chunks: true });
  await build(node);
  const runs = Array.from({ length: 15 }, () =>
    JSON.parse(
      execFileSync(
        process.execPath,
        ['-e', measured, join(storage, 'dist/extension.js'), storage],
        {
          encoding: 'utf8',
        },
      ),
    ),
  ).sort((a, b) => a.load + a.activate - b.load - b.activate);
  rmSync(storage, { recursive: true, force: true });
  const { load, activate } = runs[7];
  return [
    {
      name: 'activation of the extension',
      ours: load + activate,
      unit: 'ms',
      goal: '< 50 ms',
      note: `loading ${load.toFixed(0)} ms, activate ${activate.toFixed(0)} ms; median of 15`,
    },
  ];
}
