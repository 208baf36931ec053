/** `strata check`: type errors and Strata's own findings, for people, scripts and CI. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { BASELINE_FILE } from '#shared/baseline.ts';
import type { ServerSettings } from '#shared/protocol/languageServer.ts';
import { applyBaseline, linesFrom, writeBaseline } from '../baseline.ts';
import type { CheckDiagnostic, CheckReport } from '../checkReport.ts';
import { checkText, summarize } from '../checkReport.ts';
import type { Command, CommandIo, ExitCode } from '../command.ts';
import { CannotRun, siblingBundle } from '../command.ts';
import type { LanguageServerClient } from '../languageServerClient.ts';
import { FileSchemas } from '../fileSchemas.ts';
import { startLanguageServer } from '../languageServerClient.ts';
import {
  displayPath,
  findPythonFiles,
  isChecked,
  projectFolder,
  watchedFolders,
} from '../pythonFiles.ts';
import { checkSarif } from '../sarif.ts';
import { nextChange } from '../watchFiles.ts';

const levels = ['off', 'basic', 'standard', 'strict'] as const;

/** How many files are asked for in one request; what they have is then printed by the caller's memory, not ours. */
const BATCH = 256;

export const check: Command = {
  name: 'check',
  summary: 'Finds type errors, and buffers that struct formats do not fit, in Python files.',
  usage: [
    'strata check [PATH…] [--python-version V] [--level off|basic|standard|strict]',
    '             [--exclude GLOB…] [--no-pyright] [--output text|json|sarif] [--watch]',
    '             [--baseline FILE] [--write-baseline]',
  ],
  async run(args, io) {
    const options = readOptions(args, io.cwd);
    const files = findPythonFiles(io.cwd, options.paths, options.excluded);
    if (files.length === 0 && !options.watches)
      throw new CannotRun(`there are no Python files in ${options.paths.join(', ')}`);
    const schemas = new FileSchemas(io);
    const server = await startServer(files, options, schemas, io);
    try {
      const code = await checkOnce(server, files, options, io);
      return options.watches ? await checkAgain(server, options, io) : code;
    } finally {
      server.dispose();
      schemas.dispose();
    }
  },
};

/** Checks, prints, and says how it went. */
async function checkOnce(
  server: LanguageServerClient,
  files: readonly string[],
  options: CheckOptions,
  io: CommandIo,
): Promise<ExitCode> {
  const startedAt = performance.now();
  const found = await findingsIn(server, files, io);
  const names = files.map((file) => displayPath(io.cwd, file));
  const read = [...names, ...found.configFiles];
  const { shown, baseline } = beyondBaseline(found.diagnostics, read, options, io);
  const report: CheckReport = {
    version: strataVersion(),
    files: names,
    diagnostics: shown,
    summary: summarize(shown, files.length, performance.now() - startedAt),
    ...(found.typeCheckerMessage === undefined
      ? {}
      : { typeCheckerMessage: found.typeCheckerMessage }),
    ...(baseline ? { baseline } : {}),
  };
  const { output } = options;
  await io.out(
    output === 'json'
      ? `${JSON.stringify(report, null, 2)}\n`
      : output === 'sarif'
        ? checkSarif(report, io.cwd)
        : checkText(report, io.isTerminal),
  );
  return exitCode(report, io);
}

/** After each change below the paths, until the user interrupts. */
async function checkAgain(
  server: LanguageServerClient,
  options: CheckOptions,
  io: CommandIo,
): Promise<ExitCode> {
  const folders = watchedFolders(io.cwd, options.paths);
  for (;;) {
    const changed = await nextChange(folders, isChecked, io.signal);
    if (!changed) return 0;
    await server.changed([...changed].map((path) => pathToFileURL(path).href));
    if (options.output === 'text') await io.out('\nChecking …\n');
    await checkOnce(server, findPythonFiles(io.cwd, options.paths, options.excluded), options, io);
  }
}

function beyondBaseline(
  diagnostics: readonly CheckDiagnostic[],
  names: readonly string[],
  options: CheckOptions,
  io: CommandIo,
): { readonly shown: readonly CheckDiagnostic[]; readonly baseline?: CheckReport['baseline'] } {
  const { baselinePath: path } = options;
  if (path === undefined) return { shown: diagnostics };
  const [lines, files] = [linesFrom(io.cwd), new Set(names)];
  if (options.writesBaseline) writeBaseline(path, diagnostics, lines, files);
  const { unaccepted, acceptedCount, goneCount } = applyBaseline(path, diagnostics, lines, files);
  return { shown: unaccepted, baseline: { accepted: acceptedCount, gone: goneCount } };
}

interface CheckOptions {
  readonly paths: readonly string[];
  readonly excluded: readonly string[];
  readonly pythonVersion: string;
  readonly level: ServerSettings['typeCheckingMode'] | undefined;
  readonly usesPyright: boolean;
  readonly output: 'text' | 'json' | 'sarif';
  readonly watches: boolean;
  readonly baselinePath: string | undefined;
  readonly writesBaseline: boolean;
}

