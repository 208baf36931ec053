/** Writes what a query yields to files, by DuckDB's own writers: rows never pass through JavaScript. */
import { resolve } from 'node:path';
import type { Field, SparkError } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { copyQuery } from '../duckdb/copy.ts';
import type { Lowered } from '../duckdb/lowerRelation.ts';
import { quoteIdentifier, quoteString } from '../duckdb/quote.ts';
import type { Signature } from '../duckdb/scalarFunctions/scalarFunction.ts';
import { fileFormatting } from './format.ts';
import type { WriteMode } from './writeFolder.ts';
import { writeFolder } from './writeFolder.ts';

export interface WriteTarget {
  readonly path: string;
  readonly format: string;
  /** With lower-case keys. */
  readonly options: Readonly<Record<string, string>>;
  readonly mode: WriteMode;
  readonly partitionBy: readonly string[];
  readonly timeZone: string;
}

/** `run` runs one statement of DuckDB's, and throws what DuckDB throws. */
export async function writeQuery(
  lowered: Lowered,
  schema: readonly Field[],
  target: WriteTarget,
  run: (sql: string, functions: readonly Signature[]) => Promise<void>,
): Promise<Result<undefined, SparkError>> {
  const formatting = fileFormatting(target.format, target.options);
  if (!formatting.ok) return formatting;
  const { format, copyOptions, ending, isSingleFile, writerOptions } = formatting.value;
  const partitions = partitionNames(schema, target.partitionBy);
  if (!partitions.ok) return partitions;
  const query = copyQuery(lowered, schema, {
    format,
    timeZone: target.timeZone,
    partitionBy: partitions.value,
    writerOptions,
  });
  if (!query.ok) return query;
  const { sql, functions } = query.value;
  const path = resolve(target.path);
  return writeFolder({ path, mode: target.mode, ending, isSingleFile }, ({ folder, file }) => {
    if (partitions.value.length === 0) {
      return run(`COPY (${sql}) TO ${quoteString(file)} (${copyOptions.join(', ')})`, functions);
    }
    const byPartition = [
      ...copyOptions,
      `PARTITION_BY (${partitions.value.map(quoteIdentifier).join(', ')})`,
      "FILENAME_PATTERN 'part-00000-{uuid}.c000'",
      `FILE_EXTENSION ${quoteString(ending)}`,
      'OVERWRITE_OR_IGNORE true',
    ];
    return run(`COPY (${sql}) TO ${quoteString(folder)} (${byPartition.join(', ')})`, functions);
  });
}

/** The columns as the query has them; all of them can't be partitions. */
function partitionNames(
  schema: readonly Field[],
  asked: readonly string[],
): Result<readonly string[], SparkError> {
  const names: string[] = [];
  for (const name of asked) {
    const field = schema.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
    if (!field) {
      const text = `The partition column ${name} is none of the query's.`;
      return fail(problem('PARTITION_COLUMN_NOT_FOUND_IN_SCHEMA', '42000', text));
    }
    names.push(field.name);
  }
  if (names.length > 0 && names.length === schema.length) {
    const text = 'Cannot use all columns for partition columns.';
    return fail(problem('ALL_PARTITION_COLUMNS_NOT_ALLOWED', 'KD005', text));
  }
  return ok(names);
}

function problem(name: string, sqlState: string, text: string): SparkError {
  const message = `[${name}] ${text} SQLSTATE: ${sqlState}`;
  return { kind: 'spark', class: name, sqlState, message, parameters: {} };
}
