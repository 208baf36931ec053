# file: large.csv 90000000
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
rows = spark.read.csv("a.csv").collect()  # hint: [spark-collect] "all rows"
rows = spark.read.csv("a.csv", header=True).collect()  # hint: [spark-collect]
rows = spark.read.parquet("a").collect()  # hint: [spark-collect]
frame = spark.read.parquet("b").toPandas()  # hint: [spark-collect]
rows = spark.table("sales").collect()  # hint: [spark-collect]
frame = spark.table("sales").toPandas()  # hint: [spark-collect]
rows = spark.read.json("a.json").collect()  # hint: [spark-collect]
frame = spark.read.option("header", True).csv("c.csv").toPandas()  # hint: [spark-collect]
rows = spark.read.format("parquet").load("d").collect()  # hint: [spark-collect]
for row in spark.read.parquet("e").collect():  # hint: [spark-collect]
    print(row)
large = spark.read.csv("large.csv", header=True)
rows = large.collect()  # hint: [spark-collect]
frame = large.toPandas()  # hint: [spark-collect]
