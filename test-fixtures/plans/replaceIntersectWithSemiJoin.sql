-- fires: equal rows by a join that takes nulls for equal
SELECT id FROM orders INTERSECT SELECT id FROM customers

-- stays: ALL counts the rows
SELECT id FROM orders INTERSECT ALL SELECT id FROM customers

-- stays: that is another operation
SELECT id FROM orders EXCEPT SELECT id FROM customers
