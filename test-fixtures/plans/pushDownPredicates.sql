-- fires: through a select list, with the definition in place of the name
SELECT * FROM (SELECT id + 1 AS n FROM orders) AS o WHERE n > 2

-- fires: into both sides of an inner join, and into its condition
SELECT o.id FROM orders AS o CROSS JOIN customers AS c WHERE o.customer_id = c.id AND o.status = 'paid' AND c.country = 'DE'

-- fires: only to the left of a left join
SELECT o.id FROM orders AS o LEFT JOIN customers AS c ON o.customer_id = c.id WHERE o.status = 'paid' AND c.name IS NULL

-- fires: the part of a join's condition that is about the right side only
SELECT o.id, c.name FROM orders AS o LEFT JOIN customers AS c ON o.customer_id = c.id AND c.country = 'DE' AND o.id > 1

-- fires: on a grouping column, not on the aggregate
SELECT status, count(*) AS n FROM orders GROUP BY status HAVING status <> 'lost' AND count(*) > 1

-- fires: into every input of a union
SELECT * FROM (SELECT id FROM orders UNION ALL SELECT id FROM customers) AS u WHERE id > 3

-- stays: the group of an aggregate without grouping is there without rows
SELECT * FROM (SELECT max(id) AS m, 1 AS one FROM orders) AS o WHERE one = 2

-- fires: only the test for null; the rest may raise, and must not for rows that the join drops
SELECT o.id FROM orders AS o JOIN customers AS c ON o.customer_id = c.id WHERE 10 % o.id > 1

-- stays: a full join pads both sides
SELECT o.id FROM orders AS o FULL JOIN customers AS c ON o.customer_id = c.id WHERE o.id IS NULL

-- stays: a limit counts rows before the filter
SELECT * FROM (SELECT * FROM orders LIMIT 5) AS o WHERE id > 2
