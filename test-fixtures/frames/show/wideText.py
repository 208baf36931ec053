from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([("日本", "é"), ("a\nb", "tab\there")], ["k", "l"])
df.show()
df.show(truncate=False)
df.show(vertical=True)
