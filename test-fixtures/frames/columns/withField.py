from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(1, ("x", 5))], "id int, s struct<p:string,q:int>")
df.withColumn("s", df.s.withField("r", F.lit(True))).show()
df.withColumn("s", df.s.withField("q", F.col("s.q") + 1)).printSchema()
df.select(df.s.dropFields("p")).show()
df.select(df.s.dropFields("p").alias("t")).printSchema()
