CREATE TEMP VIEW clicks AS SELECT id, id % 10 AS customer FROM range(1000);
CREATE TEMP VIEW visits AS SELECT id AS visit, id % 10 AS customer FROM range(2000);
---
SELECT count(DISTINCT c.id) FROM clicks c JOIN visits v ON c.customer = v.customer
---
SELECT count(DISTINCT c.id) FROM clicks c JOIN (SELECT DISTINCT customer FROM visits) v ON c.customer = v.customer
---
joined 100
at BroadcastHashJoin
