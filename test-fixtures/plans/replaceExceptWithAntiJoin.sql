-- fires: rows without an equal one by an anti join
SELECT id FROM orders EXCEPT SELECT id FROM customers

-- stays: ALL counts the rows
SELECT id FROM orders EXCEPT ALL SELECT id FROM customers

-- stays: that is another operation
SELECT id FROM orders INTERSECT SELECT id FROM customers
