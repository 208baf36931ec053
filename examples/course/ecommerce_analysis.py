"""Sales by month, the best customers, and the categories, from one file of transactions with refunds in it."""

from pyspark.sql import SparkSession
from pyspark.sql.functions import col, month, year

spark = SparkSession.builder.appName("E-commerce analysis").master("local[*]").getOrCreate()

# Refunds are negative amounts, and no sales.
transactions = (
    spark.read.csv("transactions.csv", header=True, inferSchema=True)
    .filter(col("amount") > 0)
    .withColumn("purchase_month", month("transaction_date"))
    .withColumn("purchase_year", year("transaction_date"))
)
transactions.createOrReplaceTempView("transactions")

monthly_sales = spark.sql(
    """
    SELECT purchase_year, purchase_month,
           count(*) AS transaction_count, sum(amount) AS total_sales, avg(amount) AS average_sale
    FROM transactions
    GROUP BY purchase_year, purchase_month
    ORDER BY purchase_year, purchase_month
    """
)
top_customers = spark.sql(
    """
    SELECT customer_id,
           count(*) AS transaction_count, sum(amount) AS total_spent, avg(amount) AS average_purchase
    FROM transactions
    GROUP BY customer_id
    ORDER BY total_spent DESC, customer_id
    LIMIT 10
    """
)
category_analysis = spark.sql(
    """
    SELECT product_category,
           count(*) AS transaction_count, sum(amount) AS total_sales, avg(amount) AS average_sale
    FROM transactions
    GROUP BY product_category
    ORDER BY total_sales DESC
    """
)

print("Sales by month:")
monthly_sales.show(5)
print("Best customers:")
top_customers.show(5)
print("Categories:")
category_analysis.show(5)

monthly_sales.write.mode("overwrite").parquet("monthly_sales.parquet")
top_customers.write.mode("overwrite").parquet("top_customers.parquet")
category_analysis.write.mode("overwrite").parquet("category_analysis.parquet")

spark.stop()
