from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.createOrReplaceTempView("people")
print(spark.catalog.tableExists("people"))
spark.catalog.cacheTable("people")
print(spark.catalog.isCached("people"))
spark.catalog.uncacheTable("people")
spark.catalog.dropTempView("people")
print(spark.catalog.tableExists("people"))
print(spark.catalog.currentDatabase())
