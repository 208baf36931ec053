from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([{"b": 1, "a": "x"}, {"a": "y", "b": 2}])
df.show()
df.printSchema()
