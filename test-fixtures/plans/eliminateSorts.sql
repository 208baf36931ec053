-- fires
SELECT * FROM (SELECT id, amount FROM orders ORDER BY amount) AS o ORDER BY id

-- stays: it decides which rows there are
SELECT * FROM (SELECT id, amount FROM orders ORDER BY amount LIMIT 3) AS o ORDER BY id
