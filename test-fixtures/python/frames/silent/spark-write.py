from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
source = spark.read.parquet("data/source")
table = spark.read.csv("table.csv", header=True)
people.write.partitionBy("city").parquet("out")
people.write.partitionBy("CITY", "age").parquet("out")
people.write.mode("overwrite").parquet("out")
people.withColumn("year", F.lit(1)).write.partitionBy("year").parquet("out")
source.write.partitionBy("whatever").parquet("out")
source.write.mode("append").parquet("data/source")
source.write.parquet("data/source")
source.write.mode("overwrite").parquet("data/target")
table.write.mode("overwrite").csv("table2.csv")
people.write.mode("overwrite").parquet("data/source")
source.write.mode("ignore").parquet("data/source")
