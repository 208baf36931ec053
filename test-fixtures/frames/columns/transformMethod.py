from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
def add_next(frame):
    return frame.withColumn("next", F.col("age") + 1)
def only(frame, city):
    return frame.filter(F.col("city") == city)
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.transform(add_next).show()
df.transform(only, "Rome").show()
df.transform(lambda d: d.select("name")).show()
df.transform(only, city="Oslo").transform(add_next).show()
