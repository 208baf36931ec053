from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(i, "word " * i) for i in range(25)], ["n", "text"])
df.show()
df.show(3)
df.show(3, False)
df.show(n=2, truncate=10)
df.show(truncate=3, n=2)
df.show(2, vertical=True)
df.show(100)
df.limit(0).show()
spark.range(3).show(vertical=True)
