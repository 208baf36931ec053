from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
total = df.count()
average = df.agg(F.avg("age").alias("a")).first()["a"]
print(f"{total} people, {average:.2f} on average, {total:>5,}")
print("share: %d of %s" % (total, "all"))
print("n = {}".format(total))
