from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.selectExpr("name", "age + 1 as next", "upper(city)").show()
df.selectExpr("*", "age > 30 as old").show()
df.selectExpr(["count(1) as n", "max(age)"]).show()
