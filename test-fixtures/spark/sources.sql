# Files with awkward content, and the options of their readers.
do CREATE OR REPLACE TEMPORARY VIEW permissive (id INT, name STRING, day DATE, amount DOUBLE) USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/bad.csv', header 'true')
do CREATE OR REPLACE TEMPORARY VIEW kept (id INT, name STRING, day DATE, amount DOUBLE, _corrupt_record STRING) USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/bad.csv', header 'true')
do CREATE OR REPLACE TEMPORARY VIEW named (id INT, name STRING, oops STRING, day DATE, amount DOUBLE) USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/bad.csv', header 'true', columnNameOfCorruptRecord 'oops')
do CREATE OR REPLACE TEMPORARY VIEW dropped (id INT, name STRING, day DATE, amount DOUBLE) USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/bad.csv', header 'true', mode 'DROPMALFORMED')
do CREATE OR REPLACE TEMPORARY VIEW failing (id INT, name STRING, day DATE, amount DOUBLE) USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/bad.csv', header 'true', mode 'FAILFAST')
do CREATE OR REPLACE TEMPORARY VIEW inferred USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/bad.csv', header 'true', inferSchema 'true')
do CREATE OR REPLACE TEMPORARY VIEW unknownmode (id INT, name STRING, day DATE, amount DOUBLE) USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/bad.csv', header 'true', mode 'whatever')
SELECT * FROM permissive
SELECT * FROM kept
SELECT id, _corrupt_record FROM kept WHERE id IS NULL
SELECT id FROM kept
SELECT * FROM named
SELECT * FROM dropped
SELECT name FROM dropped
SELECT id FROM dropped
SELECT count(*) FROM dropped
SELECT * FROM failing
SELECT name FROM failing
SELECT * FROM inferred
SELECT * FROM unknownmode
# Encodings.
do CREATE OR REPLACE TEMPORARY VIEW u16le USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/utf16le.csv', header 'true', encoding 'UTF-16LE', multiLine 'true')
do CREATE OR REPLACE TEMPORARY VIEW u16be USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/utf16be.csv', header 'true', encoding 'UTF-16BE', multiLine 'true', inferSchema 'true')
do CREATE OR REPLACE TEMPORARY VIEW latin USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/latin1.csv', header 'true', encoding 'ISO-8859-1')
do CREATE OR REPLACE TEMPORARY VIEW ascii USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/latin1.csv', header 'true', charset 'US-ASCII')
SELECT id, name FROM u16be ORDER BY id
SELECT * FROM latin
SELECT * FROM ascii
CREATE TEMPORARY VIEW cp USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/cp1252.csv', header 'true', encoding 'windows-1252')
SELECT count(*) FROM u16le
# Patterns of times.
do CREATE OR REPLACE TEMPORARY VIEW times USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/times.csv', header 'true', inferSchema 'true', dateFormat 'dd/MM/yyyy', timestampFormat 'dd.MM.yyyy HH:mm:ss')
do CREATE OR REPLACE TEMPORARY VIEW timesgiven (day DATE, at TIMESTAMP, word STRING) USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/times.csv', header 'true', dateFormat 'dd/MM/yyyy', timestampFormat 'dd.MM.yyyy HH:mm:ss')
do CREATE OR REPLACE TEMPORARY VIEW mixedtimes USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/mixedtimes.csv', header 'true', inferSchema 'true', dateFormat 'dd/MM/yyyy')
do CREATE OR REPLACE TEMPORARY VIEW plaintimes (day DATE, at TIMESTAMP) USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/times.csv', header 'true')
do CREATE OR REPLACE TEMPORARY VIEW iso USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/isotimes.csv', header 'true', inferSchema 'true')
do CREATE OR REPLACE TEMPORARY VIEW isogiven (at TIMESTAMP, day DATE) USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/isotimes.csv', header 'true')
SELECT * FROM times
SELECT * FROM timesgiven
SELECT * FROM mixedtimes
SELECT * FROM plaintimes
SELECT * FROM iso
SELECT * FROM isogiven
# Blanks, quotes and nulls.
do CREATE OR REPLACE TEMPORARY VIEW quoted USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/quoted.csv', header 'true')
do CREATE OR REPLACE TEMPORARY VIEW nulled USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/quoted.csv', header 'true', nullValue 'NULL')
do CREATE OR REPLACE TEMPORARY VIEW emptied USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/quoted.csv', header 'true', nullValue 'n/a', emptyValue '<>')
do CREATE OR REPLACE TEMPORARY VIEW trimmed USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/quoted.csv', header 'true', ignoreLeadingWhiteSpace 'true', ignoreTrailingWhiteSpace 'true')
do CREATE OR REPLACE TEMPORARY VIEW led USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/quoted.csv', header 'true', ignoreLeadingWhiteSpace 'true')
do CREATE OR REPLACE TEMPORARY VIEW backslash USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/backslash.csv', header 'true')
do CREATE OR REPLACE TEMPORARY VIEW doubled USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/backslash.csv', header 'true', escape '"')
do CREATE OR REPLACE TEMPORARY VIEW unquoted USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/backslash.csv', header 'true', quote '')
SELECT * FROM quoted
SELECT * FROM nulled
SELECT * FROM emptied
SELECT * FROM trimmed
SELECT * FROM led
SELECT * FROM backslash
SELECT * FROM doubled
SELECT * FROM unquoted
# Lines and separators.
do CREATE OR REPLACE TEMPORARY VIEW multi USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/multi.csv', header 'true', multiLine 'true', escape '"')
do CREATE OR REPLACE TEMPORARY VIEW single USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/multi.csv', header 'true', escape '"')
do CREATE OR REPLACE TEMPORARY VIEW commented USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/commented.csv', header 'true', comment '#')
do CREATE OR REPLACE TEMPORARY VIEW bars USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/bars.csv', header 'true', sep '||')
do CREATE OR REPLACE TEMPORARY VIEW tabs USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/tabs.csv', header 'true', delimiter '\\t')
do CREATE OR REPLACE TEMPORARY VIEW lineends USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/pipes.txt', lineSep '|')
do CREATE OR REPLACE TEMPORARY VIEW nohead USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/nohead.csv', inferSchema 'true')
do CREATE OR REPLACE TEMPORARY VIEW dup USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/duphead.csv', header 'true', inferSchema 'true')
do CREATE OR REPLACE TEMPORARY VIEW packed USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/packed.csv.gz', header 'true', inferSchema 'true')
do CREATE OR REPLACE TEMPORARY VIEW numbers USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/numbers.csv', header 'true', inferSchema 'true')
SELECT * FROM multi
SELECT * FROM single
SELECT * FROM commented
SELECT * FROM bars
SELECT * FROM tabs
SELECT * FROM lineends
SELECT * FROM nohead
SELECT * FROM dup
SELECT * FROM packed
SELECT * FROM numbers
do CREATE OR REPLACE TEMPORARY VIEW typed (a TINYINT, b SMALLINT, c DATE, d TIMESTAMP, e DECIMAL(5,2), f STRING, g BOOLEAN) USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/types.csv')
do CREATE OR REPLACE TEMPORARY VIEW fewer (a INT) USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/wide.csv', header 'true')
do CREATE OR REPLACE TEMPORARY VIEW more (a INT, b INT, c INT, d INT) USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/wide.csv', header 'true')
SELECT * FROM typed
SELECT * FROM fewer
SELECT * FROM more
SELECT * FROM csv.`{root}/test-fixtures/spark/data/sources/wide.csv`
SELECT * FROM csv.`{root}/test-fixtures/spark/data/sources/mixed`
SELECT * FROM csv.`{root}/test-fixtures/spark/data/sources/w*.csv`
SELECT * FROM csv.`{root}/test-fixtures/spark/data/sources/none.csv`
# JSON.
do CREATE OR REPLACE TEMPORARY VIEW jlines USING json OPTIONS (path '{root}/test-fixtures/spark/data/sources/lines.jsonl')
do CREATE OR REPLACE TEMPORARY VIEW jdrop USING json OPTIONS (path '{root}/test-fixtures/spark/data/sources/lines.jsonl', mode 'DROPMALFORMED')
do CREATE OR REPLACE TEMPORARY VIEW jmulti USING json OPTIONS (path '{root}/test-fixtures/spark/data/sources/multi.json', multiLine 'true')
do CREATE OR REPLACE TEMPORARY VIEW jsingle USING json OPTIONS (path '{root}/test-fixtures/spark/data/sources/single.json', multiLine 'true')
do CREATE OR REPLACE TEMPORARY VIEW jtexts USING json OPTIONS (path '{root}/test-fixtures/spark/data/sources/numbers.jsonl', primitivesAsString 'true')
do CREATE OR REPLACE TEMPORARY VIEW jdecimal USING json OPTIONS (path '{root}/test-fixtures/spark/data/sources/numbers.jsonl', prefersDecimal 'true')
do CREATE OR REPLACE TEMPORARY VIEW jnumbers USING json OPTIONS (path '{root}/test-fixtures/spark/data/sources/numbers.jsonl')
do CREATE OR REPLACE TEMPORARY VIEW jgiven (id INT, day DATE, at TIMESTAMP, price STRING, n DOUBLE) USING json OPTIONS (path '{root}/test-fixtures/spark/data/sources/typed.jsonl')
do CREATE OR REPLACE TEMPORARY VIEW jkept (id INT, n BIGINT, _corrupt_record STRING) USING json OPTIONS (path '{root}/test-fixtures/spark/data/sources/typed.jsonl')
do CREATE OR REPLACE TEMPORARY VIEW jgivendrop (id INT, n DOUBLE) USING json OPTIONS (path '{root}/test-fixtures/spark/data/sources/typed.jsonl', mode 'DROPMALFORMED')
do CREATE OR REPLACE TEMPORARY VIEW jstamps USING json OPTIONS (path '{root}/test-fixtures/spark/data/sources/stamps.jsonl', inferTimestamp 'true')
do CREATE OR REPLACE TEMPORARY VIEW jloose USING json OPTIONS (path '{root}/test-fixtures/spark/data/sources/loose.jsonl')
SELECT a, b, c FROM jlines WHERE a IS NOT NULL
SELECT * FROM jdrop
SELECT * FROM jmulti
SELECT * FROM jsingle
SELECT * FROM jtexts
SELECT * FROM jdecimal
SELECT * FROM jnumbers
SELECT * FROM jgiven
SELECT * FROM jkept
SELECT * FROM jgivendrop
SELECT * FROM jstamps
SELECT * FROM jloose
# Text.
do CREATE OR REPLACE TEMPORARY VIEW words USING text OPTIONS (path '{root}/test-fixtures/spark/data/sources/pipes.txt')
do CREATE OR REPLACE TEMPORARY VIEW whole USING text OPTIONS (path '{root}/test-fixtures/spark/data/sources/crlf.txt', wholetext 'true')
do CREATE OR REPLACE TEMPORARY VIEW cut USING text OPTIONS (path '{root}/test-fixtures/spark/data/sources/pipes.txt', lineSep '|')
SELECT * FROM words
SELECT * FROM whole
SELECT * FROM cut
SELECT * FROM text.`{root}/test-fixtures/spark/data/sources/crlf.txt`
# Folders and partitions.
do CREATE OR REPLACE TEMPORARY VIEW events USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/events', header 'true', inferSchema 'true')
do CREATE OR REPLACE TEMPORARY VIEW y24 USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/events/year=2024', header 'true', inferSchema 'true')
do CREATE OR REPLACE TEMPORARY VIEW based USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/events/year=2024', header 'true', inferSchema 'true', basePath '{root}/test-fixtures/spark/data/sources/events')
do CREATE OR REPLACE TEMPORARY VIEW days USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/days', header 'true', inferSchema 'true')
do CREATE OR REPLACE TEMPORARY VIEW escaped USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/escaped', header 'true', inferSchema 'true')
do CREATE OR REPLACE TEMPORARY VIEW globbed USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/mixed', header 'true', inferSchema 'true', pathGlobFilter '*.csv')
do CREATE OR REPLACE TEMPORARY VIEW deep USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/mixed', header 'true', inferSchema 'true', recursiveFileLookup 'true')
do CREATE OR REPLACE TEMPORARY VIEW recent USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/mixed', header 'true', inferSchema 'true', modifiedAfter '2000-01-01T00:00:00')
do CREATE OR REPLACE TEMPORARY VIEW eventsgiven (id INT, v STRING, year STRING, month STRING) USING csv OPTIONS (path '{root}/test-fixtures/spark/data/sources/events', header 'true')
SELECT * FROM events
SELECT * FROM y24
SELECT * FROM based
SELECT * FROM days
SELECT * FROM escaped
SELECT * FROM globbed
SELECT * FROM deep
SELECT * FROM recent
SELECT * FROM eventsgiven
SELECT v FROM events WHERE year = 2024 AND month = 2
SELECT year, count(*) FROM events GROUP BY year ORDER BY year
SELECT * FROM csv.`{root}/test-fixtures/spark/data/sources/events/*/*/part-0.csv`
# What writers write: read back as it is, line by line.
do CREATE OR REPLACE TEMPORARY VIEW v AS SELECT * FROM VALUES (1, 'a', 1.5D, DATE'2024-01-31', TIMESTAMP'2024-01-31 10:20:30.5', CAST(1.10 AS DECIMAL(5,2)), true), (2, 'b,"c"', -0.0D, NULL, NULL, NULL, false), (3, '', CAST('NaN' AS DOUBLE), DATE'0001-01-01', TIMESTAMP'1969-12-31 23:59:59', 0, NULL), (4, ' d ', 1e20D, DATE'9999-12-31', TIMESTAMP'2024-07-01 00:00:00', -3.25, true), (5, 'e\\f', 1e-5D, NULL, NULL, 12, NULL), (6, NULL, 123456789.125D, NULL, NULL, NULL, NULL) AS t(i, s, d, day, at, n, b)
do INSERT OVERWRITE DIRECTORY '{out}/w1' USING csv SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w2' USING csv OPTIONS (header 'true') SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w3' USING csv OPTIONS (sep ';', nullValue 'none') SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w4' USING csv OPTIONS (quoteAll 'true') SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w5' USING csv OPTIONS (emptyValue '', header 'true') SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w6' USING csv OPTIONS (escape '\"') SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w7' USING csv OPTIONS (dateFormat 'dd/MM/yyyy', timestampFormat 'yyyy-MM-dd HH:mm') SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w8' USING csv OPTIONS (ignoreLeadingWhiteSpace 'false', ignoreTrailingWhiteSpace 'false') SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w9' USING csv OPTIONS (compression 'gzip') SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w10' USING csv OPTIONS (quote '\'') SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w11' USING json SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w12' USING json OPTIONS (ignoreNullFields 'false') SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w13' USING json OPTIONS (dateFormat 'dd/MM/yyyy', timestampFormat 'yyyy-MM-dd HH:mm') SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w14' USING json OPTIONS (compression 'gzip') SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w15' USING json SELECT /*+ COALESCE(1) */ i, array(s, NULL) a, named_struct('x', n, 'y', day) st, map('k', at) m FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w16' USING text SELECT /*+ COALESCE(1) */ s FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w17' USING parquet SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w18' USING parquet OPTIONS (compression 'gzip') SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w19' USING parquet OPTIONS (compression 'zstd') SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w20' USING parquet OPTIONS (compression 'none') SELECT /*+ COALESCE(1) */ * FROM v
do INSERT OVERWRITE DIRECTORY '{out}/w21' USING parquet OPTIONS (compression 'lz4') SELECT /*+ COALESCE(1) */ * FROM v
SELECT * FROM text.`{out}/w1`
SELECT * FROM text.`{out}/w2`
SELECT * FROM text.`{out}/w3`
SELECT * FROM text.`{out}/w4`
SELECT * FROM text.`{out}/w5`
SELECT * FROM text.`{out}/w6`
SELECT * FROM text.`{out}/w7`
SELECT * FROM text.`{out}/w8`
SELECT * FROM text.`{out}/w9`
SELECT * FROM text.`{out}/w10`
SELECT * FROM text.`{out}/w11`
SELECT * FROM text.`{out}/w12`
SELECT * FROM text.`{out}/w13`
SELECT * FROM text.`{out}/w14`
SELECT * FROM text.`{out}/w15`
SELECT * FROM text.`{out}/w16`
INSERT OVERWRITE DIRECTORY '{out}/cut' USING csv OPTIONS (lineSep '|') SELECT * FROM v
INSERT OVERWRITE DIRECTORY '{out}/cut' USING orc OPTIONS (compression 'none') SELECT * FROM v
SELECT i, s, d, day, at, n, b FROM parquet.`{out}/w17`
SELECT i, at, n FROM parquet.`{out}/w18`
SELECT i, at, n FROM parquet.`{out}/w19`
SELECT i, at, n FROM parquet.`{out}/w20`
SELECT i, at, n FROM parquet.`{out}/w21`
