# wrong rows: The revenue of \w+ in \d+ should be [\d.]+, and is [\d.]+\.$
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.appName("Revenue").getOrCreate()
sales = spark.read.csv("transactions.csv", header=True, inferSchema=True).where("amount > 0")
revenue = sales.groupBy("product_category", F.year("transaction_date").alias("year")).agg(
    F.sum("amount").alias("revenue"),
    F.count("*").alias("sales"),
    F.countDistinct("customer_id").alias("customers"),
)
revenue.write.parquet("output/revenue", mode="overwrite", partitionBy="year")
