from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
df.rollup("shop", "month").agg(F.sum("total").alias("s")).orderBy(F.col("shop").asc_nulls_first(), F.col("month").asc_nulls_first()).show()
df.rollup("shop").count().orderBy("shop").show()
df.rollup("shop").agg(F.grouping("shop").alias("g"), F.sum("month")).orderBy("g", "shop").show()
