-- fires
SELECT id FROM orders WHERE customer_id > 1 + 2 * 3

-- fires
SELECT id FROM orders WHERE day >= CAST('2024-01-31' AS DATE)

-- stays: an overflow is raised when it runs
SELECT 2147483647 + 1 AS n FROM orders

-- stays: so is a division by zero
SELECT 1 % 0 AS n FROM orders
