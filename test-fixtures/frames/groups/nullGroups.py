from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([("a", 1), (None, 2), ("a", None), (None, None)], "k string, v int")
df.groupBy("k").agg(F.sum("v"), F.count("v"), F.count("*"), F.avg("v"), F.min("v")).orderBy("k").show()
df.agg(F.count("k"), F.countDistinct("k"), F.collect_list("v")).show()
