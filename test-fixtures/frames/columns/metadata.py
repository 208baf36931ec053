from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
print(df.columns)
print(df.dtypes)
print(df.schema)
print(len(df.columns))
for name in df.columns:
    print(name)
df.select([c for c in df.columns if c != "age"]).show(1)
print(df.schema.names)
print(df.schema.fieldNames())
