from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.repartition(1).write.parquet("out")  # hint: [spark-repartition] "one task"
people.repartition(1).write.mode("overwrite").csv("out")  # hint: [spark-repartition]
people.filter("age > 1").repartition(1).write.json("out")  # hint: [spark-repartition]
people.repartition(1).write.format("csv").save("out")  # hint: [spark-repartition]
people.select("name").repartition(1).write.partitionBy("name").parquet("out")  # hint: [spark-repartition]
spark.table("x").repartition(1).write.saveAsTable("y")  # hint: [spark-repartition]
spark.read.csv("a.csv").repartition(1).write.parquet("b")  # hint: [spark-repartition]
people.union(people).repartition(1).write.option("header", True).csv("out")  # hint: [spark-repartition]
people.orderBy("age").repartition(1).write.parquet("o")  # hint: [spark-repartition]
cities.repartition(1).write.mode("append").parquet("o")  # hint: [spark-repartition]
