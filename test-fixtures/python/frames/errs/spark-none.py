from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.filter(people.city == None)  # warning: [spark-none] "isNull()"
people.filter(people.city != None)  # warning: [spark-none] "isNotNull()"
people.filter(F.col("city") == None)  # warning: [spark-none]
people.filter(F.col("age") != None)  # warning: [spark-none]
people.filter(people["city"] == None)  # warning: [spark-none]
people.where(None == F.col("city"))  # warning: [spark-none]
people.withColumn("x", F.when(F.col("city") == None, "-").otherwise("+"))  # warning: [spark-none]
people.filter((F.col("age") > 3) & (F.col("city") == None))  # warning: [spark-none]
missing = F.upper("city") == None  # warning: [spark-none]
people.select((F.col("age") + 1) == None)  # warning: [spark-none]
