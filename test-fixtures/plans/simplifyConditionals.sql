-- fires
SELECT CASE WHEN false THEN 1 WHEN id > 1 THEN 2 WHEN true THEN 3 ELSE 4 END AS n FROM orders

-- fires
SELECT if(1 > 2, id, customer_id) AS n FROM orders

-- stays: the condition may raise
SELECT if(10 % id > 1, 5, 5) AS n FROM orders
