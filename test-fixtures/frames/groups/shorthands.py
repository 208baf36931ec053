from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
df.groupBy("shop").sum("total").orderBy("shop").show()
df.groupBy("shop").avg("total", "month").orderBy("shop").show()
df.groupBy("shop").mean("total").orderBy("shop").show()
df.groupBy("shop").min("month").orderBy("shop").show()
df.groupBy("shop").max().orderBy("shop").show()
df.groupBy("shop").sum().orderBy("shop").show()
df.groupBy("month").sum().orderBy("month").show()
df.groupBy().avg().show()
