from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql import Window

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
w = Window.partitionBy("shop").orderBy("month")
df.select("shop", F.nth_value("total", 2).over(w).alias("second"), F.collect_list("month").over(w).alias("so_far"), F.min("total").over(w)).orderBy("shop", "so_far").show(truncate=False)
