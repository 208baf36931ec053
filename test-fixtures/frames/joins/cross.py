from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
a = spark.createDataFrame([(1, "l1"), (2, "l2"), (3, "l3")], ["id", "x"])
b = spark.createDataFrame([(1, "r1"), (3, "r3"), (4, "r4")], ["id", "y"])
a.crossJoin(b).orderBy("x", "y").show(3)
print(a.crossJoin(b).count())
a.join(b, how="cross").count()
