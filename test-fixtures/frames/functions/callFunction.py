from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.select(F.call_function("upper", "name"), F.call_function("concat", F.col("name"), F.lit("!"))).show()
df.select(F.expr("substring(name, 2)"), F.expr("age * 2 as d")).show()
