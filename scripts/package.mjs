// `npm run package [-- --target win32-x64]`: out/strata-TARGET-VERSION.vsix, built from a folder of its own and
// then looked into: one native binding, of the right machine; no file that the list does not name; no size
// that crept up. UPDATE=1 writes the list and the sizes anew.
import { createVSIX } from '@vscode/vsce';
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { optionsFor } from './build.mjs';
import { notices, noticesFile } from './notices.mjs';
import { npm, root, SetupError } from './run.mjs';
import { packages } from './setup.mjs';
import {
  bindingPackage,
  lockedPackages,
  productionPackages,
  targets,
  thisTarget,
} from './shipped.mjs';
import { nativeMachines, zipEntries } from './zipEntries.mjs';

const listFile = join(root, 'client/test-host/vsix-files.txt');
const sizesFile = join(root, 'client/test-host/vsix-sizes.json');
const ALLOWED_GROWTH = 1.03;

/** Makes the VSIX of a target and gives its path. */
export async function packageVsix(target) {
  if (!(target in targets))
    throw new SetupError(`'${target}' is no target; there are ${Object.keys(targets).join(', ')}.`);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const staging = join(root, 'out/vsix', target);
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  const built = await Promise.all(
    optionsFor({ outdir: join(staging, 'dist'), production: true, chunks: true }).map((options) =>
      build(options),
    ),
  );
  const current = notices(built.map(({ metafile }) => metafile));
  if (process.env.UPDATE) writeFileSync(noticesFile, current);
  if (!existsSync(noticesFile) || readFileSync(noticesFile, 'utf8') !== current)
    throw new SetupError('THIRD_PARTY_NOTICES.txt is out of date: run node scripts/notices.mjs.');
  for (const name of [
    'LICENSE',
    'README.md',
    'CHANGELOG.md',
    'THIRD_PARTY_NOTICES.txt',
    'docs',
    'examples',
    'media',
    'syntaxes',
    '.vscodeignore',
  ])
    cpSync(join(root, name), join(staging, name), { recursive: true });
  writeManifest(staging);
  for (const name of productionPackages(target)) {
    const folder = join(staging, 'node_modules', name);
    mkdirSync(dirname(folder), { recursive: true });
    cpSync(await packageFolder(name), folder, { recursive: true });
  }
  const packagePath = join(root, `out/strata-${target}-${version}.vsix`);
  rmSync(packagePath, { force: true });
  await createVSIX({ cwd: staging, packagePath, target, dependencies: true });
  rmSync(staging, { recursive: true, force: true });
  return packagePath;
}

/** The manifest as people get it: without what only development needs. */
function writeManifest(staging) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const key of ['scripts', 'devDependencies', 'imports', 'bin', 'private', 'allowScripts'])
    delete manifest[key];
  manifest.engines = { vscode: manifest.engines.vscode };
  writeFileSync(join(staging, 'package.json'), JSON.stringify(manifest, null, 2));
}

