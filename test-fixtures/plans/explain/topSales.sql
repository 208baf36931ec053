SELECT c.country, sum(o.amount) AS total, count(*) AS n
FROM orders AS o JOIN customers AS c ON o.customer_id = c.id
WHERE o.status <> 'lost' AND o.day >= DATE '2024-01-01'
GROUP BY c.country
HAVING count(*) > 1
ORDER BY total DESC
LIMIT 10
