-- fires
SELECT n + 1 AS m FROM (SELECT id * 2 AS n FROM orders) AS o

-- fires: into the aggregate below
SELECT total / 2 AS half FROM (SELECT status, sum(amount) AS total FROM orders GROUP BY status) AS o

-- stays: it would be computed twice
SELECT n + n AS m FROM (SELECT id * 2 AS n FROM orders) AS o
