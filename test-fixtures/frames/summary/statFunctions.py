from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(1, 2.0, "a"), (2, 4.0, "b"), (3, 6.0, "a"), (4, 8.0, "b")], ["n", "x", "g"])
print(df.stat.corr("n", "x"), df.corr("n", "x"), df.cov("n", "x"))
print(df.approxQuantile("x", [0.0, 0.5, 1.0], 0.0))
df.stat.crosstab("g", "n").orderBy("g_n").show()
