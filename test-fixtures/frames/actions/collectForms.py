from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
print(df.collect())
print(df.head(), df.head(1), df.first(), df.take(2), df.limit(1).collect())
print(df.count(), df.isEmpty(), df.filter("age > 100").isEmpty(), df.filter("age > 100").first())
print(df.select("age").collect()[1].age)
print([row.asDict() for row in df.limit(1).collect()])
