/** `strata lsp --stdio`: the language server, its standard input and output handed through. */
import { spawn } from 'node:child_process';
import type { Command, ExitCode } from '../command.ts';
import { CannotRun, siblingBundle } from '../command.ts';

export const lsp: Command = {
  name: 'lsp',
  summary: 'Runs the Python language server for any editor.',
  usage: ['strata lsp --stdio'],
  run(args, io) {
    const others = args.filter((arg) => arg !== '--stdio' && !arg.startsWith('--clientProcessId='));
    if (others.length > 0)
      throw new CannotRun(`there is no option '${others[0] ?? ''}'; 'strata lsp --stdio' is all`);
    if (!args.includes('--stdio')) throw new CannotRun("say how to connect: 'strata lsp --stdio'");
    return new Promise<ExitCode>((resolve, reject) => {
      const child = spawn(process.execPath, [siblingBundle('server'), ...args], {
        stdio: 'inherit',
      });
      io.signal.addEventListener('abort', () => child.kill());
      child.on('error', (error) => {
        reject(new CannotRun(`the language server does not start: ${error.message}`));
      });
      child.on('exit', (code, signal) => {
        if (signal === null && code === 0) resolve(0);
        else if (io.signal.aborted) resolve(0);
        else
          reject(
            new CannotRun(`the language server ended with ${signal ?? `exit code ${code ?? ''}`}`),
          );
      });
    });
  },
};
