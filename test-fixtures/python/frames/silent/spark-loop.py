from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
names = ["a", "b"]
for row in people.collect():
    print(row)
for name in people.columns:
    print(name)
for name in names:
    people.select(name).show()
frames = []
for name in names:
    frames.append(people.withColumn(name, F.lit(1)))
for name in names:
    other = people.withColumn("x", F.lit(name))
def action():
    return people.count()
for name in names:
    print("x".count(name))
people = people.withColumns({name: F.lit(1) for name in names})
people = people.withColumn("one", F.lit(1))
n = people.count()
for name in names:
    if people.filter(F.col("name") == name).isEmpty():
        top = people.take(1)
for i in range(people.count()):
    pass
