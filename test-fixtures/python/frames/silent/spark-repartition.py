from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.repartition(8).write.parquet("out")
people.coalesce(1).write.parquet("out")
people.repartition("city").write.parquet("out")
people.repartition(1).count()
people.repartition(1, "city").write.parquet("out")
people.write.parquet("out")
single = people.repartition(1)
people.repartition(10, "city").write.partitionBy("city").parquet("out")
people.repartition(n).write.parquet("out")
people.repartition(1).orderBy("age").write.parquet("out")
other.repartition(1).write.parquet("out")
