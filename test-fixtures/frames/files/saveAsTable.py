from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.write.mode("overwrite").saveAsTable("people_saved")
spark.table("people_saved").orderBy("name").show()
spark.sql("select count(*) from people_saved").show()
df.limit(1).write.insertInto("people_saved")
print(spark.read.table("people_saved").count())
spark.sql("DROP TABLE people_saved")
