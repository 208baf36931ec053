from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(1, "a"), (1, "a"), (2, "b")], ["n", "s"])
df.distinct().orderBy("n").show()
df.dropDuplicates().orderBy("n").show()
df.dropDuplicates(["n"]).orderBy("n").show()
print(df.distinct().count())
df.select("n").distinct().sort("n").show()
