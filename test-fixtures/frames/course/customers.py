from pyspark.sql import SparkSession
from pyspark.sql.functions import col, sum, avg, count, desc, year, month, datediff
spark = SparkSession.builder.appName("Customers").getOrCreate()
customers = spark.read.csv("customers.csv", header=True, inferSchema=True)
orders = spark.read.csv("orders.csv", header=True, inferSchema=True)
products = spark.read.csv("products.csv", header=True, inferSchema=True)
customers.createOrReplaceTempView("customers")
orders.createOrReplaceTempView("orders")
products.createOrReplaceTempView("products")
value = spark.sql("""
SELECT c.customer_id, c.name, c.signup_date,
  COUNT(DISTINCT o.order_id) AS orders, SUM(o.total_amount) AS spent, AVG(o.total_amount) AS mean,
  MAX(o.order_date) AS last_order, datediff(DATE '2025-01-01', MAX(o.order_date)) AS days_since
FROM customers c LEFT JOIN orders o ON c.customer_id = o.customer_id
GROUP BY c.customer_id, c.name, c.signup_date
ORDER BY spent DESC
""")
best = spark.sql("""
SELECT p.product_id, p.product_name, p.category, COUNT(o.order_id) AS times,
  SUM(o.quantity) AS sold, SUM(o.quantity * p.price) AS revenue
FROM products p JOIN orders o ON p.product_id = o.product_id
GROUP BY p.product_id, p.product_name, p.category
ORDER BY revenue DESC
LIMIT 10
""")
value.show(10)
best.show(10)
value.write.mode("overwrite").parquet("customer_value.parquet")
best.write.mode("overwrite").parquet("best.parquet")
spark.read.parquet("best.parquet").orderBy("product_id").show(3)
spark.stop()