/** A package as npm installed it, or, for another platform's binding, from the registry and checked. */
async function packageFolder(name) {
  const { version, integrity } = lockedPackages[`node_modules/${name}`];
  const installed = join(root, 'node_modules', name);
  const isRight = (folder) =>
    existsSync(join(folder, 'package.json')) &&
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version === version;
  if (isRight(installed)) return installed;
  const cache = join(root, 'out/packages', `${name.replace('/', '-')}-${version}`);
  if (isRight(join(cache, 'package'))) return join(cache, 'package');
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const code = await npm(['pack', `${name}@${version}`, '--pack-destination', cache, '--silent']);
  if (code !== 0) throw new SetupError(`npm could not fetch ${name}@${version}.`);
  const archive = join(cache, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
  const hash = createHash('sha512').update(readFileSync(archive)).digest('base64');
  if (`sha512-${hash}` !== integrity)
    throw new SetupError(`${name}@${version} is not what package-lock.json pins.`);
  execFileSync('tar', ['-xzf', archive, '-C', cache]);
  rmSync(archive);
  return join(cache, 'package');
}

/** What is wrong with a VSIX; an empty list where all is well. Prints its largest parts. */
export function inspectVsix(path, target) {
  const entries = zipEntries(path);
  const names = entries.map(({ name }) => name);
  const problems = [];

  const bindings = [
    ...new Set(names.flatMap((name) => /node-bindings-[a-z0-9-]+/.exec(name)?.[0] ?? [])),
  ];
  const expected = bindingPackage(target).split('/')[1];
  if (bindings.join() !== expected)
    problems.push(
      `it has the bindings ${bindings.join(', ') || 'of no platform'}, not ${expected}`,
    );
  const natives = entries.filter(({ name }) => /\.(node|so|dylib|dll)$/.test(name));
  if (!natives.some(({ name }) => name.endsWith('/duckdb.node')))
    problems.push('duckdb.node is missing');
  for (const { name, read } of natives) {
    const machines = nativeMachines(read());
    if (!machines.includes(targets[target].machine))
      problems.push(`${name} is ${machines.join(' and ')}, not ${targets[target].machine}`);
  }
  const manifest = entries.find(({ name }) => name === 'extension.vsixmanifest');
  if (!manifest?.read().toString('utf8').includes(`TargetPlatform="${target}"`))
    problems.push(`its manifest does not name ${target}`);

  // The names of chunks end in a digest of their text.
  const ours = [
    ...new Set(
      names
        .filter((name) => !name.includes('/node_modules/'))
        .map((name) => name.replace(/(\/dist\/[^/]+-)[A-Z0-9]{8}\.js$/, '$1….js')),
    ),
  ].sort();
  if (process.env.UPDATE) writeFileSync(listFile, `${ours.join('\n')}\n`);
  const listed = existsSync(listFile) ? readFileSync(listFile, 'utf8').trim().split('\n') : [];
  for (const name of ours.filter((one) => !listed.includes(one)))
    problems.push(`${name} is shipped and not in ${listFile.slice(root.length)}`);
  for (const name of listed.filter((one) => !ours.includes(one)))
    problems.push(`${name} is not shipped, but in ${listFile.slice(root.length)}`);

  const { size } = statSync(path);
  const sizes = existsSync(sizesFile) ? JSON.parse(readFileSync(sizesFile, 'utf8')) : {};
  if (process.env.UPDATE) {
    const all = { ...sizes, [target]: size };
    const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(sizesFile, `${JSON.stringify(sorted, null, 2)}\n`);
    sizes[target] = size;
  }
  if (sizes[target] === undefined)
    problems.push(`no size is kept for ${target}: run with UPDATE=1`);
  else if (size > sizes[target] * ALLOWED_GROWTH)
    problems.push(`it grew from ${mebibytes(sizes[target])} to ${mebibytes(size)}`);

  console.log(`${path.slice(root.length)}  ${mebibytes(size)}, ${entries.length} files`);
  for (const [part, bytes] of largestParts(entries))
    console.log(`  ${mebibytes(bytes).padStart(10)}  ${part}`);
  return problems;
}

function largestParts(entries) {
  const parts = new Map();
  for (const { name, packedBytes } of entries) {
    const inPackage = /node_modules\/(?:@[^/]+\/)?[^/]+(\/dist\/typeshed-fallback)?/.exec(
      name,
    )?.[0];
    const part = inPackage ?? name.replace(/^extension\//, '');
    parts.set(part, (parts.get(part) ?? 0) + packedBytes);
  }
  return [...parts].sort(([, a], [, b]) => b - a).slice(0, 10);
}

const mebibytes = (bytes) => `${(bytes / 1024 / 1024).toFixed(2)} MiB`;

async function main() {
  const at = process.argv.indexOf('--target');
  const named = at < 0 ? thisTarget() : process.argv[at + 1];
  const wanted = named === 'all' ? Object.keys(targets) : [named];
  const count = { passed: 0, failed: 0 };
  try {
    await packages();
    for (const target of wanted) {
      const problems = inspectVsix(await packageVsix(target), target);
      for (const problem of problems) console.error(`  not ok: ${problem}`);
      count[problems.length ? 'failed' : 'passed'] += 1;
    }
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    count.failed += 1;
  }
  console.log(`${count.passed} passed, ${count.failed} failed`);
  process.exitCode = count.failed || !count.passed ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
