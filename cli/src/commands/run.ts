/** `strata run`: a PySpark script on the bundled engine, without Python and without Java. */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FrameAction } from '#shared/protocol/frameScript.ts';
import { ScriptRun, ScriptStopped, StepFailed } from '#shared/script/scriptRun.ts';
import type { Command, CommandIo } from '../command.ts';
import { CannotRun, siblingBundle } from '../command.ts';
import { cannotRun, startEngine } from '../engineClient.ts';
import { startLanguageServer } from '../languageServerClient.ts';
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
    '  --at LINE             only what leads to the DataFrame of the statement in that line, and a look at it',
    '  --look show|schema|explain   which look; show without it',
    '  --output text|jsonl   jsonl: a line an action: line, action, printed, schema, rowCount, elapsedMs or error',
    '',
    '  Paths in the script are relative to the folder that the command runs in, as with Python.',
    '  Exit code: 1 where an action failed or something in the script was left out.',
  ],
  async run(args, io) {
    const options = parse(args);
    const path = resolve(io.cwd, options.script);
    if (!existsSync(path)) throw new CannotRun(`there is no file '${options.script}'`);
    const engine = startEngine(io);
    try {
      const { settings } = options;
      const place = (given: string) => (isAbsolute(given) ? given : resolve(io.cwd, given));
      const { call } = engine;
      const running = new ScriptRun({ call, sessionId: 'script', settings, place }, io.signal);
      await running.open();
      const script = await readScript(path, options.at, running, io);
      if (options.at && script.steps.length === 0)
        throw new CannotRun(`line ${options.at.line + 1} makes no DataFrame that is known`);
      const messages = [
        ...script.problems.map((problem) => ({ ...problem, kind: 'not run' })),
        ...script.notes.map((note) => ({ ...note, kind: 'note' })),
      ].sort((left, right) => left.start - right.start);
      /** What stands in front of the place, if it has not been said. */
      const say = (before: number) => {
        while (messages[0] && messages[0].start < before) {
          const { line, kind, message } = messages[0];
          io.err(`${options.script}:${line + 1}: ${kind}: ${message}\n`);
          messages.shift();
        }
      };
      try {
        await running.run(
          script.steps,
          async ({ line, action }, { printed, schema, rowCount }, elapsedMs) => {
            if (options.output === 'text') return io.out(printed);
            const told = {
              line: line + 1,
              action,
              printed,
              ...(schema ? { schema } : {}),
              ...(rowCount === undefined ? {} : { rowCount }),
              elapsedMs: Math.round(elapsedMs),
            };
            return io.out(`${JSON.stringify(told)}\n`);
          },
          (step) => {
            say(step.start);
          },
        );
      } catch (error) {
        if (!(error instanceof StepFailed) || !error.step) throw error;
        // As in Python, what is raised ends the script.
        const { line, action } = error.step;
        const told = { line: line + 1, action, error: errorJson(error.error) };
        if (options.output === 'jsonl') await io.out(`${JSON.stringify(told)}\n`);
        io.err(`${options.script}:${line + 1}: ${error.message}\n`);
        return 1;
      }
      say(Infinity);
      return script.problems.length > 0 ? 1 : 0;
    } catch (error) {
      throw error instanceof ScriptStopped ? cannotRun(error.failure) : error;
    } finally {
      engine.dispose();
    }
  },
};

async function readScript(path: string, at: RunOptions['at'], running: ScriptRun, io: CommandIo) {
  const server = await startLanguageServer({
    modulePath: siblingBundle('server'),
    folder: dirname(path),
    settings: { checkTypes: false, typeCheckingMode: 'off', pythonVersion: '', trusted: false },
    signal: io.signal,
  });
  try {
    const uri = pathToFileURL(path).href;
    const first = await server.readScript(uri, [], at);
    if (first.missingSchemas.length === 0) return first;
    return await server.readScript(uri, await running.schemas(first.missingSchemas), at);
  } finally {
    server.dispose();
  }
}

interface RunOptions {
  readonly script: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly output: 'text' | 'jsonl';
  readonly at: { readonly line: number; readonly action: FrameAction } | undefined;
}

function parse(args: readonly string[]): RunOptions {
  const settings: Record<string, string> = {};
  let output: RunOptions['output'] = 'text';
  let script: string | undefined;
  let line: number | undefined;
  let look: FrameAction = 'show';
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
    } else if (name === '--at') {
      line = Number(value());
      if (!Number.isInteger(line) || line < 1)
        throw new CannotRun('--at takes the number of a line, from 1');
    } else if (name === '--look') {
      const given = value();
      if (given !== 'show' && given !== 'schema' && given !== 'explain')
        throw new CannotRun(`--look is show, schema or explain, not '${given}'`);
      look = given;
    } else if (argument.startsWith('-')) throw new CannotRun(`there is no option '${argument}'`);
    else if (script !== undefined) throw new CannotRun('run takes one script');
    else script = argument;
  }
  if (script === undefined) throw new CannotRun('which script? strata run SCRIPT.py');
  const at = line === undefined ? undefined : { line: line - 1, action: look };
  return { script, settings, output, at };
}
