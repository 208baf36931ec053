CREATE TEMP VIEW parts AS SELECT id AS part, id % 25 AS size FROM range(2000);
CREATE TEMP VIEW suppliers AS SELECT id AS supplier, id % 7 AS nation FROM range(100);
CREATE TEMP VIEW offers AS SELECT id % 2000 AS part, id % 100 AS supplier, id * 1.5 AS cost FROM range(8000);
---
SELECT sum(cost) FROM parts p, suppliers s, offers o WHERE p.part = o.part AND s.supplier = o.supplier AND p.size = 3
---
SELECT count(*) FROM parts p CROSS JOIN (SELECT max(cost) AS top FROM offers) m WHERE p.size < m.top
---
SELECT /*+ MERGE(p) */ sum(cost) FROM parts p JOIN offers o ON p.part = o.part
