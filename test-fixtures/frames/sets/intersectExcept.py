from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
a = spark.createDataFrame([(1,), (1,), (2,), (3,)], ["n"])
b = spark.createDataFrame([(1,), (1,), (3,), (4,)], ["n"])
a.intersect(b).orderBy("n").show()
a.intersectAll(b).orderBy("n").show()
a.subtract(b).orderBy("n").show()
a.exceptAll(b).orderBy("n").show()
b.exceptAll(a.limit(1)).orderBy("n").show()
