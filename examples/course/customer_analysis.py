"""What each customer is worth, and which products sell: three CSV files, two queries, two results in Parquet.

Run it with "Strata: Run PySpark File", `strata run customer_analysis.py`, or `spark-submit` where there is a Spark.
"""

from pyspark.sql import SparkSession

spark = SparkSession.builder.appName("Customer analysis").getOrCreate()

for name in ["customers", "orders", "products"]:
    spark.read.csv(f"{name}.csv", header=True, inferSchema=True).createOrReplaceTempView(name)

customer_value = spark.sql(
    """
    SELECT c.customer_id, c.name, c.signup_date,
           count(DISTINCT o.order_id) AS order_count,
           sum(o.total_amount) AS total_spent,
           avg(o.total_amount) AS avg_order_value,
           max(o.order_date) AS last_order_date,
           datediff(current_date(), max(o.order_date)) AS days_since_last_order
    FROM customers c LEFT JOIN orders o ON c.customer_id = o.customer_id
    GROUP BY c.customer_id, c.name, c.signup_date
    ORDER BY total_spent DESC, c.customer_id
    """
)

top_products = spark.sql(
    """
    SELECT p.product_id, p.product_name, p.category,
           count(o.order_id) AS times_ordered,
           sum(o.quantity) AS total_quantity_sold,
           sum(o.quantity * p.price) AS total_revenue
    FROM products p JOIN orders o ON p.product_id = o.product_id
    GROUP BY p.product_id, p.product_name, p.category
    ORDER BY total_revenue DESC, p.product_id
    LIMIT 10
    """
)

customer_value.show(10)
top_products.show(10)

customer_value.write.mode("overwrite").parquet("customer_value.parquet")
top_products.write.mode("overwrite").parquet("top_products.parquet")

spark.stop()
