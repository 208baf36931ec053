from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
mapping = {"Rome": "IT", "Oslo": "NO"}
case = F.lit("other")
for city, country in mapping.items():
    case = F.when(F.col("city") == city, country).otherwise(case)
df.select("name", case.alias("country")).show()
expressions = [F.max(c).alias(f"max_{c}") for c in ["age", "name"]]
df.agg(*expressions).show()
for i, (c, t) in enumerate(df.dtypes):
    print(i, c, t)
kinds = {name: kind for name, kind in zip(["a", "b"], [1, 2])}
print(kinds)
options = {"header": "true", "inferSchema": "true"}
spark.read.options(**options).csv("purchases.csv").printSchema()
