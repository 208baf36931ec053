/** What a column holds, asked in Spark SQL of the rows that are looked at. */
import { backquoted } from '#shared/protocol/arrangement.ts';
import type { Field } from '#shared/protocol/engine.ts';
import type { ColumnProfile } from '#shared/protocol/tables.ts';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';

type Rows = readonly (readonly unknown[])[];
type Ask<E> = (query: string) => Promise<Result<Rows, E>>;

/** Up to here values are told apart exactly. */
const exactRowCount = 1_000_000;
const binCount = 24;
const frequentCount = 10;

/** `from` is a query. Three passes over one column at most. */
export async function profileOf<E>(
  from: string,
  field: Field,
  ask: Ask<E>,
): Promise<Result<ColumnProfile, E>> {
  const { type } = field;
  const column = backquoted(field.name);
  const isOrdered = !/^(array|map|struct|variant|binary)/.test(type);
  const isNumber = /^(tinyint|smallint|int|bigint|float|double|decimal)/.test(type);
  const place = placeOf(type, column);
  const finite =
    place && `${place} IS NOT NULL AND NOT isnan(${place}) AND abs(${place}) < double('Infinity')`;
  const asked = [
    'count(*)',
    `count(${column})`,
    ...(isOrdered
      ? [
          `CAST(min(${column}) AS STRING)`,
          `CAST(max(${column}) AS STRING)`,
          `approx_count_distinct(${column})`,
        ]
      : []),
    ...(place !== undefined && finite !== undefined
      ? [
          `min(${place}) FILTER (WHERE ${finite})`,
          `max(${place}) FILTER (WHERE ${finite})`,
          `count_if(${finite})`,
        ]
      : []),
    ...(isNumber ? [`CAST(avg(${column}) AS STRING)`] : []),
  ];
  const first = await ask(`SELECT ${asked.join(', ')} FROM (\n${from}\n)`);
  if (!first.ok) return first;
  const [counts = []] = first.value;
  const rowCount = Number(counts[0]);
  const nullCount = rowCount - Number(counts[1]);
  if (!isOrdered) {
    return ok({ rowCount, nullCount, distinctCount: 0, isDistinctEstimated: true });
  }
  const isMuch = rowCount > exactRowCount;
  const exact = [
    ...(isMuch ? [] : [`count(DISTINCT ${column})`]),
    ...(isNumber ? [quartilesOf(column, isMuch ? exactRowCount / rowCount : 1)] : []),
  ];
  const second =
    exact.length === 0 ? ok([]) : await ask(`SELECT ${exact.join(', ')} FROM (\n${from}\n)`);
  if (!second.ok) return second;
  const [found = []] = second.value;
  const quartiles = found[isMuch ? 0 : 1];
  const profile: ColumnProfile = {
    rowCount,
    nullCount,
    distinctCount: Number(isMuch ? counts[4] : found[0]),
    isDistinctEstimated: isMuch,
    min: textOf(counts[2]),
    max: textOf(counts[3]),
    ...(isNumber ? { mean: textOf(counts.at(-1)) } : {}),
    ...(isNumber && typeof quartiles === 'string' ? { quartiles: quartiles.split(' ') } : {}),
  };
  if (place === undefined || finite === undefined) {
    const frequent = await ask(
      `SELECT CAST(${column} AS STRING), count(*) AS n FROM (\n${from}\n) WHERE ${column} IS NOT NULL GROUP BY ${column} ORDER BY n DESC, ${column} LIMIT ${frequentCount}`,
    );
    if (!frequent.ok) return frequent;
    const values = frequent.value.map(([text, count]) => ({
      text: String(text),
      count: Number(count),
    }));
    return ok({ ...profile, frequent: values });
  }
  const [low, high, count] = counts.slice(5, 8).map(Number);
  if (low === undefined || high === undefined || !(count !== undefined && count > 0))
    return ok({ ...profile, histogram: [], outsideCount: rowCount - nullCount });
  const histogram = await histogramOf(from, { place, finite, low, high }, ask);
  if (!histogram.ok) return histogram;
  const outsideCount = rowCount - nullCount - count;
  return ok({ ...profile, histogram: histogram.value, outsideCount });
}

/** Three numbers in one text; of many rows, those of a share of them. */
function quartilesOf(column: string, share: number): string {
  const some = share < 1 ? ` AND rand(7) < ${share.toFixed(9)}D` : '';
  const counted = `${column} IS NOT NULL AND NOT isnan(double(${column}))${some}`;
  return `array_join(CAST(percentile_approx(${column}, array(0.25D, 0.5D, 0.75D)) FILTER (WHERE ${counted}) AS ARRAY<STRING>), ' ')`;
}

/** A position on a line of doubles, for what has one. */
function placeOf(type: string, column: string): string | undefined {
  if (/^(tinyint|smallint|int|bigint|float|double|decimal)/.test(type))
    return `CAST(${column} AS DOUBLE)`;
  if (type === 'date') return `CAST(unix_date(${column}) AS DOUBLE)`;
  if (type === 'timestamp') return `CAST(unix_micros(${column}) AS DOUBLE)`;
  if (type.startsWith('time(')) return `CAST(time_to_micros(${column}) AS DOUBLE)`;
  return undefined;
}

async function histogramOf<E>(
  from: string,
  places: {
    readonly place: string;
    readonly finite: string;
    readonly low: number;
    readonly high: number;
  },
  ask: Ask<E>,
): Promise<Result<readonly number[], E>> {
  const { place, finite, low, high } = places;
  const width = (high - low) / binCount;
  const bins = new Array<number>(binCount).fill(0);
  const bin =
    width > 0 ? `least(${binCount - 1}, int(floor((${place} - ${low}D) / ${width}D)))` : '0';
  const counted = await ask(
    `SELECT ${bin} AS bin, count(*) AS n FROM (\n${from}\n) WHERE ${finite} GROUP BY ${bin}`,
  );
  if (!counted.ok) return counted;
  for (const [index, n] of counted.value) bins[Number(index)] = Number(n);
  return ok(bins);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
