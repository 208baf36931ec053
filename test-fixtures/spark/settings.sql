# Settings that change what a statement means.
set spark.sql.decimalOperations.allowPrecisionLoss=false
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
unset spark.sql.decimalOperations.allowPrecisionLoss
set spark.sql.groupByAliases=false
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
unset spark.sql.groupByAliases
set spark.sql.groupByOrdinal=false
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
unset spark.sql.groupByOrdinal
set spark.sql.orderByOrdinal=false
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
unset spark.sql.orderByOrdinal
set spark.sql.storeAssignmentPolicy=LEGACY
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
unset spark.sql.storeAssignmentPolicy
set spark.sql.ansi.doubleQuotedIdentifiers=true
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
SELECT "a" FROM VALUES (1) t(a)
unset spark.sql.ansi.doubleQuotedIdentifiers
set spark.sql.ansi.enforceReservedKeywords=true
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
unset spark.sql.ansi.enforceReservedKeywords
set spark.sql.parser.quotedRegexColumnNames=true
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
unset spark.sql.parser.quotedRegexColumnNames
set spark.sql.crossJoin.enabled=false
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
unset spark.sql.crossJoin.enabled
set spark.sql.legacy.timeParserPolicy=LEGACY
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
unset spark.sql.legacy.timeParserPolicy
set spark.sql.mapKeyDedupPolicy=LAST_WIN
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
unset spark.sql.mapKeyDedupPolicy
set spark.sql.parser.escapedStringLiterals=true
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
SELECT 'a\nb'
unset spark.sql.parser.escapedStringLiterals
set spark.sql.shuffle.partitions=3
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
unset spark.sql.shuffle.partitions
set spark.sql.adaptive.enabled=false
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
unset spark.sql.adaptive.enabled
set spark.sql.caseSensitive=true
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
unset spark.sql.caseSensitive
set spark.sql.timestampType=TIMESTAMP_NTZ
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
SELECT TIMESTAMP'2024-01-01 00:00:00'
unset spark.sql.timestampType
set spark.sql.legacy.sizeOfNull=true
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
unset spark.sql.legacy.sizeOfNull
set spark.sql.legacy.castComplexTypesToString.enabled=true
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
unset spark.sql.legacy.castComplexTypesToString.enabled
set spark.sql.legacy.literal.pickMinimumPrecision=false
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
SELECT 1.5 + 1
unset spark.sql.legacy.literal.pickMinimumPrecision
set spark.sql.legacy.exponentLiteralAsDecimal.enabled=true
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
SELECT 1e2
unset spark.sql.legacy.exponentLiteralAsDecimal.enabled
set spark.sql.legacy.negativeScaleOfDecimal=true
SELECT 1
SELECT CAST(1 AS DECIMAL(38,10)) / CAST(3 AS DECIMAL(38,10))
SELECT a AS b, count(*) FROM VALUES (1) t(a) GROUP BY b
SELECT a FROM VALUES (1) t(a) GROUP BY 1
SELECT a FROM VALUES (2), (1) t(a) ORDER BY 1
SELECT a.x FROM VALUES (1) t(a)
unset spark.sql.legacy.negativeScaleOfDecimal
