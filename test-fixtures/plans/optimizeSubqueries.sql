-- fires: the plan of a subquery is optimized on its own
SELECT (SELECT max(amount) FROM (SELECT * FROM orders) AS o WHERE o.status = 'open' AND 1 < 2) AS most FROM customers

-- stays: there is no subquery
SELECT max(amount) AS most FROM orders
