from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
shown = people.show()  # warning: [spark-show] "is no DataFrame"
first = people.filter("age > 3").show(5)  # warning: [spark-show]
grouped = people.groupBy("city").count().show()  # warning: [spark-show]
result = people.select("name").show(truncate=False)  # warning: [spark-show]
view = spark.table("t").show()  # warning: [spark-show]
one = spark.sql("SELECT 1").show()  # warning: [spark-show]
wide = people.orderBy("age").limit(3).show()  # warning: [spark-show]
top = people.withColumn("x", F.lit(1)).show(3, False)  # warning: [spark-show]
csv = spark.read.csv("a.csv").show()  # warning: [spark-show]
joined = people.join(cities, "city").show()  # warning: [spark-show]
people.show().filter("age > 3")  # error: [spark-show] "has no 'filter'"
