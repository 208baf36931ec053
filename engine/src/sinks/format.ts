/** What a format and its options come to: DuckDB's COPY options and the ending of the files. */
import type { SparkError } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';

export interface FileFormatting {
  readonly format: 'csv' | 'json' | 'parquet' | 'text';
  /** Behind `TO '…'`, without the partitions. */
  readonly copyOptions: readonly string[];
  readonly ending: string;
  readonly isSingleFile: boolean;
  /** What is left for the writer of lines. */
  readonly writerOptions: Readonly<Record<string, string>>;
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
    return ok({ format, copyOptions, ending, isSingleFile, writerOptions: {} });
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
  const writer = lineOptions(format, rest);
  if (!writer.ok) return writer;
  // Lines that are written already: nothing is quoted, and no separator occurs in them.
  const hasHeader = format === 'csv' && rest.header?.toLowerCase() === 'true';
  const lines = [
    'FORMAT csv',
    `HEADER ${hasHeader}`,
    "QUOTE ''",
    "ESCAPE ''",
    "DELIMITER '\u0001'",
  ];
  const copyOptions = [...lines, ...compressed];
  return ok({ format, copyOptions, ending, isSingleFile, writerOptions: rest });
}

const flag = /^(true|false)$/i;
const lineForms: Readonly<Record<'csv' | 'json' | 'text', Readonly<Record<string, RegExp>>>> = {
  csv: {
    header: flag,
    sep: /^(?:[^]|\\t)$/,
    delimiter: /^(?:[^]|\\t)$/,
    quote: /^[^]$/,
    escape: /^[^]$/,
    nullvalue: /^/,
    emptyvalue: /^/,
    quoteall: flag,
    escapequotes: flag,
    dateformat: /^/,
    timestampformat: /^/,
    timestampntzformat: /^/,
    timeformat: /^/,
    timezone: /^/,
    ignoreleadingwhitespace: flag,
    ignoretrailingwhitespace: flag,
    linesep: /^\n$/,
    encoding: /^utf-8$/i,
  },
  json: {
    ignorenullfields: flag,
    dateformat: /^/,
    timestampformat: /^/,
    timestampntzformat: /^/,
    timeformat: /^/,
    timezone: /^/,
    linesep: /^\n$/,
    encoding: /^utf-8$/i,
  },
  text: { linesep: /^\n$/ },
};

function lineOptions(
  format: 'csv' | 'json' | 'text',
  options: Readonly<Record<string, string>>,
): Result<undefined, SparkError> {
  for (const [key, value] of Object.entries(options)) {
    if (!lineForms[format][key]?.test(value)) return fail(refused(format, key, value));
  }
  return ok(undefined);
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
