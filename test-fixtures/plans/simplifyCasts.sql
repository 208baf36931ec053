-- fires: two that widen are one
SELECT CAST(CAST(id AS BIGINT) AS BIGINT) AS n, CAST(CAST(id AS BIGINT) AS DOUBLE) AS d FROM orders

-- stays: the first one loses digits
SELECT CAST(CAST(amount AS INT) AS DOUBLE) AS n FROM orders
