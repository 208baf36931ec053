from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
facts = spark.read.csv("facts.csv", header=True)
names = spark.createDataFrame([("a", 1), ("b", 2)], ["code", "name"])
facts.join(F.broadcast(names), "code")
people.join(cities, "city")
facts.join(facts.select("code"), "code")
facts.join(names.hint("broadcast"), "code")
names.join(facts, "code")
facts.join(spark.table("dims"), "code")
facts.crossJoin(names)
facts.union(facts)
facts.join(spark.read.csv("dims.csv"), "code")
facts.join(unknown, "code")
", ".join(["a", "b"])
