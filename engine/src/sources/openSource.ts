/** From what a query or a view names to a source, remembered while the file stays as it is. */
import { extname, resolve } from 'node:path';
import type { FileFormat } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { arrowSource } from './arrow.ts';
import { csvSource } from './csv.ts';
import { pathNotFound, unsupportedFormat, unsupportedSchema } from './failures.ts';
import { fileSetOf } from './fileSet.ts';
import { fileSelection } from './fileSelection.ts';
import { jsonSource } from './json.ts';
import { parquetSource } from './parquet.ts';
import { textSource } from './text.ts';
import { withPartitions } from './partitions.ts';
import type { Source, SourceColumn, SourceFailure, SourceReader } from './source.ts';

export interface SourceRequest {
  readonly path: string;
  readonly format: string;
  readonly options: Readonly<Record<string, string>>;
  /** A preview: types from the beginning of the file. */
  readonly sample: boolean;
  /** It is looked at by its rows, and not queried. */
  readonly rowsOnly?: boolean;
  /** A schema that was given; absent where the files say themselves what they hold. */
  readonly columns?: readonly SourceColumn[];
}

export interface SourceCache {
  open(request: SourceRequest, reader: SourceReader): Promise<Result<Source, SourceFailure>>;
}

const maxEntries = 200;

export function createSourceCache(): SourceCache {
  const known = new Map<string, Promise<Result<Source, SourceFailure>>>();
  return {
    async open(request, reader) {
      if (request.path === '') return fail(pathNotFound(request.path));
      const given = Object.fromEntries(
        Object.entries(request.options).map(([key, value]) => [key.toLowerCase(), value]),
      );
      const selected = fileSelection(given, request.format);
      if (!selected.ok) return selected;
      const { selection, options } = selected.value;
      const files = await fileSetOf(resolve(request.path), selection);
      if (!files.ok) return files;
      const key = JSON.stringify([
        request.format,
        options,
        request.sample,
        request.rowsOnly === true,
        request.columns ?? [],
        files.value.partitionColumns,
        files.value.fingerprint,
      ]);
      let opening = known.get(key);
      if (!opening) {
        opening = openAs(request, files.value, options, reader).then((source) =>
          source.ok ? ok(withPartitions(source.value, files.value, request.columns)) : source,
        );
        known.set(key, opening);
        const oldest = known.keys().next();
        if (known.size > maxEntries && !oldest.done) known.delete(oldest.value);
      }
      const source = await opening;
      // A failure may pass: a file that was locked, a network drive that was gone.
      if (!source.ok) known.delete(key);
      return source;
    },
  };
}

function openAs(
  request: SourceRequest,
  files: Parameters<typeof csvSource>[0],
  options: Readonly<Record<string, string>>,
  reader: SourceReader,
): Promise<Result<Source, SourceFailure>> {
  const isPartition = ({ name }: SourceColumn) =>
    files.partitionColumns.some((other) => other.toLowerCase() === name.toLowerCase());
  const data = request.columns?.filter((column) => !isPartition(column));
  if (data && request.format === 'parquet') {
    return Promise.resolve(fail(unsupportedSchema(request.format)));
  }
  switch (request.format) {
    case 'csv':
      return csvSource(files, options, reader, request.sample, data);
    case 'json':
      return jsonSource(files, options, reader, data);
    case 'parquet':
      // Rows that are only looked at are there sooner without.
      return parquetSource(files, options, reader, !request.sample && request.rowsOnly !== true);
    case 'arrow':
      return arrowSource(files, options, reader, request.rowsOnly === true);
    case 'text':
      return textSource(files, options, reader, data);
    default:
      return Promise.resolve(fail(unsupportedFormat(files.path, request.format)));
  }
}

/** The format of a file by its name's ending. */
export function formatOf(path: string): FileFormat | undefined {
  const byExtension: Readonly<Record<string, FileFormat>> = {
    '.csv': 'csv',
    '.tsv': 'csv',
    '.txt': 'csv',
    '.json': 'json',
    '.jsonl': 'json',
    '.ndjson': 'json',
    '.parquet': 'parquet',
    '.pq': 'parquet',
    '.arrow': 'arrow',
    '.arrows': 'arrow',
    '.feather': 'arrow',
    '.ipc': 'arrow',
  };
  return byExtension[extname(path).toLowerCase()];
}
