from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.filter(df.city.isin("Rome", "Oslo")).show()
df.filter(df.city.isin(["Rome"])).show()
df.filter(~df.name.isin(["Ann"])).select("name").show()
df.filter(df.age.between(29, 34)).show()
df.select(df.age.between(30, 40), df.city.isin("Rome")).show()
