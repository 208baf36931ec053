from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
df.groupBy("shop").agg(F.sum("total").alias("s"), F.count("*").alias("n"), F.avg("total")).orderBy("shop").show()
df.groupBy("shop").agg({"total": "max", "month": "min"}).orderBy("shop").show()
df.agg({"total": "sum"}).show()
df.agg(F.max("total"), F.min("month")).show()
df.groupBy("shop").agg(F.expr("sum(total) / count(1) as mean")).orderBy("shop").show()
df.groupBy("shop").agg({"*": "count"}).orderBy("shop").show()
df.groupBy(df.shop).agg(F.max(df.total)).orderBy("shop").show()
