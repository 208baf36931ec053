// `npm run test:host`: mocha inside a real extension host, through @vscode/test-electron's runner.
// VSCODE_EXECUTABLE names a desktop VS Code; elsewhere scripts/host/vscode.mjs stands in for it.
// STRATA_HOST_GREP picks tests by title. Two witnesses must agree: the exit code that VS Code passed on, and the
// file that the suite wrote; a suite that never ran writes none.
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { optionsFor } from './build.mjs';
import { installHost } from './host/server.mjs';
import { makeWorkspace } from './host/workspace.mjs';
import { root, run, SetupError } from './run.mjs';
import { browser, hostTools, packages } from './setup.mjs';

const folder = join(root, 'out/host');
const extension = join(folder, 'extension');
const suites = process.env.STRATA_HOST_SUITE?.split(',') ?? [
  'trusted',
  'restricted',
  'beside',
  'live',
  'reload',
  'windows',
];
/** A desktop VS Code ends the tests with the window, and lets nobody else have its profile meanwhile. */
const inServerOnly = ['reload', 'windows'];

/** The extension in a folder of its own, so that a rebuild of dist/ changes nothing under a running test. */
async function stage() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(extension, { recursive: true });
  cpSync(join(root, 'package.json'), join(extension, 'package.json'));
  for (const shipped of ['docs/ideas', 'examples', 'media', 'syntaxes'])
    cpSync(join(root, shipped), join(extension, shipped), { recursive: true });
  const bundles = optionsFor({ outdir: join(extension, 'dist'), chunks: true });
  await Promise.all(bundles.map((options) => build(options)));
  const [node] = optionsFor();
  await build({
    ...node,
    entryPoints: suites.map((suite) => `client/test-host/${suite}.ts`),
    outdir: join(folder, 'tests'),
    outExtension: { '.js': '.cjs' },
    external: [...node.external, 'mocha'],
  });
}

async function runSuite(suite) {
  const workspace = join(folder, `workspace-${suite}`);
  makeWorkspace(workspace);
  if (suite === 'restricted') {
    mkdirSync(join(workspace, '.vscode'));
    const settings = { 'strata.typing.pythonVersion': '3.8' };
    writeFileSync(join(workspace, '.vscode/settings.json'), JSON.stringify(settings));
  }
  const results = join(folder, `${suite}.json`);
  const tests = join(folder, `tests/${suite}.cjs`);
  const executable = process.env.VSCODE_EXECUTABLE ?? join(root, 'scripts/host/vscode.mjs');
  const env = {
    STRATA_HOST_RESULTS: results,
    STRATA_HOST_EXTENSION: extension,
  };
  let code = 0;
  if (suite === 'restricted') {
    // runTests always turns workspace trust off, and this suite is about a folder without trust.
    const profile = join(folder, 'restricted-profile');
    mkdirSync(join(profile, 'User'), { recursive: true });
    const settings = { 'security.workspace.trust.startupPrompt': 'never' };
    writeFileSync(join(profile, 'User/settings.json'), JSON.stringify(settings));
    code = await run(
      executable,
      [
        workspace,
        `--extensionDevelopmentPath=${extension}`,
        `--extensionTestsPath=${tests}`,
        ...['--no-sandbox', '--disable-updates', '--skip-welcome', '--skip-release-notes'],
        `--user-data-dir=${profile}`,
        `--extensions-dir=${join(folder, 'restricted-extensions')}`,
      ],
      { env },
    );
  } else {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: [extension, ...(await standInsOf(suite))],
      extensionTestsPath: tests,
      launchArgs: [workspace, ...(suite === 'windows' ? ['--windows=2'] : [])],
      extensionTestsEnv: env,
    }).catch((error) => {
      console.error(String(error));
      code = 1;
    });
  }
  return report(suite, results, code);
}

async function standInsOf(suite) {
  if (suite === 'beside') return [pylanceStandIn()];
  return suite === 'live' ? [await debuggersStandIn(), await jupyterStandIn()] : [];
}

/** Debuggers whose program is made up; see client/test-host/standIns/debuggers.ts. */
function debuggersStandIn() {
  const types = ['debugpy', 'native', 'blind'];
  const debuggers = types.map((type) => ({ type, label: type, languages: ['python'] }));
  return standIn('ms-python', 'debugpy', 'debuggers', { debuggers });
}

