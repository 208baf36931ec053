-- fires
SELECT id FROM orders WHERE coalesce(NULL, status, 'none') = 'none'

-- fires: null is not less than anything
SELECT id FROM orders WHERE id < CAST(NULL AS INT) OR status = 'paid'

-- stays: the column may be null
SELECT id FROM orders WHERE id IS NOT NULL
