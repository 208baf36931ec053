WITH ids AS (SELECT id, 'order' AS kind FROM orders UNION SELECT id, 'customer' FROM customers)
SELECT kind, CASE WHEN id % 2 = 0 THEN 'even' ELSE 'odd' END AS parity FROM ids ORDER BY kind, parity
