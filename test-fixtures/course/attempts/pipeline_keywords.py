# right rows partitions
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.appName("Revenue").getOrCreate()
sales = spark.read.csv("transactions.csv", header=True, inferSchema=True).where("amount > 0")
revenue = sales.groupBy("product_category", F.year("transaction_date").alias("year")).agg(
    F.round(F.sum("amount"), 2).alias("revenue"),
    F.count("*").alias("sales"),
    F.countDistinct("customer_id").alias("customers"),
)
revenue.write.parquet("output/revenue", mode="overwrite", partitionBy="year")
