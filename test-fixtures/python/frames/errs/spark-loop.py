from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
names = ["a", "b"]
for name in names:
    people = people.withColumn(name, F.lit(1))  # hint: [spark-loop] "withColumns()"
for name in names:
    people = people.filter("age > 1").withColumn(name, F.lit(1))  # hint: [spark-loop]
for name in names:
    n = people.filter(F.col("name") == name).count()  # hint: [spark-loop] "runs a job of its own"
for name in names:
    rows = people.filter(F.col("name") == name).collect()  # hint: [spark-loop]
while names:
    first = cities.first()  # hint: [spark-loop]
    names.pop()
for row in people.collect():
    match = cities.filter(cities.city == row.city).first()  # hint: [spark-loop]
for name in names:
    if name != "x":
        print(people.count())  # hint: [spark-loop]
for name in names:
    frame = people.toPandas()  # hint: [spark-loop]
for name in names:
    top = people.orderBy(name).collect()  # hint: [spark-loop]
for name in names:
    for other in names:
        top = people.select("name").count()  # hint: [spark-loop]


def counts(df: DataFrame, columns):
    return [df.select(column).count() for column in columns]
