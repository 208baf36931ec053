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
