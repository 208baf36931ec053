// Runs programs for the other scripts: inherits the terminal, keeps the exit code, knows npm on every system.
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program to its end; resolves with its exit code, 1 where a signal ended it. */
export function run(command, args, { env = {}, cwd = root, quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'],
    });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

export const node = (args, options) => run(process.execPath, args, options);

/** A program of a package in node_modules, by the file that its package.json names. */
export const tool = (path, args, options) => node([`node_modules/${path}`, ...args], options);

/** npm itself: npm's own script where npm started us, else the one on PATH. */
export function npm(args, options) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return node([script, ...args], options);
  return process.platform === 'win32'
    ? run('cmd', ['/c', 'npm', ...args], options)
    : run('npm', args, options);
}

export const has = (command) =>
  spawnSync(process.platform === 'win32' ? 'where' : 'which', [command], { stdio: 'ignore' })
    .status === 0;

export class SetupError extends Error {}
