# Arrays, maps and structs: order with nulls within, functions that take functions, generators, PIVOT and UNPIVOT, sets of maps.
SELECT * FROM VALUES (struct(1,2)),(struct(1,NULL)),(struct(NULL,3)),(struct(NULL,NULL)),(NULL) t(s) ORDER BY s
SELECT * FROM VALUES (array(1,2)),(array(1,NULL)),(array(NULL,3)),(array(NULL)),(NULL),(array()),(array(1)) t(s) ORDER BY s
SELECT * FROM VALUES (array(1,2)),(array(1,NULL)),(array(NULL,3)),(array(NULL)),(NULL),(array()),(array(1)) t(s) ORDER BY s DESC
SELECT max(s), min(s) FROM VALUES (array(1,2)),(array(1,NULL)),(array(NULL,3)),(array(NULL)),(NULL),(array()),(array(1)) t(s)
SELECT max(s), min(s), max_by(s, s), min_by(1, s) FROM VALUES (struct(1,2)),(struct(1,NULL)),(struct(NULL,3)),(NULL) t(s)
SELECT struct(1,NULL) = struct(1,NULL), struct(1,NULL) < struct(1,2), struct(1,NULL) > struct(1,2), struct(1,NULL) <=> struct(1,NULL), array(1,NULL) < array(1,2), array(1,NULL) = array(1,NULL), array(NULL) < array(1), struct(1,NULL) IN (struct(1,NULL)), struct(1,NULL) <> struct(1,2)
SELECT greatest(struct(1,NULL), struct(1,2)), least(struct(1,NULL), struct(1,2)), greatest(array(1,NULL), array(1,2)), least(array(1,NULL), array(1,2))
SELECT sort_array(array(struct(1,NULL), struct(1,2), NULL)), array_sort(array(struct(1,2), struct(1,NULL), NULL)), array_max(array(struct(1,2), struct(1,NULL))), array_min(array(struct(1,2), struct(1,NULL)))
SELECT s, rank() OVER (ORDER BY s) r FROM VALUES (struct(1,2)),(struct(1,NULL)),(struct(NULL,3)),(NULL) t(s) ORDER BY r
SELECT a.s, b.s FROM VALUES (struct(1,2)),(struct(1,NULL)),(NULL) a(s) JOIN VALUES (struct(1,2)),(struct(1,NULL)),(NULL) b(s) ON a.s <= b.s ORDER BY ALL
SELECT a.s, b.s FROM VALUES (struct(1,2)),(struct(1,NULL)),(NULL) a(s) JOIN VALUES (struct(1,2)),(struct(1,NULL)),(NULL) b(s) ON a.s = b.s ORDER BY ALL
SELECT s, count(*) FROM VALUES (struct(1,2)),(struct(1,NULL)),(struct(1,NULL)),(NULL) t(s) GROUP BY s ORDER BY s DESC
SELECT s FROM VALUES (struct(1,array(1,NULL))),(struct(1,array(1,0))),(struct(1,NULL)) t(s) ORDER BY s
SELECT s, lag(s) OVER (ORDER BY s DESC) FROM VALUES (struct('a',CAST('NaN' AS DOUBLE))),(struct('a',1D)),(struct('a',NULL)) t(s) ORDER BY s DESC LIMIT 2
SELECT array_sort(array(array(1,NULL), array(1,0), array())), sort_array(array(array(1,NULL), array(1,0), NULL), false)
SELECT s BETWEEN struct(1,NULL) AND struct(1,3) FROM VALUES (struct(1,2)),(struct(1,NULL)),(struct(0,9)) t(s)
SELECT listagg(x) WITHIN GROUP (ORDER BY struct(x, y)) FROM VALUES ('b', 1), ('a', NULL), ('a', 0) t(x, y)
SELECT array_sort(array(struct('b',1), struct('a',NULL), struct('a', 0)), (l, r) -> CASE WHEN l < r THEN -1 WHEN l > r THEN 1 ELSE 0 END)
SELECT first(s), last(s) FROM (SELECT s FROM VALUES (struct(1,2)),(struct(1,NULL)) t(s) ORDER BY s)
SELECT id, transform(a, x -> x + 1), transform(a, (x, i) -> x * i), filter(a, x -> x > 1), filter(a, (x, i) -> i > 0), exists(a, x -> x > 2), forall(a, x -> x > 0) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, aggregate(a, 0, (acc, x) -> acc + x), aggregate(a, 0, (acc, x) -> acc + coalesce(x, 0), acc -> acc * 10), reduce(a, 0L, (acc, x) -> acc + x) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, zip_with(a, s, (x, y) -> concat(x, y)), zip_with(a, a, (x, y) -> x = y), arrays_zip(a, s), arrays_zip(s, a).a FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, array_sort(a), array_sort(a, (l, r) -> r - l), sort_array(a), sort_array(a, false), sort_array(s), array_sort(s) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, array_contains(a, 1), array_contains(s, 'a'), array_position(a, 2), array_position(s, 'q'), array_remove(a, 5), array_distinct(a), array_max(a), array_min(a), array_size(a), size(a), cardinality(m) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, array_union(a, array(1,9)), array_intersect(a, array(1,NULL)), array_except(a, array(1)), arrays_overlap(a, array(9)), arrays_overlap(a, array(9,NULL)), array_append(a, 4), array_prepend(a, NULL), array_compact(a) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, array_insert(a, 1, 100), array_insert(a, -1, 100), array_insert(a, 6, 100), array_repeat(id, 2), array_repeat(NULL, id), array_join(s, ','), array_join(s, ',', '-'), concat(a, array(1)), reverse(a), flatten(array(a, a)), slice(a, 2, 2), slice(a, -2, 2) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, element_at(a, 1), element_at(a, -1), try_element_at(a, 10), element_at(m, 'x'), element_at(m, 'nope'), m['x'], m['nope'], m.x, get(a, 0), get(a, 9), get(a, -1) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, map_keys(m), map_values(m), map_entries(m), map_concat(m, map('z', 3)), map_filter(m, (k, v) -> v > 0), transform_keys(m, (k, v) -> upper(k)), transform_values(m, (k, v) -> coalesce(v, 0) + 1), map_contains_key(m, 'x'), map_zip_with(m, map('x', 2), (k, v1, v2) -> v1 + v2) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, map_from_arrays(s, s) IS NULL FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, map_from_entries(map_entries(m)), map_from_arrays(array('k'), array(id)), str_to_map('a:1,b'), named_struct('q', id, 'r', a) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, st.a, st.b, st.a + 1, struct(st.*, id), named_struct('n', st).n.b, st IS NULL, st.a IS NULL FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, to_json(st), to_json(m), to_json(a), to_json(struct(a, s, m, st)), to_csv(st), to_json(struct(id, NULL AS n)), to_json(map(id, st)) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, explode(a) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, explode_outer(a) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, posexplode(a) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, posexplode_outer(s) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, explode(m) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, explode_outer(m) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, inline(array(st, st)) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, inline_outer(array(st)) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, stack(2, id, 'a', id + 1, 'b') FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, explode(map('k', id)) AS (k, v) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, posexplode(s) AS (p, c) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, explode(transform(a, x -> x * 2)) AS d FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, a[0], a[id % 2], s[1] FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, a = array(3,1,NULL,2), a <=> NULL, a IN (array(5,5,-1)), st = struct(7,'q'), st < struct(5, 'z'), greatest(a, array(4)), a > array(3) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, CAST(a AS STRING), CAST(m AS STRING), CAST(st AS STRING), CAST(a AS ARRAY<STRING>), CAST(st AS STRUCT<x: BIGINT, y: STRING>), CAST(m AS MAP<STRING, DOUBLE>) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, aggregate(s, '', (acc, x) -> acc || coalesce(x, '?')), array_agg(id) OVER (), collect_list(st) OVER (ORDER BY id) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, cardinality(a), size(m), sentences('Hi there. You') FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, filter(map_entries(m), e -> e.value IS NOT NULL), transform(map_keys(m), k -> m[k]) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, transform(a, x -> transform(s, y -> concat(x, y))), transform(a, x -> struct(x AS v, id AS i)), nullif(a, array()), coalesce(a, array(0)), ifnull(size(a), 0) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT id, any_value(id) OVER (PARTITION BY size(a)), try_add(id, NULL), equal_null(a, a), if(size(a) > 0, a[0], NULL) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st)
SELECT * FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW explode(a) e AS x ORDER BY id
SELECT id, count(*) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW explode(a) e AS x GROUP BY id ORDER BY id
SELECT id, e.* FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW explode(a) e AS x LATERAL VIEW explode(array(1,2)) f AS y WHERE y = 1 ORDER BY id
SELECT * FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW explode(m) e AS k, v ORDER BY id
SELECT id, count(*) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW explode(m) e AS k, v GROUP BY id ORDER BY id
SELECT id, e.* FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW explode(m) e AS k, v LATERAL VIEW explode(array(1,2)) f AS y WHERE y = 1 ORDER BY id
SELECT * FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW OUTER explode(a) e AS x ORDER BY id
SELECT id, count(*) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW OUTER explode(a) e AS x GROUP BY id ORDER BY id
SELECT id, e.* FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW OUTER explode(a) e AS x LATERAL VIEW explode(array(1,2)) f AS y WHERE y = 1 ORDER BY id
SELECT * FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW OUTER posexplode(s) e AS p, x ORDER BY id
SELECT id, count(*) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW OUTER posexplode(s) e AS p, x GROUP BY id ORDER BY id
SELECT id, e.* FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW OUTER posexplode(s) e AS p, x LATERAL VIEW explode(array(1,2)) f AS y WHERE y = 1 ORDER BY id
SELECT * FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW inline(array(st)) e ORDER BY id
SELECT id, count(*) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW inline(array(st)) e GROUP BY id ORDER BY id
SELECT id, e.* FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW inline(array(st)) e LATERAL VIEW explode(array(1,2)) f AS y WHERE y = 1 ORDER BY id
SELECT * FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW OUTER inline(array(st)) e AS aa, bb ORDER BY id
SELECT id, count(*) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW OUTER inline(array(st)) e AS aa, bb GROUP BY id ORDER BY id
SELECT id, e.* FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW OUTER inline(array(st)) e AS aa, bb LATERAL VIEW explode(array(1,2)) f AS y WHERE y = 1 ORDER BY id
SELECT * FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW stack(2, id, id * 2) e AS z ORDER BY id
SELECT id, count(*) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW stack(2, id, id * 2) e AS z GROUP BY id ORDER BY id
SELECT id, e.* FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW stack(2, id, id * 2) e AS z LATERAL VIEW explode(array(1,2)) f AS y WHERE y = 1 ORDER BY id
SELECT * FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW explode(a) e ORDER BY id
SELECT id, count(*) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW explode(a) e GROUP BY id ORDER BY id
SELECT id, e.* FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW explode(a) e LATERAL VIEW explode(array(1,2)) f AS y WHERE y = 1 ORDER BY id
SELECT * FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW explode(a) AS x ORDER BY id
SELECT id, count(*) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW explode(a) AS x GROUP BY id ORDER BY id
SELECT id, e.* FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW explode(a) AS x LATERAL VIEW explode(array(1,2)) f AS y WHERE y = 1 ORDER BY id
SELECT * FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW OUTER explode(a) AS x ORDER BY id
SELECT id, count(*) FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW OUTER explode(a) AS x GROUP BY id ORDER BY id
SELECT id, e.* FROM (VALUES (1, array(3,1,NULL,2), array('b',NULL,'a'), map('x',1,'y',NULL), struct(1 AS a,'p' AS b)),(2, array(), array(), map(), struct(NULL AS a, NULL AS b)),(3, NULL, NULL, NULL, NULL),(4, array(5,5,-1), array('z','z'), map('x',9), struct(7,'q'))) t(id,a,s,m,st) LATERAL VIEW OUTER explode(a) AS x LATERAL VIEW explode(array(1,2)) f AS y WHERE y = 1 ORDER BY id
SELECT explode(NULL)
SELECT explode(1)
SELECT explode(array(1)) + 1
SELECT * FROM explode(array(1,2))
SELECT * FROM explode(array(1,2)) t(x) WHERE x > 1
SELECT * FROM posexplode(array('a'))
SELECT * FROM inline(array(struct(1,'a'), NULL))
SELECT * FROM stack(2, 1, 2, 3)
SELECT * FROM json_tuple('{"a":1,"b":"x"}', 'a', 'b')
SELECT json_tuple('{"a":1,"b":{"c":[1]}}', 'a', 'b', 'z')
SELECT id, j.* FROM VALUES (1, '{"a":1}') t(id, js) LATERAL VIEW json_tuple(js, 'a') j AS a
SELECT element_at(array(1,2), 0)
SELECT element_at(array(1,2), 5)
SELECT array(1,2)[5]
SELECT array(1,2)[-1]
SELECT map(1,2,1,3)
SELECT map(NULL, 1)
SELECT map_from_arrays(array(1,NULL), array(1,2))
SELECT slice(array(1,2), 0, 1)
SELECT slice(array(1,2), 1, -1)
SELECT sequence(5, 1, -2), sequence(1, 1), sequence(1L, 3), sequence(1Y, 3Y)
SELECT array_insert(array(1), 0, 1)
SELECT array_repeat(1, -1), repeat('a', 0)
SELECT flatten(array(array(1), NULL))
SELECT array_join(array(1,2), ',')
SELECT array_max(array(CAST('NaN' AS DOUBLE), 1D)), array_min(array(CAST('NaN' AS DOUBLE), 1D)), array_sort(array(CAST('NaN' AS DOUBLE), 1D, NULL, -0.0D))
SELECT transform(array(1), (x, y, z) -> x)
SELECT transform(1, x -> x)
SELECT filter(array(1), x -> x)
SELECT aggregate(array(1,2), 0, (a, x) -> a || x)
SELECT aggregate(array(1,2), 0, (a, x) -> a + x + 0.5)
SELECT exists(array(1, NULL), x -> x = 2), forall(array(1, NULL), x -> x = 1), exists(array(NULL), x -> x IS NULL)
SELECT zip_with(array(1,2), array(3), (x, y) -> x + y), zip_with(array(1,2), array(3), (x, y) -> coalesce(x, 0) + coalesce(y, 0))
SELECT map_zip_with(map('a',1), map('b',2), (k, x, y) -> coalesce(x,0) + coalesce(y,0))
SELECT transform_keys(map('a',1,'b',2), (k, v) -> 'x')
SELECT transform_keys(map('a',1), (k, v) -> NULL)
SELECT array_sort(array('bc','ab','dc'), (l, r) -> CASE WHEN l < r THEN -1 WHEN l > r THEN 1 ELSE 0 END)
SELECT array_sort(array(3,1,2), (l, r) -> NULL)
SELECT array_sort(array(3,1,2), (l, r) -> 'x')
SELECT named_struct('a', 1, 'a', 2)
SELECT named_struct('a', 1).b
SELECT struct(1 AS x, 2 AS X).x
SELECT struct(*) FROM VALUES (1, 2) t(a, b)
SELECT array(*) FROM VALUES (1, 2) t(a, b)
SELECT (1, 'a').col1, (1, 'a')
SELECT array(1, 'a'), array(1, 1.5), array(array(1), array('a')), array(1, NULL)[1], map('a', 1, 'b', 'x')
SELECT map(array(1), 2), map(struct(1), 2)[struct(1)], map(1.0, 'a')[1]
SELECT map(map(1,2), 3)
SELECT size(map()), size(array()), size(NULL), cardinality(NULL)
SELECT array_contains(array(1,2), '1')
SELECT array_contains(array(1), NULL)
SELECT array_position(array(1,2), 1L), array_remove(array(1,2), 1L)
SELECT st.* FROM VALUES (named_struct('a', 1, 'b', struct(2 AS c))) t(st)
SELECT st.b.c, st.b FROM VALUES (named_struct('a', 1, 'b', struct(2 AS c))) t(st)
SELECT st.zz FROM VALUES (named_struct('a', 1)) t(st)
SELECT a.x FROM VALUES (array(struct(1 AS x), struct(2 AS x), NULL)) t(a)
SELECT m.k.x, m['k'].x FROM VALUES (map('k', struct(1 AS x))) t(m)
SELECT collect_list(struct(a, b)), map_from_entries(collect_list(struct(a, b))) FROM VALUES ('x', 1), ('y', 2) t(a, b)
SELECT * FROM (VALUES ('a',2023,'Q1',10),('a',2023,'Q2',20),('b',2024,'Q1',NULL),('b',2024,'Q1',5),(NULL,2024,'Q2',7)) p(k,y,q,v) PIVOT (sum(v) FOR q IN ('Q1', 'Q2')) ORDER BY k, y
SELECT * FROM (VALUES ('a',2023,'Q1',10),('a',2023,'Q2',20),('b',2024,'Q1',NULL),('b',2024,'Q1',5),(NULL,2024,'Q2',7)) p(k,y,q,v) PIVOT (sum(v) AS s, count(*) AS c FOR q IN ('Q1' AS first, 'Q2')) ORDER BY k, y
SELECT * FROM (SELECT k, q, v FROM (VALUES ('a',2023,'Q1',10),('a',2023,'Q2',20),('b',2024,'Q1',NULL),('b',2024,'Q1',5),(NULL,2024,'Q2',7)) p(k,y,q,v)) PIVOT (sum(v), avg(v) FOR q IN ('Q1', 'Q2')) ORDER BY k
SELECT * FROM (VALUES ('a',2023,'Q1',10),('a',2023,'Q2',20),('b',2024,'Q1',NULL),('b',2024,'Q1',5),(NULL,2024,'Q2',7)) p(k,y,q,v) PIVOT (max(v) FOR (q, y) IN (('Q1', 2023), ('Q2', 2024) AS z)) ORDER BY k
SELECT * FROM (VALUES ('a',2023,'Q1',10),('a',2023,'Q2',20),('b',2024,'Q1',NULL),('b',2024,'Q1',5),(NULL,2024,'Q2',7)) p(k,y,q,v) PIVOT (sum(v) FOR y IN (2023, 2024, 2025)) ORDER BY k, q
SELECT * FROM (VALUES ('a',2023,'Q1',10),('a',2023,'Q2',20),('b',2024,'Q1',NULL),('b',2024,'Q1',5),(NULL,2024,'Q2',7)) p(k,y,q,v) PIVOT (v FOR q IN ('Q1'))
SELECT * FROM (VALUES ('a',2023,'Q1',10),('a',2023,'Q2',20),('b',2024,'Q1',NULL),('b',2024,'Q1',5),(NULL,2024,'Q2',7)) p(k,y,q,v) PIVOT (sum(v) FOR nope IN ('Q1'))
SELECT * FROM (VALUES ('a',2023,'Q1',10),('a',2023,'Q2',20),('b',2024,'Q1',NULL),('b',2024,'Q1',5),(NULL,2024,'Q2',7)) p(k,y,q,v) PIVOT (sum(v) FOR q IN (1, 2)) ORDER BY ALL
SELECT * FROM (VALUES ('a',2023,'Q1',10),('a',2023,'Q2',20),('b',2024,'Q1',NULL),('b',2024,'Q1',5),(NULL,2024,'Q2',7)) p(k,y,q,v) PIVOT (sum(v) FOR q IN (q))
SELECT * FROM (VALUES ('a',2023,'Q1',10),('a',2023,'Q2',20),('b',2024,'Q1',NULL),('b',2024,'Q1',5),(NULL,2024,'Q2',7)) p(k,y,q,v) PIVOT (count(DISTINCT v) FOR q IN ('Q1')) ORDER BY ALL
SELECT k, Q1 FROM (VALUES ('a',2023,'Q1',10),('a',2023,'Q2',20),('b',2024,'Q1',NULL),('b',2024,'Q1',5),(NULL,2024,'Q2',7)) p(k,y,q,v) PIVOT (first(v) FOR q IN ('Q1' AS Q1)) WHERE Q1 IS NOT NULL ORDER BY ALL
SELECT * FROM (VALUES ('a',2023,'Q1',10),('a',2023,'Q2',20),('b',2024,'Q1',NULL),('b',2024,'Q1',5),(NULL,2024,'Q2',7)) p(k,y,q,v) PIVOT (sum(v) + 1 FOR q IN ('Q1')) ORDER BY ALL
SELECT * FROM (VALUES ('a',2023,'Q1',10),('a',2023,'Q2',20),('b',2024,'Q1',NULL),('b',2024,'Q1',5),(NULL,2024,'Q2',7)) p(k,y,q,v) PIVOT (sum(v + y) AS t FOR q IN ('Q1', NULL)) ORDER BY ALL
SELECT * FROM (VALUES ('a',2023,'Q1',10),('a',2023,'Q2',20),('b',2024,'Q1',NULL),('b',2024,'Q1',5),(NULL,2024,'Q2',7)) p(k,y,q,v) PIVOT (collect_list(v) FOR q IN ('Q1', 'Q2')) ORDER BY ALL
SELECT * FROM (VALUES ('a',2023,'Q1',10),('a',2023,'Q2',20),('b',2024,'Q1',NULL),('b',2024,'Q1',5),(NULL,2024,'Q2',7)) p(k,y,q,v) PIVOT (sum(v) FOR q IN ('Q1')) pv JOIN (SELECT 'a' AS k) USING (k)
SELECT * FROM (VALUES ('a',2023,'Q1',10),('a',2023,'Q2',20),('b',2024,'Q1',NULL),('b',2024,'Q1',5),(NULL,2024,'Q2',7)) p(k,y,q,v) PIVOT (sum(v) FOR upper(q) IN ('Q1'))
SELECT * FROM VALUES (1, 10, 20), (2, NULL, 40) t(id, a, b) UNPIVOT (val FOR name IN (a, b)) ORDER BY ALL
SELECT * FROM VALUES (1, 10, 20), (2, NULL, 40) t(id, a, b) UNPIVOT INCLUDE NULLS (val FOR name IN (a AS x, b AS `y z`)) ORDER BY ALL
SELECT * FROM VALUES (1, 10, 20, 30, 40) t(id, a, b, c, d) UNPIVOT ((v1, v2) FOR name IN ((a, b), (c, d) AS cd)) ORDER BY ALL
SELECT * FROM VALUES (1, 10, 2.5) t(id, a, b) UNPIVOT (val FOR name IN (a, b)) ORDER BY ALL
SELECT * FROM VALUES (1, 10, 'x') t(id, a, b) UNPIVOT (val FOR name IN (a, b))
SELECT * FROM VALUES (1, 10) t(id, a) UNPIVOT (val FOR name IN (a, nope))
SELECT sum(val) FROM VALUES (1, 10, 20) t(id, a, b) UNPIVOT EXCLUDE NULLS (val FOR name IN (a, b))
SELECT * FROM VALUES (1, DATE'2024-01-01', TIMESTAMP'2024-01-01 10:00:00') t(id, a, b) UNPIVOT (val FOR name IN (a, b)) ORDER BY ALL
SELECT DISTINCT m FROM VALUES (map(1,2)), (map(1,2)) t(m)
SELECT DISTINCT s FROM VALUES (struct(map(1,2))) t(s)
SELECT m, count(*) FROM VALUES (map(1,2)), (map(1,2)) t(m) GROUP BY m
SELECT m FROM VALUES (map(1,2)) t(m) INTERSECT SELECT map(1,2)
SELECT k, typeof(k) FROM VALUES (1) a(k) FULL JOIN VALUES (3000000000L) b(k) USING (k) ORDER BY k
SELECT * FROM VALUES (1) a(k) FULL JOIN VALUES (1.5) b(k) USING (k) ORDER BY k
SELECT count(*) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND -1 FOLLOWING) FROM VALUES (1.0F), (2.0F) t(x)
