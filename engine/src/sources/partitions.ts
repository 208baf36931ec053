/** Files in folders such as `year=2024/month=01`: the folders' names are columns, with types as Spark infers them. */
import { quoteIdentifier, quoteString } from '../duckdb/quote.ts';
import { selectColumns } from '../duckdb/readers.ts';
import { duckType } from '../duckdb/types.ts';
import type { DataType } from '#sql/plan/types.ts';
import { dateType, doubleType, intType, longType, stringType } from '#sql/plan/types.ts';
import { parseDate } from '#sql/value/datetime.ts';
import type { FileSet, Source, SourceColumn } from './source.ts';

/** Each partition is read by itself, with its values as constants, so that DuckDB skips what a filter rules out. */
export function withPartitions(
  source: Source,
  files: FileSet,
  given: readonly SourceColumn[] = [],
): Source {
  if (files.partitionColumns.length === 0) return source;
  const partitions: readonly SourceColumn[] = files.partitionColumns.map((name, index) => ({
    name,
    type:
      given.find((column) => column.name.toLowerCase() === name.toLowerCase())?.type ??
      inferred(files.partitions.map(({ values }) => values[index] ?? null)),
  }));
  const isPartition = (name: string) =>
    partitions.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  const data = source.columns.filter(({ name }) => isPartition(name) < 0);
  return {
    ...source,
    columns: [...data, ...partitions],
    ...(source.functions === undefined
      ? {}
      : {
          functions: (names: readonly string[], timeZone: string) =>
            source.functions?.(
              names.filter((name) => isPartition(name) < 0),
              timeZone,
            ) ?? [],
        }),
    scanSql(names, timeZone) {
      const read = names.filter((name) => isPartition(name) < 0);
      const branches = files.partitions.map(({ values, files: paths }) => {
        const list = names.map((name) => {
          const index = isPartition(name);
          const column = partitions[index];
          if (!column) return [quoteIdentifier(name), name] as const;
          const value = values[index] ?? null;
          const sql = value === null ? 'NULL' : quoteString(value);
          return [`CAST(${sql} AS ${duckType(column.type)})`, name] as const;
        });
        const selected = list.length === 0 ? '1 AS one' : selectColumns(list);
        return `SELECT ${selected} FROM (${source.scanSql(read, timeZone, paths)})`;
      });
      return branches.join(' UNION ALL ');
    },
  };
}

function inferred(values: readonly (string | null)[]): DataType {
  const given = values.flatMap((value) => (value === null ? [] : [value]));
  const all = (test: (value: string) => boolean) => given.length > 0 && given.every(test);
  const isInteger = (value: string) => /^[+-]?\d{1,19}$/.test(value);
  if (all((value) => isInteger(value) && BigInt.asIntN(32, BigInt(value)) === BigInt(value))) {
    return intType;
  }
  if (all((value) => isInteger(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value))) {
    return longType;
  }
  if (all((value) => /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value))) return doubleType;
  if (all((value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && parseDate(value) !== undefined)) {
    return dateType;
  }
  return stringType;
}
