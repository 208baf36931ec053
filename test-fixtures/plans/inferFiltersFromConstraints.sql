-- fires: a comparison needs a value
SELECT id FROM orders WHERE amount > 10

-- fires: so do the keys of an inner join
SELECT o.id FROM orders AS o JOIN customers AS c ON o.customer_id = c.id

-- fires: and the right ones of a left join
SELECT o.id, c.name FROM orders AS o LEFT JOIN customers AS c ON o.customer_id = c.id

-- stays: either may be null
SELECT id FROM orders WHERE amount > 10 OR status = 'paid'
