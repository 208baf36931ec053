from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.select(F.hash("name"), F.xxhash64("name", "age"), F.sha1("name"), F.md5(F.col("city"))).show(truncate=False)
