from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [(1, "a", 1.5), (None, "b", None), (3, None, 2.5), (None, None, None)],
    "n int, s string, x double",
)
df.dropna().show()
df.dropna("all").show()
df.dropna(how="any", subset=["n"]).show()
df.dropna(thresh=2).show()
df.na.drop("any", subset=["s", "x"]).show()
df.na.drop(subset="s").show()
