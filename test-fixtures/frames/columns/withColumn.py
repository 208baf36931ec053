from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.withColumn("age", df.age + 1).show()
df.withColumn("a", F.lit("x")).withColumn("b", F.concat("a", "name")).show()
df.withColumns({"x": F.lit(1), "y": F.col("age") / 2}).show()
df.withColumn("AGE", F.lit(0)).printSchema()
