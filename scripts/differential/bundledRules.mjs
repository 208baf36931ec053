// Our own rules as one module that plain Node can load.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../run.mjs';

export async function bundledRules() {
  const folder = mkdtempSync(join(tmpdir(), 'strata-rules-'));
  const outfile = join(folder, 'rules.mjs');
  await build({
    stdin: {
      contents: [
        "export { readModule } from './server/src/python/module.ts';",
        "export { parsePython } from './server/src/python/pythonSource.ts';",
        "export { checkModule } from './server/src/rules/rules.ts';",
      ].join('\n'),
      resolveDir: root,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  const rules = await import(pathToFileURL(outfile).href);
  rmSync(folder, { recursive: true });
  return rules;
}
