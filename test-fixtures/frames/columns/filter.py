from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.filter(df.age > 30).show()
df.filter("age > 30 and city = 'Rome'").show()
df.where((F.col("age") >= 30) & (F.col("city") != "Rome")).show()
df.where((df.age < 30) | df.city.isNull()).show()
df.filter(~(df.age > 30)).show()
df[df.age == 34].show()
df[["name"]].show(1)
