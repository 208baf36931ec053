from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
a = spark.createDataFrame([(1, "l1"), (2, "l2"), (3, "l3")], ["id", "x"])
b = spark.createDataFrame([(1, "r1"), (3, "r3"), (4, "r4")], ["id", "y"])
a.join(F.broadcast(b), "id").orderBy("id").show()
a.join(b.hint("broadcast"), "id").orderBy("id").show()
a.hint("merge").join(b, "id").orderBy("id").show()
