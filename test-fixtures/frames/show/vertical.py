from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([("a text that is longer than twenty characters", 1), ("short", None)], ["t", "number"])
df.show(vertical=True)
df.show(1, False, True)
df.show(2, truncate=5, vertical=True)
df.filter("1 = 0").show(vertical=True)
