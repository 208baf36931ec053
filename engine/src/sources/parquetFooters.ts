/** What the footers of Parquet files tell of all values of a column: their bounds, and whether any is missing. */
import type { Bounds } from '../duckdb/bounds.ts';
import { scaleOf } from '../duckdb/bounds.ts';
import { quotePath } from '../duckdb/quote.ts';
import { isIntegral } from '#sql/plan/types.ts';
import type { Source, SourceColumn, SourceReader } from './source.ts';

/** More than any number of a column that bounds are of use for. */
const digits = 'DECIMAL(38, 18)';

/** Of a column that a row group tells nothing of, nothing is told. */
export async function parquetFooters(
  paths: readonly string[],
  columns: readonly SourceColumn[],
  reader: SourceReader,
): Promise<Required<Pick<Source, 'bounds' | 'nonNull'>>> {
  // Names of one column may differ in case from file to file.
  const [least, most] = ['min', 'max'].map((end) => `TRY_CAST(stats_${end}_value AS ${digits})`);
  const rows = await reader.rows(
    `SELECT lower(path_in_schema), CAST(min(${least}) AS VARCHAR), CAST(max(${most}) AS VARCHAR),
        bool_and(${least} IS NOT NULL AND ${most} IS NOT NULL),
        bool_and(stats_null_count IS NOT NULL AND stats_null_count = 0) AND count(DISTINCT file_name) = ${paths.length}
      FROM parquet_metadata([${paths.map(quotePath).join(', ')}]) GROUP BY lower(path_in_schema)`,
  );
  const bounds = new Map<string, Bounds>();
  const nonNull = new Set<string>();
  for (const [name, from, to, isBounded, isFull] of rows) {
    const column = columns.find((one) => one.name.toLowerCase() === name);
    if (!column) continue;
    if (isFull === true) nonNull.add(column.name);
    const isNumber = column.type.kind === 'decimal' || isIntegral(column.type);
    if (!isNumber || isBounded !== true) continue;
    const scale = scaleOf(column.type);
    // What another file has at a larger scale is rounded by one at most.
    bounds.set(column.name, {
      least: unscaled(String(from), scale) - 1n,
      most: unscaled(String(to), scale) + 1n,
    });
  }
  return { bounds, nonNull };
}

/** Of a number in text with 18 digits behind the point. */
function unscaled(text: string, scale: number): bigint {
  return BigInt(text.replace('.', '')) / 10n ** BigInt(18 - Math.min(scale, 18));
}
