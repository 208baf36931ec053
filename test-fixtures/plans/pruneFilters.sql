-- fires
SELECT id FROM orders WHERE 1 = 1

-- fires: nothing passes
SELECT id FROM orders WHERE 1 = 2

-- stays
SELECT id FROM orders WHERE id = 1
