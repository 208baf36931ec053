from pyspark.sql import SparkSession
from pyspark.sql.functions import *

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.select(upper("name"), col("age") + lit(1)).show()
df.agg(sum("age").alias("total"), max("age")).show()
