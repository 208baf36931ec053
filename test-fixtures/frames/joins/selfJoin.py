from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
l = df.alias("l")
r = df.alias("r")
l.join(r, (F.col("l.city") == F.col("r.city")) & (F.col("l.name") < F.col("r.name"))).select("l.name", F.col("r.name").alias("other")).show()
