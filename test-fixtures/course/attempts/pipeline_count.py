# wrong rows: The customers of \w+ in \d+ should be \d+, and is \d+\.$
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
sales = spark.read.csv("transactions.csv", header=True, inferSchema=True).filter("amount > 0")
(
    sales.groupBy("product_category", F.year("transaction_date").alias("year"))
    .agg(
        F.round(F.sum("amount"), 2).alias("revenue"),
        F.count("*").alias("sales"),
        F.count("customer_id").alias("customers"),
    )
    .write.mode("overwrite")
    .partitionBy("year")
    .parquet("output/revenue")
)
