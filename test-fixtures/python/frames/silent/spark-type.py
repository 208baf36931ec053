from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.select(F.year(F.to_date(F.lit("2024-01-01"))))
people.select(F.explode(F.array("name")))
people.filter(F.col("age") > 30)
people.select(F.size(F.array("age")))
people.select(F.concat("name", "age"))
people.select(F.upper("age"))
people.select(F.col("age") + F.lit(1.5))
people.select(F.col("age") == F.lit("34"))
people.select(F.round(F.col("age") / 3, 2))
people.select(F.coalesce("city", F.lit("-")))
people.select(F.array_contains(F.array("name"), "Ann"))
people.select(F.length("name"), F.abs("age"))
