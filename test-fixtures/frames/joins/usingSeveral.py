from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
a = spark.createDataFrame([(1, "k", 10), (2, "k", 20)], ["i", "j", "v"])
b = spark.createDataFrame([(1, "k", 11), (2, "q", 22)], ["i", "j", "w"])
a.join(b, ["i", "j"]).show()
a.join(b, ["i", "j"], "full").orderBy("i", "j").show()
a.join(b, (a.i == b.i) & (a.j == b.j), "left_anti").show()
