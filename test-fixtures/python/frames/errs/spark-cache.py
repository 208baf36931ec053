from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
a = people.filter("age > 1").cache()  # hint: [spark-cache] "nothing reads again"
b = people.persist()  # hint: [spark-cache]
c = spark.table("x").cache()  # hint: [spark-cache]
d = people.select("name").cache()  # hint: [spark-cache]
e = people.orderBy("age").persist()  # hint: [spark-cache]
f = spark.range(5).cache()  # hint: [spark-cache]
g = people.union(people).cache()  # hint: [spark-cache]
h = people.join(cities, "city").cache()  # hint: [spark-cache]
i = spark.read.csv("x.csv").cache()  # hint: [spark-cache]
cities.cache()  # hint: [spark-cache]
def report(day):
    kept = spark.table("sales").filter(day).cache()  # hint: [spark-cache] "no name is left"
    kept.count()
    kept.groupBy("city").count().show()
def export(path):
    rows = people.select("name").persist()  # hint: [spark-cache]
    rows.write.parquet(path)
    rows.write.csv(path + ".csv")
