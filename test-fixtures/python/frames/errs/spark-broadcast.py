from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
facts = spark.read.csv("facts.csv", header=True)
names = spark.createDataFrame([("a", 1), ("b", 2)], ["code", "name"])
facts.join(names, "code")  # hint: [spark-broadcast] "broadcast()"
facts.join(names, "code", "left")  # hint: [spark-broadcast]
facts.join(names, ["code"])  # hint: [spark-broadcast]
facts.filter("x > 1").join(names, "code")  # hint: [spark-broadcast]
facts.join(names, facts.code == names.code)  # hint: [spark-broadcast]
facts.select("code").join(names, "code", "inner")  # hint: [spark-broadcast]
facts.join(cities, "city")  # hint: [spark-broadcast]
facts.withColumn("y", F.lit(1)).join(names, "code")  # hint: [spark-broadcast]
spark.read.parquet("p").join(names, "code")  # hint: [spark-broadcast]
spark.table("t").join(names, on="code")  # hint: [spark-broadcast]
