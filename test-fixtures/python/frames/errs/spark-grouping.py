from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.createOrReplaceTempView("people")
spark.sql("SELECT name, count(*) FROM people GROUP BY city")  # error: [spark-grouping]
spark.sql("SELECT city, age FROM people GROUP BY city")  # error: [spark-grouping]
spark.sql("SELECT name, max(age) FROM people")  # error: [spark-grouping]
spark.sql("SELECT upper(name), city FROM people GROUP BY city")  # error: [spark-grouping]
people.groupBy("city").agg(F.sum("age") + F.col("age"))  # error: [spark-grouping]
people.groupBy("city").agg(F.col("name"))  # error: [spark-grouping]
people.groupBy("city").agg(F.upper("name"))  # error: [spark-grouping]
people.groupBy("city").agg(F.max("age"), F.col("age") + 1)  # error: [spark-grouping]
people.select("name", F.max("age"))  # error: [spark-grouping]
people.select(F.count("*"), "city")  # error: [spark-grouping]
