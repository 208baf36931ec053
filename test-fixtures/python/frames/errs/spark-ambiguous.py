from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
left = people.alias("l")
right = people.alias("r")
joined = left.join(right, F.col("l.city") == F.col("r.city"))
both = people.join(cities, people.city == cities.city)
joined.select("name")  # error: [spark-ambiguous] "ambiguous"
joined.filter("age > 3")  # error: [spark-ambiguous] "ambiguous"
joined.groupBy("city").count()  # error: [spark-ambiguous] "ambiguous"
joined.withColumn("n", F.col("age") + 1)  # error: [spark-ambiguous] "ambiguous"
joined.orderBy("name")  # error: [spark-ambiguous] "ambiguous"
both.select("city")  # error: [spark-ambiguous] "ambiguous"
both.filter(F.col("city") == "Rome")  # error: [spark-ambiguous] "ambiguous"
both.groupBy("city").agg(F.max("size"))  # error: [spark-ambiguous] "ambiguous"
both.selectExpr("upper(city)")  # error: [spark-ambiguous] "ambiguous"
both.select(F.upper("city"))  # error: [spark-ambiguous] "ambiguous"
