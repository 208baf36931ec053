-- fires: the start of a text
SELECT id FROM orders WHERE status LIKE 'pa%'

-- fires: the end
SELECT id FROM orders WHERE status LIKE '%id'

-- fires: a part
SELECT id FROM orders WHERE status LIKE '%ai%'

-- fires: the whole
SELECT id FROM orders WHERE status LIKE 'paid'

-- stays: a wildcard inside
SELECT id FROM orders WHERE status LIKE 'p%d'

-- stays: one character, or a wildcard that is meant as it is
SELECT id FROM orders WHERE status LIKE '_aid' OR status LIKE '50\\%'

-- stays: every text is wanted
SELECT id FROM orders WHERE status LIKE '%'
