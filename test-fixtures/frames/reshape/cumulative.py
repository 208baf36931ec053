from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.window import Window

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
).na.fill(0.0, ["total"])
w = Window.orderBy("shop", "month").rowsBetween(Window.unboundedPreceding, Window.currentRow)
df.withColumn("sum", F.sum("total").over(w)).withColumn("before", F.lag("sum", default=0.0).over(Window.orderBy("shop", "month"))).show()
