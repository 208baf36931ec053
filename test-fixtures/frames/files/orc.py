from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.write.mode("overwrite").format("parquet").option("compression", "snappy").save("snap")
spark.read.format("parquet").load("snap").orderBy("name").show()
df.write.option("compression", "gzip").mode("overwrite").parquet("gz")
print(spark.read.parquet("gz", "snap").count())
