from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
df.agg(F.any_value("shop"), F.every(F.col("month") > 0), F.some(F.col("month") > 1), F.bit_and("month"), F.bit_or("month"), F.bit_xor("month")).show(truncate=False)
df.agg(F.regr_slope("total", "month"), F.stddev_pop("total"), F.var_pop("total"), F.percentile("total", 0.25), F.listagg("shop", F.lit("|"))).show(truncate=False)
df.groupBy("shop").agg(F.collect_list(F.struct("month", "total")).alias("l")).orderBy("shop").show(truncate=False)
df.agg(F.array_agg("month"), F.count_distinct("shop", "month"), F.countDistinct(F.col("shop")), F.sum(F.lit(1)), F.mean("total")).show(truncate=False)
