# Texts that compare otherwise than as bytes.
SELECT s COLLATE UTF8_LCASE AS c, count(*) FROM VALUES ('b'), ('B'), ('a'), (NULL), ('b ') t(s) GROUP BY 1 HAVING count(*) > 1
SELECT lower(min(s COLLATE UTF8_LCASE)), lower(max(s COLLATE UTF8_LCASE)), count(DISTINCT s COLLATE UTF8_LCASE) FROM VALUES ('b'), ('B'), ('a'), ('C') t(s)
SELECT s FROM VALUES ('b'), ('A'), ('C'), ('a ') t(s) ORDER BY s COLLATE UTF8_LCASE
SELECT s FROM VALUES ('b'), ('A'), ('C'), ('ä'), ('a'), ('B'), ('Z') t(s) ORDER BY s COLLATE UNICODE
SELECT s FROM VALUES ('b'), ('å'), ('z'), ('ä'), ('a'), ('ö') t(s) ORDER BY s COLLATE sv
SELECT 'a' COLLATE UTF8_LCASE = 'A', 'a' COLLATE UTF8_LCASE < 'B', 'a' COLLATE UTF8_LCASE <=> 'A', 'a' COLLATE UTF8_LCASE IN ('b', 'A'), 'a' COLLATE UTF8_LCASE BETWEEN 'A' AND 'A'
SELECT 'a ' COLLATE UTF8_BINARY_RTRIM = 'a', 'A  ' COLLATE UTF8_LCASE_RTRIM = 'a', 'a' COLLATE UNICODE_RTRIM = 'a  ', 'a' COLLATE UNICODE_CI_RTRIM = 'A '
SELECT 'é' COLLATE UNICODE_AI = 'e', 'É' COLLATE UNICODE_AI = 'e', 'É' COLLATE UNICODE_CI_AI = 'e', 'É' COLLATE UNICODE_CI = 'é', 'e' COLLATE UNICODE_CI = 'é'
SELECT 'å' COLLATE sv_AI = 'a', 'å' COLLATE en_AI = 'a', 'ø' COLLATE da_CI_AI = 'o', 'ñ' COLLATE es_CI_AI = 'n'
SELECT collation('a'), collation('a' COLLATE utf8_lcase), collation('a' COLLATE unicode_ai_ci), collation(upper('a' COLLATE en_ci)), collation(concat('a' COLLATE UTF8_LCASE, 'b'))
SELECT typeof('a' COLLATE UTF8_LCASE), typeof(array('a' COLLATE UTF8_LCASE)), CAST('A' AS STRING COLLATE UTF8_LCASE) = 'a'
SELECT 'ΑΣ' COLLATE UTF8_LCASE = 'ας', 'İ' COLLATE UTF8_LCASE = 'i̇', 'ẞ' COLLATE UTF8_LCASE = 'ß', 'ß' COLLATE UTF8_LCASE = 'ss'
SELECT contains('Strata' COLLATE UTF8_LCASE, 'TRA'), startswith('Strata' COLLATE UTF8_LCASE, 'sT'), endswith('Strata' COLLATE UTF8_LCASE, 'TA'), instr('Strata' COLLATE UTF8_LCASE, 'A'), locate('A', 'Strata' COLLATE UTF8_LCASE, 5), find_in_set('B' COLLATE UTF8_LCASE, 'a,b,c')
SELECT replace('Strata' COLLATE UTF8_LCASE, 'A', '-'), translate('Strata' COLLATE UTF8_LCASE, 'AT', '12'), split_part('aXbxc' COLLATE UTF8_LCASE, 'x', 2), split_part('aXbxc' COLLATE UTF8_LCASE, 'x', -1), substring_index('aXbxc' COLLATE UTF8_LCASE, 'X', 2), substring_index('aXbxc' COLLATE UTF8_LCASE, 'X', -1)
SELECT trim(BOTH 'S' FROM 'sStS' COLLATE UTF8_LCASE), ltrim('S', 'sStS' COLLATE UTF8_LCASE), rtrim('S', 'sStS' COLLATE UTF8_LCASE), btrim('sStS' COLLATE UTF8_LCASE, 's')
SELECT 'Strata' COLLATE UTF8_LCASE LIKE 's%A', 'Strata' COLLATE UTF8_LCASE RLIKE '^sT', regexp_replace('Strata' COLLATE UTF8_LCASE, 'A', '-'), regexp_count('Strata' COLLATE UTF8_LCASE, 'T'), split('aXbxc' COLLATE UTF8_LCASE, 'x')
SELECT array_contains(array('a' COLLATE UTF8_LCASE, NULL), 'A'), array_contains(array('a' COLLATE UTF8_LCASE, NULL), 'b'), array_position(array('x' COLLATE UTF8_LCASE, 'a'), 'A'), arrays_overlap(array('a' COLLATE UTF8_LCASE), array('A' COLLATE UTF8_LCASE))
SELECT array_distinct(array('a' COLLATE UTF8_LCASE, 'A', NULL, NULL)), array_union(array('a' COLLATE UTF8_LCASE), array('A' COLLATE UTF8_LCASE, 'b')), array_except(array('a' COLLATE UTF8_LCASE, 'c'), array('A' COLLATE UTF8_LCASE)), array_remove(array('a' COLLATE UTF8_LCASE, 'b'), 'A')
SELECT greatest('a' COLLATE UTF8_LCASE, 'B', 'c'), least('b' COLLATE UTF8_LCASE, 'A'), nullif('a' COLLATE UTF8_LCASE, 'A'), coalesce(NULL, 'a' COLLATE UTF8_LCASE), if(true, 'a' COLLATE UTF8_LCASE, 'b')
SELECT CASE 'a' COLLATE UTF8_LCASE WHEN 'A' THEN 1 ELSE 2 END, CASE WHEN true THEN 'a' COLLATE UTF8_LCASE ELSE 'b' END
SELECT l.s, r.s FROM VALUES ('a'), ('b') l(s) JOIN VALUES ('A'), ('c') r(s) ON l.s COLLATE UTF8_LCASE = r.s
SELECT s FROM VALUES ('a'), ('b') l(s) WHERE s COLLATE UTF8_LCASE IN (SELECT t FROM VALUES ('A') r(t))
SELECT s FROM VALUES ('a'), ('b') l(s) WHERE EXISTS (SELECT 1 FROM VALUES ('A') r(t) WHERE t COLLATE UTF8_LCASE = s)
SELECT count(*) FROM (SELECT DISTINCT s COLLATE UTF8_LCASE FROM VALUES ('a'), ('A'), ('b') t(s))
SELECT lower(x) FROM (SELECT s COLLATE UTF8_LCASE AS x FROM VALUES ('a'), ('A'), ('b') t(s) INTERSECT SELECT s COLLATE UTF8_LCASE FROM VALUES ('A'), ('c') t(s))
SELECT s, rank() OVER (PARTITION BY p COLLATE UTF8_LCASE ORDER BY s COLLATE UTF8_LCASE) AS r FROM VALUES ('a', 'x'), ('B', 'X'), ('b', 'x') t(s, p)
SELECT max(s COLLATE UNICODE_CI), min(s COLLATE UNICODE) FROM VALUES ('a'), ('B') t(s)
SELECT 'a' COLLATE UTF8_LCASE || 'b', 'a' COLLATE UTF8_LCASE = 'A' COLLATE UTF8_BINARY
SELECT s = t FROM VALUES ('a', 'b') v(s, t)
SELECT a.x = b.x FROM (SELECT 'a' COLLATE UTF8_LCASE AS x) a, (SELECT 'A' AS x) b
SELECT 'a' COLLATE NOT_THERE
SELECT 'a' COLLATE UTF8_LCASE_CI
SELECT contains('a' COLLATE UNICODE_AI, 'A')
SELECT initcap('İSTANBUL ílk' COLLATE UTF8_LCASE), initcap('İSTANBUL ßa'), upper('straße' COLLATE UTF8_LCASE), lower('İ' COLLATE UTF8_LCASE)
SELECT length('ab' COLLATE UTF8_LCASE), hex('ab' COLLATE UTF8_LCASE), levenshtein('AB' COLLATE UTF8_LCASE, 'ab'), ascii('a' COLLATE UTF8_LCASE), md5('a' COLLATE UTF8_LCASE)
SELECT transform(array('a' COLLATE UTF8_LCASE), x -> x = 'A')
SELECT map('a' COLLATE UTF8_LCASE, 1)['A']
SELECT s FROM VALUES (named_struct('a', 'x' COLLATE UTF8_LCASE)), (named_struct('a', 'X' COLLATE UTF8_LCASE)) t(s) WHERE s.a = 'X'
SELECT greatest('a' COLLATE UTF8_LCASE, 'B', 'c'), least('b' COLLATE UTF8_LCASE, 'A'), coalesce(NULL, 'a' COLLATE UTF8_LCASE), if(true, 'a' COLLATE UTF8_LCASE, 'b'), nvl('a' COLLATE UTF8_LCASE, 'b')
SELECT 'a' COLLATE UTF8_LCASE = 'A', 'a' COLLATE UTF8_LCASE < 'B', 'a' COLLATE UTF8_LCASE <=> 'A', 'a' COLLATE UTF8_LCASE IN ('b', 'A')
SELECT 'a' COLLATE UTF8_LCASE BETWEEN 'A' COLLATE UTF8_LCASE AND 'b' COLLATE UTF8_LCASE
SELECT s FROM VALUES ('a'), ('b') l(s) WHERE s COLLATE UTF8_LCASE NOT IN (SELECT t COLLATE UTF8_LCASE FROM VALUES ('A') r(t))
SELECT 'a' COLLATE UTF8_LCASE AS c UNION SELECT 'A'
SELECT * FROM VALUES ('a' COLLATE UTF8_BINARY), ('B') t(x)
SELECT x, count(*) AS n FROM (SELECT s COLLATE UTF8_LCASE AS x FROM VALUES ('a'), ('A'), ('b') t(s)) GROUP BY x ORDER BY lower(x) DESC
SELECT upper(x), count(*) FROM (SELECT s COLLATE UTF8_LCASE AS x FROM VALUES ('a'), ('A'), ('b') t(s)) GROUP BY x ORDER BY 1
SELECT upper(x) u, sum(n) FROM (SELECT s COLLATE UTF8_LCASE AS x, n FROM VALUES ('a', 1), ('A', 2), ('b', 3) t(s, n)) GROUP BY upper(x) HAVING upper(x) = 'a'
SELECT x FROM (SELECT s COLLATE UTF8_LCASE AS x FROM VALUES ('a'), ('B') t(s)) JOIN (SELECT s COLLATE UTF8_LCASE AS x, 1 AS n FROM VALUES ('A') t(s)) USING (x)
SELECT * FROM (SELECT s COLLATE UTF8_LCASE AS x FROM VALUES ('a'), ('B') t(s)) NATURAL JOIN (SELECT s COLLATE UTF8_LCASE AS x, 1 AS n FROM VALUES ('A') t(s))
SELECT lower(x), n FROM (SELECT s COLLATE UTF8_LCASE AS x, n FROM VALUES ('a', 1), ('A', 2), ('b', 3) t(s, n)) PIVOT (sum(n) FOR n IN (1, 2)) ORDER BY 1
SELECT explode(array('b' COLLATE UTF8_LCASE, 'A')) AS e ORDER BY e
SELECT count(*) FROM (SELECT DISTINCT s COLLATE UTF8_LCASE AS x, n FROM VALUES ('a', 1), ('A', 1), ('b', 1) t(s, n))
SELECT lower(first(x)), count(DISTINCT x, n) FROM (SELECT s COLLATE UTF8_LCASE AS x, n FROM VALUES ('a', 1), ('A', 1), ('b', 1) t(s, n))
SELECT (SELECT max(s COLLATE UTF8_LCASE) FROM VALUES ('a') t(s)) = 'A'
SELECT count(*) FROM (SELECT 'a' COLLATE UTF8_LCASE AS x) a LEFT ANTI JOIN (SELECT 'A' AS y) b ON a.x = b.y
SELECT concat_ws('-', collect_list(s COLLATE UTF8_LCASE)) = 'A-B' FROM VALUES ('a'), ('b') t(s)
SELECT 'a' COLLATE UTF8_LCASE <> 'A', NOT ('a' COLLATE UTF8_LCASE = 'A'), 'a' COLLATE UTF8_LCASE IS NULL, 'a' COLLATE UTF8_LCASE IS DISTINCT FROM 'A'
SELECT s FROM VALUES ('a'), ('B'), ('c') t(s) WHERE s COLLATE UTF8_LCASE > 'A' AND s COLLATE UTF8_LCASE <= 'C' ORDER BY s
SELECT n, sum(n) OVER (PARTITION BY x ORDER BY n) FROM (SELECT s COLLATE UTF8_LCASE AS x, n FROM VALUES ('a', 1), ('A', 2), ('b', 3) t(s, n)) ORDER BY n
SELECT x, n FROM (SELECT s COLLATE UTF8_LCASE AS x, n FROM VALUES ('a', 1), ('A', 2), ('b', 3) t(s, n)) QUALIFY true
SELECT any_value(x) = 'A', min(x), max(n) FROM (SELECT s COLLATE UTF8_LCASE AS x, n FROM VALUES ('a', 1), ('b', 3) t(s, n))
SELECT CAST('5' COLLATE UTF8_LCASE AS INT) + 1, '5' COLLATE UTF8_LCASE + 1, '2024-01-02' COLLATE UTF8_LCASE > DATE'2024-01-01'
SELECT x FROM (SELECT s COLLATE UTF8_LCASE AS x FROM VALUES ('a'), ('B') t(s)) WHERE x IN ('A', 'z') OR x LIKE 'b%'
SELECT size(array_distinct(array('É' COLLATE UNICODE_CI_AI, 'e', 'E'))), array_contains(array('É' COLLATE UNICODE_CI), 'é')
SELECT decode(1, 1, 'a' COLLATE UTF8_LCASE, 'b') = 'A', nvl2(1, 'a' COLLATE UTF8_LCASE, 'b') = 'A'
set spark.sql.collation.trim.enabled=true
SELECT 'a ' COLLATE UTF8_BINARY_RTRIM = 'a', 'A  ' COLLATE UTF8_LCASE_RTRIM = 'a', 'a' COLLATE UNICODE_RTRIM = 'a  ', 'a' COLLATE UNICODE_CI_RTRIM = 'A '
SELECT count(*) FROM VALUES ('a'), ('a '), ('b') t(s) GROUP BY s COLLATE UTF8_BINARY_RTRIM ORDER BY 1
SELECT contains('ab c' COLLATE UTF8_BINARY_RTRIM, 'b '), startswith('ab' COLLATE UTF8_BINARY_RTRIM, 'ab '), endswith('ab  ' COLLATE UTF8_LCASE_RTRIM, 'B '), instr('ab' COLLATE UTF8_LCASE_RTRIM, 'B '), find_in_set('b ' COLLATE UTF8_LCASE_RTRIM, 'a,B')
SELECT replace('ab b' COLLATE UTF8_LCASE_RTRIM, 'B ', '-'), split_part('a b c' COLLATE UTF8_LCASE_RTRIM, 'B ', 2), substring_index('a b c' COLLATE UTF8_BINARY_RTRIM, 'b ', 1), rtrim('b', 'ab  ' COLLATE UTF8_BINARY_RTRIM), trim(BOTH 'B' FROM 'bab ' COLLATE UTF8_LCASE_RTRIM), array_contains(array('a ' COLLATE UTF8_BINARY_RTRIM), 'a')
SELECT least('b ' COLLATE UTF8_BINARY_RTRIM, 'b'), translate('ab ' COLLATE UTF8_LCASE_RTRIM, 'B', 'x'), locate('b ', 'ab' COLLATE UTF8_BINARY_RTRIM)
