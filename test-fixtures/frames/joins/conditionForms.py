from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
a = spark.createDataFrame([(1, 10, "x"), (2, 20, "y"), (3, 30, "z")], ["id", "low", "name"])
b = spark.createDataFrame([(1, 5), (2, 25), (3, 31)], ["key", "value"])
a.join(b, a.id == b.key).orderBy("id").show()
a.join(b, [a.id == b.key, a.low < b.value], "left").orderBy("id").show()
a.join(b, (a["id"] == b["key"]) & (b.value > F.col("low")), how="inner").select(a.name, b["value"]).show()
a.alias("l").join(b.alias("r"), F.col("l.id") == F.col("r.key")).select("l.name", "r.*").orderBy("key").show()
a.join(b, F.expr("id = key AND value > 5"), "left_outer").orderBy("id").show()
a.join(b, a.low.between(b.value, 30)).orderBy("id", "key").show()
a.join(b.withColumnRenamed("key", "id"), on=["id"], how="left_anti").show()
