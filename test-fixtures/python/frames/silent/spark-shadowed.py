from pyspark.sql import SparkSession
from pyspark.sql.functions import abs, col, max, min, round, sum

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34)], ["name", "age"])
items = [1, 2, 3]
people.agg(sum("age"), max("age"), min("age"))
people.select(round(col("age") / 3, 2))
people.groupBy("name").agg(sum(col("age")))
import builtins
builtins.sum([1, 2])
people.select(abs(col("age")))
names = sorted([1, 2])
size = len([1, 2])
people.select(sum(people.age))
def own(sum):
    return sum([1, 2])
total = sum(items)
values = list(map(str, [1, 2]))
