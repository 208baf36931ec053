-- fires
SELECT id FROM orders WHERE id <=> id

-- stays: not for null
SELECT id FROM orders WHERE id = id
