/**
 * Spark's meanings that take more than one DuckDB function, under a name, so that the SQL which explain
 * shows can be read. Arguments have their Spark types already; `raised` is an `error()` call's message.
 */
// U+0000 to U+0020. Written out, since what a macro computes is planned anew at every use of it.
const blanks = String.fromCharCode(...Array.from({ length: 32 }, (_, index) => index + 1));

let longCapitalsKnown: readonly string[] | undefined;

/** Characters that become several in capitals, as `ß` does; DuckDB maps one to one. */
function longCapitals(): readonly string[] {
  return (longCapitalsKnown ??= Array.from({ length: 0x10000 }, (_, code) =>
    String.fromCharCode(code),
  ).filter(
    (character) =>
      !/[\ud800-\udfff]/.test(character) && Array.from(character.toUpperCase()).length > 1,
  ));
}

interface Macro {
  readonly name: string;
  readonly parameters: string;
  readonly body: string | (() => string);
}

function macro(name: string, parameters: string, body: Macro['body']): Macro {
  return { name, parameters, body };
}

const longCapitalClass = () => `[${longCapitals().join('')}]`;
const capitalMap = () =>
  `MAP {${longCapitals()
    .map((one) => `'${one}': '${one.toUpperCase()}'`)
    .join(', ')}}`;

// Java's capitals. A text that is as long in bytes as in characters is plain ASCII.
const caseMacros: readonly Macro[] = [
  macro(
    'spark_upper',
    's',
    () => `CASE WHEN strlen(s) > length(s) AND regexp_matches(s, '${longCapitalClass()}')
      THEN array_to_string(list_transform(string_split(s, ''), lambda c: COALESCE(${capitalMap()}[c], upper(c))), '')
      ELSE upper(s) END`,
  ),
  // The last sigma of a word, and the dotted capital I, have small letters of their own.
  macro(
    'spark_lower',
    's',
    String.raw`CASE WHEN strlen(s) > length(s) AND regexp_matches(s, '[Σİ]')
      THEN lower(replace(regexp_replace(s, '(\p{L}[\p{M}\x27.:]*)Σ([^\p{L}\p{M}]|$)', '\1ς\2', 'g'), 'İ', 'i' || chr(775)))
      ELSE lower(s) END`,
  ),
  // Of each character by itself, as texts compare without regard to case.
  macro(
    'spark_small_letters',
    's',
    `CASE WHEN strlen(s) > length(s) THEN lower(replace(replace(s, 'İ', 'i' || chr(775)), 'ς', 'σ')) ELSE lower(s) END`,
  ),
  macro(
    'spark_uncommon_capitals',
    's',
    () => `strlen(s) > length(s) AND regexp_matches(s, '[Σİ${longCapitals().join('')}]')`,
  ),
];

