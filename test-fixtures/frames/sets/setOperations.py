from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
a = spark.createDataFrame([(1, "x"), (1, "x"), (2, "y")], ["n", "s"])
b = spark.createDataFrame([(1, "x"), (3, "z")], ["n", "s"])
a.union(b).distinct().orderBy("n").show()
a.unionAll(b).groupBy("n", "s").count().orderBy("n").show()
a.intersect(b).show()
a.intersectAll(b).show()
a.subtract(b).show()
a.exceptAll(b).orderBy("n").show()
a.unionByName(b.select("s", "n")).orderBy("n").show()
a.unionByName(b.withColumn("extra", F.lit(True)), allowMissingColumns=True).orderBy("n", "extra").show()
a.dropDuplicates(["n"]).orderBy("n").show()
