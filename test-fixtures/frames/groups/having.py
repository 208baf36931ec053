from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
df.groupBy("shop").agg(F.sum("total").alias("s")).filter("s > 8").orderBy("shop").show()
df.groupBy("shop").count().where(F.col("count") > 1).orderBy("shop").show()
