from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.filter(df.name.like("A%")).show()
df.filter(df.name.rlike("^[AB]")).show()
df.filter(df.name.ilike("%O%")).show()
df.filter(df.name.startswith("C")).show()
df.filter(df.name.endswith("b")).show()
df.filter(df.name.contains("l")).show()
df.select(df.name.like("A%"), df.name.substr(1, 2), df.name.startswith("A")).show()
