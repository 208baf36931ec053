from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.agg(...)  # error: 12 [spark-method] "takes Columns"
people.groupBy("city").agg(...)  # error: [spark-method]
people.filter("age > 3").agg(...)  # error: [spark-method]
people.groupBy().agg(...)  # error: [spark-method]
cities.agg(...)  # error: [spark-method]
people.select("age").agg(...)  # error: [spark-method]
people.rollup("city").agg(...)  # error: [spark-method]
people.cube("city").agg(...)  # error: [spark-method]
spark.table("t").agg(...)  # error: [spark-method]
rest = people.except(cities)  # error: 15 [spark-method] "subtract()"
