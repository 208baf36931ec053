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
  let distinctCount = Number(counts[4]);
  const isDistinctEstimated = rowCount > exactRowCount;
  if (!isDistinctEstimated) {
    const exact = await ask(`SELECT count(DISTINCT ${column}) FROM (\n${from}\n)`);
    if (!exact.ok) return exact;
    distinctCount = Number(exact.value[0]?.[0]);
  }
  const profile: ColumnProfile = {
    rowCount,
    nullCount,
    distinctCount,
    isDistinctEstimated,
    min: textOf(counts[2]),
    max: textOf(counts[3]),
    ...(isNumber ? { mean: textOf(counts[5]) } : {}),
  };
  const place = placeOf(type, column);
  if (place === undefined) {
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
  const histogram = await histogramOf(from, place, ask);
  return histogram.ok ? ok({ ...profile, ...histogram.value }) : histogram;
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
  place: string,
  ask: Ask<E>,
): Promise<Result<Pick<ColumnProfile, 'histogram' | 'outsideCount'>, E>> {
  const finite = `p IS NOT NULL AND NOT isnan(p) AND abs(p) < double('Infinity')`;
  const places = `SELECT ${place} AS p FROM (\n${from}\n)`;
  const range = await ask(`SELECT min(p), max(p), count(*) FROM (${places}) WHERE ${finite}`);
  if (!range.ok) return range;
  const [low, high, count] = (range.value[0] ?? []).map(Number);
  if (low === undefined || high === undefined || !(count !== undefined && count > 0))
    return ok({ histogram: [] });
  const width = (high - low) / binCount;
  const bins = new Array<number>(binCount).fill(0);
  const bin = width > 0 ? `least(${binCount - 1}, int(floor((p - ${low}D) / ${width}D)))` : '0';
  const counted = await ask(
    `SELECT ${bin} AS bin, count(*) AS n FROM (${places}) WHERE ${finite} GROUP BY ${bin}`,
  );
  if (!counted.ok) return counted;
  for (const [index, n] of counted.value) bins[Number(index)] = Number(n);
  const all = await ask(`SELECT count(p) FROM (${places})`);
  if (!all.ok) return all;
  return ok({ histogram: bins, outsideCount: Number(all.value[0]?.[0]) - count });
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
