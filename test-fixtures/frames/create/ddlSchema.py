from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(1, "a", [1, 2])], "id int, name string, scores array<int>")
df.printSchema()
df.show()
spark.createDataFrame([(1, 2)], "a: int, b: long").printSchema()
