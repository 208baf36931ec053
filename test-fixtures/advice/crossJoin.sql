CREATE TEMP VIEW orders AS SELECT id AS order_id, id % 100 AS customer_id FROM range(1000);
CREATE TEMP VIEW customers AS SELECT id AS customer_id, concat('name ', id) AS name FROM range(100);
---
SELECT count(*) FROM orders o CROSS JOIN customers c WHERE o.customer_id <= c.customer_id AND o.customer_id + 0.0 >= c.customer_id
---
SELECT count(*) FROM orders o JOIN customers c ON o.customer_id = c.customer_id
---
joined 100
at BroadcastNestedLoopJoin
