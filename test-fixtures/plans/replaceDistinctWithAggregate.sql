-- fires
SELECT DISTINCT status FROM orders

-- stays
SELECT status FROM orders GROUP BY status
