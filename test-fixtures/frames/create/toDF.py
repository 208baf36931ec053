from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(1, "x")]).toDF("id", "letter")
df.show()
df.toDF(*["a", "b"]).printSchema()
