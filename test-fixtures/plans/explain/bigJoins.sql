SELECT a.id, b.amount, c.name
FROM orders AS a
LEFT JOIN orders AS b ON a.id = b.id AND a.amount > b.amount
CROSS JOIN customers AS c
LIMIT 20
