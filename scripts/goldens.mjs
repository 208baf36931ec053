// Runs Spark's golden queries and the examples of its functions through front end and engine:
// `npm run goldens -- [FILE…] [--queries | --functions] [--all] [--rejected] [--reasons] [--files] [--whole] [--cli]`.
// Prints every answer that is wrong without a word, then the counts. `--all` prints what else did not match,
// `--files` the counts by file, `--whole` long answers to their end. `--cli` runs the statements of each file through the command line.
import { build } from 'esbuild';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { nodeEntries, optionsFor, root } from './build.mjs';

const outfile = join(root, 'out/goldens.cjs');
mkdirSync(join(root, 'out'), { recursive: true });
const [node] = optionsFor();
await build({
  ...node,
  outdir: undefined,
  entryPoints: [join(root, 'engine/test/goldens/run.ts')],
  outfile,
});
const args = process.argv.slice(2);
let cliPath;
if (args.includes('--cli')) {
  const outdir = join(root, 'out/goldens-cli');
  const { engine, cli } = nodeEntries;
  await build({ ...node, outdir, entryPoints: { engine, cli } });
  cliPath = join(outdir, 'cli.js');
}
const { main } = createRequire(import.meta.url)(outfile);
process.exitCode = await main(root, args, cliPath);
