# Clauses: joins, groups, order, limits, names, sets, CTEs.
view people test-fixtures/spark/data/people.csv
view depts test-fixtures/spark/data/depts.csv
view numbers test-fixtures/spark/data/numbers.csv
SELECT p.name, d.title FROM people p JOIN depts d ON p.dept = d.dept
SELECT p.name, d.title FROM people p LEFT JOIN depts d ON p.dept = d.dept
SELECT p.name, d.title FROM people p RIGHT JOIN depts d ON p.dept = d.dept
SELECT p.name, d.title FROM people p FULL OUTER JOIN depts d ON p.dept = d.dept
SELECT name FROM people p LEFT SEMI JOIN depts d ON p.dept = d.dept
SELECT name FROM people p LEFT ANTI JOIN depts d ON p.dept = d.dept
SELECT count(*) FROM people CROSS JOIN depts
SELECT count(*) FROM people, depts
SELECT p.name, d.title FROM people p JOIN depts d ON p.dept <=> d.dept
SELECT * FROM people JOIN depts USING (dept)
SELECT * FROM people FULL JOIN depts USING (dept)
SELECT dept FROM people RIGHT JOIN depts USING (dept)
SELECT people.dept, depts.dept FROM people LEFT JOIN depts USING (dept)
SELECT * FROM people NATURAL JOIN depts
SELECT dept FROM people p JOIN depts d ON p.dept = d.dept
SELECT p.nope FROM people p
SELECT nope.id FROM people p
SELECT * FROM nowhere
SELECT p.* FROM people p JOIN people q ON p.id = q.id + 1
SELECT * FROM people p JOIN people p ON 1 = 1
SELECT p.name FROM people p JOIN people p ON true
SELECT a.id, b.id FROM people a JOIN people b ON a.salary = b.salary AND a.id < b.id
SELECT a.id FROM people a JOIN depts b ON a.id = b.floor AND a.active
SELECT * FROM people JOIN depts ON people.id
SELECT * FROM people JOIN depts ON count(*) > 1
SELECT x.a, y.a FROM VALUES (1D), (CAST('NaN' AS DOUBLE)), (0.0D), (NULL) x(a) JOIN VALUES (CAST('NaN' AS DOUBLE)), (-0.0D), (NULL) y(a) ON x.a = y.a
SELECT x.a, y.a FROM VALUES (1), (2) x(a) JOIN VALUES ('1'), ('2.0') y(a) ON x.a = y.a
SELECT x.a, y.a FROM VALUES (1), (2) x(a) JOIN VALUES (1.0), (2.5) y(a) ON x.a = y.a
SELECT x.a FROM VALUES (1) x(a) LEFT JOIN VALUES (1) y(a) ON false
SELECT x.a, y.a FROM VALUES (1), (2) x(a) FULL JOIN VALUES (2), (3) y(a) ON x.a = y.a AND x.a > 5
SELECT x.a FROM VALUES (1) x(a) JOIN VALUES (1) y(b) USING (a)
SELECT dept, count(*), sum(salary), avg(salary), min(salary), max(salary) FROM people GROUP BY dept
SELECT dept, active, count(*) FROM people GROUP BY 1, 2
SELECT dept AS d, count(*) AS n FROM people GROUP BY d
SELECT dept AS id, count(*) FROM people GROUP BY id
SELECT upper(dept) u, count(*) FROM people GROUP BY upper(dept)
SELECT upper(dept), count(*) FROM people GROUP BY dept
SELECT name FROM people GROUP BY dept
SELECT dept, name, count(*) FROM people GROUP BY dept
SELECT count(*) FROM people GROUP BY 2
SELECT count(*) FROM people GROUP BY 1
SELECT dept, count(*) FROM people GROUP BY count(*)
SELECT sum(count(*)) FROM people
SELECT dept FROM people WHERE count(*) > 1
SELECT dept FROM people HAVING count(*) > 1
SELECT count(*) FROM people HAVING count(*) > 100
SELECT 1 FROM people HAVING true
SELECT 1 HAVING max(1) > 0
SELECT dept, count(*) c FROM people GROUP BY dept HAVING c > 1
SELECT dept FROM people GROUP BY dept HAVING max(salary) > 4000 ORDER BY max(salary) DESC
SELECT dept, salary + 1 FROM people GROUP BY dept, salary + 1
SELECT dept, salary + 2 FROM people GROUP BY dept, salary + 1
SELECT id + 1 + 1 FROM people GROUP BY id + 1
SELECT DISTINCT dept FROM people
SELECT DISTINCT dept, active FROM people ORDER BY dept, active
SELECT DISTINCT dept FROM people ORDER BY salary
SELECT count(DISTINCT dept), count(DISTINCT dept, active), sum(DISTINCT salary), avg(DISTINCT salary) FROM people
SELECT count(DISTINCT *) FROM people
SELECT count(1), count(NULL), count(dept), count(*), count(dept, salary) FROM people
SELECT count(*), sum(id), avg(id), min(name), max(name), first(id), collect_list(id) FROM people WHERE id > 100
SELECT dept, count(*) FROM people WHERE id > 100 GROUP BY dept
SELECT sum(1), count(*), max('x') FROM people
SELECT sum(name) FROM people
SELECT avg(name) FROM people WHERE id > 100
SELECT sum(active) FROM people
SELECT max(active), min(active), bool_and(active), bool_or(active), every(active), some(active), any(active), count_if(active) FROM people
SELECT min(hired), max(hired) FROM people
SELECT sum(hired) FROM people
SELECT avg(id), sum(id), sum(id) / count(id), sum(salary) / sum(id), typeof(sum(id)), typeof(avg(id)) FROM people
SELECT stddev(id), stddev_samp(id), stddev_pop(id), variance(id), var_samp(id), var_pop(id) FROM people
SELECT stddev(salary), var_samp(salary) FROM people WHERE id = 1
SELECT stddev_pop(salary), var_pop(salary) FROM people WHERE id = 1
SELECT corr(id, salary), covar_pop(id, salary), covar_samp(id, salary) FROM people
SELECT corr(id, 1), covar_samp(id, 1) FROM people WHERE id = 1
SELECT bit_and(id), bit_or(id), bit_xor(id) FROM people
SELECT sort_array(collect_set(dept)), size(collect_list(salary)) FROM people
SELECT collect_list(name) FROM people WHERE id < 3
SELECT count(*) FILTER (WHERE salary > 3600), sum(salary) FILTER (WHERE active) FROM people
SELECT dept, sum(salary) FILTER (WHERE active) FROM people GROUP BY dept
SELECT a, count(*) FROM VALUES (CAST('NaN' AS DOUBLE)), (CAST('NaN' AS DOUBLE)), (0.0D), (-0.0D), (NULL), (NULL), (CAST('Infinity' AS DOUBLE)) t(a) GROUP BY a ORDER BY a
SELECT DISTINCT a FROM VALUES (0.0D), (-0.0D) t(a)
SELECT count(DISTINCT a) FROM VALUES (0.0D), (-0.0D), (CAST('NaN' AS DOUBLE)), (CAST('NaN' AS DOUBLE)) t(a)
SELECT a FROM VALUES (0.0D) t(a) UNION SELECT -0.0D
SELECT min(a), max(a), sum(a), avg(a) FROM VALUES (CAST('NaN' AS DOUBLE)), (1D), (CAST('Infinity' AS DOUBLE)) t(a)
SELECT min(a), max(a) FROM VALUES (0.0D), (-0.0D) t(a)
SELECT sum(a) FROM VALUES (1e308D), (1e308D) t(a)
SELECT sum(a) FROM VALUES (9223372036854775807L), (1L) t(a)
SELECT avg(a) FROM VALUES (9223372036854775807L), (9223372036854775807L) t(a)
SELECT sum(a) FROM VALUES (2147483647), (2147483647) t(a)
SELECT sum(a), avg(a) FROM VALUES (1Y), (127Y) t(a)
SELECT sum(a), avg(a) FROM VALUES (1.5F), (2.25F) t(a)
SELECT sum(a), avg(a), max(a) FROM VALUES ('1'), ('2.5'), (NULL) t(a)
SELECT max(a) FROM VALUES (map(1, 2)) t(a)
SELECT max(array(1, 2)), min(struct(1, 'a'))
SELECT sum(DISTINCT a), count(DISTINCT a) FROM VALUES (1), (1), (NULL), (2) t(a)
SELECT first(a), last(a) FROM VALUES (1) t(a)
SELECT first(a, true), last(a, true) FROM VALUES (NULL), (1), (NULL) t(a)
SELECT any_value(a) FROM VALUES (5) t(a)
SELECT first(a) IGNORE NULLS FROM VALUES (NULL), (1) t(a)
SELECT a FROM VALUES (2), (NULL), (1) t(a) ORDER BY a
SELECT a FROM VALUES (2), (NULL), (1) t(a) ORDER BY a DESC
SELECT a FROM VALUES (2), (NULL), (1) t(a) ORDER BY a NULLS LAST
SELECT a FROM VALUES (2), (NULL), (1) t(a) ORDER BY a DESC NULLS FIRST
SELECT a FROM VALUES (CAST('NaN' AS DOUBLE)), (1D), (NULL), (CAST('Infinity' AS DOUBLE)), (CAST('-Infinity' AS DOUBLE)) t(a) ORDER BY a
SELECT a FROM VALUES (CAST('NaN' AS DOUBLE)), (1D), (NULL) t(a) ORDER BY a DESC
SELECT a FROM VALUES ('b'), ('A'), ('a'), ('é'), ('z'), (''), (NULL), ('😀'), ('ｚ') t(a) ORDER BY a
SELECT id, name FROM people ORDER BY 2, 1
SELECT id FROM people ORDER BY 3
SELECT id FROM people ORDER BY -id
SELECT id AS x FROM people ORDER BY x DESC
SELECT id AS name FROM people ORDER BY name
SELECT id FROM people ORDER BY salary, id
SELECT name AS id FROM people ORDER BY people.id
SELECT id * 2 AS y FROM people ORDER BY y + 1
SELECT id FROM people ORDER BY 1 + 1, id
SELECT dept, count(*) FROM people GROUP BY dept ORDER BY count(*) DESC, dept
SELECT dept FROM people GROUP BY dept ORDER BY sum(salary)
SELECT dept FROM people GROUP BY dept ORDER BY name
SELECT id FROM people ORDER BY id LIMIT 2
SELECT id FROM people ORDER BY id LIMIT 0
SELECT id FROM people ORDER BY id LIMIT 2 OFFSET 1
SELECT id FROM people ORDER BY id OFFSET 4
SELECT id FROM people LIMIT -1
SELECT id FROM people LIMIT 'x'
SELECT id FROM people LIMIT NULL
SELECT id FROM people LIMIT id
SELECT id FROM people ORDER BY id LIMIT 1 + 1
SELECT id FROM people ORDER BY id LIMIT ALL
SELECT id FROM people LIMIT 1.5
SELECT id FROM people LIMIT 3000000000
SELECT * FROM people ORDER BY hired NULLS LAST, id
SELECT * FROM (SELECT id FROM people ORDER BY id LIMIT 3) ORDER BY id DESC
SELECT active, id FROM people ORDER BY active DESC, id
SELECT 1 UNION SELECT 1
SELECT 1 UNION ALL SELECT 1
SELECT 1 UNION SELECT 1.5
SELECT 1 UNION SELECT 'a'
SELECT 1 UNION SELECT true
SELECT 1, 2 UNION SELECT 1
SELECT NULL UNION SELECT 1
SELECT 1 INTERSECT SELECT 1
SELECT 1 EXCEPT SELECT 1
SELECT 1 AS a UNION SELECT 2 AS b ORDER BY a
SELECT 1 AS a UNION SELECT 2 AS b ORDER BY b
SELECT dept FROM people UNION SELECT dept FROM depts ORDER BY dept
SELECT dept FROM people INTERSECT SELECT dept FROM depts ORDER BY dept
SELECT dept FROM people EXCEPT SELECT dept FROM depts
SELECT dept FROM depts EXCEPT SELECT dept FROM people
SELECT dept FROM people INTERSECT ALL SELECT dept FROM people
SELECT dept FROM people EXCEPT ALL SELECT dept FROM depts
SELECT dept FROM people MINUS SELECT dept FROM depts
SELECT 1 UNION ALL SELECT 2 UNION SELECT 2
(SELECT 1 LIMIT 1) UNION ALL (SELECT 2 LIMIT 1) LIMIT 1
SELECT DATE'2024-01-01' UNION SELECT TIMESTAMP'2024-01-01 10:00:00' ORDER BY 1
SELECT DATE'2024-01-01' UNION SELECT '2024-02-02' ORDER BY 1
SELECT 1 UNION SELECT NULL ORDER BY 1
SELECT CAST(1 AS DECIMAL(5,2)) UNION ALL SELECT CAST(1 AS DECIMAL(10,1))
SELECT 1L UNION ALL SELECT 1.5F
SELECT 1 UNION ALL SELECT 1.5F
WITH a AS (SELECT 1 x) SELECT * FROM a
WITH a AS (SELECT 1 x), b AS (SELECT x + 1 y FROM a) SELECT * FROM a, b
WITH a(p, q) AS (SELECT 1, 2) SELECT q FROM a
WITH a(p) AS (SELECT 1, 2) SELECT * FROM a
WITH a AS (SELECT 1), a AS (SELECT 2) SELECT * FROM a
WITH a AS (SELECT nope FROM people) SELECT 1
WITH a AS (SELECT * FROM nowhere) SELECT 1
WITH a AS (SELECT 1 + DATE'x') SELECT 1
WITH people AS (SELECT 1 AS z) SELECT * FROM people
WITH a AS (SELECT name FROM people GROUP BY dept) SELECT 1
WITH a AS (WITH b AS (SELECT 1 x) SELECT x FROM b) SELECT * FROM a
WITH a AS (SELECT 1 x) SELECT * FROM (WITH a AS (SELECT 2 x) SELECT * FROM a)
WITH a AS (SELECT 1/0 x) SELECT 1
WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a
SELECT * FROM VALUES (1, 'a'), (2, NULL) t(x, y)
VALUES (1, 2), (3, 4)
SELECT * FROM VALUES (1), (2.5), ('3')
SELECT * FROM VALUES (1), ('a')
SELECT * FROM VALUES (1, 2), (3)
SELECT * FROM VALUES (1), (true)
SELECT col1 FROM VALUES (1), (NULL)
SELECT * FROM VALUES 1, 2 AS t
SELECT * FROM VALUES (1 + 1, upper('a'))
SELECT * FROM VALUES (id)
SELECT t.* FROM VALUES (1, 2) t(a, a)
SELECT a FROM VALUES (1, 2) t(a, a)
SELECT * FROM VALUES (1, 2) t(a)
SELECT * FROM VALUES (1/0)
SELECT 1 AS A, 2 AS a
SELECT A FROM VALUES (1) t(a)
SELECT `a b` FROM VALUES (1) t(`a b`)
SELECT T.A FROM VALUES (1) t(a)
SELECT 1 AS `x y`, 2 `weird``tick`
SELECT 'it''s', "x", 'a\tb'
SELECT 1 AS order
SELECT a a FROM VALUES (1) t(a)
SELECT -1, - 1, +1, 1.0, 1.50, 1e2, 1L, 'x', true, NULL, DATE'2024-01-01', TIMESTAMP'2024-01-01 00:00:00', X'0F', 1Y, 2S, 1.5F, 2.5D, 3BD
SELECT count(*), count(1), sum(a + 1), max(DISTINCT a), COUNT(a) FROM VALUES (1) t(a)
SELECT a = 1, a <> 1, a != 1, a <=> 1, NOT a = 1, a IS NULL, a IS NOT NULL, a IN (1, 2), a NOT IN (1, 2), a BETWEEN 1 AND 2, a NOT BETWEEN 1 AND 2, a > 1 AND a < 2 OR a = 3 FROM VALUES (1) t(a)
SELECT CASE WHEN a = 1 THEN 'x' ELSE 'y' END, CASE a WHEN 1 THEN 'x' END, if(a = 1, 'x', 'y'), nvl(a, 1), a :: string, CAST(a AS DECIMAL(5,1)), a + 1, -a, ~a, a % 2, a DIV 2, a / 2, a || 'x', t.a, (a), ((a) + (1)) FROM VALUES (1) t(a)
SELECT CAST(a AS INT), CAST(a + 1 AS STRING), CAST(t.a AS STRING), CAST(CAST(a AS INT) AS STRING), try_cast(a AS INT), a :: int FROM VALUES (1) t(a)
SELECT a LIKE 'x', a NOT LIKE 'x', a RLIKE 'x', a ILIKE 'x', upper(a), Substring(a, 1, 2), substr(a, 1), length(a), trim(a), trim(BOTH 'x' FROM a), position('x' IN a), char_length(a), concat(a, 1), coalesce(a, 1) FROM VALUES ('a') t(a)
SELECT year(a), date_add(a, 1), a + 1, a - 1, a - DATE'2024-01-01', datediff(a, a), trunc(a, 'MM'), EXTRACT(YEAR FROM a), a + INTERVAL 1 DAY, day(a), last_day(a), add_months(a, 1) FROM VALUES (DATE'2024-01-01') t(a)
SELECT avg(a), mean(a), stddev(a), std(a), variance(a), first(a), first_value(a), last(a), collect_list(a), array_agg(a), any_value(a), bool_and(a > 1), every(a > 1), approx_count_distinct(a), count_if(a > 1), sum(DISTINCT a), count(DISTINCT a, a) FROM VALUES (1) t(a)
SELECT a > 1.5, a >= 1.5, a < 1.5, a <= 1.5, a = 1.5, 1.5 < a, 1.5 >= a FROM VALUES (1) t(a)
SELECT a > 1.5, a < 99999999999999999999 FROM VALUES (1L) t(a)
SELECT power(a, 2), pow(a, 2), sign(a), signum(a), ceil(a), ceiling(a), floor(a), round(a), round(a, 1), mod(a, 2), pmod(a, 2), greatest(a, 1), nullif(a, 1), ifnull(a, 1), isnull(a), isnotnull(a), ln(a), log10(a), log2(a), e(), pi() FROM VALUES (1.5) t(a)
SELECT lcase(a), ucase(a), char_length(a), character_length(a), len(a), left(a, 1), right(a, 1), lpad(a, 2), rpad(a, 2, 'x'), instr(a, 'x'), contains(a, 'x'), startswith(a, 'x'), endswith(a, 'x'), initcap(a), ascii(a), split(a, ','), replace(a, 'x'), repeat(a, 2), reverse(a), btrim(a), ltrim(a), concat_ws(',', a) FROM VALUES ('a') t(a)
SELECT *, 1 FROM VALUES (1) t(a)
SELECT *
SELECT t.* FROM VALUES (1) t(a)
SELECT x.* FROM VALUES (1) t(a)
SELECT count(t.*) FROM VALUES (1) t(a)
SELECT s.* FROM VALUES (struct(1, 2)) t(s)
SELECT * EXCEPT (a) FROM VALUES (1, 2) t(a, b)
SELECT a, sum(a) OVER () FROM VALUES (1) t(a)
SELECT (SELECT 1)
SELECT a FROM VALUES (1) t(a) WHERE a IN (SELECT 1)
SELECT a FROM VALUES (1) t(a) WHERE EXISTS (SELECT 1)
SELECT a, b FROM VALUES (1, 2) t(a, b) GROUP BY ALL
SELECT a FROM VALUES (1) t(a) ORDER BY ALL
SELECT a, count(*) FROM VALUES (1) t(a) GROUP BY ROLLUP(a)
SELECT 1 AS a, a + 1 AS b
SELECT explode(array(1,2))
SELECT * FROM range(3)
SELECT a FROM VALUES (1) t(a) TABLESAMPLE (50 PERCENT)
SELECT a FROM VALUES (1) t(a) |> WHERE a = 1
SELECT a FROM VALUES (1) t(a) WHERE a
SELECT a FROM VALUES (1) t(a) WHERE 'true'
SELECT a FROM VALUES (1) t(a) WHERE NULL
SELECT a FROM VALUES (1) t(a) WHERE 'x'
SELECT a FROM VALUES (1), (2), (NULL) t(a) WHERE a > 1
SELECT a FROM VALUES (1), (NULL) t(a) WHERE NOT (a = 1)
SELECT a FROM VALUES (1), (NULL) t(a) WHERE a NOT IN (2, NULL)
SELECT a FROM VALUES ('1'), ('x') t(a) WHERE a = 1
SELECT a FROM VALUES (0), (1) t(a) WHERE a <> 0 AND 1 / a > 0
SELECT a FROM VALUES (0), (1) t(a) WHERE CASE WHEN a = 0 THEN false ELSE 1 / a > 0 END
SELECT if(a = 0, 0, 1 / a) FROM VALUES (0), (1) t(a)
SELECT coalesce(a, 1 / 0) FROM VALUES (1) t(a)
SELECT a FROM VALUES (1) t(a) WHERE false AND 1 / 0 = 1
SELECT CASE WHEN true THEN 1 ELSE 1 / 0 END
SELECT 1 / 0 FROM VALUES (1) t(a) WHERE false
SELECT 1 / 0 FROM people LIMIT 0
SELECT sum(1 / a) FROM VALUES (0) t(a) WHERE a > 0
SELECT a / 0 FROM VALUES (1) t(a) LIMIT 0
SELECT a FROM VALUES (1) t(a) GROUP BY a HAVING a / 0 > 1
SELECT count(1 / a) FROM VALUES (0), (1) t(a)
SELECT true OR 1 / 0 > 1
SELECT 1 / 0 > 1 OR true
SELECT nvl(1, 1 / 0), nullif(1, 2), nvl2(1, 2, 1 / 0)
SELECT
SELECT FROM people
SELECT 1 FROM
SELECT 1 +
SELECT (1
SELECT 1)
SELECT 'abc
SELECT 1 AS
SELECT * FORM people
SELECT 1;
SELECT 1; SELECT 2
;
SELECT 1 -- comment
SELECT /* c */ 1
SELECT /*+ BROADCAST(p) */ 1 FROM people p LIMIT 0
FROM people SELECT id LIMIT 0
SELECT id FROM people WHERE
SELECT a.b.c.d.e FROM people
SELECT id FROM people GROUP BY
SELECT DISTINCT ON (id) id FROM people
SELECT TOP 1 id FROM people
SELECT id FROM people LIMIT 1, 2
SELECT ALL id FROM people LIMIT 0
SELECT current_user()
SELECT `people`.`id` FROM `people` LIMIT 0
SELECT id FROM spark_catalog.default.people
SELECT people.id AS `a.b` FROM people LIMIT 0
SELECT `a.b` FROM VALUES (1) t(`a.b`)
SELECT a.b FROM VALUES (1) t(`a.b`)
INSERT INTO people VALUES (1)
CREATE TABLE x (a INT)
DROP VIEW people
SHOW TABLES
DESCRIBE people
SET spark.sql.ansi.enabled=false
EXPLAIN SELECT 1
SELECT $1
SELECT :x
SELECT ?
SELECT a[0] FROM VALUES (array(1, 2)) t(a)
SELECT a[5] FROM VALUES (array(1, 2)) t(a)
SELECT a['x'] FROM VALUES (map('x', 1)) t(a)
SELECT s.x, s.X FROM VALUES (named_struct('x', 1)) t(s)
SELECT s.y FROM VALUES (named_struct('x', 1)) t(s)
SELECT a.x FROM VALUES (1) t(a)
