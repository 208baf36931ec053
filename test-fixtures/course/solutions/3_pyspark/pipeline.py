from pyspark.sql import SparkSession
from pyspark.sql.functions import col, count, count_distinct, round, sum, year

spark = SparkSession.builder.appName("Revenue").getOrCreate()

revenue = (
    spark.read.csv("transactions.csv", header=True, inferSchema=True)
    .filter(col("amount") > 0)
    .withColumn("year", year("transaction_date"))
    .groupBy("product_category", "year")
    .agg(
        round(sum("amount"), 2).alias("revenue"),
        count("*").alias("sales"),
        count_distinct("customer_id").alias("customers"),
    )
)
revenue.explain()
revenue.write.mode("overwrite").partitionBy("year").parquet("output/revenue")
