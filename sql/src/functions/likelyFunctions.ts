/** The functions that a name that Spark does not know may mean: misspelt, or as other databases have it. */
import { nearestNames } from '#shared/nearestName.ts';
import { functionRows } from './table.ts';

/** Other databases' names, behind the name of what Spark has for them. */
const elsewhere: Readonly<Record<string, string>> = {
  approx_count_distinct: 'approx_distinct approx_unique',
  array_contains: 'list_contains array_has',
  collect_list: 'list',
  current_timestamp: 'getdate getutcdate sysdate sysdatetime systimestamp utc_timestamp',
  date_format: 'strftime format_date format_datetime format_timestamp',
  date_trunc: 'datetrunc datetime_trunc timestamp_trunc',
  explode: 'unnest',
  format_string: 'format',
  get_json_object:
    'json_extract json_extract_scalar json_extract_string json_extract_path json_extract_path_text json_query json_value',
  if: 'iif ifelse if_else',
  instr: 'strpos',
  last_day: 'eomonth',
  listagg: 'group_concat',
  max_by: 'arg_max argmax',
  min_by: 'arg_min argmin',
  octet_length: 'datalength lengthb',
  percentile: 'quantile',
  percentile_cont: 'quantile_cont',
  percentile_disc: 'quantile_disc',
  regexp_like: 'regexp_contains regexp_matches',
  repeat: 'replicate',
  sequence: 'generate_array generate_date_array generate_series',
  size: 'array_length list_length',
  split: 'regexp_split_to_array string_split string_to_array str_split',
  timestampdiff: 'datetime_diff timestamp_diff',
  to_char: 'to_text',
  to_date: 'parse_date str_to_date',
  to_json: 'row_to_json to_json_string',
  to_timestamp: 'date_parse parse_datetime parse_timestamp strptime to_datetime',
  try_divide: 'safe_divide',
  unix_timestamp: 'epoch to_unixtime',
  uuid: 'gen_random_uuid generate_uuid newid uuid_generate_v4',
};

const meant = new Map(
  Object.entries(elsewhere).flatMap(([ours, theirs]) =>
    theirs.split(' ').map((name) => [name, ours]),
  ),
);

const MOST = 3;

export function likelyFunctions(name: string): readonly string[] {
  const written = name.toLowerCase();
  const translated = meant.get(written);
  const names = functionRows.flatMap((row) => [row.name, ...(row.aliases ?? [])]);
  const near = nearestNames(
    written,
    names.filter((each) => /^[a-z_]\w*$/.test(each)),
  );
  return [...new Set([...(translated === undefined ? [] : [translated]), ...near])].slice(0, MOST);
}
