from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
).alias("p")
df.select("p.name", F.col("p.age")).show(1)
df.select(F.expr("age * 2 AS double_age"), F.expr("upper(name)").alias("u")).show(1)
df.select(F.col("age").name("n"), F.col("age").alias("m")).printSchema()
