from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
df.groupBy("shop").agg(F.stddev("total"), F.variance("total"), F.collect_list("month"), F.countDistinct("month")).orderBy("shop").show(truncate=False)
df.agg(F.approx_count_distinct("shop"), F.first("total", ignorenulls=True), F.sum_distinct("month")).show()
df.agg(F.median("total"), F.percentile_approx("total", 0.5), F.skewness("total"), F.kurtosis("total"), F.corr("month", "total")).show(truncate=False)
df.agg(F.max_by("shop", "total"), F.min_by("shop", "total"), F.bool_and(F.col("month") > 0), F.count_if(F.col("month") == 1), F.mode("month")).show()
df.agg(F.sum(F.col("total") * 2).alias("d"), F.count(F.when(F.col("total") > 6, True)).alias("k"), F.collect_set("month")).show()
