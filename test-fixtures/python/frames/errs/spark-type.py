from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.select(F.year(F.col("age") > 3))  # error: [spark-type]
people.select(F.explode("name"))  # error: [spark-type]
people.filter(F.col("age") + 1)  # error: [spark-type]
people.select(F.size("age"))  # error: [spark-type]
people.select(F.array_contains("name", 1))  # error: [spark-type]
people.select(F.map_keys("city"))  # error: [spark-type]
people.select(F.date_add(F.array("name"), 1))  # error: [spark-type]
people.select(-F.array("name"))  # error: [spark-type]
people.select(F.col("age") & F.lit("x"))  # error: [spark-type]
people.select(F.element_at("name", 1))  # error: [spark-type]
people.filter("age")  # error: [spark-type]
