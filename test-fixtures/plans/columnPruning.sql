-- fires: down to the scan
SELECT status, sum(amount) AS total FROM orders GROUP BY status

-- fires: what a subquery computes for nobody
SELECT id FROM (SELECT id, amount * 2 AS twice, status FROM orders) AS o

-- fires: both sides of a join keep their keys
SELECT c.name, o.amount FROM orders AS o JOIN customers AS c ON o.customer_id = c.id

-- stays: every column is read
SELECT * FROM orders WHERE id > 1
