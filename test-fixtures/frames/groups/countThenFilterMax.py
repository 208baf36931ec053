from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
counts = df.groupBy("shop").count()
counts.orderBy(counts["count"].desc(), "shop").show()
counts.filter(counts["count"] == 2).orderBy("shop").show()
