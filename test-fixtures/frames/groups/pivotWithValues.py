from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
df.groupBy("shop").pivot("month", [1, 2]).sum("total").orderBy("shop").show()
df.groupBy("shop").pivot("month", [2, 3]).agg(F.sum("total").alias("s"), F.count("total").alias("n")).orderBy("shop").show()
df.groupBy("month").pivot("shop", ["a", "b"]).agg(F.max("total")).orderBy("month").show()
