from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql import Window

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
w = Window.partitionBy("shop").orderBy("month")
df.select("shop", "month", F.sum("total").over(w.rowsBetween(Window.unboundedPreceding, 0)).alias("run"), F.avg("total").over(w.rowsBetween(-1, 1)).alias("near"), F.sum("total").over(w.rangeBetween(-1, Window.currentRow)).alias("range"), F.first("total").over(w).alias("f"), F.last("total").over(w).alias("l")).orderBy("shop", "month").show()
df.select("shop", F.max("total").over(Window.partitionBy("shop")).alias("top")).distinct().orderBy("shop").show()
df.select(F.sum("month").over(Window.orderBy("shop", "month").rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing))).show(1)
df.select("shop", F.count("*").over(Window.partitionBy("shop", "month"))).orderBy("shop").show()
