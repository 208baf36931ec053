from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [(1, "a", 1.5), (None, "b", None), (3, None, 2.5), (None, None, None)],
    "n int, s string, x double",
)
df.replace(1, 100).show()
df.replace([1, 3], [10, 30], "n").show()
df.replace({"a": "A", "c": "C"}).show()
df.na.replace("a", None).show()
df.replace(["a", "c"], "z", subset=["s"]).show()
df.na.replace({1: 7}, subset=["n"]).show()
