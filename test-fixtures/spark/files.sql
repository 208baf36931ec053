# What Spark infers of files, and reads from them.
view quotes test-fixtures/spark/data/quotes.csv
view newlines test-fixtures/spark/data/newlines.csv
view bom test-fixtures/spark/data/bom.csv
view spaces test-fixtures/spark/data/spaces.csv
view ints test-fixtures/spark/data/ints.csv
view numbers test-fixtures/spark/data/numbers.csv
view textnumbers test-fixtures/spark/data/textnumbers.csv
view dates test-fixtures/spark/data/dates.csv
view baddates test-fixtures/spark/data/baddates.csv
view booleans test-fixtures/spark/data/booleans.csv
view ragged test-fixtures/spark/data/ragged.csv
view duplicates test-fixtures/spark/data/duplicates.csv
view headeronly test-fixtures/spark/data/headeronly.csv
view nulls test-fixtures/spark/data/nulls.csv
view mixedtypes test-fixtures/spark/data/mixedtypes.csv
view people test-fixtures/spark/data/people.csv
view depts test-fixtures/spark/data/depts.csv
view crlf_quotes test-fixtures/spark/data/crlf_quotes.csv
view trailing test-fixtures/spark/data/trailing.csv
view wide_ws test-fixtures/spark/data/wide_ws.csv
view semi test-fixtures/spark/data/semicolon.csv sep=;
view noheader test-fixtures/spark/data/people.csv header=false
view plain test-fixtures/spark/data/ints.csv inferSchema=false
view commented test-fixtures/spark/data/comments.csv comment=#
view nullvalue test-fixtures/spark/data/nulls.csv nullValue=NULL
view j_people test-fixtures/spark/data/people.jsonl
view j_mixed test-fixtures/spark/data/mixed.jsonl
view j_big test-fixtures/spark/data/big.jsonl
view j_dates test-fixtures/spark/data/dates.jsonl
view j_nested test-fixtures/spark/data/nested.jsonl
view j_blank test-fixtures/spark/data/blank.jsonl
view j_case test-fixtures/spark/data/case.jsonl
view j_alsonull test-fixtures/spark/data/alsonull.jsonl
view j_broken test-fixtures/spark/data/broken.jsonl
view types test-fixtures/spark/data/types.parquet
view nestedp test-fixtures/spark/data/nested.parquet
SELECT * FROM quotes
SELECT count(*) FROM quotes
SELECT * FROM newlines
SELECT count(*) FROM newlines
SELECT * FROM bom
SELECT count(*) FROM bom
SELECT * FROM spaces
SELECT count(*) FROM spaces
SELECT * FROM ints
SELECT count(*) FROM ints
SELECT * FROM numbers
SELECT count(*) FROM numbers
SELECT * FROM textnumbers
SELECT count(*) FROM textnumbers
SELECT * FROM dates
SELECT count(*) FROM dates
SELECT * FROM baddates
SELECT count(*) FROM baddates
SELECT * FROM booleans
SELECT count(*) FROM booleans
SELECT * FROM ragged
SELECT count(*) FROM ragged
SELECT * FROM duplicates
SELECT count(*) FROM duplicates
SELECT * FROM headeronly
SELECT count(*) FROM headeronly
SELECT * FROM nulls
SELECT count(*) FROM nulls
SELECT * FROM mixedtypes
SELECT count(*) FROM mixedtypes
SELECT * FROM people
SELECT count(*) FROM people
SELECT * FROM depts
SELECT count(*) FROM depts
SELECT * FROM crlf_quotes
SELECT count(*) FROM crlf_quotes
SELECT * FROM trailing
SELECT count(*) FROM trailing
SELECT * FROM wide_ws
SELECT count(*) FROM wide_ws
SELECT * FROM semi
SELECT count(*) FROM semi
SELECT * FROM noheader
SELECT count(*) FROM noheader
SELECT * FROM plain
SELECT count(*) FROM plain
SELECT * FROM commented
SELECT count(*) FROM commented
SELECT * FROM nullvalue
SELECT count(*) FROM nullvalue
SELECT * FROM j_people
SELECT count(*) FROM j_people
SELECT * FROM j_mixed
SELECT count(*) FROM j_mixed
SELECT * FROM j_big
SELECT count(*) FROM j_big
SELECT * FROM j_dates
SELECT count(*) FROM j_dates
SELECT * FROM j_nested
SELECT count(*) FROM j_nested
SELECT * FROM j_blank
SELECT count(*) FROM j_blank
SELECT * FROM j_case
SELECT count(*) FROM j_case
SELECT * FROM j_alsonull
SELECT count(*) FROM j_alsonull
SELECT * FROM j_broken
SELECT count(*) FROM j_broken
SELECT * FROM types
SELECT count(*) FROM types
SELECT * FROM nestedp
SELECT count(*) FROM nestedp
SELECT count(a), count(b), count(c) FROM ragged
SELECT a FROM ragged
SELECT c FROM ragged
SELECT name FROM duplicates
SELECT id0 FROM duplicates
SELECT name, length(name) FROM quotes
SELECT id FROM nulls WHERE s = ''
SELECT id FROM nulls WHERE s IS NULL
SELECT upper(text), length(text) FROM newlines
SELECT sum(mixed), max(special), min(special), count(special) FROM numbers
SELECT special, count(*) FROM numbers GROUP BY special ORDER BY special
SELECT iso, year(iso), ts, hour(ts) FROM dates ORDER BY iso
SELECT tsz FROM dates
SELECT huge + 1 FROM ints
SELECT sum(big) FROM ints
SELECT big + 1 FROM ints
SELECT mid + 1 FROM ints
SELECT addr.city, addr.zip FROM j_people
SELECT tags[0], size(tags) FROM j_people
SELECT tags FROM j_people ORDER BY id
SELECT addr.nope FROM j_people
SELECT m.k.x FROM j_nested
SELECT m.k[0].y FROM j_nested
SELECT ID, name FROM j_case
SELECT score, -score FROM j_people ORDER BY id
SELECT point.x, items[1], pairs['k'], list[0].n FROM nestedp
SELECT id FROM nestedp WHERE point IS NULL
SELECT byte + short, int * long, float + double, small * wide FROM types
SELECT sum(byte), avg(short), sum(small), avg(small), sum(wide), avg(float), min(day), max(instant), count(nothing), sum(nothing), max(nothing) FROM types
SELECT day, instant, local FROM types ORDER BY day
SELECT text, bytes, length(bytes) FROM types
SELECT flag, count(*) FROM types GROUP BY flag ORDER BY flag
SELECT * FROM csv.`{root}/test-fixtures/spark/data/people.csv`
SELECT * FROM csv.`{root}/test-fixtures/spark/data/quotes.csv`
SELECT count(*) FROM csv.`{root}/test-fixtures/spark/data/newlines.csv`
SELECT _c0, _c1 FROM csv.`{root}/test-fixtures/spark/data/newlines.csv`
SELECT * FROM json.`{root}/test-fixtures/spark/data/case.jsonl`
SELECT * FROM parquet.`{root}/test-fixtures/spark/data/types.parquet`
SELECT * FROM csv.`{root}/test-fixtures/spark/data/nope.csv`
SELECT * FROM nope.`x`
SELECT * FROM csv.`{root}/test-fixtures/spark/data/ragged.csv`
SELECT * FROM csv.`{root}/test-fixtures/spark/data/bom.csv`
SELECT * FROM csv.`{root}/test-fixtures/spark/data/spaces.csv`
SELECT * FROM csv.`{root}/test-fixtures/spark/data/empty.csv`
set spark.sql.session.timeZone=America/Los_Angeles
SELECT * FROM dates
SELECT ts, hour(ts), CAST(tsz AS STRING), CAST(ts AS DATE) FROM dates
SELECT instant, local, CAST(instant AS DATE), hour(instant), hour(local) FROM types
unset spark.sql.session.timeZone
set spark.sql.caseSensitive=true
SELECT name FROM duplicates
SELECT ID FROM people
SELECT id FROM people WHERE DEPT = 'x'
set spark.sql.caseSensitive=false
SELECT ID, Name FROM people LIMIT 0
# Files of which some lack a column of others.
unset spark.sql.caseSensitive
do INSERT OVERWRITE DIRECTORY '{out}/m/k=1' USING parquet SELECT 1 AS a, 'x' AS b
do INSERT OVERWRITE DIRECTORY '{out}/m/k=2' USING parquet SELECT 2 AS a, DATE'2024-01-01' AS c
do CREATE OR REPLACE TEMP VIEW mm USING parquet OPTIONS (path '{out}/m', mergeSchema 'true')
SELECT * FROM mm ORDER BY a
SELECT a, c FROM mm ORDER BY a
SELECT b FROM mm WHERE c IS NULL
SELECT count(c), count(b), count(*) FROM mm
