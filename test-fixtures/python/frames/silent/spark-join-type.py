from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
numbers = spark.createDataFrame([(34, "x"), (45, "y")], ["key", "value"])
texts = spark.createDataFrame([("34", 1.5)], ["key", "rate"])
days = spark.sql("SELECT DATE '2024-01-01' AS key, true AS flag")
numbers.join(numbers.select("key"), "key")
numbers.join(texts.withColumn("key", F.col("key").cast("bigint")), "key")
numbers.join(texts.select(F.col("key").cast("int").alias("key")), "key")
texts.join(texts.select("key"), ["key"])
people.join(cities, "city")
numbers.join(spark.range(5).toDF("key"), "key")
numbers.join(spark.table("unknown"), "key")
days.join(days.select("key"), "key")
numbers.crossJoin(texts)
numbers.join(texts.select(F.col("rate").alias("key")), "key")
