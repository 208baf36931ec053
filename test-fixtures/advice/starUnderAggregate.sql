INSERT OVERWRITE DIRECTORY '{folder}/events' USING parquet
SELECT id, id % 1000 AS customer, id * 1.5 AS amount, concat('token ', id * 7919 % 1000003) AS token,
  date_add(DATE'2020-01-01', CAST(id / 300 AS INT)) AS day, CAST(id * 31 AS STRING) AS code
FROM range(300000);
CREATE TEMP VIEW events USING parquet OPTIONS (path '{folder}/events');
---
SELECT customer, count(*) AS n FROM (SELECT DISTINCT * FROM events) GROUP BY customer
---
SELECT customer, count(*) AS n FROM (SELECT DISTINCT id, customer FROM events) GROUP BY customer
---
bytes 2
at HashAggregate