function readOptions(args: readonly string[], cwd: string): CheckOptions {
  const { values, positionals } = parse(withBaselineFile(args, cwd));
  const { output = 'text', level } = values;
  if (output !== 'text' && output !== 'json' && output !== 'sarif')
    throw new CannotRun(`--output is text, json or sarif, not '${output}'`);
  const writesBaseline = values['write-baseline'] === true;
  const baseline = values.baseline ?? (writesBaseline ? BASELINE_FILE : undefined);
  const knownLevel = levels.find((each) => each === level);
  if (level !== undefined && !knownLevel)
    throw new CannotRun(`--level is one of ${levels.join(', ')}, not '${level}'`);
  const pythonVersion = values['python-version'] ?? '';
  if (pythonVersion !== '' && !/^3\.\d{1,2}$/.test(pythonVersion))
    throw new CannotRun(`--python-version is of the form 3.12, not '${pythonVersion}'`);
  return {
    paths: positionals.length === 0 ? ['.'] : positionals,
    excluded: values.exclude ?? [],
    pythonVersion,
    level: knownLevel,
    usesPyright: values['no-pyright'] !== true,
    output,
    watches: values.watch === true,
    baselinePath: baseline === undefined ? undefined : resolve(cwd, baseline),
    writesBaseline,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'python-version': { type: 'string' },
        level: { type: 'string' },
        exclude: { type: 'string', multiple: true },
        'no-pyright': { type: 'boolean' },
        output: { type: 'string' },
        watch: { type: 'boolean' },
        baseline: { type: 'string' },
        'write-baseline': { type: 'boolean' },
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CannotRun(`${message.split('. ')[0] ?? message}; see 'strata check --help'`);
  }
}

/** `--baseline` alone, or before a path to check, means the file of the usual name. */
function withBaselineFile(args: readonly string[], cwd: string): readonly string[] {
  const index = args.indexOf('--baseline');
  if (index < 0) return args;
  const next = args[index + 1];
  const isFile =
    next !== undefined &&
    !next.startsWith('-') &&
    !/\.pyi?$/.test(next) &&
    !statSync(resolve(cwd, next), { throwIfNoEntry: false })?.isDirectory();
  return isFile ? args : args.with(index, `--baseline=${BASELINE_FILE}`);
}

function startServer(
  files: readonly string[],
  options: CheckOptions,
  schemas: FileSchemas,
  io: CommandIo,
): Promise<LanguageServerClient> {
  const pythonPath = activeInterpreter(io);
  return startLanguageServer({
    modulePath: siblingBundle('server'),
    folder: files.length === 0 ? io.cwd : projectFolder(io.cwd, files),
    signal: io.signal,
    fileSchemas: (asked) => schemas.of(asked),
    settings: {
      checkTypes: options.usesPyright,
      typeCheckingMode: options.level ?? 'standard',
      overridesConfigFile: options.level !== undefined,
      pythonVersion: options.pythonVersion,
      trusted: true,
      ...(pythonPath === undefined ? {} : { pythonPath }),
    },
  });
}

async function findingsIn(server: LanguageServerClient, files: readonly string[], io: CommandIo) {
  const diagnostics: CheckDiagnostic[] = [];
  const configFiles: string[] = [];
  let typeCheckerMessage: string | undefined;
  for (let start = 0; start < files.length; start += BATCH) {
    const uris = files.slice(start, start + BATCH).map((file) => pathToFileURL(file).href);
    const reply = await server.check(uris);
    typeCheckerMessage ??= reply.typeCheckerMessage;
    // The same for every batch.
    const configuration = start === 0 ? reply.configuration : [];
    for (const file of [...configuration, ...reply.files]) {
      const name = displayPath(io.cwd, fileURLToPath(file.uri));
      if (configuration.includes(file)) configFiles.push(name);
      const found = (file.diagnostics as readonly LspDiagnostic[])
        .map((each) => readDiagnostic(name, each))
        .filter((each) => each !== undefined);
      diagnostics.push(...found.sort(byPlace));
    }
  }
  return { diagnostics, configFiles, typeCheckerMessage };
}

/** The part of LSP's Diagnostic that is used here. */
interface LspDiagnostic {
  readonly range: CheckDiagnostic['range'];
  readonly severity?: number;
  readonly source?: string;
  readonly code?: string | number;
  readonly message: string;
}

/** Hints, such as unreachable code shown grey, are for editors only. */
function readDiagnostic(file: string, each: LspDiagnostic): CheckDiagnostic | undefined {
  const severity = (['error', 'warning', 'information'] as const)[(each.severity ?? 1) - 1];
  if (!severity) return undefined;
  return {
    file,
    range: each.range,
    severity,
    source: each.source === 'strata' ? 'strata' : 'pyright',
    rule: each.code === undefined ? null : String(each.code),
    message: each.message,
  };
}

function byPlace(a: CheckDiagnostic, b: CheckDiagnostic): number {
  const [first, second] = [a.range.start, b.range.start];
  return first.line - second.line || first.character - second.character;
}

/** A type checker that is missing must not make a build green. */
function exitCode(report: CheckReport, io: CommandIo): ExitCode {
  if (report.typeCheckerMessage !== undefined)
    io.err(
      `strata check: types were not checked: ${report.typeCheckerMessage} Strata's own findings are complete; --no-pyright asks for them alone.\n`,
    );
  // A note is worth knowing, and no reason to stop.
  if (report.diagnostics.some(({ severity }) => severity !== 'information')) return 1;
  return report.typeCheckerMessage === undefined ? 0 : 2;
}

/** The interpreter of the virtual environment that the shell has activated. */
function activeInterpreter(io: CommandIo): string | undefined {
  const folder = io.env.VIRTUAL_ENV;
  if (folder === undefined || folder === '') return undefined;
  const path =
    process.platform === 'win32'
      ? join(folder, 'Scripts', 'python.exe')
      : join(folder, 'bin', 'python');
  return existsSync(path) ? path : undefined;
}

/** The manifest stands above the bundle, one folder up where it is installed. */
function strataVersion(): string {
  for (let folder = __dirname; dirname(folder) !== folder; folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (!existsSync(path)) continue;
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as { name?: string; version?: string };
    if (manifest.name === 'strata') return manifest.version ?? '';
  }
  return '';
}
