from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.range(100).coalesce(1)
parts = df.randomSplit([0.5, 0.5], seed=7)
print(len(parts), parts[0].unionAll(parts[1]).count(), parts[0].intersect(parts[1]).count())
