from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
first, second = 1, "two"
a = b = 3
rate: float = 0.5
pairs = {"name": "who", "age": "years"}
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
for old, new in pairs.items():
    df = df.withColumnRenamed(old, new)
df.show()
print(first, second, a, b, rate, len(pairs))
columns = list(pairs.keys())
print(columns, sorted(columns), "age" in pairs, columns[0], columns[-1], columns[0:1])
count = 0
count += 1
print(count, min(1, 2), max([3, 4]), sum([1, 2]), abs(-2), round(2.567, 1), str(5), int("7"), float("2.5"))
print("A,b".lower().split(","), "x".upper(), " t ".strip(), "a-b".replace("-", "_"), "abc".startswith("a"))
