from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.drop("age").show(1)
df.drop("age", "city", "nope").show(1)
df.drop(df.age).show(1)
df.drop(F.col("city")).printSchema()
