from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame(
    [("Ann", 34, "Rome", 1200.5), ("Bob", 45, "Oslo", 900.25), ("Carla", 29, "Rome", None), ("Dan", 31, None, 450.0)],
    ["name", "age", "city", "pay"],
)
people.write.partitionBy("city").mode("overwrite").parquet("by_city")
back = spark.read.parquet("by_city")
back.printSchema()
back.filter(F.col("city") == "Rome").orderBy("name").show()
back.groupBy("city").count().orderBy("city").show()
people.repartition(1).write.partitionBy("city", "age").mode("overwrite").option("header", "true").csv("by_both")
spark.read.option("header", "true").csv("by_both").orderBy("name").show()
