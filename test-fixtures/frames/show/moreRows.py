from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.range(25)
df.show()
df.show(25)
df.show(3)
