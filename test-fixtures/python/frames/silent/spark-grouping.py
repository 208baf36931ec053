from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.createOrReplaceTempView("people")
spark.sql("SELECT city, count(*) FROM people GROUP BY city")
spark.sql("SELECT upper(city), max(age) FROM people GROUP BY city")
spark.sql("SELECT city AS c, max(age) FROM people GROUP BY c")
spark.sql("SELECT max(age), min(name) FROM people")
spark.sql("SELECT name, max(age) OVER () FROM people")
people.groupBy("city").agg(F.sum("age") + F.max("age"))
people.groupBy("city").agg(F.first("name"))
people.groupBy("city").agg(F.concat(F.col("city"), F.lit("!")), F.max("age"))
people.groupBy("city", "name").agg(F.max("age"))
people.select(F.max("age"), F.count("*"))
people.agg({"age": "max"})
