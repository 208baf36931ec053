/**
 * `pyspark.sql.functions`: which argument is a column (a text is its name) and which a value (a text is a text), as the
 * signatures of PySpark 4.0 have it. To add a function: a row here; how it computes is the engine's.
 */
import type { SyntaxNode } from '@lezer/common';
import type { Expression } from '#sql/plan/unresolved.ts';
import type { Arguments } from './arguments.ts';
import { flag, required, requiredText, several } from './arguments.ts';
import { call, columnOf, columnOrName, literalOf, namedColumn, sortOf } from './expressions.ts';
import { callScriptFunction } from './scriptFunctions.ts';
import type { Script } from './script.ts';
import { readExpression } from './sqlText.ts';
import type { Value } from './values.ts';
import { cannotKnow } from './values.ts';

/** `c` a column, `v` a value; a last `*` repeats the one in front of it. Several names of one signature a line. */
const signatures: Readonly<Record<string, string>> = {
  '': 'current_date current_timestamp now current_timezone pi e rand randn monotonically_increasing_id row_number rank dense_rank percent_rank cume_dist uuid current_database current_catalog current_user localtimestamp curdate version input_file_name spark_partition_id',
  c: `abs acos acosh any_value array_compact array_distinct array_max array_min array_size ascii asin asinh atan atanh avg
    base64 bin bit_count bit_length bit_and bit_or bit_xor bitwise_not bool_and bool_or cardinality cbrt ceil ceiling char char_length
    character_length chr collect_list collect_set cos cosh cot count count_if crc32 csc date_from_unix_date day dayname
    dayofmonth dayofweek dayofyear degrees every exp explode explode_outer expm1 factorial flatten floor
    hex hour initcap inline inline_outer isnan isnotnull isnull json_array_length json_object_keys kurtosis last_day lcase
    length ln log10 log1p log2 lower ltrim map_entries map_from_entries map_keys map_values max md5 mean median min minute
    mode month monthname negate negative octet_length posexplode posexplode_outer positive product quarter radians reverse rint rtrim
    sec second sha sha1 shuffle sign signum sin sinh size skewness some soundex sqrt std stddev stddev_pop stddev_samp sum
    tan tanh timestamp_micros timestamp_millis timestamp_seconds to_degrees to_radians trim try_avg try_sum typeof ucase unbase64 unhex
    unix_date unix_micros unix_millis unix_seconds upper url_decode url_encode var_pop var_samp variance weekday weekofyear
    year array_agg btrim`,
  cc: `atan2 corr covar_pop covar_samp datediff date_diff days_between equal_null ifnull left map_from_arrays max_by min_by nullif nvl pmod
    pow power right try_add try_divide try_multiply try_subtract arrays_overlap array_except array_intersect array_union
    levenshtein find_in_set regr_count regr_slope regr_intercept regr_r2 array_repeat`,
  ccc: 'nvl2',
  'c*': 'array coalesce concat create_map greatest hash least map struct xxhash64 array_zip arrays_zip elt named_struct stack',
  cv: `add_months array_contains array_position array_remove array_append array_prepend date_add date_sub date_format date_part decode element_at encode
    extract format_number from_utc_timestamp get get_json_object instr months_between next_day ntile percentile regexp_extract_all regexp_count regexp_instr
    regexp_like regexp_substr repeat rlike round bround sha2 shiftleft shiftright shiftrightunsigned split startswith endswith contains substr sort_array to_csv
    to_json to_utc_timestamp trunc like ilike lag lead approx_percentile percentile_approx first_value last_value nth_value
    bit_get getbit try_element_at to_number to_char to_varchar`,
  cvv: `lpad rpad overlay regexp_extract regexp_replace replace slice split_part substring substring_index translate conv
    array_insert array_join from_json schema_of_json locate_in str_to_map make_interval width_bucket`,
  'vc*': 'concat_ws format_string printf',
  vc: 'date_trunc date_part_of datepart',
  'cv?':
    'to_date to_timestamp unix_timestamp from_unixtime to_timestamp_ntz to_timestamp_ltz try_to_timestamp',
  cccccc: 'make_timestamp',
  'ccc ': 'make_date',
};

const byName = new Map(
  Object.entries(signatures).flatMap(([signature, names]) =>
    names
      .split(/\s+/)
      .filter((name) => name !== '')
      .map((name) => [name, signature.trim().replace('?', '')] as const),
  ),
);

/** Names that PySpark and SQL have for the same. */
const sqlNames: Readonly<Record<string, string>> = {
  create_map: 'map',
  toDegrees: 'degrees',
  to_degrees: 'degrees',
  to_radians: 'radians',
  bitwise_not: '~',
  negate: 'negative',
  array_zip: 'arrays_zip',
  approxCountDistinct: 'approx_count_distinct',
  datepart: 'date_part',
};

type Special = (script: Script, args: Arguments) => Value;

const column = (expression: Expression): Value => ({ kind: 'column', expression });

const ordered =
  (isAscending: boolean, nulls?: 'nullsFirst' | 'nullsLast'): Special =>
  (script, args) => {
    const range = script.rangeOf(args.node);
    return {
      kind: 'sort',
      order: sortOf(columnOrName(required(args, 0, 'col'), range), isAscending, range, nulls),
    };
  };

const distinct =
  (name: string): Special =>
  (script, args) => {
    const range = script.rangeOf(args.node);
    const columns = several(args).map((value) => columnOrName(value, range));
    return column(call(name, columns, range, { isDistinct: true }));
  };

const lambdaOver =
  (name: string): Special =>
  (script, args) => {
    const range = script.rangeOf(args.node);
    const values = args.positional.map((value) =>
      value.kind === 'function'
        ? lambda(script, value.node, args.node)
        : columnOrName(value, range),
    );
    return column(call(name, values, range));
  };

