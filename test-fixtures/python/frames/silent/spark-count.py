from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
empty = people.isEmpty()
many = people.count() > 5
n = people.count()
same = people.count() == cities.count()
empty = [1, 2].count(1) == 0
empty = "text".count("x") == 0
grouped = people.groupBy("city").count()
zero = n == 0
few = people.groupBy("city").count().filter("count > 0")
one = people.count() == 1
rows = len(people.take(1)) == 0
none = people.filter("age > 90").limit(1).count() == 0
