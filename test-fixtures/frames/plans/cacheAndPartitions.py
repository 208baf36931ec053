from pyspark.sql import SparkSession
from pyspark import StorageLevel

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.cache()
print(df.count())
df.persist(StorageLevel.MEMORY_ONLY)
df.unpersist()
other = df.repartition(4).filter("age > 30")
other.orderBy("name").show()
df.repartition(2, "city").count()
df.repartition("city").orderBy("name").show(1)
df.coalesce(1).orderBy("name").show(1)
df.repartitionByRange(2, "age").count()
print(df.is_cached)
