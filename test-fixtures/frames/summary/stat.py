from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
print(df.stat.corr("month", "month"))
df.stat.crosstab("shop", "month").orderBy("shop_month").show()
print(df.approxQuantile("total", [0.5], 0.0))
print(df.stat.cov("month", "month"))
df.crosstab("month", "shop").orderBy("month_shop").show()
