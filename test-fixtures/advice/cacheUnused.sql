INSERT OVERWRITE DIRECTORY '{folder}/events' USING parquet
SELECT id, id % 1000 AS customer, id * 1.5 AS amount, concat('token ', id * 7919 % 1000003) AS token,
  date_add(DATE'2020-01-01', CAST(id / 300 AS INT)) AS day, CAST(id * 31 AS STRING) AS code
FROM range(300000);
CREATE TEMP VIEW events USING parquet OPTIONS (path '{folder}/events');
CACHE TABLE by_customer AS SELECT customer, sum(amount) AS total FROM events GROUP BY customer;
---
SELECT customer, sum(amount) AS total FROM events GROUP BY customer ORDER BY total DESC LIMIT 3
---
SELECT customer, total FROM by_customer ORDER BY total DESC LIMIT 3
---
read 100
at FileScan parquet
