/**
 * Answers of the corpus that Spark does not promise, by file and place, with the reason. They are neither
 * counted as matched nor as wrong. What can be told by a rule is told by one, in sameRows.ts.
 */
interface Unpromised {
  readonly file: string;
  readonly indexes: readonly number[];
}

const partitions =
  'the partial results of the partitions are put together in another order, and so rounded otherwise';
const peers = 'rows that the window orders alike come in any order';
const cut = 'LIMIT or OFFSET of rows without an order';
const drawn = 'random numbers begin anew in every partition, and rows are spread over them freely';
const suite =
  "Spark's suite turns spark.sql.legacy.interval.enabled on for these files, which they do not say";

const byReason: Readonly<Record<string, readonly Unpromised[]>> = {
  [partitions]: [
    { file: 'group-by', indexes: [14, 61] },
    { file: 'udf__udf-group-by', indexes: [13] },
    { file: 'linear-regression', indexes: [14, 16, 26, 28] },
    { file: 'postgreSQL__aggregates_part1', indexes: [33, 37] },
    { file: 'udf__postgreSQL__udf-aggregates_part1', indexes: [32, 36] },
    // Of a frame, DuckDB puts the parts of a tree together, Spark row after row.
    { file: 'postgreSQL__window_part4', indexes: [11, 12, 13, 14, 23, 24, 25, 26] },
  ],
  [peers]: [{ file: 'postgreSQL__window_part2', indexes: [5, 6, 7, 8] }],
  [cut]: [
    { file: 'subquery__in-subquery__in-limit', indexes: [11, 20] },
    { file: 'subquery__subquery-offset', indexes: [8, 12] },
    { file: 'collations', indexes: [320, 321] },
  ],
  [drawn]: [
    { file: 'random', indexes: [25, 60] },
    { file: 'subquery__scalar-subquery__scalar-subquery-select', indexes: [25] },
  ],
  [suite]: [
    { file: 'postgreSQL__date', indexes: [46, 47, 48, 49, 50, 51, 52, 53] },
    { file: 'postgreSQL__timestamp', indexes: [24, 26] },
  ],
  'the zone of the machine': [
    { file: 'timezone', indexes: [4] },
    { file: 'functions/datetime', indexes: [163] },
  ],
  'a random initial vector': [{ file: 'functions/misc', indexes: [3, 19, 20] }],
};

export function whyUnpromised(file: string, index: number): string | undefined {
  const name = file.replace(/\.json$/, '');
  return Object.entries(byReason).find(([, places]) =>
    places.some((place) => place.file === name && place.indexes.includes(index)),
  )?.[0];
}
