from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
verbose = True
mode = "full"
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
if verbose and mode == "full":
    df.show()
elif mode == "none":
    df.printSchema()
else:
    print("nothing")
value = 10 if not verbose else 20
print(value)
assert df.count() == 4
try:
    df.select("name").show(1)
except Exception as error:
    print("failed")
finally:
    print("end")
