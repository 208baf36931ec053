from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(None, 1), ("x", None)], ["s", "n"])
df.show()
df.filter(F.col("s").isNull()).show()
df.filter(df.n.isNotNull()).show()
