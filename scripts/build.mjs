// Bundles every realm into dist/. `--watch` rebuilds on change; `--production` drops source maps and minifies.
// Also exports the options, so that tests build the same thing into another folder.
import { build, context } from 'esbuild';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commonJsChunks } from './chunks.mjs';
import { wasmForEsbuild } from './wasm.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

// What can't be bundled: a native library, a package loaded by its files, and what the host provides.
// Of DuckDB that is the library alone: to read the hundred files of its JavaScript takes longer than to load it.
const external = ['vscode', '@duckdb/node-bindings-*', 'pyright', 'pyright/*'];

/** One entry a process or thread; the key is the file in dist/. */
const processes = {
  extension: 'client/src/activate.ts',
  server: 'server/src/main.ts',
  pyrightProcess: 'server/src/oracle/pyrightProcess.ts',
  engine: 'engine/src/main.ts',
  bufferWorker: 'buffers/src/worker.ts',
  cli: 'cli/src/bin.ts',
};

/** And, where they are built without chunks, the library that few need. */
export const nodeEntries = { ...processes, hdf5: 'buffers/src/format/hdf5Library.ts' };

export const panelEntries = {
  buffer: 'webviews/src/buffer/main.tsx',
  results: 'webviews/src/results/main.tsx',
  table: 'webviews/src/table/main.tsx',
};

/** Four megabytes of WebAssembly in text, which only an HDF5 file makes anybody read. */
const hdf5OnDemand = {
  name: 'hdf5-on-demand',
  setup(build) {
    build.onResolve({ filter: /hdf5Library\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './hdf5.js', external: true } : undefined,
    );
  },
};

/**
 * The options of the processes and of the panels. What is shipped is in `chunks`: what is imported on demand is
 * read on demand, and what two processes share is there once. Tests that build one process take it whole.
 */
export function optionsFor({
  outdir = join(root, 'dist'),
  production = false,
  chunks = false,
} = {}) {
  const shared = {
    absWorkingDir: root,
    bundle: true,
    metafile: true,
    sourcemap: production ? false : 'linked',
    minify: production,
    keepNames: production,
    logLevel: 'warning',
    logOverride: { 'empty-import-meta': 'silent' },
  };
  return [
    {
      ...shared,
      entryPoints: chunks ? processes : nodeEntries,
      outdir,
      platform: 'node',
      format: 'cjs',
      target: 'node20.19',
      // `import()` of what is CommonJS has Node read every file of it twice, to find the names that it exports.
      supported: { 'dynamic-import': false },
      external,
      plugins: [wasmForEsbuild, chunks ? commonJsChunks : hdf5OnDemand],
      // The UMD builds of vscode-languageserver's helpers hide their imports from a bundler.
      mainFields: ['module', 'main'],
    },
    {
      ...shared,
      entryPoints: panelEntries,
      outdir: join(outdir, 'webviews'),
      platform: 'browser',
      format: 'esm',
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      loader: { '.ttf': 'file' },
      assetNames: '[name]',
    },
  ];
}

async function main() {
  const watch = process.argv.includes('--watch');
  const production = process.argv.includes('--production');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const all = optionsFor({ production, chunks: true });
  if (watch) {
    for (const options of all) await (await context({ ...options, logLevel: 'info' })).watch();
    return;
  }
  const results = await Promise.all(all.map((options) => build(options)));
  const outputs = Object.assign({}, ...results.map((result) => result.metafile.outputs));
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(
    join(root, 'out/meta.json'),
    JSON.stringify({
      inputs: Object.assign({}, ...results.map((result) => result.metafile.inputs)),
      outputs,
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
