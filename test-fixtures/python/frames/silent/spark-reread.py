from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
a = spark.read.csv("a.csv")
b = spark.read.csv("b.csv")
c = spark.read.csv("a.csv", header=True)
d = spark.read.option("sep", ";").csv("a.csv")
e = spark.read.parquet("p")
f = spark.read.parquet("p")
def one():
    return spark.read.csv("x.csv")
def two():
    return spark.read.csv("x.csv")
for i in range(3):
    g = spark.read.csv("loop.csv")
h = spark.read.csv(path)
i = spark.read.csv(path)
j = spark.read.json("a.json")
