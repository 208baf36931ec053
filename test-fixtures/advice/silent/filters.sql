INSERT OVERWRITE DIRECTORY '{folder}/events' USING parquet
SELECT id, id * 7919 % 300007 AS mixed, concat('token ', id * 7919 % 1000003) AS token,
  date_add(DATE'2020-01-01', CAST(id / 300 AS INT)) AS day
FROM range(300000);
CREATE TEMP VIEW events USING parquet OPTIONS (path '{folder}/events');
---
SELECT count(*) FROM events WHERE token NOT LIKE '%9%8%7%'
---
SELECT count(*) FROM events WHERE mixed + 1 > 300000
---
SELECT count(*) FROM events WHERE substring(token, 7, 1) IN ('1', '2')
---
SELECT count(*) FROM events WHERE year(day) <> 2021
---
SELECT count(*) FROM events WHERE day >= DATE'2021-01-01' AND token LIKE 'token 1%'
