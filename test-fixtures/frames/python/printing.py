from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
print("rows:", df.count())
print("rows", df.count(), sep="=", end="!\n")
print(f"{df.count()} people, columns {df.columns}")
print(f"{3.14159:.2f} {1234567:,} {'x':>3} {5:03d}")
print(df.first())
print(df.take(2))
print(df)
print("a" * 3, [1, 2.5, "x", None, True], (1,), {"k": 1})
print()
