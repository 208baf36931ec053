// Builds the bundles once for the unit tests that start processes; they find them through STRATA_DIST.
// A bundle that does not build is reported, and fails the tests that need it.
import { build } from 'esbuild';
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { optionsFor, root } from './build.mjs';

export default async function setup() {
  mkdirSync(join(root, 'out'), { recursive: true });
  const outdir = mkdtempSync(join(root, 'out/unit-'));
  const [node] = optionsFor({ outdir });
  await Promise.all(
    Object.entries(node.entryPoints).map(([name, entry]) =>
      build({ ...node, entryPoints: { [name]: entry } }).catch((error) => {
        console.error(`${name} does not build: ${error.message}`);
      }),
    ),
  );
  process.env.STRATA_DIST = outdir;
  return () => rmSync(outdir, { recursive: true, force: true });
}
