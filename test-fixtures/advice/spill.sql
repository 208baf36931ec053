CREATE TEMP VIEW numbers AS SELECT id, (id * 7919) % 1000003 AS shuffled, id * 31 AS wide FROM range(4000000);
---
SELECT id, shuffled, wide FROM numbers ORDER BY shuffled, id
---
SELECT id, shuffled, wide FROM numbers ORDER BY shuffled, id LIMIT 100
---
spilled 100
memory 100MiB
at Sort
