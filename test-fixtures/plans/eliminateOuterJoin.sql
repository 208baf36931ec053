-- fires: no padded row passes
SELECT o.id FROM orders AS o LEFT JOIN customers AS c ON o.customer_id = c.id WHERE c.country = 'DE'

-- fires: a full join becomes a left one
SELECT o.id FROM orders AS o FULL JOIN customers AS c ON o.customer_id = c.id WHERE o.status = 'paid'

-- stays: padded rows are what is asked for
SELECT o.id FROM orders AS o LEFT JOIN customers AS c ON o.customer_id = c.id WHERE c.id IS NULL
