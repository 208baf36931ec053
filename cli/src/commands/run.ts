/** `strata run`: a PySpark script on the bundled engine, without Python and without Java. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ScriptProblem } from '#shared/protocol/frameScript.ts';
import type { Command, CommandIo, ExitCode } from '../command.ts';
import { CannotRun, siblingBundle } from '../command.ts';
import { startEngine } from '../engineClient.ts';
import { startLanguageServer } from '../languageServerClient.ts';
import { ScriptRun, StepFailed } from '../scriptRun.ts';
import { errorJson } from './sql.ts';

export const run: Command = {
  name: 'run',
  summary: 'Runs a PySpark script on the bundled engine: no Python, no Java.',
  usage: [
    'strata run SCRIPT.py [OPTION…]',
    '',
    '  The script is read, not executed: DataFrames, Columns, functions of Spark, spark.sql and what is known from the',
    '  text. What only Python could tell is named at its line on standard error, and what depends on it is left out.',
    '',
    '  --set K=V             a session setting, such as spark.sql.session.timeZone=UTC',
    '  --output text|jsonl   jsonl: a line an action: line, action, printed, schema, rowCount, elapsedMs or error',
    '',
    '  Paths in the script are relative to the folder that the command runs in, as with Python.',
    '  Exit code: 1 where an action failed or something in the script was left out.',
  ],
  async run(args, io) {
    const options = parse(args);
    const path = resolve(io.cwd, options.script);
    if (!existsSync(path)) throw new CannotRun(`there is no file '${options.script}'`);
    const script = await readScript(path, io);
    const say = (problem: ScriptProblem) => {
      io.err(`${options.script}:${problem.line + 1}: not run: ${problem.message}\n`);
    };
    const engine = startEngine(io);
    let code: ExitCode = 0;
    try {
      const running = new ScriptRun(engine, io.cwd, options.settings, io.signal);
      await running.open();
      const problems = [...script.problems];
      for (const [index, step] of script.steps.entries()) {
        for (let next = problems[0]; next && next.start < step.start; next = problems[0]) {
          say(next);
          problems.shift();
        }
        const began = performance.now();
        try {
          const { printed, schema, rowCount } = await running.step(step, index);
          if (options.output === 'text') await io.out(printed);
          else
            await io.out(
              `${JSON.stringify({
                line: step.line + 1,
                action: step.action,
                printed,
                ...(schema ? { schema } : {}),
                ...(rowCount === undefined ? {} : { rowCount }),
                elapsedMs: Math.round(performance.now() - began),
              })}\n`,
            );
        } catch (error) {
          if (!(error instanceof StepFailed)) throw error;
          // As in Python, what is raised ends the script.
          if (options.output === 'jsonl')
            await io.out(
              `${JSON.stringify({ line: step.line + 1, action: step.action, error: errorJson(error.error) })}\n`,
            );
          io.err(`${options.script}:${step.line + 1}: ${error.message}\n`);
          return 1;
        }
      }
      for (const problem of problems) say(problem);
      if (script.problems.length > 0) code = 1;
      return code;
    } finally {
      engine.dispose();
    }
  },
};

async function readScript(path: string, io: CommandIo) {
  const server = await startLanguageServer({
    modulePath: siblingBundle('server'),
    folder: dirname(path),
    settings: { checkTypes: false, typeCheckingMode: 'off', pythonVersion: '', trusted: false },
    signal: io.signal,
  });
  try {
    return await server.readScript(pathToFileURL(path).href);
  } finally {
    server.dispose();
  }
}

interface RunOptions {
  readonly script: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly output: 'text' | 'jsonl';
}

function parse(args: readonly string[]): RunOptions {
  const settings: Record<string, string> = {};
  let output: RunOptions['output'] = 'text';
  let script: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const argument = args[at] ?? '';
    const [, name, inline] = /^(--\w+)(?:=(.*))?$/s.exec(argument) ?? [];
    const value = () => inline ?? args[++at] ?? '';
    if (name === '--set') {
      const [key = '', ...rest] = value().split('=');
      if (key === '' || rest.length === 0) throw new CannotRun('--set takes KEY=VALUE');
      settings[key] = rest.join('=');
    } else if (name === '--output') {
      const given = value();
      if (given !== 'text' && given !== 'jsonl')
        throw new CannotRun(`--output is text or jsonl, not '${given}'`);
      output = given;
    } else if (argument.startsWith('-')) throw new CannotRun(`there is no option '${argument}'`);
    else if (script !== undefined) throw new CannotRun('run takes one script');
    else script = argument;
  }
  if (script === undefined) throw new CannotRun('which script? strata run SCRIPT.py');
  return { script, settings, output };
}
