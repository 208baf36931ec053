# What EXPLAIN prints, ids and places left out.
view people test-fixtures/spark/data/people.csv
view depts test-fixtures/spark/data/depts.csv
view types test-fixtures/spark/data/types.parquet
view nested test-fixtures/spark/data/nested.parquet
view lines test-fixtures/spark/data/people.jsonl
set spark.sql.shuffle.partitions=4
set spark.sql.leafNodeDefaultParallelism=3
EXPLAIN SELECT * FROM people
EXPLAIN SELECT id, name FROM people WHERE salary > 3000 AND dept = 'eng'
EXPLAIN SELECT id + 1 AS next FROM people WHERE name LIKE 'A%' OR name IS NULL
EXPLAIN SELECT dept, count(*), avg(salary) FROM people GROUP BY dept
EXPLAIN SELECT dept, count(DISTINCT name) FROM people GROUP BY dept
EXPLAIN SELECT dept, count(DISTINCT name), sum(salary) FROM people GROUP BY dept HAVING sum(salary) > 10
EXPLAIN SELECT DISTINCT dept FROM people
EXPLAIN SELECT name FROM people ORDER BY salary DESC, name LIMIT 3
EXPLAIN SELECT name FROM people ORDER BY salary DESC NULLS LAST
EXPLAIN SELECT name FROM people LIMIT 3
EXPLAIN SELECT name FROM people LIMIT 3 OFFSET 2
EXPLAIN SELECT p.name, d.* FROM people p JOIN depts d ON p.dept = d.dept
EXPLAIN SELECT p.name FROM people p LEFT JOIN depts d ON p.dept = d.dept WHERE p.id > 1
EXPLAIN SELECT p.name FROM people p LEFT ANTI JOIN depts d ON p.dept = d.dept
EXPLAIN SELECT p.name FROM people p FULL OUTER JOIN depts d ON p.dept = d.dept
EXPLAIN SELECT p.name FROM people p CROSS JOIN depts d
EXPLAIN SELECT /*+ MERGE(d) */ p.name FROM people p JOIN depts d ON p.dept = d.dept
EXPLAIN SELECT /*+ SHUFFLE_HASH(d) */ p.name FROM people p JOIN depts d ON p.dept = d.dept
EXPLAIN SELECT /*+ BROADCAST(p) */ p.name FROM people p JOIN depts d ON p.dept = d.dept
EXPLAIN SELECT /*+ REPARTITION(3, dept) */ name FROM people
EXPLAIN SELECT /*+ REPARTITION(3) */ name FROM people
EXPLAIN SELECT /*+ COALESCE(1) */ name FROM people
EXPLAIN SELECT name FROM people WHERE dept IN (SELECT dept FROM depts)
EXPLAIN SELECT name FROM people p WHERE EXISTS (SELECT 1 FROM depts d WHERE d.dept = p.dept)
EXPLAIN SELECT name FROM people WHERE salary > (SELECT avg(salary) FROM people)
EXPLAIN SELECT name, (SELECT max(id) FROM people) AS top FROM people
EXPLAIN SELECT name, row_number() OVER (PARTITION BY dept ORDER BY salary DESC) AS place FROM people
EXPLAIN SELECT name, sum(salary) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM people
EXPLAIN SELECT name, rank() OVER (PARTITION BY dept ORDER BY salary) r FROM people QUALIFY r = 1
EXPLAIN SELECT * FROM (SELECT name, row_number() OVER (PARTITION BY dept ORDER BY salary) r FROM people) WHERE r <= 2
EXPLAIN SELECT id FROM people UNION ALL SELECT id FROM lines
EXPLAIN SELECT dept FROM people UNION SELECT dept FROM depts
EXPLAIN SELECT dept FROM people INTERSECT SELECT dept FROM depts
EXPLAIN SELECT dept FROM people EXCEPT SELECT dept FROM depts
EXPLAIN SELECT explode(array(1, 2)) FROM people
EXPLAIN SELECT name, v FROM people LATERAL VIEW explode(array(id, id + 1)) t AS v
EXPLAIN SELECT * FROM range(10)
EXPLAIN SELECT * FROM range(10) WHERE id > 5
EXPLAIN SELECT sum(id) FROM range(0, 1000, 3, 4)
EXPLAIN SELECT 1
EXPLAIN SELECT 1 + 1 AS two, upper('a')
EXPLAIN SELECT * FROM VALUES (1, 'a'), (2, 'b') t(a, b)
EXPLAIN SELECT a FROM VALUES (1, 'a'), (2, 'b') t(a, b) WHERE a > 1
EXPLAIN SELECT * FROM people WHERE false
EXPLAIN SELECT dept, sum(salary) FROM people GROUP BY ROLLUP (dept, name)
EXPLAIN SELECT CASE WHEN salary > 10 THEN 'high' ELSE 'low' END AS level, count(*) FROM people GROUP BY 1
EXPLAIN SELECT dept, max(name), min(name) FROM people GROUP BY dept
EXPLAIN SELECT dept, collect_list(name), first(name) FROM people GROUP BY dept
EXPLAIN SELECT dept, approx_count_distinct(name), percentile(salary, 0.5), stddev(salary) FROM people GROUP BY dept
EXPLAIN SELECT sum(salary) FILTER (WHERE id > 1) FROM people
EXPLAIN SELECT * FROM people PIVOT (sum(salary) FOR dept IN ('eng', 'ops'))
EXPLAIN WITH big AS (SELECT * FROM people WHERE salary > 100) SELECT a.name FROM big a JOIN big b ON a.id = b.id
EXPLAIN SELECT a.dept, a.n, b.n FROM (SELECT dept, count(*) n FROM people GROUP BY dept) a JOIN (SELECT dept, count(*) n FROM people GROUP BY dept) b ON a.dept = b.dept
EXPLAIN EXTENDED SELECT dept, count(*) AS n FROM people WHERE salary > 100 GROUP BY dept ORDER BY n DESC LIMIT 2
EXPLAIN EXTENDED SELECT p.name, d.dept FROM people p, depts d WHERE p.dept = d.dept AND p.id > 1 + 1
EXPLAIN EXTENDED SELECT name FROM people WHERE id IN (1, 2, 3) AND NOT (salary < 10)
EXPLAIN FORMATTED SELECT dept, count(*) AS n FROM people WHERE salary > 100 GROUP BY dept ORDER BY n DESC LIMIT 2
EXPLAIN FORMATTED SELECT p.name FROM people p JOIN depts d ON p.dept = d.dept ORDER BY p.name
EXPLAIN FORMATTED SELECT name, row_number() OVER (PARTITION BY dept ORDER BY salary) r FROM people
EXPLAIN FORMATTED SELECT name, v FROM people LATERAL VIEW explode(array(id, id + 1)) t AS v
EXPLAIN FORMATTED SELECT id FROM people UNION ALL SELECT id FROM lines
EXPLAIN FORMATTED SELECT * FROM people WHERE id > 1
EXPLAIN FORMATTED SELECT * FROM range(10) LIMIT 3
EXPLAIN FORMATTED SELECT DISTINCT dept FROM people WHERE id > (SELECT min(id) FROM people)
EXPLAIN COST SELECT name FROM people WHERE id > 1
EXPLAIN SELECT * FROM types
EXPLAIN SELECT * FROM nested
EXPLAIN SELECT name FROM lines WHERE id = 1
EXPLAIN SELECT dept, sum(salary) s FROM people GROUP BY dept ORDER BY s
EXPLAIN SELECT /*+ REBALANCE */ name FROM people
EXPLAIN SELECT name FROM people SORT BY name
EXPLAIN SELECT name FROM people DISTRIBUTE BY dept
EXPLAIN SELECT name FROM people CLUSTER BY dept
EXPLAIN SELECT name FROM people TABLESAMPLE (10 PERCENT) REPEATABLE (3)
EXPLAIN SELECT name FROM people WHERE upper(name) = 'ANN' AND year(DATE'2024-01-01') = 2024
EXPLAIN SELECT count(*) FROM people
EXPLAIN SELECT name FROM people p WHERE salary > (SELECT avg(salary) FROM people q WHERE q.dept = p.dept)
EXPLAIN SELECT name FROM people WHERE dept NOT IN (SELECT dept FROM depts)
EXPLAIN SELECT * FROM people p JOIN depts d ON p.id > length(d.dept)
EXPLAIN SELECT p.name FROM people p RIGHT JOIN depts d ON p.dept = d.dept AND p.salary > 10
EXPLAIN SELECT id FROM people WHERE salary BETWEEN 10 AND 20
EXPLAIN SELECT coalesce(name, 'none'), nvl(dept, 'x'), if(id > 1, 'a', 'b') FROM people
EXPLAIN SELECT substring(name, 1, 2), name || dept, cast(id AS string), round(salary, 1) FROM people
EXPLAIN SELECT dept, count(*) FROM people GROUP BY dept ORDER BY count(*) DESC
EXPLAIN SELECT dept FROM people GROUP BY dept HAVING count(*) > 1 ORDER BY dept LIMIT 5
EXPLAIN SELECT a.id FROM range(5) a JOIN range(7) b ON a.id = b.id
EXPLAIN CODEGEN SELECT 1
set spark.sql.adaptive.enabled=false
EXPLAIN SELECT * FROM people
EXPLAIN SELECT dept, count(*), avg(salary) FROM people GROUP BY dept
EXPLAIN SELECT p.name, d.* FROM people p JOIN depts d ON p.dept = d.dept
EXPLAIN SELECT p.name FROM people p FULL OUTER JOIN depts d ON p.dept = d.dept
EXPLAIN SELECT name, row_number() OVER (PARTITION BY dept ORDER BY salary DESC) AS place FROM people
EXPLAIN SELECT name FROM people WHERE salary > (SELECT avg(salary) FROM people)
EXPLAIN SELECT name FROM people ORDER BY salary DESC, name LIMIT 3
EXPLAIN SELECT name, v FROM people LATERAL VIEW explode(array(id, id + 1)) t AS v
EXPLAIN SELECT sum(id) FROM range(0, 1000, 3, 4)
EXPLAIN SELECT dept FROM people UNION SELECT dept FROM depts
EXPLAIN SELECT dept, collect_list(name), first(name) FROM people GROUP BY dept
EXPLAIN SELECT a.dept, a.n, b.n FROM (SELECT dept, count(*) n FROM people GROUP BY dept) a JOIN (SELECT dept, count(*) n FROM people GROUP BY dept) b ON a.dept = b.dept
EXPLAIN FORMATTED SELECT DISTINCT dept FROM people WHERE id > (SELECT min(id) FROM people)
EXPLAIN FORMATTED SELECT p.name FROM people p JOIN depts d ON p.dept = d.dept ORDER BY p.name
unset spark.sql.adaptive.enabled
set spark.sql.autoBroadcastJoinThreshold=-1
EXPLAIN SELECT p.name, d.* FROM people p JOIN depts d ON p.dept = d.dept
EXPLAIN SELECT p.name FROM people p LEFT ANTI JOIN depts d ON p.dept = d.dept
EXPLAIN SELECT p.name FROM people p, depts d
EXPLAIN SELECT p.name FROM people p LEFT JOIN depts d ON p.id > 2
unset spark.sql.autoBroadcastJoinThreshold
set spark.sql.shuffle.partitions=7
EXPLAIN SELECT dept, count(*) FROM people GROUP BY dept
