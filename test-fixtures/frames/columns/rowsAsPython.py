from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
rows = df.collect()
print(rows[0])
print(rows[0]["name"], rows[0].age, rows[1][0])
for row in df.orderBy("age").collect():
    print(row.name, row["age"])
print(df.first()["city"])
print([r.name for r in df.collect()])
n = df.agg(F.max("age")).collect()[0][0]
print(f"oldest: {n}")
