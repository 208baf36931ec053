/** The least and the greatest value of each column of numbers, as the footers of Parquet files tell them. */
import type { Bounds } from '../duckdb/bounds.ts';
import { scaleOf } from '../duckdb/bounds.ts';
import { quotePath } from '../duckdb/quote.ts';
import { isIntegral } from '#sql/plan/types.ts';
import type { SourceColumn, SourceReader } from './source.ts';

/** More than any number of a column that bounds are of use for. */
const digits = 'DECIMAL(38, 18)';

/** Where none is a decimal that 64 bits hold nothing is read. A column that a row group tells nothing of has none. */
export async function parquetBounds(
  paths: readonly string[],
  columns: readonly SourceColumn[],
  reader: SourceReader,
): Promise<ReadonlyMap<string, Bounds>> {
  const isOfUse = columns.some(({ type }) => type.kind === 'decimal' && type.precision <= 18);
  if (!isOfUse) return new Map();
  const [least, most] = ['min', 'max'].map((end) => `TRY_CAST(stats_${end}_value AS ${digits})`);
  const rows = await reader.rows(
    `SELECT path_in_schema, CAST(min(${least}) AS VARCHAR), CAST(max(${most}) AS VARCHAR)
      FROM parquet_metadata([${paths.map(quotePath).join(', ')}])
      GROUP BY path_in_schema HAVING bool_and(${least} IS NOT NULL AND ${most} IS NOT NULL)`,
  );
  const found = new Map<string, Bounds>();
  for (const [name, from, to] of rows) {
    const column = columns.find((one) => one.name === name);
    if (!column || !(column.type.kind === 'decimal' || isIntegral(column.type))) continue;
    const scale = scaleOf(column.type);
    // What another file has at a larger scale is rounded by one at most.
    found.set(column.name, {
      least: unscaled(String(from), scale) - 1n,
      most: unscaled(String(to), scale) + 1n,
    });
  }
  return found;
}

/** Of a number in text with 18 digits behind the point. */
function unscaled(text: string, scale: number): bigint {
  return BigInt(text.replace('.', '')) / 10n ** BigInt(18 - Math.min(scale, 18));
}
