-- fires
SELECT id, name, country, big FROM customers

-- stays: another order
SELECT name, id, country, big FROM customers
