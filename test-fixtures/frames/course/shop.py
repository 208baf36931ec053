from pyspark.sql import SparkSession
from pyspark.sql.functions import col, sum, avg, count, desc, month, year, expr
spark = SparkSession.builder \
    .appName("Shop") \
    .master("local[*]") \
    .getOrCreate()
df = spark.read.csv("transactions.csv", header=True, inferSchema=True)
transactions = df.filter(col("amount") > 0) \
    .withColumn("purchase_month", month("transaction_date")) \
    .withColumn("purchase_year", year("transaction_date"))
transactions.createOrReplaceTempView("transactions")
monthly = spark.sql("""
SELECT purchase_year, purchase_month, COUNT(*) AS n, SUM(amount) AS total, AVG(amount) AS mean
FROM transactions
GROUP BY purchase_year, purchase_month
ORDER BY purchase_year, purchase_month
""")
top = spark.sql("""
SELECT customer_id, COUNT(*) AS n, SUM(amount) AS total
FROM transactions
GROUP BY customer_id
ORDER BY total DESC
LIMIT 10
""")
categories = transactions.groupBy("product_category").agg(count("*").alias("n"), sum("amount").alias("total")).orderBy(desc("total"))
monthly.write.mode("overwrite").parquet("monthly.parquet")
top.write.mode("overwrite").parquet("top.parquet")
print("Monthly:")
monthly.show(5)
print("Customers:")
top.show(5)
print("Categories:")
categories.show(5)
spark.stop()
