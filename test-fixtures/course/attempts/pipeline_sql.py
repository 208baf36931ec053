# right rows partitions
from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
transactions = spark.read.option("header", True).option("inferSchema", True).csv("transactions.csv")
transactions.createOrReplaceTempView("transactions")
revenue = spark.sql("""
    SELECT product_category, year(transaction_date) AS year, round(sum(amount), 2) AS revenue,
           count(*) AS sales, count(DISTINCT customer_id) AS customers
    FROM transactions WHERE amount > 0 GROUP BY 1, 2
""")
revenue.write.parquet("output/revenue", mode="overwrite", partitionBy="year")
