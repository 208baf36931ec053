-- fires: NOT goes to the comparisons
SELECT id FROM orders WHERE NOT (id > 1 OR customer_id IS NULL)

-- fires: what is common to both sides is said once
SELECT id FROM orders WHERE (id = 1 AND status = 'paid') OR (id = 1 AND status = 'open')

-- fires: once is enough
SELECT id FROM orders WHERE id = 1 AND status = 'paid' AND id = 1

-- stays: `id = 1 OR NOT id = 1` is not true of null
SELECT id FROM orders WHERE id = 1 OR NOT id = 1

-- stays: the common part would come before what guards it
SELECT id FROM orders WHERE (id <> 0 AND 10 % id = 1) OR (customer_id = 2 AND 10 % id = 1)
