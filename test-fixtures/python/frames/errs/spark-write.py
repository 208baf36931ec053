from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
source = spark.read.parquet("data/source")
table = spark.read.csv("table.csv", header=True)
people.write.partitionBy("citty").parquet("out")  # error: [spark-write] "Did you mean 'city'?"
people.write.partitionBy("city", "year").parquet("out")  # error: [spark-write] "'year'"
people.write.mode("overwrite").partitionBy("town").json("out")  # error: [spark-write] "'town'"
people.write.partitionBy(["age", "nme"]).csv("out")  # error: [spark-write] "Did you mean 'name'?"
people.drop("city").write.partitionBy("city").parquet("out")  # error: [spark-write] "'city'"
source.write.mode("overwrite").parquet("data/source")  # error: [spark-write] "overwrites"
source.write.parquet("data/source", mode="overwrite")  # error: [spark-write] "overwrites"
source.filter("x > 1").write.mode("overwrite").parquet("data/source/")  # error: [spark-write] "overwrites"
source.write.mode("overwrite").format("parquet").save("data/source")  # error: [spark-write] "overwrites"
table.distinct().write.mode("overwrite").csv("./table.csv")  # error: [spark-write] "overwrites"
source.union(source).write.mode("overwrite").parquet("data/source")  # error: [spark-write] "overwrites"
