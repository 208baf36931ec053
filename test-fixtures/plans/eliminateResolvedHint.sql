-- fires: the join takes the advice on its side
SELECT /*+ BROADCAST(c) */ o.id FROM orders AS o JOIN customers AS c ON o.customer_id = c.id

-- stays: there is no advice
SELECT o.id FROM orders AS o JOIN customers AS c ON o.customer_id = c.id

-- stays: advice that is not known changes nothing
SELECT /*+ UNKNOWN(c) */ id FROM customers AS c

-- fires: advice inside of what is joined, under an aggregate
SELECT o.id FROM orders AS o JOIN (SELECT /*+ BROADCAST(c) */ country, max(id) AS id FROM customers AS c GROUP BY country) AS m ON o.customer_id = m.id

-- fires: advice on a subquery that becomes a join
SELECT o.id FROM orders AS o WHERE o.customer_id IN (SELECT /*+ BROADCAST(c) */ c.id FROM customers AS c GROUP BY c.id)
