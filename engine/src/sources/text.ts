/** Text: a row for each line, or for each file. */
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { stringType } from '#sql/plan/types.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import { selectColumns } from '../duckdb/readers.ts';
import { unreadable, unsupportedOption } from './failures.ts';
import { quotedCell, readScratch, scratchFile } from './scratchFile.ts';
import type { FileSet, Source, SourceColumn, SourceFailure, SourceReader } from './source.ts';
import { linesOf, packedUnknown, textOf } from './textStream.ts';

export async function textSource(
  files: FileSet,
  options: Readonly<Record<string, string>>,
  reader: SourceReader,
  given?: readonly SourceColumn[],
): Promise<Result<Source, SourceFailure>> {
  const known: Readonly<Record<string, RegExp>> = {
    wholetext: /^(true|false)$/i,
    linesep: /^[^]+$/,
    encoding: /^utf-?8$/i,
  };
  for (const [key, value] of Object.entries(options))
    if (!known[key]?.test(value)) return fail(unsupportedOption('text', key, value));
  const packed = files.files.map(packedUnknown).find((ending) => ending !== undefined);
  if (packed !== undefined) return fail(unsupportedOption('text', 'compression', packed));
  const [column = { name: 'value', type: stringType }, ...others] = given ?? [];
  if (column.type.kind !== 'string' || others.length > 0)
    return fail(unsupportedOption('text', 'schema', 'anything but one column of strings'));
  const lineBreak = options.linesep?.replace(/\\([nrt])/g, (_, mark: string) =>
    mark === 'n' ? '\n' : mark === 'r' ? '\r' : '\t',
  );
  const isWhole = options.wholetext?.toLowerCase() === 'true';
  const places = new Map<string, string>();
  try {
    for (const file of files.files) {
      const rows = isWhole ? [await wholeText(file)] : linesOf(textOf(file, 'utf-8'), lineBreak);
      places.set(file, await scratchFile(reader.scratchFolder, 'csv', cellsOf(rows)));
    }
  } catch (error) {
    return fail(unreadable(files.path, error instanceof Error ? error.message : String(error)));
  }
  return ok({
    columns: [column],
    byteLength: files.byteLength,
    files: files.files,
    isSampled: false,
    scanSql(names, _timeZone, paths = files.files) {
      const list = names.map((name) => [quoteIdentifier('line'), name] as const);
      const table = readScratch(
        paths.map((path) => places.get(path) ?? path),
        ['line'],
      );
      return `SELECT ${list.length === 0 ? '1 AS one' : selectColumns(list)} FROM ${table}`;
    },
  });
}

async function wholeText(file: string): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of textOf(file, 'utf-8')) pieces.push(piece);
  return pieces.join('');
}

async function* cellsOf(rows: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  for await (const row of rows) yield `${quotedCell(row)}\n`;
}