const macros: readonly Macro[] = [
  // Division truncates toward zero and the remainder has the dividend's sign, as in Java. DuckDB's do too,
  // but for a zero divisor, which it makes NULL.
  macro('spark_nonzero', 'x, message', 'CASE WHEN x = 0 THEN error(message) ELSE x END'),
  // UTF8String.trimAll: everything up to the blank counts as white space.
  macro('spark_trim_all', 's', `trim(s, chr(0) || '${blanks}')`),
  // Where the clock is put back by an hour or by half of one, DuckDB takes the later of both instants.
  macro(
    'spark_instant',
    'zone, l',
    `CASE WHEN timezone(zone, timezone(zone, l) - INTERVAL 1 HOUR) = l THEN timezone('UTC', timezone(zone, l) - INTERVAL 1 HOUR)
      WHEN timezone(zone, timezone(zone, l) - INTERVAL 30 MINUTE) = l THEN timezone('UTC', timezone(zone, l) - INTERVAL 30 MINUTE)
      ELSE timezone('UTC', timezone(zone, l)) END`,
  ),
  // A count of characters, none where it is negative. DuckDB's greatest would skip a null.
  macro('spark_count', 'n', 'CASE WHEN n > 0 THEN n WHEN n IS NOT NULL THEN 0 END'),
  // A double beyond the range of a float is an infinity.
  macro(
    'spark_float',
    'x',
    `CASE WHEN isfinite(x) AND abs(x) >= 3.4028235677973366e38 THEN CAST(CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END AS FLOAT)
      ELSE CAST(x AS FLOAT) END`,
  ),
  ...caseMacros,
  // Java's Double.toString: plain between 1e-3 and 1e7, else one digit before the point and E.
  macro(
    'spark_scientific',
    's',
    String.raw`CASE WHEN contains(s, 'e')
      THEN regexp_replace(regexp_replace(s, 'e\+?(-?)0*(\d+)$', 'E\1\2'), '^(-?\d)E', '\1.0E')
      ELSE s END`,
  ),
  // Digits of a plain number of seven digits or more, in that form. The text always has a point.
  macro(
    'spark_large',
    's',
    String.raw`regexp_replace(regexp_replace(s, '^(-?)(\d)(\d*)\.(\d+)$', '\1\2.\3\4'), '(\.\d+?)0+$', '\1')
      || 'E' || CAST(length(split_part(ltrim(s, '-'), '.', 1)) - 1 AS VARCHAR)`,
  ),
  macro(
    'spark_small',
    's',
    String.raw`regexp_replace(regexp_replace(s, '^(-?)0\.0*(\d)(\d*)$', '\1\2.\3'), '\.$', '.0')
      || 'E-' || CAST(length(regexp_extract(s, '\.(0*)', 1)) + 1 AS VARCHAR)`,
  ),
  macro(
    'spark_double_text',
    'x, s',
    `CASE WHEN isnan(x) THEN 'NaN'
      WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END
      WHEN contains(s, 'e') THEN spark_scientific(s)
      WHEN abs(x) >= 10000000 THEN spark_large(s)
      WHEN x <> 0 AND abs(x) < 0.001 THEN spark_small(s)
      ELSE s END`,
  ),
  macro('spark_double_string', 'x', 'spark_double_text(x, CAST(x AS VARCHAR))'),
  // A year beyond 9999 has a plus sign; before year 1 it is the proleptic year, with a minus sign below zero.
  macro(
    'spark_year_text',
    'y',
    `CASE WHEN y > 9999 THEN '+' || CAST(y AS VARCHAR)
      WHEN y < 0 THEN '-' || lpad(CAST(-y AS VARCHAR), 4, '0')
      ELSE lpad(CAST(y AS VARCHAR), 4, '0') END`,
  ),
  macro(
    'spark_date_string',
    'd',
    `spark_year_text(year(d)) || '-' || lpad(CAST(month(d) AS VARCHAR), 2, '0') || '-' || lpad(CAST(day(d) AS VARCHAR), 2, '0')`,
  ),
  macro(
    'spark_timestamp_string',
    't',
    String.raw`spark_year_text(year(t)) || strftime(t, '-%m-%d %H:%M:%S')
      || rtrim(rtrim('.' || lpad(CAST(microsecond(t) % 1000000 AS VARCHAR), 6, '0'), '0'), '.')`,
  ),
  macro(
    'spark_time_string',
    't',
    String.raw`lpad(CAST(t // 3600000000000 AS VARCHAR), 2, '0') || ':' || lpad(CAST((t // 60000000000) % 60 AS VARCHAR), 2, '0')
      || ':' || lpad(CAST((t // 1000000000) % 60 AS VARCHAR), 2, '0')
      || rtrim(rtrim('.' || lpad(CAST(t % 1000000000 AS VARCHAR), 9, '0'), '0'), '.')`,
  ),
  // The date of `yyyy`, `yyyy-[m]m`, `yyyy-[m]m-[d]d`, the last also before a blank or T and anything.
  macro(
    'spark_trimmed_date',
    's',
    String.raw`CASE WHEN regexp_full_match(s, '[+]?\d{4,6}-\d{1,2}-\d{1,2}([ T](.|\n)*)?') THEN TRY_CAST(regexp_extract(s, '\d+-\d+-\d+') AS DATE)
      WHEN regexp_full_match(s, '[+]?\d{4,6}-\d{1,2}') THEN TRY_CAST(ltrim(s, '+') || '-1' AS DATE)
      WHEN regexp_full_match(s, '[+]?\d{4,6}') THEN TRY_CAST(ltrim(s, '+') || '-1-1' AS DATE) END`,
  ),
  macro('spark_string_date', 's', 'spark_trimmed_date(spark_trim_all(s))'),
  // The local time of a timestamp's text, without its zone.
  macro(
    'spark_string_local',
    's',
    String.raw`CASE WHEN regexp_full_match(s, '[+]?\d{4,6}-\d{1,2}-\d{1,2}[ T]\d{1,2}:\d{1,2}:\d{1,2}(\.\d{0,9})?')
        THEN TRY_CAST(ltrim(s, '+') AS TIMESTAMP)
      WHEN regexp_full_match(s, '[+]?\d{4,6}-\d{1,2}-\d{1,2}[ T]\d{1,2}:\d{1,2}') THEN TRY_CAST(ltrim(s, '+') || ':0' AS TIMESTAMP)
      WHEN regexp_full_match(s, '[+]?\d{4,6}-\d{1,2}-\d{1,2}[ T]\d{1,2}') THEN TRY_CAST(ltrim(s, '+') || ':0:0' AS TIMESTAMP)
      WHEN contains(s, ':') THEN NULL
      ELSE CAST(spark_trimmed_date(rtrim(s, 'T')) AS TIMESTAMP) END`,
  ),
];

const byName = new Map(macros.map((each) => [each.name, each]));

/** The names of those that a statement uses, each behind those that it is made of itself. */
export function macrosOf(sql: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (text: string) => {
    for (const [name] of text.matchAll(/\bspark_\w+/g)) {
      const used = byName.get(name);
      if (!used || found.has(name)) continue;
      visit(bodyOf(used));
      found.add(name);
    }
  };
  visit(sql);
  return found;
}

export function macroSql(name: string): string {
  const found = byName.get(name);
  if (!found) throw new Error(`no macro is called ${name}`);
  return `CREATE MACRO ${name}(${found.parameters}) AS ${bodyOf(found)}`;
}

function bodyOf({ body }: Macro): string {
  return typeof body === 'string' ? body : body();
}
