from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.union(people)
people.unionAll(people.filter("age > 3"))
people.unionByName(people.select("city", "name", "age"))
people.unionByName(cities, allowMissingColumns=True)
people.select("name", "age").union(cities)
cities.union(cities.select("city", F.col("size") + 0.5))
people.select("name").intersect(cities.select("city"))
people.select("city").subtract(cities.select("city"))
people.union(spark.table("unknown"))
spark.read.parquet("x").union(people)
