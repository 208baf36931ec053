# file: few.csv 900
# file: large.csv 90000000
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
rows = people.collect()
rows = spark.read.csv("a.csv").limit(5).collect()
rows = spark.read.parquet("a").filter("x > 1").collect()
rows = spark.read.parquet("b").groupBy("x").count().collect()
frame = people.toPandas()
rows = spark.table("sales").take(5)
rows = spark.table("sales").agg({"x": "max"}).collect()
spark.table("sales").show()
rows = spark.sql("SELECT count(*) FROM t").collect()
rows = spark.range(3).collect()
sales = spark.read.parquet("sales")
rows = sales.collect()
rows = sales.filter("x > 1").collect()
some = spark.read.parquet("some")
some = some.limit(3)
rows = some.collect()
rows = spark.read.csv("few.csv").collect()
large = spark.read.csv("large.csv")
rows = large.limit(5).collect()
