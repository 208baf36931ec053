// What a fresh machine lacks: the npm packages, a browser, a VS Code to test in. Each is looked for first.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { has, node, npm, root, run, SetupError, tool } from './run.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
  throw new SetupError(`Strata needs Node 20.19 or later; this is ${process.version}.`);

/** `npm ci`, unless node_modules was installed from just this lock file. */
export async function packages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules/.strata-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing npm packages …');
  const code = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    env: { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
  });
  if (code !== 0) throw new SetupError('npm ci failed; its output above says why.');
  writeFileSync(stamp, lock);
}

/** CHROME_PATH, an installed Chromium or Chrome, else Debian's package when root. Returns its path. */
export async function browser() {
  const found = findBrowser();
  if (found) return found;
  await debianPackages(['chromium', 'fonts-dejavu-core', 'fonts-liberation'], 'a Chromium');
  const installed = findBrowser();
  if (!installed)
    throw new SetupError('Chromium was installed but is not on PATH; set CHROME_PATH.');
  return installed;
}

/** The tools that the stand-in for a desktop VS Code is compiled with. */
export async function hostTools() {
  if (process.platform !== 'linux') return;
  const missing = [
    ['python3', 'python3'],
    ['g++', 'g++'],
    ['make', 'make'],
  ].filter(([command]) => !has(command));
  if (missing.length)
    await debianPackages(
      missing.map(([, name]) => name),
      "VS Code's server from npm",
    );
}

async function debianPackages(names, purpose) {
  const root = process.getuid?.() === 0;
  if (!root || !has('apt-get'))
    throw new SetupError(
      `${purpose} is needed: install ${names.join(', ')}${names.includes('chromium') ? ', or set CHROME_PATH to a Chromium or Chrome' : ''}.`,
    );
  console.log(`Installing ${names.join(', ')} …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env, quiet: true });
  const code = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], {
    env,
    quiet: true,
  });
  if (code !== 0) throw new SetupError(`apt-get could not install ${names.join(', ')}.`);
}

/** Data and queries of TPC-H, whose tests run where they are; they come from PyPI. */
export async function tpchData() {
  // Needs the packages, which may have been installed only now.
  const { makeTpch } = await import('./tpch.mjs');
  try {
    await makeTpch();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.log(`TPC-H is not verified anew: ${error.message}`);
  }
}

/** The Python in which live buffers are tested; without it those tests say nothing. */
export async function livePython() {
  const { makeLivePython } = await import('./livePython.mjs');
  try {
    makeLivePython();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.log(
      `Live buffers of NumPy, pandas and debugpy are not verified anew: ${error.message}`,
    );
  }
}

/** Bundles into dist/; `production` as they are shipped. */
export async function bundles({ production = false } = {}) {
  mkdirSync(join(root, 'out'), { recursive: true });
  const code = await node(['scripts/build.mjs', ...(production ? ['--production'] : [])]);
  if (code !== 0) throw new SetupError('the build failed; its output above says where.');
}

export const typeCheck = () => tool('typescript/bin/tsc', ['-b']);
