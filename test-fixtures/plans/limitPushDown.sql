-- fires: into the inputs of a union
SELECT id FROM orders UNION ALL SELECT id FROM customers LIMIT 3

-- fires: to the left of a left join, whose rows all come out
SELECT o.id, c.name FROM orders AS o LEFT JOIN customers AS c ON o.customer_id = c.id LIMIT 3

-- stays: an inner join may drop them
SELECT o.id, c.name FROM orders AS o JOIN customers AS c ON o.customer_id = c.id LIMIT 3

-- stays: the first rows of an order are not any rows
SELECT id FROM orders ORDER BY amount LIMIT 3
