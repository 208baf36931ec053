/** `strata coverage`: which share of parameters and results is annotated, and what is worth annotating next. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { FileCoverage, SymbolCoverage } from '#shared/protocol/languageServer.ts';
import type { Command } from '../command.ts';
import { CannotRun, siblingBundle } from '../command.ts';
import { startLanguageServer } from '../languageServerClient.ts';
import { displayPath, findPythonFiles, projectFolder } from '../pythonFiles.ts';

/** How many names the text shows of what is worth annotating next. */
const NEXT = 10;

export const coverage: Command = {
  name: 'coverage',
  summary: 'Counts annotated parameters and results in Python files.',
  usage: ['strata coverage [PATH…] [--exclude GLOB…] [--fail-under PERCENT] [--output text|json]'],
  async run(args, io) {
    const { paths, excluded, failUnder, output } = readOptions(args);
    const files = findPythonFiles(io.cwd, paths, excluded);
    if (files.length === 0) throw new CannotRun(`there are no Python files in ${paths.join(', ')}`);
    const server = await startLanguageServer({
      modulePath: siblingBundle('server'),
      folder: projectFolder(io.cwd, files),
      signal: io.signal,
      settings: {
        checkTypes: false,
        typeCheckingMode: 'off',
        pythonVersion: '',
        trusted: false,
      },
    });
    try {
      const reply = await server.coverage(files.map((file) => pathToFileURL(file).href));
      const found = reply.files.map(({ uri, ...file }) => ({
        file: displayPath(io.cwd, fileURLToPath(uri)),
        ...file,
      }));
      const annotated = found.reduce((sum, file) => sum + file.annotated, 0);
      const total = found.reduce((sum, file) => sum + file.total, 0);
      await io.out(
        output === 'json'
          ? `${JSON.stringify({ annotated, total, files: found }, null, 2)}\n`
          : coverageText(found, annotated, total),
      );
      return share(annotated, total) < failUnder ? 1 : 0;
    } finally {
      server.dispose();
    }
  },
};

type NamedCoverage = Omit<FileCoverage, 'uri'> & { readonly file: string };

function readOptions(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const { output = 'text' } = values;
  if (output !== 'text' && output !== 'json')
    throw new CannotRun(`--output is text or json, not '${output}'`);
  const failUnder = values['fail-under'] === undefined ? 0 : Number(values['fail-under']);
  if (!(0 <= failUnder && failUnder <= 100))
    throw new CannotRun(`--fail-under is a share in percent, not '${values['fail-under'] ?? ''}'`);
  const paths = positionals.length === 0 ? ['.'] : positionals;
  return { paths, excluded: values.exclude ?? [], failUnder, output };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        exclude: { type: 'string', multiple: true },
        'fail-under': { type: 'string' },
        output: { type: 'string' },
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CannotRun(`${message.split('. ')[0] ?? message}; see 'strata coverage --help'`);
  }
}

/** What has nothing to annotate lacks nothing. */
function share(annotated: number, total: number): number {
  return total === 0 ? 100 : (100 * annotated) / total;
}

function coverageText(files: readonly NamedCoverage[], annotated: number, total: number): string {
  const percent = (part: number, whole: number) =>
    `${Math.floor(share(part, whole))} %`.padStart(6);
  const width = Math.max(...files.map(({ file }) => file.length));
  const lines = files.map(
    (each) =>
      `${each.file.padEnd(width)}  ${percent(each.annotated, each.total)}  ${each.annotated} of ${each.total}`,
  );
  const next = files
    .flatMap(({ file, symbols }) => symbols.map((symbol) => ({ file, symbol })))
    .filter(({ symbol }) => symbol.kind === 'function' && symbol.worth > 0)
    .sort((a, b) => b.symbol.worth - a.symbol.worth)
    .slice(0, NEXT);
  if (next.length > 0) {
    lines.push('', 'Worth annotating next');
    lines.push(...next.map(({ file, symbol }) => `  ${nextLine(file, symbol)}`));
  }
  lines.push(
    '',
    `${percent(annotated, total).trim()} of parameters and results are annotated: ${annotated} of ${total}, in ${files.length} ${files.length === 1 ? 'file' : 'files'}`,
  );
  return `${lines.join('\n')}\n`;
}

function nextLine(file: string, { name, range, annotated, total, calls }: SymbolCoverage): string {
  const called =
    calls === 0 ? 'not called here' : `called ${calls} ${calls === 1 ? 'time' : 'times'}`;
  return `${file}:${range.start.line + 1}  ${name}  ${annotated} of ${total}, ${called}`;
}
