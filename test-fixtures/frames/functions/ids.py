from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
).coalesce(1)
df.select("name", F.monotonically_increasing_id().alias("id")).show()
df.select(F.spark_partition_id()).distinct().count()
