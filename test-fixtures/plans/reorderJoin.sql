-- fires: the second table has no condition with the first, the third has
SELECT a.id, c.id FROM orders AS a, orders AS b, customers AS c WHERE a.customer_id = c.id AND b.customer_id = c.id

-- fires: and of cross joins that a filter ties together
SELECT a.id FROM orders AS a CROSS JOIN orders AS b CROSS JOIN customers AS c WHERE a.customer_id = c.id AND b.status = c.country

-- stays: each table has a condition with those before it
SELECT a.id FROM orders AS a, customers AS c, orders AS b WHERE a.customer_id = c.id AND b.customer_id = c.id

-- stays: two tables have one order only
SELECT a.id FROM orders AS a, customers AS c WHERE c.country = 'DE'

-- stays: advice is about the join as it is written
SELECT /*+ BROADCAST(b) */ a.id FROM orders AS a, orders AS b, customers AS c WHERE a.customer_id = c.id AND b.customer_id = c.id

-- stays: rows of an outer join depend on what it is joined with
SELECT a.id FROM orders AS a LEFT JOIN orders AS b ON a.id > b.id JOIN customers AS c ON a.customer_id = c.id

-- stays: what ties them could raise for a row that the rest would drop
SELECT a.id FROM orders AS a, orders AS b, customers AS c WHERE CAST(a.status AS INT) = c.id AND b.customer_id = c.id
