from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(1, 2)], ["a.b", "c d"])
df.select("`a.b`", "c d").show()
df.select(F.col("`a.b`") + 1).show()
df["c d"]
df.withColumn("e", df["`a.b`"]).show()
