-- fires: the lower condition stays first, it may guard the upper one
SELECT * FROM (SELECT * FROM orders WHERE customer_id <> 0) AS o WHERE id / customer_id > 2

-- stays: a limit is between
SELECT * FROM (SELECT * FROM orders WHERE customer_id > 0 LIMIT 5) AS o WHERE id > 2
