/** Names that are Spark's own: of types, of file formats and of settings. */
import type { Unplaced } from './completion.ts';

export const typeWords = (
  'string int bigint double decimal date timestamp boolean float smallint tinyint binary timestamp_ntz array map struct ' +
  'varchar char variant'
).split(' ');

const typeTexts: Readonly<Record<string, string>> = {
  decimal: 'decimal(${1:10}, ${2:2})',
  array: 'array<${1:string}>',
  map: 'map<${1:string}, ${2:string}>',
  struct: 'struct<${1:name}: ${2:string}>',
  varchar: 'varchar(${1:255})',
  char: 'char(${1:10})',
};

export function typeNames(): readonly Unplaced[] {
  return typeWords.map((label): Unplaced => {
    const snippet = typeTexts[label];
    if (snippet === undefined) return { label, kind: 'type', insertText: label };
    return { label, kind: 'type', insertText: snippet, isSnippet: true };
  });
}

export function formatNames(): readonly Unplaced[] {
  return ['parquet', 'csv', 'json', 'orc', 'text'].map((label) => ({
    label,
    kind: 'keyword',
    insertText: label,
  }));
}

const settings: readonly (readonly [name: string, doc: string])[] = [
  [
    'spark.sql.ansi.enabled',
    'Overflow, division by zero and bad casts are errors; true by default.',
  ],
  ['spark.sql.session.timeZone', 'The zone in which timestamps are read and shown.'],
  ['spark.sql.timestampType', 'What TIMESTAMP means: TIMESTAMP_LTZ or TIMESTAMP_NTZ.'],
  ['spark.sql.caseSensitive', 'Whether names are told apart by their case; false by default.'],
  ['spark.sql.shuffle.partitions', 'Into how many parts a cluster shuffles; 200 by default.'],
  [
    'spark.sql.autoBroadcastJoinThreshold',
    'Bytes up to which a side of a join is sent to every machine.',
  ],
  ['spark.sql.adaptive.enabled', 'Whether plans are changed while they run.'],
  ['spark.sql.groupByAliases', 'Whether GROUP BY may name what the select list names.'],
  ['spark.sql.groupByOrdinal', 'Whether a number in GROUP BY is a place in the select list.'],
  ['spark.sql.orderByOrdinal', 'Whether a number in ORDER BY is a place in the select list.'],
  ['spark.sql.legacy.timeParserPolicy', 'CORRECTED, EXCEPTION or LEGACY.'],
  [
    'spark.sql.decimalOperations.allowPrecisionLoss',
    'Whether decimals lose digits or become null.',
  ],
  ['spark.sql.ansi.doubleQuotedIdentifiers', 'Whether double quotes are around names.'],
  ['spark.sql.ansi.enforceReservedKeywords', 'Whether keywords can be no names.'],
];

export function settingNames(): readonly Unplaced[] {
  return settings.map(([label, detail]) => ({
    label,
    kind: 'setting',
    detail,
    insertText: label,
  }));
}
