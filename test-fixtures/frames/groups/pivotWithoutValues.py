from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
df.groupBy("shop").pivot("month").sum("total").orderBy("shop").show()
df.groupBy("month").pivot("shop").count().orderBy("month").show()
df.groupBy().pivot("shop").agg(F.avg("total").alias("m")).show()
df.groupBy("shop").pivot("month").sum("total").fillna(0).orderBy("shop").printSchema()
