-- fires
SELECT o.id FROM orders AS o

-- stays
SELECT 1 AS one
