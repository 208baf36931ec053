from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.union(cities)  # error: [spark-union]
people.unionAll(people.drop("age"))  # error: [spark-union]
people.intersect(cities)  # error: [spark-union]
people.subtract(people.select("name"))  # error: [spark-union]
people.exceptAll(cities)  # error: [spark-union]
cities.union(people.select("name"))  # error: [spark-union]
cities.union(cities.select("city", F.array("size")))  # error: [spark-union]
people.select("name").union(people.select(F.array("name")))  # error: [spark-union]
cities.unionByName(cities.withColumn("more", F.lit(1)))  # error: [spark-union]
people.union(people.withColumn("more", F.lit(1)))  # error: [spark-union]
