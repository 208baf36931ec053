from pyspark.sql import SparkSession
from pyspark.sql.functions import abs, col, max, min, round, sum

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34)], ["name", "age"])
items = [1, 2, 3]
total = sum([1, 2, 3])  # error: [spark-shadowed] "'sum' is pyspark.sql.functions.sum"
least = min([1, 2])  # error: [spark-shadowed]
most = max([4, 5])  # error: [spark-shadowed]
total = sum([x * 2 for x in items])  # error: [spark-shadowed]
total = sum(x * 2 for x in items)  # error: [spark-shadowed]
rounded = round(3.7)  # error: [spark-shadowed]
rounded = round(2.345, 2)  # error: [spark-shadowed]
size = abs(-3 + 1) if False else abs(3)  # error: [spark-shadowed]
least = min(3, 4)  # error: [spark-shadowed]
most = max((1, 2))  # error: [spark-shadowed]
