from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.window import Window

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
w = Window.partitionBy("shop").orderBy("month")
df.select("shop", "month", F.lag("total").over(w), F.lead("total", 1, 0.0).over(w), F.lag("total", 2).over(w)).orderBy("shop", "month").show(truncate=False)
df.withColumn("change", F.col("total") - F.lag("total", 1).over(w)).orderBy("shop", "month").show()
