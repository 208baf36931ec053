/** The command line: finds the command, runs it, and turns what went wrong into one line and an exit code. */
import type { Command, CommandIo, ExitCode } from './command.ts';
import { CannotRun } from './command.ts';
import { check } from './commands/check.ts';
import { coverage } from './commands/coverage.ts';
import { explain } from './commands/explain.ts';
import { inspect } from './commands/inspect.ts';
import { lsp } from './commands/lsp.ts';
import { run } from './commands/run.ts';
import { sql } from './commands/sql.ts';

const commands: readonly Command[] = [check, coverage, inspect, sql, explain, run, lsp];

export async function main(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    await io.out(help());
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    io.err(`strata: there is no command '${name}'; 'strata --help' lists what is\n`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    await io.out(`${command.summary}\n\nUsage:\n  ${command.usage.join('\n  ')}\n`);
    return 0;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    io.err(`strata ${name}: ${message.replace(/\s*\n\s*/g, ' ')}\n`);
    if (!(error instanceof CannotRun) && io.env.STRATA_DEBUG && error instanceof Error)
      io.err(`${error.stack ?? ''}\n`);
    return 2;
  }
}

function help(): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return [
    'Strata: Python types, buffers and Spark SQL.',
    '',
    'Usage: strata COMMAND [OPTION…]',
    '',
    ...lines,
    '',
    "'strata COMMAND --help' tells a command's options.",
    'Exit code: 0 fine, 1 findings or a failed query, 2 could not run.',
    '',
  ].join('\n');
}
