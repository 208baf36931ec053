from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.range(10)
df.limit(3).show()
df.offset(7).show()
df.limit(5).offset(3).show()
print(df.head(2), df.take(1), df.first(), df.tail(1))
