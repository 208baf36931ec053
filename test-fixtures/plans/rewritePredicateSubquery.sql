-- fires: EXISTS is a semi join on what it reads outside
SELECT id FROM customers AS c WHERE EXISTS (SELECT 1 FROM orders AS o WHERE o.customer_id = c.id AND o.amount > 10)

-- fires: IN is one on an equality
SELECT id FROM customers WHERE id IN (SELECT customer_id FROM orders) AND country = 'NL'

-- fires: NOT EXISTS is an anti join
SELECT id FROM customers AS c WHERE NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.customer_id = c.id)

-- stays: the nulls of NOT IN need more than an equality
SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)

-- stays: below OR the rows cannot be dropped
SELECT id FROM customers WHERE id IN (SELECT customer_id FROM orders) OR country = 'NL'

-- stays: the subquery counts before it compares
SELECT id FROM customers AS c WHERE EXISTS (SELECT count(*) FROM orders AS o WHERE o.customer_id = c.id)

-- fires: a comparison with a query of its own comes after the join
SELECT id FROM orders AS o WHERE customer_id IN (SELECT id FROM customers) AND amount > (SELECT avg(amount) FROM orders WHERE customer_id = o.customer_id) AND status = 'paid'
