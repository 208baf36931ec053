from pyspark.sql import SparkSession
from pyspark.sql.functions import col, lit, upper, sum as sum_, count as n
import pyspark.sql.functions as fn

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.select(upper(col("name")), fn.lower("city"), lit(3)).show()
df.agg(sum_("age"), n("*"), fn.max("age")).show()
