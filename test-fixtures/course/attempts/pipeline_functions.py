# right rows partitions
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
sales = spark.read.format("csv").options(header=True, inferSchema=True).load("transactions.csv")
(
    sales.where("amount > 0")
    .groupBy("product_category", F.year("transaction_date").alias("year"))
    .agg(
        F.round(F.sum("amount"), 2).alias("revenue"),
        F.count(F.lit(1)).alias("sales"),
        F.countDistinct("customer_id").alias("customers"),
    )
    .write.partitionBy("year")
    .mode("overwrite")
    .format("parquet")
    .save("output/revenue")
)
