from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.select("name", "age").show()
df.select(df.name, df["age"] + 1).show()
df.select(F.col("name"), (F.col("age") * 2).alias("twice")).show()
df.select("*", F.lit(1).alias("one")).show()
df.select(["name", "city"]).show()
df.select(F.col("name").alias("who"), "age").printSchema()
