from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
a = spark.createDataFrame([(1, "a"), (None, "b")], "id int, x string")
b = spark.createDataFrame([(1, "c"), (None, "d")], "id int, y string")
a.join(b, "id", "outer").orderBy("id", "x", "y").show()
a.join(b, a.id.eqNullSafe(b.id)).orderBy("x").show()
