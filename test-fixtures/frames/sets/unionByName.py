from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
a = spark.createDataFrame([(1, "x")], ["n", "s"])
b = spark.createDataFrame([("y", 2)], ["s", "n"])
c = spark.createDataFrame([(3, True)], ["n", "t"])
a.unionByName(b).show()
a.unionByName(c, allowMissingColumns=True).show()
a.unionByName(c, allowMissingColumns=True).printSchema()
c.unionByName(a, True).show()
