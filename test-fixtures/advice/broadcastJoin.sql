INSERT OVERWRITE DIRECTORY '{folder}/events' USING parquet
SELECT id, id % 1000 AS customer, id * 1.5 AS amount, concat('token ', id * 7919 % 1000003) AS token,
  date_add(DATE'2020-01-01', CAST(id / 300 AS INT)) AS day, CAST(id * 31 AS STRING) AS code
FROM range(300000);
CREATE TEMP VIEW events USING parquet OPTIONS (path '{folder}/events');
INSERT OVERWRITE DIRECTORY '{folder}/owners' USING parquet SELECT id, token, code, customer FROM events;
CREATE TEMP VIEW owners USING parquet OPTIONS (path '{folder}/owners');
SET spark.sql.autoBroadcastJoinThreshold = 100KB;
---
SELECT o.token, e.amount FROM events e JOIN owners o ON e.id = o.id WHERE o.code LIKE '31%' AND o.customer = 7
---
SELECT /*+ BROADCAST(o) */ o.token, e.amount FROM events e JOIN owners o ON e.id = o.id WHERE o.code LIKE '31%' AND o.customer = 7
---
shuffled 50
at SortMergeJoin
