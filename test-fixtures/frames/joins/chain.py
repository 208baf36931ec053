from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
a = spark.createDataFrame([(1, "l1"), (2, "l2"), (3, "l3")], ["id", "x"])
b = spark.createDataFrame([(1, "r1"), (3, "r3"), (4, "r4")], ["id", "y"])
c = spark.createDataFrame([(1, "z1"), (2, "z2")], ["id", "z"])
a.join(b, "id", "left").join(c, "id", "left").orderBy("id").show()
a.join(b, "id").join(c, "id").select("id", "x", "y", "z").show()
