from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [(1, "a", 1.5), (None, "b", None), (3, None, 2.5), (None, None, None)],
    "n int, s string, x double",
)
df.fillna(0).show()
df.fillna("?").show()
df.fillna({"n": -1, "s": "none"}).show()
df.na.fill(9.5).show()
df.na.fill(0, ["x"]).show()
df.fillna(0, subset=["n"]).show()
df.na.fill({"x": 1}).show()
df.fillna(True).show()
