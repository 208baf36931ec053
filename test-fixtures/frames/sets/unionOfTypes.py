from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
a = spark.createDataFrame([(1, 1.5)], "a int, b double")
b = spark.createDataFrame([(2, 3)], "a bigint, b int")
a.union(b).printSchema()
a.union(b).show()
