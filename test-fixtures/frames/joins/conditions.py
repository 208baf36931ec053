from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
a = spark.createDataFrame([(1, "l1"), (2, "l2"), (3, "l3")], ["id", "x"])
b = spark.createDataFrame([(1, "r1"), (3, "r3"), (4, "r4")], ["id", "y"])
a.join(b, a.id == b.id).orderBy(a.id).show()
a.join(b, a.id == b.id, "left").select(a.id, "x", "y").orderBy("id").show()
a.join(b, [a.id == b.id, a.x != b.y], "inner").show()
a.join(b, (a.id == b.id) & (b.y != "r3")).select(a["*"]).show()
a.join(b, a.id < b.id).count()
a.join(b, on="id", how="outer").orderBy("id").show()
a.join(b, ["id"]).show()
