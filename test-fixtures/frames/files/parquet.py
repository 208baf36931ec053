from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.write.mode("overwrite").parquet("people_parquet")
back = spark.read.parquet("people_parquet")
back.printSchema()
back.orderBy("name").show()
spark.read.load("people_parquet").filter("age > 30").orderBy("name").show()
df.write.mode("append").parquet("people_parquet")
print(spark.read.parquet("people_parquet").count())
df.write.mode("ignore").parquet("people_parquet")
print(spark.read.parquet("people_parquet").count())
