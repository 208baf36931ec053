INSERT OVERWRITE DIRECTORY '{folder}/orders' USING parquet
SELECT id AS order_id, CASE WHEN id % 10 < 6 THEN 1 ELSE id END AS customer FROM range(50000);
INSERT OVERWRITE DIRECTORY '{folder}/people' USING parquet
SELECT id AS customer, concat('name ', id) AS name FROM range(50000);
CREATE TEMP VIEW orders USING parquet OPTIONS (path '{folder}/orders');
CREATE TEMP VIEW people USING parquet OPTIONS (path '{folder}/people');
SET spark.sql.autoBroadcastJoinThreshold = -1;
---
SELECT max(o.order_id), max(p.name) FROM orders o JOIN people p ON o.customer = p.customer
---
SELECT /*+ BROADCAST(p) */ max(o.order_id), max(p.name) FROM orders o JOIN people p ON o.customer = p.customer
---
largest 100
at SortMergeJoin
