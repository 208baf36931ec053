from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
numbers = spark.createDataFrame([(34, "x"), (45, "y")], ["key", "value"])
texts = spark.createDataFrame([("34", 1.5)], ["key", "rate"])
days = spark.sql("SELECT DATE '2024-01-01' AS key, true AS flag")
numbers.join(texts, "key")  # warning: [spark-join-type] "bigint on the left and string on the right"
texts.join(numbers, "key")  # warning: [spark-join-type]
numbers.join(texts, ["key"])  # warning: [spark-join-type]
numbers.join(texts, "key", "left")  # warning: [spark-join-type]
numbers.join(texts, on="key", how="outer")  # warning: [spark-join-type]
texts.join(days, "key")  # warning: [spark-join-type] "string on the left and date on the right"
days.join(texts, "key", "left_anti")  # warning: [spark-join-type]
numbers.filter("key > 1").join(texts, "key")  # warning: [spark-join-type]
numbers.join(texts.filter("rate > 1"), "key", "semi")  # warning: [spark-join-type]
numbers.select("key").join(texts.select("key"), "key")  # warning: [spark-join-type]
numbers.join(texts, numbers.key == texts.key)  # warning: [spark-join-type] "compares bigint with string"
numbers.join(texts, (numbers["key"] == texts["key"]) & (texts.rate > 1), "left")  # warning: [spark-join-type]
