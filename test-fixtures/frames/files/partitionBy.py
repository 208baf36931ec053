from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
df.write.mode("overwrite").partitionBy("shop").parquet("by_shop")
back = spark.read.parquet("by_shop")
back.printSchema()
back.orderBy("shop", "month").show()
back.filter("shop = 'a'").orderBy("month").show()
df.na.fill(0.0).write.partitionBy("shop", "month").mode("overwrite").csv("by_both", header=True)
spark.read.csv("by_both", header=True, inferSchema=True).orderBy("shop", "month").show()
df.write.mode("overwrite").partitionBy("month").json("by_month")
spark.read.json("by_month").orderBy("shop", "month").show()
