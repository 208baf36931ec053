from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.sort("age").show()
df.sort(df.age.desc()).show()
df.orderBy(["city", "name"]).show()
df.orderBy("city", "name", ascending=[False, True]).show()
df.orderBy(F.desc("age"), F.asc("name")).select("name").show()
df.orderBy(df.city.asc_nulls_last()).select("city").show()
df.orderBy(F.col("city").desc_nulls_first()).select("city").show()
df.sort("age", ascending=False).limit(1).show()
df.sortWithinPartitions("age").count()
