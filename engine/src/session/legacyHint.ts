/** What Spark 3 gave by default where ANSI mode, which Spark 4 turns on, raises. */
import type { SparkError } from '#shared/protocol/engine.ts';

const before: Readonly<Record<string, string>> = {
  DIVIDE_BY_ZERO: 'gave NULL',
  REMAINDER_BY_ZERO: 'gave NULL',
  CAST_INVALID_INPUT: 'gave NULL',
  CAST_OVERFLOW: 'gave a value cut to fit, or NULL',
  ARITHMETIC_OVERFLOW: 'gave a value that had wrapped around, or NULL',
  BINARY_ARITHMETIC_OVERFLOW: 'gave a value that had wrapped around',
  'NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION': 'gave NULL',
  INVALID_ARRAY_INDEX: 'gave NULL',
  INVALID_ARRAY_INDEX_IN_ELEMENT_AT: 'gave NULL',
  CANNOT_PARSE_TIMESTAMP: 'gave NULL',
};

/** Many still run or learn Spark 3: the message says what differs, and the setting that brings it back. */
export function withLegacyHint(error: SparkError, ansi: boolean): SparkError {
  const said = ansi && Object.hasOwn(before, error.class) ? before[error.class] : undefined;
  if (said === undefined) return error;
  const hint = `Spark 3 by default ${said} here; SET spark.sql.ansi.enabled = false brings that back.`;
  return { ...error, message: `${error.message}\n${hint}` };
}
