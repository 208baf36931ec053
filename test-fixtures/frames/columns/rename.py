from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.withColumnRenamed("age", "years").show(1)
df.withColumnsRenamed({"age": "years", "city": "town"}).show(1)
df.withColumnRenamed("nothing", "x").printSchema()