/** The first or last value; nulls count unless they are told not to. */
const edge =
  (name: string): Special =>
  (script, args) => {
    const range = script.rangeOf(args.node);
    const value = columnOrName(required(args, 0, 'col'), range);
    const ignoreNulls = flag(args, 1, 'ignorenulls') === true;
    const expression = call(name, [value], range);
    return column(ignoreNulls ? ({ ...expression, ignoreNulls } as Expression) : expression);
  };

const specials: Readonly<Record<string, Special>> = {
  col: (script, args) =>
    column(namedColumn(requiredText(args, 0, 'col'), script.rangeOf(args.node))),
  column: (script, args) =>
    column(namedColumn(requiredText(args, 0, 'col'), script.rangeOf(args.node))),
  lit: (script, args) => {
    const value = args.positional[0] ?? args.keywords.get('col') ?? ({ kind: 'none' } as const);
    return column(literalOf(value, script.rangeOf(args.node)));
  },
  expr: (script, args) => {
    const text = required(args, 0, 'str');
    if (text.kind !== 'str') return cannotKnow('the text of the SQL is not known here', args.node);
    return column(readExpression(text, script.rangeOf(args.node)));
  },
  when: (script, args) => {
    const range = script.rangeOf(args.node);
    const condition = columnOf(required(args, 0, 'condition'), range);
    const value = columnOf(required(args, 1, 'value'), range);
    return { kind: 'condition', branches: [{ condition, value }] };
  },
  broadcast: (_, args) => required(args, 0, 'df'),
  asc: ordered(true),
  asc_nulls_first: ordered(true, 'nullsFirst'),
  asc_nulls_last: ordered(true, 'nullsLast'),
  desc: ordered(false),
  desc_nulls_first: ordered(false, 'nullsFirst'),
  desc_nulls_last: ordered(false, 'nullsLast'),
  countDistinct: distinct('count'),
  count_distinct: distinct('count'),
  sumDistinct: distinct('sum'),
  sum_distinct: distinct('sum'),
  approx_count_distinct: (script, args) => {
    const range = script.rangeOf(args.node);
    return column(
      call('approx_count_distinct', [columnOrName(required(args, 0, 'col'), range)], range),
    );
  },
  first: edge('first'),
  last: edge('last'),
  transform: lambdaOver('transform'),
  filter: lambdaOver('filter'),
  exists: lambdaOver('exists'),
  forall: lambdaOver('forall'),
  aggregate: lambdaOver('aggregate'),
  reduce: lambdaOver('reduce'),
  zip_with: lambdaOver('zip_with'),
  map_filter: lambdaOver('map_filter'),
  transform_keys: lambdaOver('transform_keys'),
  transform_values: lambdaOver('transform_values'),
  map_zip_with: lambdaOver('map_zip_with'),
  log: (script, args) => {
    const range = script.rangeOf(args.node);
    const [first, second] = args.positional;
    if (!first) return cannotKnow('the argument is missing', args.node);
    if (!second) return column(call('ln', [columnOrName(first, range)], range));
    return column(call('log', [literalOf(first, range), columnOrName(second, range)], range));
  },
  split: (script, args) => fromSignature(script, 'split', 'cvv', args),
  call_function: (script, args) => {
    const range = script.rangeOf(args.node);
    const values = args.positional.slice(1).map((value) => columnOrName(value, range));
    return column(call(requiredText(args, 0, 'funcName'), values, range));
  },
};

export function sparkFunction(script: Script, name: string, args: Arguments): Value {
  const special = specials[name];
  if (special) return special(script, args);
  if (/^(?:udf|pandas_udf|udtf|arrow_udtf)$/.test(name))
    return cannotKnow(
      'a function of your own is Python that runs on each row; functions of Spark run here',
      args.node,
    );
  const signature = byName.get(name);
  if (signature === undefined) return cannotKnow(`the function ${name} is not read yet`, args.node);
  return fromSignature(script, name, signature, args);
}

function fromSignature(script: Script, name: string, signature: string, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  const repeats = signature.endsWith('*');
  const kinds = repeats ? signature.slice(0, -1) : signature;
  const values =
    repeats && kinds.length === 1 ? several(args) : [...args.positional, ...args.keywords.values()];
  const expressions = values.map((value, at) => {
    const kind = kinds[Math.min(at, kinds.length - 1)];
    return kind === 'c' ? columnOrName(value, range) : literalOf(value, range);
  });
  if (name === 'trunc' || name === 'date_trunc' || expressions.length <= kinds.length || repeats)
    return column(call(sqlNames[name] ?? name, expressions, range));
  if (kinds.endsWith('v')) return column(call(sqlNames[name] ?? name, expressions, range));
  return cannotKnow(`${name} takes fewer arguments; PySpark raises TypeError`, args.node);
}

/** `lambda x: x + 1` with names that Spark's lambda has too. */
function lambda(script: Script, node: SyntaxNode, site: SyntaxNode): Expression {
  const names: string[] = [];
  const list = node.getChild('ParamList');
  for (let child = list?.firstChild; child; child = child.nextSibling)
    if (child.name === 'VariableName') names.push(script.textOf(child));
  const range = script.rangeOf(node);
  const values = names.map((name): Value => ({
    kind: 'column',
    expression: { kind: 'unresolvedAttribute', nameParts: [name], range },
  }));
  const result = callScriptFunction(script, node, {
    positional: values,
    keywords: new Map(),
    node: site,
  });
  return { kind: 'lambdaFunction', function: columnOf(result, range), arguments: names, range };
}
