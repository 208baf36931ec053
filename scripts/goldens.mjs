// Runs Spark's golden queries through front end and engine: `node scripts/goldens.mjs [FILE…] [--all] [--rejected] [--reasons]`.
// Prints every answer that is wrong without a word, then the counts. `--all` prints what else did not match too.
import { build } from 'esbuild';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { optionsFor, root } from './build.mjs';

const outfile = join(root, 'out/goldens.cjs');
mkdirSync(join(root, 'out'), { recursive: true });
const [node] = optionsFor();
await build({
  ...node,
  outdir: undefined,
  entryPoints: [join(root, 'engine/test/goldens/run.ts')],
  outfile,
});
const { main } = createRequire(import.meta.url)(outfile);
process.exitCode = await main(root, process.argv.slice(2));
