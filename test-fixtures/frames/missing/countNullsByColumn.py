from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame(
    [("Ann", 34, "Rome", 1200.5), ("Bob", 45, "Oslo", 900.25), ("Carla", 29, "Rome", None), ("Dan", 31, None, 450.0)],
    ["name", "age", "city", "pay"],
)
people.select([F.sum(F.col(c).isNull().cast("int")).alias(c) for c in people.columns]).show()
people.select([F.count(F.when(F.col(c).isNull(), c)).alias(c) for c in people.columns]).show()
people.withColumn("pay", F.coalesce(F.col("pay"), F.lit(0.0))).orderBy("name").show()
