from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.range(10)
print(df.sample(1.0).count(), df.sample(fraction=0.0).count())
