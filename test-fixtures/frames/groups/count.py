from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
df.groupBy("shop").count().orderBy("shop").show()
df.groupBy("shop", "month").count().orderBy("shop", "month").show()
df.groupBy().count().show()
df.groupBy(["shop"]).count().orderBy(F.desc("count"), "shop").show()
df.groupby("month").count().sort("month").show()
print(df.groupBy("shop").count().count())
