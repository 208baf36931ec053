// `npm run code [FOLDER]`: VS Code with the extension loaded and the examples open: the desktop one where there is
// one, else VS Code's server on loopback, whose address, with its secret token, is printed. Ctrl+C ends it.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installHost, serveWithToken } from './host/server.mjs';
import { has, root, run, SetupError } from './run.mjs';
import { bundles, hostTools, packages } from './setup.mjs';

const folder = resolve(process.argv[2] ?? join(root, 'examples'));
try {
  if (!existsSync(folder)) throw new SetupError(`${folder} is not there.`);
  await packages();
  await bundles();
  if (has('code') && !process.env.STRATA_CODE_SERVER) {
    const command = process.platform === 'win32' ? 'code.cmd' : 'code';
    process.exitCode = await run(command, [
      '--new-window',
      `--extensionDevelopmentPath=${root}`,
      folder,
    ]);
  } else await serve();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function serve() {
  await hostTools();
  await installHost();
  const server = await serveWithToken({ folder, extension: root.replace(/[\\/]$/, '') });
  console.log(`\nVS Code is at\n  ${server.url}`);
  console.log('on this machine only; the address holds its secret. Ctrl+C ends it.');
  await new Promise((stop) => {
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
  await server.stop();
}
