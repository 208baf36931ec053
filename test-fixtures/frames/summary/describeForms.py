from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame(
    [("Ann", 34, "Rome", 1200.5), ("Bob", 45, "Oslo", 900.25), ("Carla", 29, "Rome", None), ("Dan", 31, None, 450.0)],
    ["name", "age", "city", "pay"],
)
people.describe().show()
people.describe("age", "pay").show()
people.describe(["name"]).show()
people.summary().show()
people.summary("count", "min", "25%", "75%", "max").show()
people.select("age").summary("mean", "stddev").show()
