INSERT OVERWRITE DIRECTORY '{folder}/orders' USING parquet
SELECT id AS order_id, CASE WHEN id % 10 < 6 THEN 1 ELSE id END AS customer FROM range(50000);
CREATE TEMP VIEW orders USING parquet OPTIONS (path '{folder}/orders');
---
SELECT max(orders_of_customer) FROM (SELECT count(*) OVER (PARTITION BY customer) AS orders_of_customer FROM orders)
---
SELECT max(orders_of_customer) FROM (SELECT count(*) AS orders_of_customer FROM orders GROUP BY customer)
---
largest 100
at Window
