-- fires: once each
SELECT id FROM orders WHERE status IN ('paid', 'open', 'paid')

-- fires: one value is a comparison
SELECT id FROM orders WHERE status IN ('paid')

-- stays
SELECT id FROM orders WHERE status IN ('paid', 'open')
