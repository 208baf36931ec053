-- fires: the smaller one
SELECT * FROM (SELECT id FROM orders LIMIT 5) AS o LIMIT 3

-- fires: there is only one row
SELECT count(*) AS n FROM orders LIMIT 1

-- fires: none at all
SELECT id FROM orders LIMIT 0

-- stays
SELECT id FROM orders LIMIT 3
