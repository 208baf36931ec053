from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame(
    [("Ann", 34, "Rome", 1200.5), ("Bob", 45, "Oslo", 900.25), ("Carla", 29, "Rome", None), ("Dan", 31, None, 450.0)],
    ["name", "age", "city", "pay"],
)
people.na.drop().orderBy("name").show()
people.na.drop(how="all").orderBy("name").show()
people.na.drop(subset=["city"]).orderBy("name").show()
people.na.drop(thresh=4).orderBy("name").show()
people.na.fill({"city": "unknown", "pay": 0.0}).orderBy("name").show()
people.na.fill(0).na.fill("?").orderBy("name").show()
people.na.replace(["Rome", "Oslo"], ["Roma", "Oslo!"], "city").orderBy("name").show()
