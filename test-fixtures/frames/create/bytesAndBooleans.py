from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(True, b"ab", bytearray(b"z")), (None, None, None)], "t boolean, b binary, c binary")
df.show()
print(df.collect())
df.printSchema()
