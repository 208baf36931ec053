# wrong partitions: no folder year=2024
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
sales = spark.read.csv("transactions.csv", header=True, inferSchema=True).filter("amount > 0")
revenue = (
    sales.withColumn("year", F.year("transaction_date"))
    .groupBy("product_category", "year")
    .agg(
        F.round(F.sum("amount"), 2).alias("revenue"),
        F.count("*").alias("sales"),
        F.count_distinct("customer_id").alias("customers"),
    )
)
revenue.filter("year = 2023").write.mode("overwrite").partitionBy("year").parquet("output/revenue")
