/** What a format and its options come to: DuckDB's COPY options and the ending of the files. */
import type { SparkError } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { quoteString } from '../duckdb/quote.ts';

export interface FileFormatting {
  readonly format: 'csv' | 'json' | 'parquet' | 'text';
  /** Behind `TO '…'`, without the partitions. */
  readonly copyOptions: readonly string[];
  readonly ending: string;
  readonly isSingleFile: boolean;
}

const parquetCodecs: Readonly<Record<string, string>> = {
  none: 'uncompressed',
  uncompressed: 'uncompressed',
  snappy: 'snappy',
  gzip: 'gzip',
  zstd: 'zstd',
  lz4: 'lz4_raw',
  lz4_raw: 'lz4_raw',
  brotli: 'brotli',
};
const textCodecs: Readonly<Record<string, string>> = {
  none: '',
  uncompressed: '',
  gzip: '.gz',
  zstd: '.zst',
};

/** `options` have lower-case keys. What can't be written as asked is refused by name. */
export function fileFormatting(
  format: string,
  options: Readonly<Record<string, string>>,
): Result<FileFormatting, SparkError> {
  const { path: _path, singlefile, compression, codec, ...rest } = options;
  void _path;
  const isSingleFile = singlefile?.toLowerCase() === 'true';
  const asked = (compression ?? codec)?.toLowerCase();
  if (format === 'parquet') {
    const [unknown] = Object.keys(rest);
    const written = parquetCodecs[asked ?? 'snappy'];
    if (unknown !== undefined || written === undefined) {
      return fail(refused('parquet', unknown ?? 'compression', rest[unknown ?? ''] ?? asked ?? ''));
    }
    const ending = written === 'uncompressed' ? 'parquet' : `${asked ?? 'snappy'}.parquet`;
    const copyOptions = ['FORMAT parquet', `COMPRESSION ${written}`];
    return ok({ format, copyOptions, ending, isSingleFile });
  }
  if (format !== 'csv' && format !== 'json' && format !== 'text') {
    return fail({
      kind: 'spark',
      class: 'UNSUPPORTED_SINK_FORMAT',
      sqlState: '0A000',
      message: `[UNSUPPORTED_SINK_FORMAT] Files of the format ${format} can't be written by this engine; it writes parquet, csv, json and text. SQLSTATE: 0A000`,
      parameters: { format },
    });
  }
  const suffix = textCodecs[asked ?? 'none'];
  if (suffix === undefined) return fail(refused(format, 'compression', asked ?? ''));
  const compressed = suffix === '' ? [] : [`COMPRESSION ${asked ?? ''}`];
  const ending = `${format === 'text' ? 'txt' : format}${suffix}`;
  if (format === 'csv') return csvFormatting(rest, compressed, ending, isSingleFile);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) return fail(refused(format, unknown, rest[unknown] ?? ''));
  // Lines that are written already: nothing is quoted, and no separator occurs in them.
  const lines = ['FORMAT csv', 'HEADER false', "QUOTE ''", "ESCAPE ''", "DELIMITER '\u0001'"];
  return ok({ format, copyOptions: [...lines, ...compressed], ending, isSingleFile });
}

function csvFormatting(
  options: Readonly<Record<string, string>>,
  compressed: readonly string[],
  ending: string,
  isSingleFile: boolean,
): Result<FileFormatting, SparkError> {
  const {
    header = 'false',
    sep,
    delimiter,
    quote = '"',
    escape = '\\',
    nullvalue = '',
    ...rest
  } = options;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) return fail(refused('csv', unknown, rest[unknown] ?? ''));
  const separator = (sep ?? delimiter ?? ',').replace(/^\\t$/, '\t');
  if (!/^(true|false)$/i.test(header)) return fail(refused('csv', 'header', header));
  if (separator.length !== 1) return fail(refused('csv', 'sep', separator));
  const copyOptions = [
    'FORMAT csv',
    `HEADER ${header.toLowerCase()}`,
    `DELIMITER ${quoteString(separator)}`,
    `QUOTE ${quoteString(quote)}`,
    `ESCAPE ${quoteString(escape)}`,
    `NULL ${quoteString(nullvalue)}`,
    ...compressed,
  ];
  return ok({ format: 'csv', copyOptions, ending, isSingleFile });
}

function refused(format: string, option: string, value: string): SparkError {
  return {
    kind: 'spark',
    class: 'UNSUPPORTED_WRITER_OPTION',
    sqlState: '0A000',
    message: `[UNSUPPORTED_WRITER_OPTION] The option '${option}' with the value '${value}' of the ${format} writer is not supported by this engine yet. SQLSTATE: 0A000`,
    parameters: { format, option, value },
  };
}
