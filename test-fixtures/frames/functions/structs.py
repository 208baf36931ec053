from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.select(F.struct("name", "age").alias("s")).show()
df.select(F.struct("name", (F.col("age") + 1).alias("next")).alias("s")).select("s.next", "s.*").show()
df.select(F.named_struct(F.lit("a"), "name", F.lit("b"), F.lit(1))).show(1)
df.select(F.struct("*")).printSchema()