/** A kernel whose one variable is made up; see client/test-host/standIns/jupyter.ts. */
function jupyterStandIn() {
  const selector = [{ filenamePattern: '*.strata-test-notebook' }];
  const notebooks = [{ type: 'strata-test-notebook', displayName: 'Test Notebook', selector }];
  return standIn('ms-toolsai', 'jupyter', 'jupyter', { notebooks });
}

async function standIn(publisher, name, file, contributes) {
  const path = join(folder, `${publisher}.${name}-0.0.1`);
  mkdirSync(path, { recursive: true });
  const manifest = {
    publisher,
    name,
    version: '0.0.1',
    engines: { vscode: '^1.101.0' },
    extensionKind: ['workspace'],
    main: './extension.js',
    activationEvents: ['onStartupFinished'],
    contributes,
  };
  writeFileSync(join(path, 'package.json'), JSON.stringify(manifest));
  const [node] = optionsFor();
  await build({
    ...node,
    entryPoints: { extension: `client/test-host/standIns/${file}.ts` },
    outdir: path,
  });
  return path;
}

/** An extension that has Pylance's id and does nothing: what Strata does beside it depends on the id alone. */
function pylanceStandIn() {
  const path = join(folder, 'ms-python.vscode-pylance-0.0.1');
  mkdirSync(path, { recursive: true });
  const manifest = {
    publisher: 'ms-python',
    name: 'vscode-pylance',
    version: '0.0.1',
    engines: { vscode: '^1.101.0' },
    extensionKind: ['workspace'],
    main: './extension.js',
    activationEvents: ['onLanguage:python'],
  };
  writeFileSync(join(path, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(path, 'extension.js'), 'exports.activate = () => undefined;\n');
  return path;
}

/** A desktop VS Code where there is a screen to show it on and a way to fetch it; '' where the stand-in serves. */
async function downloadedDesktop() {
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY;
  if (!hasScreen) return '';
  return downloadAndUnzipVSCode({ version: 'stable', timeout: 15_000 }).catch((error) => {
    if (process.platform !== 'linux') throw error;
    console.error(
      `No desktop VS Code could be downloaded (${error.message}): its server stands in.`,
    );
    return '';
  });
}

function report(suite, results, code) {
  const summary = { passed: 0, failed: 0, tests: [] };
  // Each window of a suite of several writes a file of its own.
  for (const path of [results, `${results}.one`, `${results}.two`]) {
    if (!existsSync(path)) continue;
    const { passed, failed, tests } = JSON.parse(readFileSync(path, 'utf8'));
    summary.passed += passed;
    summary.failed += failed;
    summary.tests.push(...tests);
  }
  console.log(`\n${suite}`);
  for (const { state, title, elapsedMs, error } of summary.tests) {
    console.log(`${state === 'passed' ? 'ok' : 'not ok'} - ${title} (${elapsedMs ?? 0} ms)`);
    if (error) console.log(error.replace(/^/gm, '    '));
  }
  const ran = summary.passed + summary.failed;
  if (ran === 0) console.error('no test ran');
  const unexplained = summary.failed === 0 && (code !== 0 || ran === 0) ? 1 : 0;
  if (unexplained && ran > 0) console.error(`the tests passed, yet VS Code ended with ${code}`);
  const broken = summary.tests
    .filter(({ state }) => state !== 'passed')
    .map(({ title }) => `${suite}: ${title}`);
  return { passed: summary.passed, failed: summary.failed + unexplained, broken };
}

const total = { passed: 0, failed: 0, skipped: 0, broken: [], parts: [] };
try {
  await packages();
  process.env.VSCODE_EXECUTABLE ??= await downloadedDesktop();
  if (!process.env.VSCODE_EXECUTABLE) {
    delete process.env.VSCODE_EXECUTABLE;
    process.env.CHROME_PATH = await browser();
    await hostTools();
    await installHost();
  }
  await stage();
  for (const suite of suites) {
    if (process.env.VSCODE_EXECUTABLE && inServerOnly.includes(suite)) {
      console.log(`\n${suite}: not in a desktop VS Code`);
      continue;
    }
    const { passed, failed, broken } = await runSuite(suite);
    total.passed += passed;
    total.failed += failed;
    total.broken.push(...broken);
    if (failed) total.parts.push(suite);
  }
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  total.failed += 1;
}
if (process.env.STRATA_RESULTS)
  writeFileSync(process.env.STRATA_RESULTS, JSON.stringify(total, null, 1));
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed || !total.passed ? 1 : 0);
