from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame(
    [("Ann", 34, "Rome", 1200.5), ("Bob", 45, "Oslo", 900.25), ("Carla", 29, "Rome", None), ("Dan", 31, None, 450.0)],
    ["name", "age", "city", "pay"],
)
sales = spark.createDataFrame(
    [("a", "Jan", 10), ("a", "Feb", 20), ("b", "Jan", 5), ("b", "Feb", 7)],
    ["shop", "month", "sold"],
)
sales.rollup("shop", "month").agg(F.sum("sold").alias("total"), F.grouping_id().alias("g")).orderBy("g", "shop", "month").show()
sales.cube("shop", "month").agg(F.grouping("shop").alias("s"), F.grouping("month").alias("m"), F.count("*").alias("n")).orderBy("s", "m", "shop", "month").show()
sales.rollup(F.upper("shop").alias("S")).max("sold").orderBy(F.col("S").asc_nulls_last()).show()
