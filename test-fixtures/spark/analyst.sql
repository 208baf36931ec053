# What an analyst asks of one table, and small things beside.
SELECT lag(x, 1, 0.5) OVER (ORDER BY x), lag(x, 1, 2L) OVER (ORDER BY x), typeof(lag(x, 1, NULL) OVER (ORDER BY x)) FROM VALUES (1), (2) t(x)
SELECT lag(x, 1, 'q') OVER (ORDER BY x) FROM VALUES (1), (2) t(x)
SELECT lag(x, 1, '7') OVER (ORDER BY x), lead(x, 1, 3) OVER (ORDER BY x) FROM VALUES (1Y), (2Y) t(x)
SELECT lag(x, 1, 1) OVER (ORDER BY x) FROM VALUES (1.50), (2.25) t(x)
SELECT lag(x, 1, 12345.678) OVER (ORDER BY x) FROM VALUES (1.50), (2.25) t(x)
SELECT lag(x, 1, 0) OVER (ORDER BY x) FROM VALUES ('a'), ('b') t(x)
SELECT concat_ws(',', array('a', NULL, 'b'), 'c', NULL), concat_ws('-', array()), concat_ws('-', CAST(NULL AS ARRAY<STRING>), 'z'), concat_ws(NULL, array('a')), concat_ws(',', array(1, 2)), concat_ws('', array('x'), array('y'), 'z')
SELECT k, concat_ws('/', collect_list(v)), concat_ws('/', sort_array(collect_set(v)), k) FROM VALUES ('a', 'x'), ('a', 'y'), ('b', NULL) t(k, v) GROUP BY k ORDER BY k
do CREATE OR REPLACE TEMP VIEW emp AS SELECT * FROM VALUES (1,'Ann','eng',100.50,DATE'2020-01-15'),(2,'Bob','eng',200.00,DATE'2021-06-30'),(3,'Cy','ops',NULL,DATE'2019-12-31'),(4,'Di',NULL,50.25,NULL),(5,'Ed','ops',300.75,DATE'2020-02-29') t(id,name,dept,sal,hired)
SELECT dept, count(*) AS n, round(avg(sal), 1) AS avg_sal, max(hired) FROM emp GROUP BY dept HAVING n >= 1 ORDER BY avg_sal DESC NULLS LAST
SELECT name, sal, CASE WHEN sal >= 200 THEN 'high' WHEN sal IS NULL THEN 'unknown' ELSE 'low' END AS band FROM emp ORDER BY id
SELECT year(hired) AS y, quarter(hired) AS q, sum(sal) FROM emp GROUP BY ALL ORDER BY y, q
SELECT dept, name, sal, sal - avg(sal) OVER (PARTITION BY dept) AS diff, ntile(2) OVER (ORDER BY sal NULLS LAST) AS half FROM emp ORDER BY id
SELECT * FROM emp TABLESAMPLE (100 PERCENT) ORDER BY id
SELECT count(*) FROM emp TABLESAMPLE (0 PERCENT)
SELECT * EXCEPT (sal, hired) FROM emp ORDER BY 1
SELECT * EXCEPT (nope) FROM emp
SELECT emp.*, id * 2 AS dbl FROM emp WHERE name LIKE '_i%' OR name RLIKE '^A' ORDER BY id
SELECT coalesce(dept, 'none') d, string(sal), sal::int, sal::string || '!' FROM emp ORDER BY id
SELECT date_format(hired, 'MMM yyyy') m, count(*) FROM emp GROUP BY 1 ORDER BY min(hired)
SELECT hired, hired + INTERVAL 1 YEAR, add_months(hired, 1), datediff(DATE'2021-01-01', hired), months_between(DATE'2021-01-01', hired), last_day(hired), date_trunc('month', hired) FROM emp ORDER BY id
SELECT a.name, b.name FROM emp a JOIN emp b ON a.dept = b.dept AND a.id < b.id ORDER BY 1
SELECT name FROM emp WHERE sal > ANY (SELECT sal FROM emp WHERE dept = 'eng')
SELECT name FROM emp WHERE sal >= ALL (SELECT sal FROM emp WHERE sal IS NOT NULL)
SELECT dept, collect_list(name), array_join(collect_list(name), '/'), concat_ws(',', collect_list(name)) FROM emp WHERE dept IS NOT NULL GROUP BY dept ORDER BY dept
SELECT first_value(name) OVER (ORDER BY sal DESC NULLS LAST, id), last_value(name) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM emp ORDER BY id
SELECT sum(sal) FILTER (WHERE dept = 'eng') / sum(sal) AS share, count_if(sal > 100), count(DISTINCT dept) FROM emp
SELECT id, sum(sal) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) running, lag(sal, 1, 0) OVER (ORDER BY id) prev, sal / lag(sal) OVER (ORDER BY id) - 1 AS growth FROM emp ORDER BY id
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY sal), percentile_approx(sal, 0.5), median(sal), mode(dept) FROM emp
SELECT IDENTIFIER('name'), IDENTIFIER('emp.id') FROM IDENTIFIER('emp') ORDER BY 2
SELECT id FROM emp ORDER BY id LIMIT ALL OFFSET 3
SELECT id FROM emp ORDER BY id LIMIT 2 OFFSET 10
SELECT dept, sal FROM emp QUALIFY row_number() OVER (PARTITION BY dept ORDER BY sal DESC) = 1
SELECT name AS n FROM emp WHERE n = 'Ann'
SELECT upper(name) AS name FROM emp WHERE name = 'Ann' ORDER BY name
SELECT sal * 1.1, sal / 3, sal + 1, sal * sal, -sal, sal % 7, round(sal / 3, 2), sal > 100.5, sal = 100.50D FROM emp ORDER BY id
SELECT sum(sal), avg(sal), min(sal), stddev(sal), typeof(sum(sal)), typeof(avg(sal)) FROM emp
SELECT substring(name, 1, 1), lpad(id, 3, '0'), initcap(lower(name)), length(name), reverse(name), repeat('*', id) FROM emp ORDER BY id
SELECT map_from_arrays(collect_list(id), collect_list(name)) FROM emp
SELECT to_json(struct(id, name, sal, hired)) FROM emp ORDER BY id
SELECT explode(sequence(1, id)) AS s, id FROM emp WHERE id < 4 ORDER BY id, s
SELECT id, x FROM emp LATERAL VIEW OUTER explode(CASE WHEN id < 3 THEN array(id, id * 10) END) e AS x ORDER BY id, x
SELECT dept, sum(sal) FROM emp GROUP BY dept WITH ROLLUP ORDER BY dept NULLS FIRST, 2
SELECT dept, count(*) FROM emp GROUP BY dept UNION ALL SELECT 'total', count(*) FROM emp ORDER BY 2, 1 NULLS FIRST
SELECT * FROM emp WHERE hired BETWEEN '2020-01-01' AND '2020-12-31' ORDER BY id
SELECT * FROM emp WHERE hired > '2020' ORDER BY id
SELECT * FROM emp WHERE sal IN (50.25, 200) ORDER BY id
SELECT * FROM emp WHERE dept <> 'eng' ORDER BY id
SELECT * FROM emp WHERE NOT dept = 'eng' OR dept IS NULL ORDER BY id
SELECT * FROM emp WHERE dept <=> NULL
SELECT count(*), count(sal), count(DISTINCT sal), sum(CASE WHEN sal > 100 THEN 1 END) FROM emp
FROM emp |> WHERE sal > 60 |> AGGREGATE sum(sal) AS total GROUP BY dept |> ORDER BY total DESC
FROM emp |> EXTEND sal * 2 AS dbl |> SELECT id, dbl |> ORDER BY id |> LIMIT 2
FROM emp |> SET sal = coalesce(sal, 0) |> DROP hired |> ORDER BY id
FROM emp |> AS e |> JOIN (SELECT 'eng' AS dept, 'x' AS boss) b USING (dept) |> ORDER BY id
SELECT stack(2, 'a', 1, 'b', 2) AS (k, v)
SELECT inline(array(struct(id, name))) FROM emp ORDER BY 1
SELECT try_divide(sal, 0), sal / nullif(0, 0), try_to_number('x', '99') FROM emp ORDER BY id LIMIT 1
SELECT sal / 0 FROM emp WHERE id = 1
SELECT CAST(name AS INT) FROM emp WHERE id = 1
SELECT id, nvl2(sal, 'y', 'n'), nullif(dept, 'eng'), ifnull(sal, 0), greatest(sal, 100), least(id, 2, NULL) FROM emp ORDER BY id
SELECT hash(id, name), crc32(name), sha2(name, 256), md5(name) FROM emp ORDER BY id LIMIT 2
SELECT id, width_bucket(sal, 0, 300, 3), floor(sal), ceil(sal), sign(sal - 100), bround(sal, 0) FROM emp ORDER BY id
WITH r AS (SELECT dept, sum(sal) s FROM emp GROUP BY dept) SELECT e.name, r.s, round(e.sal / r.s * 100, 2) pct FROM emp e JOIN r ON e.dept <=> r.dept ORDER BY e.id
SELECT dept FROM emp GROUP BY dept HAVING count(*) = (SELECT max(c) FROM (SELECT count(*) c FROM emp GROUP BY dept)) ORDER BY dept
SELECT name, (SELECT count(*) FROM emp b WHERE b.sal > a.sal) + 1 AS rnk FROM emp a WHERE sal IS NOT NULL ORDER BY rnk
SELECT * FROM emp NATURAL JOIN (SELECT 1 AS id, 'z' AS extra)
SELECT a.dept, b.dept FROM emp a FULL JOIN (VALUES ('eng'), ('hr')) b(dept) ON a.dept = b.dept ORDER BY ALL
SELECT ROW_NUMBER() OVER (PARTITION BY dept ORDER BY hired) rn, * FROM emp ORDER BY id
SELECT any_value(name) IGNORE NULLS, every(sal > 10), bool_or(sal > 300), bit_or(id) FROM emp
SELECT array_agg(DISTINCT dept), approx_count_distinct(dept), sort_array(collect_set(dept)) FROM emp WHERE dept = 'eng'
SELECT min_by(name, sal), max_by(name, hired) FROM emp
SELECT id, array(sal, 1)[0], struct(id, name).name, map('k', sal)['k'], array_contains(array(dept, 'x'), 'x') FROM emp ORDER BY id
SELECT current_catalog(), current_database(), current_schema()
SELECT version() IS NOT NULL, typeof(current_timestamp()), typeof(now()), typeof(uuid())
SELECT /*+ COALESCE(1) */ id FROM emp ORDER BY id
SELECT id FROM emp DISTRIBUTE BY dept SORT BY id
SELECT name, dept FROM emp ORDER BY dept DESC, name LIMIT 3
SELECT dept, sal, rank() OVER w, sum(sal) OVER w FROM emp WINDOW w AS (PARTITION BY dept ORDER BY sal) ORDER BY id
SELECT id, CASE dept WHEN 'eng' THEN 1 WHEN 'ops' THEN 2 END c, decode(dept, 'eng', 'E', 'ops', 'O', '?') d, if(sal > 100, 'a', 'b') FROM emp ORDER BY id
SELECT regexp_replace(name, '[aeiou]', '*'), regexp_extract(name, '([A-Z])', 1), translate(name, 'An', 'Xy'), split(name, '')[0], instr(name, 'n') FROM emp ORDER BY id
SELECT to_date('15/01/2020', 'dd/MM/yyyy') = hired, unix_timestamp(hired), from_unixtime(0), dayofweek(hired), weekofyear(hired), date_part('month', hired) FROM emp ORDER BY id
SELECT sequence(DATE'2024-01-01', DATE'2024-01-03'), make_date(2024, 2, id), date_add(hired, id) FROM emp ORDER BY id
SELECT sum(id) OVER (ORDER BY hired RANGE BETWEEN INTERVAL 1 YEAR PRECEDING AND CURRENT ROW) FROM emp ORDER BY id
SELECT * FROM (SELECT dept, year(hired) y, sal FROM emp) PIVOT (sum(sal) FOR y IN (2019, 2020, 2021)) ORDER BY dept
SELECT * FROM (SELECT dept, year(hired) y, sal FROM emp) PIVOT (sum(sal) AS s, max(sal) AS m FOR y IN (2020 AS a, 2021 AS b)) ORDER BY dept
SELECT id, k, v FROM (SELECT id, CAST(sal AS STRING) sal, name FROM emp) UNPIVOT (v FOR k IN (sal, name)) ORDER BY id, k
SELECT count(DISTINCT dept, name), count(dept, sal), sum(DISTINCT id) FROM emp
SELECT a.id FROM emp a LEFT ANTI JOIN emp b ON a.id = b.id + 1 ORDER BY 1
SELECT id, name FROM emp EXCEPT SELECT id, name FROM emp WHERE id > 2 ORDER BY id
SELECT dept FROM emp INTERSECT SELECT dept FROM emp WHERE sal > 100 ORDER BY dept
SELECT grouping(dept), dept, grouping_id(), sum(sal) FROM emp GROUP BY CUBE(dept) ORDER BY 1, 2
