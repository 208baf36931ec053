from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([("a text that is longer than twenty characters", 1), ("short", 2)], ["t", "n"])
df.show()
df.show(truncate=True)
df.show(truncate=False)
df.show(1, 10)
df.show(truncate=3)
df.show(n=1, truncate=False)
df.show(1, True, False)
df.show(0)
