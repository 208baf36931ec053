from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
result = (
    spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
    .filter(F.col("age") > 25)  # grown up
    .withColumn("decade", (F.floor(F.col("age") / 10) * 10).cast("int"))
    .groupBy("decade")
    .agg(F.count("*").alias("n"), F.collect_list("name").alias("names"))
    .orderBy("decade")
)
result.show(truncate=False)
result.printSchema()
