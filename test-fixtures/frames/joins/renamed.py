from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
a = spark.createDataFrame([(1, "l1"), (2, "l2"), (3, "l3")], ["id", "x"])
b = spark.createDataFrame([(1, "r1"), (3, "r3"), (4, "r4")], ["id", "y"])
b2 = b.withColumnRenamed("id", "other")
a.join(b2, a.id == b2.other, "left").orderBy("id").show()
a.join(b2, F.col("id") == F.col("other")).drop("other").show()
