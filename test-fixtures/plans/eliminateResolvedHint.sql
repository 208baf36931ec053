-- fires: the join takes the advice on its side
SELECT /*+ BROADCAST(c) */ o.id FROM orders AS o JOIN customers AS c ON o.customer_id = c.id

-- stays: there is no advice
SELECT o.id FROM orders AS o JOIN customers AS c ON o.customer_id = c.id

-- stays: advice that is not known changes nothing
SELECT /*+ UNKNOWN(c) */ id FROM customers AS c
