from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.select("name", F.when(df.age < 30, "young").when(df.age < 40, "middle").otherwise("old").alias("group")).show()
df.select(F.when(df.age > 30, 1)).show()
df.withColumn("g", F.when(F.col("city").isNull(), F.lit("?")).otherwise(F.col("city"))).show()
