/** What can be wrong with a file, in Spark's terms. */
import type { SparkError } from '#shared/protocol/engine.ts';

export function pathNotFound(path: string): SparkError {
  return error('PATH_NOT_FOUND', '42K03', `Path does not exist: file:${path}.`, {
    path: `file:${path}`,
  });
}

export function unreadable(path: string, reason: string): SparkError {
  return error(
    'FAILED_READ_FILE.NO_HINT',
    'KD001',
    `Encountered error while reading file ${path}. ${reason}`,
    { path },
  );
}

/** Spark takes these alone. */
export function unknownCharset(reader: string, charset: string): SparkError {
  const charsets = 'iso-8859-1, us-ascii, utf-16, utf-16be, utf-16le, utf-32, utf-8';
  return error(
    'INVALID_PARAMETER_VALUE.CHARSET',
    '22023',
    `The value of parameter(s) \`charset\` in \`${reader}\` is invalid: expects one of the ${charsets}, but got ${charset}.`,
    { functionName: `\`${reader}\``, parameter: '`charset`', charset, charsets },
  );
}

export function unsupportedFormat(path: string, format: string): SparkError {
  return error(
    'UNSUPPORTED_DATASOURCE_FOR_DIRECT_QUERY',
    '0A000',
    `Files of the format '${format}' can't be read by this engine yet; it reads csv, json and parquet: ${path}.`,
    { dataSourceType: format },
  );
}

export function unsupportedSchema(format: string): SparkError {
  return error(
    'UNSUPPORTED_SCHEMA',
    '0A000',
    `A schema of the user's own for files of the format ${format} is not supported by this engine yet; csv takes one.`,
    { format },
  );
}

/** Names of JSON's fields are texts. */
export function invalidMapKeys(schema: string): SparkError {
  return error(
    'INVALID_JSON_SCHEMA_MAP_TYPE',
    '22032',
    `Input schema ${schema} can only contain STRING as a key type for a MAP.`,
    { jsonSchema: schema },
  );
}

export function unsupportedOption(format: string, option: string, value: string): SparkError {
  return error(
    'UNSUPPORTED_READER_OPTION',
    '0A000',
    `The option '${option}' with the value '${value}' of the ${format} reader is not supported by this engine yet.`,
    { format, option, value },
  );
}

export function unsupportedColumn(path: string, column: string, type: string): SparkError {
  return error(
    'UNSUPPORTED_COLUMN_TYPE',
    '0A000',
    `The column '${column}' of ${path} has the type ${type}, which this engine does not support yet.`,
    { path, column, type },
  );
}

function error(
  name: string,
  sqlState: string,
  text: string,
  parameters: Readonly<Record<string, string>>,
): SparkError {
  return {
    kind: 'spark',
    class: name,
    sqlState,
    message: `[${name}] ${text} SQLSTATE: ${sqlState}`,
    parameters,
  };
}
