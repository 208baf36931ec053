from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame(
    [("Ann", 34, "Rome", 1200.5), ("Bob", 45, "Oslo", 900.25), ("Carla", 29, "Rome", None), ("Dan", 31, None, 450.0)],
    ["name", "age", "city", "pay"],
)
for row in people.orderBy("name").collect():
    print(row.name, row["age"], row[2])
for name, age in people.select("name", "age").orderBy("age").take(2):
    print(f"{name:<8}|{age:>4}")
for column, kind in people.dtypes:
    print(f"{column}: {kind}")
print(people.columns, len(people.columns), people.schema.names)
cities = [r.city for r in people.select("city").dropna().distinct().orderBy("city").collect()]
for city in cities:
    print(city, people.filter(F.col("city") == city).count())
