-- fires: two comparisons
SELECT id FROM orders WHERE amount BETWEEN 10 AND 20

-- fires
SELECT nvl(status, 'none') AS status FROM orders

-- fires: a condition
SELECT nvl2(status, 'some', 'none') AS status FROM orders

-- stays: what costs something is computed once
SELECT id FROM orders WHERE amount * 2 BETWEEN 10 AND 20
