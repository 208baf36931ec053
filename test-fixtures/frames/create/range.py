from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
spark.range(5).show()
spark.range(2, 8, 2).show()
spark.range(10, 0, -3).show()
df = spark.range(4).toDF("n")
df.select((F.col("n") * 2).alias("twice")).show()
spark.range(0, 6, 1, 2).filter("id > 3").show()
