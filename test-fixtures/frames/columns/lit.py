from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.range(1)
from datetime import date
df.select(F.lit(1), F.lit(2.5), F.lit("s"), F.lit(True), F.lit(None), F.lit(date(2024, 5, 6)), F.lit([1, 2])).show()
df.select(F.lit(1).alias("i"), F.lit(10000000000).alias("l"), F.lit(2.5).alias("d"), F.lit("s").alias("s"), F.lit(None).alias("n")).printSchema()
