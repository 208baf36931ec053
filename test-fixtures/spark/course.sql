# The queries of a PySpark course, on examples/. Ties are broken by an id, and no clock is read.
view customers examples/customers.csv
view orders examples/orders.csv
view products examples/products.csv
view transactions examples/transactions.csv
view purchases examples/transactions.parquet
SELECT c.customer_id, c.name, c.signup_date, COUNT(DISTINCT o.order_id) as order_count, SUM(o.total_amount) as total_spent, AVG(o.total_amount) as avg_order_value, MAX(o.order_date) as last_order_date, datediff(DATE'2024-06-01', MAX(o.order_date)) as days_since_last_order FROM customers c LEFT JOIN orders o ON c.customer_id = o.customer_id GROUP BY c.customer_id, c.name, c.signup_date ORDER BY total_spent DESC, c.customer_id
SELECT p.product_id, p.product_name, p.category, COUNT(o.order_id) as times_ordered, SUM(o.quantity) as total_quantity_sold, SUM(o.quantity * p.price) as total_revenue FROM products p JOIN orders o ON p.product_id = o.product_id GROUP BY p.product_id, p.product_name, p.category ORDER BY total_revenue DESC, p.product_id LIMIT 10
SELECT year(transaction_date) AS year, month(transaction_date) AS month, sum(amount) AS total_sales, count(*) AS transactions FROM transactions GROUP BY year(transaction_date), month(transaction_date) ORDER BY year, month
SELECT date_trunc('month', transaction_date) AS month, round(sum(amount), 2) AS sales FROM transactions GROUP BY date_trunc('month', transaction_date) ORDER BY month
SELECT c.name, sum(t.amount) AS total FROM transactions t JOIN customers c ON t.customer_id = c.customer_id GROUP BY c.customer_id, c.name ORDER BY total DESC, c.customer_id LIMIT 10
SELECT product_category, count(*) AS n, avg(amount) AS average, min(amount) AS least, max(amount) AS most, stddev(amount) AS deviation FROM transactions GROUP BY product_category ORDER BY product_category
SELECT product_category, sum(amount) AS revenue FROM transactions GROUP BY product_category HAVING sum(amount) > 1000 ORDER BY revenue DESC, product_category
SELECT transaction_id, amount, CASE WHEN amount > 300 THEN 'high' WHEN amount > 100 THEN 'medium' ELSE 'low' END AS size FROM transactions ORDER BY transaction_id LIMIT 20
SELECT product_category, CASE WHEN amount > 300 THEN 'high' ELSE 'low' END AS size, count(*) FROM transactions GROUP BY product_category, CASE WHEN amount > 300 THEN 'high' ELSE 'low' END ORDER BY product_category, size
SELECT customer_id, sum(amount) AS total, rank() OVER (ORDER BY sum(amount) DESC) AS place FROM transactions GROUP BY customer_id
WITH totals AS (SELECT customer_id, sum(total_amount) AS total FROM orders GROUP BY customer_id) SELECT c.name, t.total FROM customers c JOIN totals t ON c.customer_id = t.customer_id WHERE t.total > 500 ORDER BY t.total DESC, c.name
SELECT count(*), count(shipped_date), sum(total_amount), avg(quantity), min(order_date), max(order_date) FROM orders
SELECT datediff(shipped_date, order_date) AS days, count(*) FROM orders GROUP BY 1 ORDER BY days
SELECT * FROM orders ORDER BY order_id LIMIT 5
SELECT * FROM customers ORDER BY customer_id LIMIT 5
SELECT * FROM products ORDER BY product_id LIMIT 5
SELECT * FROM transactions ORDER BY transaction_id LIMIT 5
SELECT * FROM purchases ORDER BY 1 LIMIT 5
SELECT city, count(*) AS customers FROM customers GROUP BY city ORDER BY customers DESC, city
SELECT c.customer_id FROM customers c LEFT ANTI JOIN orders o ON c.customer_id = o.customer_id ORDER BY 1
SELECT upper(name), length(name), substring(name, 1, 3) FROM customers ORDER BY customer_id LIMIT 3
