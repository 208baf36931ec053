from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.summary().show()
df.summary("count", "min", "25%", "max").show()
df.select("age").summary("count", "mean", "stddev").show()
df.summary("count_distinct", "approx_count_distinct").show()
