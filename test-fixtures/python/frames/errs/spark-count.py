from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
empty = people.count() == 0  # hint: [spark-count] "isEmpty"
some = people.count() > 0  # hint: [spark-count] "not people.isEmpty()"
some = people.count() != 0  # hint: [spark-count]
none = people.count() <= 0  # hint: [spark-count]
empty = people.filter("age > 3").count() == 0  # hint: [spark-count]
empty = spark.table("t").count() == 0  # hint: [spark-count]
if people.join(cities, "city").count() == 0:  # hint: [spark-count]
    empty = people.distinct().count() == 0  # hint: [spark-count]
assert people.select("name").count() > 0  # hint: [spark-count]
empty = spark.read.csv("x.csv").count() == 0  # hint: [spark-count]
